"""The list of instruments, and the page of each."""

from __future__ import annotations

from flask import Blueprint, abort, current_app, g, render_template

from index.citation_resolver.instrument_mentions import instrument_mentions
from kb.messages import Message
from kb.sources.instrument import Instrument
from web.english import say
from web.instruments.articles import article_sections, facts, general_mentions
from web.urls import links

__all__ = ["blueprint"]

blueprint = Blueprint("instruments", __name__)

MAX_SEARCHED_NAMES = 4
QUOTE = '"'


@blueprint.get("/instruments")
def listed() -> str:
    """All instruments of the registry."""
    return render_template("instruments.html", instruments=g.snapshot.instruments.values())


@blueprint.get("/instruments/<instrument>")
def page(instrument: str) -> str:
    """One instrument: its facts, its articles, and the notes and passages that speak of each."""
    found = g.snapshot.instruments.get(instrument)
    if found is None:
        abort(404, say(Message("no-instrument-here")))
    return render_template(
        "instrument.html",
        instrument=found,
        facts=tuple(facts(found)),
        sections=article_sections(g.snapshot, found),
        general=general_mentions(g.snapshot, found),
        cut=instrument_mentions(g.snapshot, found).cut,
        everything=links.search_for(_named(found)),
        accessed=current_app.extensions["today"]().isoformat(),
    )


def _named(instrument: Instrument) -> str:
    """The search for passages that name an instrument, by its first few names."""
    names = (instrument.names or (instrument.title,))[:MAX_SEARCHED_NAMES]
    return " OR ".join(f'"{name.replace(QUOTE, " ")}"' for name in names)
