"""Messages as data: a stable code and its values; each room has a catalogue of their words.

`Message("duplicate-key", key="title")` says what happened. `kb.english`, `index.english` and
`web.english` hold the English for it; each includes the catalogue of the room below. To answer in
another language, set a `translator`, which is given the English texts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Protocol

__all__ = [
    "Advice",
    "Message",
    "MessageCatalogue",
    "Plural",
    "Translator",
    "advice",
    "translator",
    "words",
]

MessageValue = str | int | float


class Translator(Protocol):
    """Puts English texts into another language, and writes numbers as that language does."""

    def text(self, english: str) -> str:
        """The text in the other language, or in English where there is no translation."""
        ...

    def plural(self, one: str, other: str, count: int) -> str:
        """The plural form that the other language uses for this count."""
        ...

    def number(self, value: int) -> MessageValue:
        """The number, which formats itself with its digits grouped as in the other language."""
        ...


translator: ContextVar[Translator | None] = ContextVar("translator", default=None)
"""The translator of the request being answered; None for English."""


@dataclass(frozen=True, slots=True, init=False)
class Message:
    """A code whose meaning never changes, and the named values for its text."""

    code: str
    values: tuple[tuple[str, MessageValue], ...]

    def __init__(self, code: str, **values: MessageValue) -> None:
        object.__setattr__(self, "code", code)
        object.__setattr__(self, "values", tuple(sorted(values.items())))

    def to_json(self) -> tuple[str, Mapping[str, MessageValue]]:
        """Its code and values, which `from_json` reads back."""
        return self.code, dict(self.values)

    @classmethod
    def from_json(cls, value: Sequence[Any]) -> Message:
        code, values = value
        return cls(code, **values)


@dataclass(frozen=True, slots=True)
class Plural:
    """Two texts; the value `count` selects one."""

    one: str
    other: str


@dataclass(frozen=True, slots=True)
class Advice:
    """What is wrong, and what to do about it."""

    problem: str | Plural
    remedy: str


CatalogueEntry = str | Plural | Advice
MessageCatalogue = Mapping[str, CatalogueEntry]
"""Texts by code; `{name}` stands for a value, `{name:,}` for a number with thousands separators."""


def words(message: Message, catalogue: MessageCatalogue) -> str:
    """The text of a message; for advice, problem and remedy joined by a semicolon.

    Raises KeyError for a code that is not in the catalogue.
    """
    entry = catalogue[message.code]
    return "; ".join(advice(message, catalogue)) if isinstance(entry, Advice) else _filled(entry, message)


def advice(message: Message, catalogue: MessageCatalogue) -> tuple[str, str]:
    """The problem and remedy of a message; the remedy is empty if the catalogue gives none."""
    entry = catalogue[message.code]
    if isinstance(entry, Advice):
        return _filled(entry.problem, message), _filled(entry.remedy, message)
    return _filled(entry, message), ""


def _filled(text: str | Plural, message: Message) -> str:
    values = dict(message.values)
    if other := translator.get():
        text = _translated(text, values, other)
        values = {name: other.number(each) if type(each) is int else each for name, each in values.items()}
    elif isinstance(text, Plural):
        text = text.one if values["count"] == 1 else text.other
    # only the catalogue's own text is a template: braces in a value stay as they are
    return text.format_map(values)


def _translated(text: str | Plural, values: Mapping[str, MessageValue], other: Translator) -> str:
    if not isinstance(text, Plural):
        return other.text(text) if text else text
    return other.plural(text.one, text.other, int(values["count"]))
