"""The list of instruments, the page of each, and its citation."""

from __future__ import annotations

from flask import Blueprint, Response, abort, current_app, g, render_template, request

from index.citation_resolver.instrument_mentions import instrument_mentions
from kb.citing.exports.registry import BY_SUFFIX
from kb.messages import Message
from kb.permalinks import instrument_path
from kb.sources.instrument import Instrument
from web.english import say
from web.instruments.articles import article_sections, facts, general_mentions
from web.presenters import citation_panel, page_metadata
from web.presenters.citation_panel import requested_style
from web.presenters.records import make_records
from web.urls import links, parameters, search_links

__all__ = ["blueprint"]

blueprint = Blueprint("instruments", __name__)

MAX_SEARCHED_NAMES = 4
QUOTE = '"'


@blueprint.get("/instruments")
def listed() -> str:
    """All instruments of the registry."""
    return render_template("instruments.html", instruments=g.snapshot.instruments.values())


@blueprint.get("/instruments/<instrument>")
def page(instrument: str) -> Response:
    """One instrument: its facts, its articles, the notes and passages that mention each, how to cite it.

    With the suffix of a format, `untoc.ris`, its citation as a file, unless an instrument has that id itself.
    """
    id, _, suffix = instrument.rpartition(".")
    if suffix in BY_SUFFIX and instrument not in g.snapshot.instruments:
        article = parameters.article(request.args)
        item = make_records().of_instrument(_instrument(id), article)
        return citation_panel.citation_file(item, BY_SUFFIX[suffix], requested_style(request))
    return _page(_instrument(instrument), parameters.article(request.args))


@blueprint.get("/instruments/<instrument>/cite")
def cited(instrument: str) -> Response:
    """The citation alone, as plain text; with `format`, as a file."""
    found, article = _instrument(instrument), parameters.article(request.args)
    return citation_panel.citation_alone(make_records().of_instrument(found, article))


def _instrument(id: str) -> Instrument:
    found: Instrument | None = g.snapshot.instruments.get(id)
    return found or abort(404, say(Message("no-instrument-here")))


def _page(found: Instrument, article: str) -> Response:
    if "remember" in request.args:
        return citation_panel.remember_style(instrument_path(found.id), "", article=article)
    panel = citation_panel.build_instrument_panel(g.snapshot, found, article, requested_style(request))
    shown = render_template(
        "instrument.html",
        instrument=found,
        facts=tuple(facts(found)),
        sections=article_sections(g.snapshot, found),
        general=general_mentions(g.snapshot, found),
        cut=instrument_mentions(g.snapshot, found).cut,
        everything=search_links.search_for(_named(found)),
        accessed=current_app.extensions["today"]().isoformat(),
        panel=panel,
    )
    response = Response(shown, mimetype="text/html")
    response.headers["Link"] = page_metadata.signposts(links.absolute(""), panel.link, panel.files)
    return response


def _named(instrument: Instrument) -> str:
    """The search for passages that name an instrument, by its first few names."""
    names = (instrument.names or (instrument.title,))[:MAX_SEARCHED_NAMES]
    return " OR ".join(f'"{name.replace(QUOTE, " ")}"' for name in names)
