"""Places as the language of a document calls them: `มาตรา 32`, `Pasal 48`, `Artikel 5`."""

from __future__ import annotations

from collections.abc import Iterator

from kb.citing import pinpoint
from kb.citing.pinpoint import Pinpoint
from kb.numbering.articles import named_articles

__all__ = ["place_in_other_language", "places_in_other_languages"]


def places_in_other_languages(text: str) -> Iterator[tuple[Pinpoint, int, int]]:
    """Each place that a text names in such words, and where it does."""
    for word, number, start, end in named_articles(text):
        if label := pinpoint.parse_locator(f"{word} {number}").label:
            yield Pinpoint(label, number), start, end


def place_in_other_language(locator: str) -> Pinpoint | None:
    """The place that is all of a locator."""
    for place, start, end in places_in_other_languages(locator):
        if (start, end) == (0, len(locator)):
            return place
    return None
