"""What was published: former words, and ids that moved, were withdrawn or left out."""

from __future__ import annotations

from dataclasses import dataclass

from kb.ids import IdPair
from kb.messages import Message

__all__ = ["LeftOutPassage", "Move", "Published", "Withdrawal"]


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What remains of a published passage that was withdrawn.

    The date is empty if the withdrawal is not in the ledger yet.
    """

    document: str
    passage: str
    fingerprint: str
    date: str


@dataclass(frozen=True, slots=True)
class LeftOutPassage:
    """A published passage that the last build left out, with the day of its last publication.

    `reason` is its own fault, or what it depends on; `root` is then the fault of that.
    """

    document: str
    passage: str
    fingerprint: str
    date: str
    reason: Message
    root: Message | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """An id that was replaced by another; `to` is the address that has its words now.

    Where a whole document moved, `passage` is empty and `to` is a document's id.
    """

    document: str
    passage: str
    to: str


@dataclass(frozen=True, slots=True)
class Published:
    """Words that were published, with their id at the time and the date."""

    document: str
    passage: str
    fingerprint: str
    date: str
    text: str

    @property
    def key(self) -> IdPair:
        return self.document, self.passage
