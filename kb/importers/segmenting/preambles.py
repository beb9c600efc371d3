"""The preamble of a resolution or treaty: who speaks, and the paragraphs without numbers before the first."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.importers.blocks import Block
from kb.importers.labels import block_label

__all__ = ["preamble"]

MAX_SPEAKER_WORDS = 16
MIN_RECITALS = 2

_SPEAKER = re.compile(
    r"(?:the|la|le|el|los|les|las|os|as|die|der|a|o|l['’])\s?.*\b(?:assembly|council|commission|conference|parties|states"
    r"|committee|parliament|union|asamblea|consejo|comisión|conferencia|partes|estados|comité|parlamento|assemblée"
    r"|conseil|parlement|parties|états|comité|versammlung|rat|ausschuss|assembleia|conselho|comissão)\b.*,",
    re.IGNORECASE | re.DOTALL,
)


def preamble(blocks: Sequence[Block], skipped: frozenset[int]) -> tuple[int | None, frozenset[int]]:
    """The block that names the speaker, and those of the preamble's paragraphs; empty where there is none."""
    for place, block in enumerate(blocks):
        text = block.text
        if place in skipped or len(text.split()) > MAX_SPEAKER_WORDS or not _SPEAKER.fullmatch(text):
            continue
        recitals = _recitals(blocks, place + 1, skipped)
        if len(recitals) >= MIN_RECITALS:
            return place, frozenset(recitals)
    return None, frozenset()


def _recitals(blocks: Sequence[Block], start: int, skipped: frozenset[int]) -> list[int]:
    found = []
    for place in range(start, len(blocks)):
        block = blocks[place]
        if place in skipped:
            continue
        label = block_label(block)
        if (label is not None and not label.is_bullet) or block.style.heading:
            break
        if not block.text.rstrip().endswith((",", ";", ":")) and not block.text[:1].islower():
            break
        found.append(place)
    return found
