"""The labels that blocks begin with, or that a program computed for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kb.importers.blocks import Block
from kb.numbering.articles import article_label, paragraph_label, possible_article_label
from kb.numbering.labels import Label, Reading, label_of, ordinal
from kb.numbering.run_in_articles import run_in_articles

__all__ = ["block_label", "with_run_in_articles"]


def block_label(block: Block) -> Label | None:
    """The label of a block: the one that its words begin with, or that a program computed for it."""
    if block.item is not None:
        return _computed_label(block.item.label)
    return possible_article_label(block.text) if block.run_in else paragraph_label(block.text)


def with_run_in_articles(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks, with those marked that begin with an article's number and go on in the same line."""
    has_none = [block.row is not None or block.item is not None or block.style.quoted for block in blocks]
    texts = ["" if none else block.text for none, block in zip(has_none, blocks, strict=True)]
    found = run_in_articles(texts)
    return tuple(replace(block, run_in=True) if at in found else block for at, block in enumerate(blocks))


def _computed_label(text: str) -> Label:
    """The label that a program computed for a list item; the words of the item do not hold it."""
    label = label_of(f"{text} x") or article_label(text) or label_of(f"{text}. x")
    if label is None:
        label = Label(text, text.strip("()[]. ") or text, "#", (Reading("number", ordinal(text)),))
    return replace(label, text=text, end=0)
