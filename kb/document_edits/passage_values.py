"""What an editor gives a passage: its locator, its themes, and decisions on suggested themes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kb.document_edits.document_state import EditRefused
from kb.ids import is_theme_value
from kb.messages import Message
from kb.model import Passage, ThemeSuggestion
from kb.tags import normalized

__all__ = ["checked_locator", "checked_themes", "united_suggestions", "without_suggested"]

MAX_LOCATOR_CHARS = 200


def without_suggested(passage: Passage, struck: Sequence[str]) -> Passage:
    """The passage without suggestions that it already has as themes or that were struck."""
    settled = {*passage.themes, *struck}
    return replace(passage, suggested=tuple(one for one in passage.suggested if one.value not in settled))


def united_suggestions(
    first: Sequence[ThemeSuggestion], second: Sequence[ThemeSuggestion]
) -> tuple[ThemeSuggestion, ...]:
    """The suggestions of both, each theme once and with the higher of its percentages."""
    found: dict[str, ThemeSuggestion] = {}
    for one in (*first, *second):
        if one.value not in found or found[one.value].confidence < one.confidence:
            found[one.value] = one
    return tuple(found.values())


def checked_locator(given: str) -> str:
    """A locator on one line. Raises EditRefused if it is too long or has invisible characters."""
    locator = " ".join(given.split())
    if len(locator) > MAX_LOCATOR_CHARS or not locator.isprintable():
        raise EditRefused(Message("edit-bad-locator", characters=MAX_LOCATOR_CHARS))
    return locator


def checked_themes(given: Sequence[str]) -> tuple[str, ...]:
    """Themes in their order. Raises EditRefused for anything that is not a theme."""
    if not all(map(is_theme_value, given)):
        raise EditRefused(Message("edit-bad-theme"))
    return normalized(given)
