"""Where themes are suggested for passages, if a room offers to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.metadata import entry_points

from kb.collection.folder import ContentFolder
from kb.model import Document, Passage

__all__ = ["Suggest", "theme_suggestions"]

SUGGESTERS = "kb.theme_suggesters"
"""The entry point group of what suggests themes."""

Suggest = Callable[[Document, Sequence[Passage]], tuple[Passage, ...]]
"""Gives the passages of a document with themes suggested."""


def theme_suggestions(content: ContentFolder) -> Suggest:
    """Suggests themes of a content folder; none if no room offers to."""
    for point in entry_points(group=SUGGESTERS):
        suggester: Suggest = point.load()(content)
        return suggester
    return lambda _, passages: tuple(passages)
