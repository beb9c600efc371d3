"""Short quotations and changes in words, for messages."""

from __future__ import annotations

from kb.english import ENGLISH
from kb.messages import Message, words
from kb.text.diff import differences

__all__ = ["MAX_CHANGES", "MAX_SHOWN_CHARS", "describe_changes", "shorten"]


MAX_CHANGES = 3


MAX_SHOWN_CHARS = 60
"""Characters shown of a text."""


def shorten(text: str) -> str:
    """The beginning of a text, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= MAX_SHOWN_CHARS else line[: MAX_SHOWN_CHARS - 3] + "..."


def describe_changes(old: str, new: str) -> str:
    """The first few changes between two texts, one a line."""
    places = [(piece.old, piece.new) for piece in differences(old, new) if piece.kind != "kept"]
    lines = [_change(shorten(before), shorten(after)) for before, after in places[:MAX_CHANGES]]
    more = len(places) - len(lines)
    return "\n".join([*lines, words(Message("more-changes", count=more), ENGLISH)] if more else lines)


def _change(before: str, after: str) -> str:
    if not before:
        return words(Message("words-added", after=after), ENGLISH)
    if not after:
        return words(Message("words-removed", before=before), ENGLISH)
    return words(Message("words-replaced", before=before, after=after), ENGLISH)
