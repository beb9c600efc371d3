"""The entries that citations add to a bibliography."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from kb.citing.csl_item import CslItem
from kb.citing.rich_text import RichText, plain_text
from kb.citing.styles.registry import Citation

__all__ = ["BibliographyEntry", "bibliography"]


class BibliographyEntry(NamedTuple):
    """A source in a bibliography; `language` is the source's, empty where unknown."""

    runs: RichText
    language: str


def bibliography(cited: Iterable[tuple[Citation, CslItem]]) -> tuple[BibliographyEntry, ...]:
    """The entries in alphabetical order without repeats; none for styles that have no bibliography."""
    listed = {
        plain_text(part.runs): BibliographyEntry(part.runs, item.get("language", ""))
        for citation, item in cited
        for part in citation.parts[1:]
    }
    in_order = sorted(listed, key=lambda words: words.lstrip("[“").casefold())
    return tuple(listed[words] for words in in_order)
