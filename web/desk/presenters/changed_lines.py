"""The lines of a file that changed, for an editor to compare."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

__all__ = ["ChangedLine", "changed_lines"]

MAX_CHANGED_LINES = 200

ChangedLine = tuple[str, str]
"""`del` or `ins`, and the line."""


def changed_lines(before: bytes, after: bytes) -> Sequence[ChangedLine]:
    """The lines removed and added, in the order of the file; no empty ones, and no more than 200."""
    old, new = (one.decode("utf-8", "replace").splitlines() for one in (before, after))
    found: list[ChangedLine] = []
    for tag, first, last, begin, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            found += [("del", line) for line in old[first:last]]
            found += [("ins", line) for line in new[begin:end]]
    return [one for one in found if one[1].strip()][:MAX_CHANGED_LINES]
