"""The start page: the search box, what the collection holds, the themes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, g, render_template

from index.engine import Snapshot
from index.request import Request
from index.results import Results
from index.serializers.totals import passages_and_notes
from kb.model import NOTE, Document
from web.english import say
from web.presenters.year_bars import Bar, bars

__all__ = ["blueprint"]

blueprint = Blueprint("home", __name__)

MAX_DOCUMENTS = 12
"""Documents shown if a collection has no themes."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What a search for everything finds: source passages, our notes, and the years of their documents."""

    passages: int
    notes: int
    sources: int
    years: str
    bars: tuple[Bar, ...]


@blueprint.get("/")
def home() -> str:
    """The search box, the figures, and the themes with the number of passages on each."""
    snapshot: Snapshot = g.snapshot
    everything = snapshot.search(Request())
    sources = [each for each in snapshot.documents.values() if not each.is_note]
    counts, notes = _counts(everything), _counts(snapshot.search(Request(filters={"kind": (NOTE,)})))
    return render_template(
        "home.html",
        themes=snapshot.themes,
        counts=counts,
        counted={
            value: passages_and_notes(count - notes.get(value, 0), notes.get(value, 0), say)
            for value, count in counts.items()
        },
        documents=sources[:MAX_DOCUMENTS],
        figures=_figures(everything, sources),
    )


def _figures(everything: Results, sources: list[Document]) -> Figures:
    kinds = {each.value: each.count for each in everything.facets.get("kind", ())}
    notes = kinds.get(NOTE, 0)
    years = [str(year) for year, _ in everything.years]
    return Figures(
        passages=everything.total - notes,
        notes=notes,
        sources=len(sources),
        years="–".join(dict.fromkeys((years[0], years[-1]))) if years else "",
        bars=bars(everything),
    )


def _counts(everything: Results) -> Mapping[str, int]:
    """The number of passages on each theme and sub-point, by `slug` and `slug/subpoint`."""
    values = everything.facets.get("theme", ())
    return {each.value: each.count for value in values for each in (value, *value.children)}
