"""The number of an earlier note within a citation: `(n 1)`, `supra note 1`, `See footnote 1 above`."""

from __future__ import annotations

import re

from kb.citing.rich_text import RichText

__all__ = ["split_at_note_number"]


def split_at_note_number(runs: RichText, number: int) -> tuple[RichText, RichText]:
    """What is before the number and what follows it; all and nothing where there is no such number."""
    pattern = re.compile(rf"(?:\(n |note )({number})(?![0-9])")
    for at in range(len(runs) - 1, -1, -1):
        text, slanted = runs[at]
        for match in reversed(list(pattern.finditer(text))):
            before, behind = (text[: match.start(1)], slanted), (text[match.end(1) :], slanted)
            return (*runs[:at], before), (behind, *runs[at + 1 :])
    return runs, ()
