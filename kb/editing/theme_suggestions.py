"""Suggests themes for passages, if another room offers to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.metadata import entry_points

from kb.collection.folder import ContentFolder
from kb.model import Document, Passage

__all__ = ["Suggest", "theme_suggestions"]

SUGGESTERS = "kb.theme_suggesters"
"""The entry point group of theme suggesters."""

Suggest = Callable[[Document, Sequence[Passage]], tuple[Passage, ...]]
"""Returns the passages of a document with suggested themes."""


def theme_suggestions(content: ContentFolder) -> Suggest:
    """What suggests themes of a content folder; it suggests none if no room offers to."""
    for point in entry_points(group=SUGGESTERS):
        suggester: Suggest = point.load()(content)
        return suggester
    return lambda _, passages: tuple(passages)
