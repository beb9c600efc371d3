"""One passage, or a span of them, at its permanent address: the words, and how they are cited."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flask import Blueprint, Response, g, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from index.results import Range
from kb.citing.csl_item import CslItem
from kb.citing.excerpt import excerpt_ranges, find_words
from kb.citing.narrowing import touched_passages
from kb.errors import BadRequest
from kb.ids import PassageSpan, WordRange, address
from kb.messages import Message
from kb.model import Document, Passage, Theme
from kb.permalinks import passage_path, permalink
from kb.permanence.cited_version import cited_version
from kb.permanence.location import Here, Unknown
from kb.permanence.span_history import span_history
from kb.permanence.span_location import SpanHere, locate_place
from kb.tags import ThemeNames
from kb.text.fingerprint import fingerprint, joined_texts
from web.english import ENGLISH
from web.http.security_headers import DISCREET
from web.presenters import citation_panel, page_metadata
from web.presenters.citation_panel import CitationPanel, requested_style
from web.presenters.labels import Quoted, quoted
from web.presenters.passage_view import ShownPassage
from web.presenters.records import make_records
from web.urls import links, parameters
from web.views.reading.citations import citation_of_file, cited_record, led_elsewhere
from web.views.reading.source_view import source_view

__all__ = ["blueprint", "theme_of"]

blueprint = Blueprint("passages", __name__)


@blueprint.get("/passages/<document>/<passage>")
def passage(document: str, passage: str) -> AnyResponse | tuple[str, int]:
    """The permalink: the words, their context, how to cite them; with `v`, whether they changed.

    Serves spans, `p4..p6`, and excerpts, `p4:3-12`, as well. With the suffix of a format, `p7.ris`, the
    citation as a file, unless a passage has that very id.
    """
    version = parameters.version(request.args)
    place, words = parameters.place(document, passage)
    match locate_place(g.snapshot, document, place):
        case Here(found, its_document) if words:
            return _excerpt_page(found, its_document, words, version)
        case Here(found, its_document):
            return _passage_page(found, its_document, version)
        case SpanHere() as span:
            return _span_page(span, words, version)
        case Unknown():
            return citation_of_file(document, passage)
        case elsewhere:
            return led_elsewhere((document, place), elsewhere, words)


def _passage_page(found: Passage, document: Document, cited: str) -> AnyResponse:
    text, expand = parameters.query(request.args), parameters.expand(request.args)
    if "remember" in request.args:
        return citation_panel.remember_style(permalink(found), text)
    if last := parameters.span_end(request.args):
        return _to_span(found, last)
    if sought := parameters.words(request.args):
        return _to_excerpt((found,), sought)
    shown = ShownPassage(found, g.snapshot.marks(text, [found], expand)[0] if text else ())
    return _shown_passage(document, shown, make_records()(document, found), permalink(found), cited)


def _excerpt_page(found: Passage, document: Document, words: WordRange, cited: str) -> AnyResponse:
    """The page of a passage, with an excerpt marked and cited; if its words changed, what became of them."""
    path = passage_path(found.document, found.id, words=words)
    if "remember" in request.args:
        return citation_panel.remember_style(path, "")
    if not fingerprint(found.text).startswith(cited):
        return redirect(passage_path(found.document, found.id, cited), 302)
    item = cited_record(document, (found,), words)
    shown = ShownPassage(found, excerpt_ranges(found.text, words))
    return _shown_passage(document, shown, item, path, cited)


def _to_excerpt(passages: tuple[Passage, ...], sought: str) -> AnyResponse:
    """A redirect to the excerpt of passages that a reader wants to cite."""
    text, first, last = joined_texts(each.text for each in passages), passages[0], passages[-1]
    words = find_words(text, sought)
    if words is None:
        raise BadRequest("words", Message("words-not-here", words=sought[:80]), ENGLISH)
    place = first.id if first is last else PassageSpan(first.id, last.id).place
    return redirect(f"{passage_path(first.document, place, fingerprint(text), words)}#site:cite", 303)


def _shown_passage(
    document: Document, shown: ShownPassage, item: CslItem, path: str, cited: str
) -> AnyResponse:
    found, text = shown.passage, parameters.query(request.args)
    before, after = g.snapshot.around(found)
    history = g.snapshot.published.get(found.address, ())
    note = quoted(g.snapshot, found)
    panel = citation_panel.build_panel(item, g.snapshot, (found,), requested_style(request), path)
    source = source_view(document, found)
    page = render_template(
        "passage.html",
        document=document,
        source=source,
        shown=shown,
        before=before,
        after=after,
        text=text,
        theme=theme_of(document),
        panel=panel,
        verdict=cited_version(cited, history, found.text) if cited else None,
        history=history,
        quoted=note,
        to_words=links.text_fragment(found, _earlier(document, found, before, note)),
        names=ThemeNames.of(g.snapshot.themes),
    )
    response = _signposted(page, panel)
    if source and source.has_obstacle:
        g.pop("etag", None)  # the next answer may show the page
        response.headers["Cache-Control"] = DISCREET
    return response


def _signposted(page: str, panel: CitationPanel) -> Response:
    response = Response(page, mimetype="text/html")
    response.headers["Link"] = page_metadata.signposts(links.absolute(""), panel.link, panel.files)
    return response


def _to_span(first: Passage, last: str) -> AnyResponse:
    """A redirect to the span from one passage to another that a reader chose."""
    place = first.id if last == first.id else PassageSpan(first.id, last).place
    return redirect(links.to_cite(passage_path(first.document, place), parameters.query(request.args)), 303)


def _span_page(span: SpanHere, words: WordRange | None, cited: str) -> AnyResponse:
    """The page of a span, or of an excerpt marked in it; if its words changed, what became of them."""
    text, path = parameters.query(request.args), passage_path(*span.ids, words=words)
    if "remember" in request.args:
        return citation_panel.remember_style(path, text)
    if words and not span.fingerprint.startswith(cited):
        return redirect(passage_path(*span.ids, cited), 302)
    if not words and (sought := parameters.words(request.args)):
        return _to_excerpt(span.passages, sought)
    item = cited_record(span.document, span.passages, words)
    panel = citation_panel.build_panel(item, g.snapshot, span.passages, requested_style(request), path)
    marks = _marks(span, words, text)
    history = span_history(span, g.snapshot.published)
    page = render_template(
        "span.html",
        document=span.document,
        shown=[ShownPassage(*each) for each in zip(span.passages, marks, strict=True)],
        gone=span.gone,
        text=text,
        theme=theme_of(span.document),
        panel=panel,
        address=address(*span.ids),
        verdict=cited_version(cited, history, span.text) if cited else None,
    )
    return _signposted(page, panel)


def _marks(span: SpanHere, words: WordRange | None, text: str) -> Sequence[tuple[Range, ...]]:
    """What is marked in each passage of a span: the words of an excerpt, or those of a query."""
    if words:
        ranges = excerpt_ranges(span.text, words)
        own = {passage.id: tuple(each) for passage, each in touched_passages(span.passages, ranges)}
        return [own.get(passage.id, ()) for passage in span.passages]
    if not text:
        return [()] * len(span.passages)
    marks: Sequence[tuple[Range, ...]] = g.snapshot.marks(
        text, span.passages, parameters.expand(request.args)
    )
    return marks


def _earlier(
    document: Document, found: Passage, before: Passage | None, note: Quoted | None
) -> Iterator[str]:
    """The text on a passage's page before the passage itself, which may contain the same words."""
    yield from (document.title, found.locator, found.heading, before.text if before else "")
    yield from (piece for piece, _ in note.segments) if note else ()


def theme_of(document: Document) -> Theme | None:
    """The theme that a document's notes are on; None for a source."""
    if not document.is_note:
        return None
    return next((each for each in g.snapshot.themes if each.slug == document.id), None)
