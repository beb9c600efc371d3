"""Words for the person who reads: counts, short quotations, what changed."""

from __future__ import annotations

from kb.text.diff import differences

__all__ = ["LONGEST", "MOST_CHANGES", "changed", "count", "short"]


MOST_CHANGES = 3


LONGEST = 60
"""Characters of words that are shown in one place."""


def short(text: str) -> str:
    """The beginning of a text, on one line."""
    words = " ".join(text.split())
    return words if len(words) <= LONGEST else words[: LONGEST - 3] + "..."


def changed(old: str, new: str) -> str:
    """What changed between two texts: the old words and the new ones of the first few places."""
    places = [(piece.old, piece.new) for piece in differences(old, new) if piece.kind != "kept"]
    lines = [_change(short(before), short(after)) for before, after in places[:MOST_CHANGES]]
    more = len(places) - len(lines)
    return "\n".join([*lines, f"and {count(more, 'more change')}"] if more else lines)


def _change(before: str, after: str) -> str:
    if not before:
        return f"added “{after}”"
    return f"“{before}” -> “{after}”" if after else f"removed “{before}”"


def count(number: int, one: str, many: str = "") -> str:
    """A number of things: `1 passage`, `1,200 passages`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
