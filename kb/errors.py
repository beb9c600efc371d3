"""Every error that a user can meet.

KbError                    says what is wrong, where, and what to do
├── ContentError           the content was refused; carries every fault
├── BadRequest             a parameter or option has a value that cannot be used
└── IndexUnusable          there is no index that can be searched
    ├── IndexMissing       nothing has been built there yet
    └── IndexBusy          another process is building it
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kb.english import ENGLISH
from kb.messages import Message, MessageCatalogue, advice, words

__all__ = [
    "BadRequest",
    "ContentError",
    "Fault",
    "IndexBusy",
    "IndexMissing",
    "IndexUnusable",
    "KbError",
    "in_order",
]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong in the content, and where; line 0 means the whole file or folder."""

    path: Path
    line: int
    message: Message
    catalogue: MessageCatalogue = field(default_factory=lambda: ENGLISH, compare=False, repr=False)

    @property
    def problem(self) -> str:
        return advice(self.message, self.catalogue)[0]

    @property
    def remedy(self) -> str:
        return advice(self.message, self.catalogue)[1]

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else str(self.path)
        return f"{place}: {self.problem}; {self.remedy}"


def in_order(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """The faults by file and line, without repetitions."""
    return tuple(sorted(dict.fromkeys(faults), key=lambda one: (one.path, one.line, one.problem, one.remedy)))


class KbError(Exception):
    """An error whose text is meant for the user.

    `message` is None if the error was made from plain text. A higher room passes its own catalogue.
    """

    exit_code = 1

    def __init__(self, message: Message | str, catalogue: MessageCatalogue = ENGLISH) -> None:
        self.message = message if isinstance(message, Message) else None
        super().__init__(_text(message, catalogue))


def _text(message: Message | str, catalogue: MessageCatalogue) -> str:
    return words(message, catalogue) if isinstance(message, Message) else message


class ContentError(KbError):
    """Content that was refused; `faults` gives every reason."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = in_order(faults)
        super().__init__("\n".join(map(str, self.faults)))


class BadRequest(KbError):
    """A value that cannot be used; `parameter` says where it was given."""

    exit_code = 2

    def __init__(self, parameter: str, message: Message | str, catalogue: MessageCatalogue = ENGLISH) -> None:
        super().__init__(f"{parameter}: {_text(message, catalogue)}")
        self.parameter = parameter
        self.message = message if isinstance(message, Message) else None


class IndexUnusable(KbError):
    """There is no index that can be searched."""


class IndexMissing(IndexUnusable):
    """Nothing has been built at that place yet."""


class IndexBusy(IndexUnusable):
    """Another process is building the index."""
