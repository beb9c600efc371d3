"""Puts numbers alone in a paragraph, as layout tables leave them, before their words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from kb.importers.blocks import Block
from kb.importers.labels import block_label
from kb.importers.spanned_text import EMPTY, joined
from kb.numbering.labels import label_of

__all__ = ["with_lone_labels"]

MIN_WORDS = 3
"""The words that must follow: fewer may be a title below its number."""


def with_lone_labels(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The same number of blocks; one that was only a number is now empty, and the next begins with it."""
    made = list(blocks)
    for place, (one, following) in enumerate(pairwise(blocks)):
        if _is_lone_label(one) and _is_text(following):
            made[place] = replace(one, words=EMPTY)
            made[place + 1] = replace(following, words=joined((one.words, following.words)))
    return tuple(made)


def _is_lone_label(block: Block) -> bool:
    if block.row is not None or block.item is not None or block.style.heading or block.style.bold:
        return False
    text = block.text.strip()
    label = label_of(f"{text} x") if len(text) < 10 else None
    return label is not None and not label.is_bullet and label.end == len(text) + 1


def _is_text(block: Block) -> bool:
    if block.row is not None or block.style.heading or block_label(block) is not None or block.notes:
        return False
    return len(block.text.split()) >= MIN_WORDS
