"""The labels that blocks begin with, or that a program computed for them."""

from __future__ import annotations

from dataclasses import replace

from kb.importers.blocks import Block
from kb.numbering.labels import Label, Reading, article_label, label_of, ordinal, paragraph_label

__all__ = ["block_label"]


def block_label(block: Block) -> Label | None:
    """The label of a block: the one that its words begin with, or that a program computed for it."""
    return paragraph_label(block.text) if block.item is None else _computed_label(block.item.label)


def _computed_label(text: str) -> Label:
    """The label that a program computed for a list item; the words of the item do not hold it."""
    label = label_of(f"{text} x") or article_label(text) or label_of(f"{text}. x")
    if label is None:
        label = Label(text, text.strip("()[]. ") or text, "#", (Reading("number", ordinal(text)),))
    return replace(label, text=text, end=0)
