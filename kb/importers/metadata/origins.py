"""Where the value of a field comes from: found in the file, guessed, or supplied by whoever imports it."""

from __future__ import annotations

from dataclasses import dataclass

from kb.importers.metadata.front_page import FrontPage
from kb.messages import Message

__all__ = ["FieldOrigin", "FoundField", "found_on"]

_GUESSED = "guessed-"
_BY_DEFAULT = Message("guessed-by-default")


@dataclass(frozen=True, slots=True)
class FieldOrigin:
    """The origin of one field of a document; `how` says it in words."""

    field: str
    how: Message

    @property
    def is_guess(self) -> bool:
        return self.how.code.startswith(_GUESSED)


@dataclass(frozen=True, slots=True)
class FoundField:
    """A value, empty if there is none, and how it was found."""

    value: str = ""
    how: Message = _BY_DEFAULT

    def __bool__(self) -> bool:
        return bool(self.value)


def found_on(page: FrontPage) -> Message:
    """The message that a value is on the first page."""
    return Message("found-at-start") if page.number is None else Message("found-on-page", page=page.number)
