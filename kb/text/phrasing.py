"""Words for the person who reads: counts, short quotations, what changed."""

from __future__ import annotations

from kb.english import ENGLISH
from kb.messages import Message, words
from kb.text.diff import differences

__all__ = ["LONGEST", "MOST_CHANGES", "changed", "short"]


MOST_CHANGES = 3


LONGEST = 60
"""Characters of words that are shown in one place."""


def short(text: str) -> str:
    """The beginning of a text, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else line[: LONGEST - 3] + "..."


def changed(old: str, new: str) -> str:
    """What changed between two texts: the old words and the new ones of the first few places."""
    places = [(piece.old, piece.new) for piece in differences(old, new) if piece.kind != "kept"]
    lines = [_change(short(before), short(after)) for before, after in places[:MOST_CHANGES]]
    more = len(places) - len(lines)
    return "\n".join([*lines, words(Message("more-changes", count=more), ENGLISH)] if more else lines)


def _change(before: str, after: str) -> str:
    if not before:
        return words(Message("words-added", after=after), ENGLISH)
    if not after:
        return words(Message("words-removed", before=before), ENGLISH)
    return words(Message("words-replaced", before=before, after=after), ENGLISH)
