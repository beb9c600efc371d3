"""Reading and citing: the list of documents, a whole document, one passage at its permanent address."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint, Response, abort, current_app, g, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from kb.citing.exports.registry import BY_SUFFIX
from kb.citing.styles.registry import cite
from kb.ids import address
from kb.messages import Message
from kb.model import Document, Passage, Theme, Withdrawal
from kb.permalinks import passage_path
from kb.permanence.cited_version import cited_version
from kb.permanence.location import (
    DocumentGone,
    DocumentHere,
    DocumentLeftOut,
    DocumentMoved,
    Here,
    LeftOut,
    Moved,
    Unknown,
    Withdrawn,
    locate,
    locate_document,
)
from kb.tags import ThemeNames
from web.english import say
from web.presenters import page_metadata
from web.presenters.citation_panel import (
    build_panel,
    citation_file,
    citation_item,
    remember_style,
    requested_style,
)
from web.presenters.labels import Quoted, quoted
from web.presenters.passage_view import ShownPassage, contents, document_part, mark_passages
from web.urls import links, parameters
from web.views import left_out

__all__ = ["blueprint"]

blueprint = Blueprint("reading", __name__)

DOCUMENTS_PER_PAGE = 100
"""Documents on one page of their list."""


NO_PASSAGE = Message("no-passage-here")
NO_DOCUMENT = Message("no-document-here")


@blueprint.get("/documents")
def documents() -> str:
    """All sources, then our own notes, a page at a time."""
    page = parameters.number(request.args, "page", 1)
    listed = sorted(g.snapshot.documents.values(), key=lambda each: each.is_note)
    last = max(1, -(-len(listed) // DOCUMENTS_PER_PAGE))
    if not 1 <= page <= last:
        abort(404, say(Message("no-documents-page", count=last)))
    shown = listed[(page - 1) * DOCUMENTS_PER_PAGE : page * DOCUMENTS_PER_PAGE]
    return render_template(
        "documents.html",
        sources=[each for each in shown if not each.is_note],
        notes=[each for each in shown if each.is_note],
        total=len(listed),
        sizes=g.snapshot.sizes,
        page=page,
        last=last,
    )


@blueprint.get("/documents/<slug>")
def document(slug: str) -> str | AnyResponse | tuple[str, int]:
    """A whole document; the notes on a theme are read on the theme's own page."""
    match locate_document(g.snapshot, slug):
        case DocumentHere(found):
            return _document_page(found)
        case DocumentMoved(to):
            return redirect(links.onward(links.document(to)), 301)
        case DocumentGone(gone, moved):
            return render_template("withdrawn_document.html", slug=slug, gone=gone, moved=moved), 410
        case DocumentLeftOut(missing):
            return left_out.document_page(slug, missing)
        case Unknown():
            abort(404, say(NO_DOCUMENT))


def _document_page(found: Document) -> str | AnyResponse:
    text = parameters.query(request.args)
    if _theme(found):
        return redirect(links.theme(found.id, text))
    passages = g.snapshot.passages(found.id)
    opened = document_part(passages, parameters.anchor(request.args))
    if opened is None:
        abort(404, say(NO_PASSAGE))
    return render_template(
        "document.html",
        document=found,
        left_out=sum(each.document == found.id for each in g.snapshot.left_out_passages.values()),
        part=opened,
        contents=contents(passages, opened, text),
        view=mark_passages(g.snapshot, passages, text, opened, parameters.expand(request.args)),
        text=text,
        accessed=current_app.extensions["today"]().isoformat(),
        names=ThemeNames.of(g.snapshot.themes),
    )


@blueprint.get("/passages/<document>/<passage>")
def passage(document: str, passage: str) -> AnyResponse | tuple[str, int]:
    """The permalink: the words, their context, how to cite them; with `v`, whether they changed.

    With the suffix of a format, `p7.ris`, the citation as a file, unless a passage has that id itself.
    """
    version = parameters.version(request.args)
    match locate(g.snapshot, document, passage):
        case Here(found, its_document):
            return _passage_page(found, its_document, version)
        case Moved() | Withdrawn() | LeftOut() as elsewhere:
            return _elsewhere(elsewhere)
    id, _, suffix = passage.rpartition(".")
    if suffix not in BY_SUFFIX:
        abort(404, say(NO_PASSAGE))
    match locate(g.snapshot, document, id):
        case Here(found):
            item = citation_item(g.snapshot, found)
            return citation_file(item, BY_SUFFIX[suffix], requested_style(request))
        case place:
            return _elsewhere(place, f".{suffix}")


@blueprint.get("/passages/<document>/<passage>/cite")
def cited(document: str, passage: str) -> AnyResponse | tuple[str, int]:
    """The citation alone, as plain text; with `format`, as a file."""
    match locate(g.snapshot, document, passage):
        case Here(found):
            item = citation_item(g.snapshot, found)
        case place:
            return _elsewhere(place, "/cite")
    if name := request.args.get("format"):
        return citation_file(item, parameters.citation_format(name), requested_style(request))
    citation = cite(item, requested_style(request))
    return Response(f"{citation.plain}\n".encode("utf-8", "replace"), mimetype="text/plain")


def _elsewhere(place: Moved | Withdrawn | LeftOut | Unknown, tail: str = "") -> AnyResponse | tuple[str, int]:
    """On to the address that a passage has now, or what is left of one that is not there."""
    match place:
        case Moved(to):
            return redirect(links.onward(passage_path(*to) + tail), 301)
        case Withdrawn(left):
            return _withdrawn_page(left), 410
        case LeftOut(missing):
            return left_out.text(missing) if tail else left_out.page(missing)
        case Unknown():
            abort(404, say(NO_PASSAGE))


def _withdrawn_page(gone: Withdrawal) -> str:
    cited = parameters.version(request.args)
    history = g.snapshot.published.get(address(gone.document, gone.passage), ())
    return render_template(
        "withdrawn.html",
        gone=gone,
        document=g.snapshot.documents.get(gone.document),
        verdict=cited_version(cited, history, None, gone) if cited else None,
    )


def _passage_page(found: Passage, document: Document, cited: str) -> Response:
    text, expand = parameters.query(request.args), parameters.expand(request.args)
    if "remember" in request.args:
        return remember_style(found, text)
    item = citation_item(g.snapshot, found)
    before, after = g.snapshot.around(found)
    history = g.snapshot.published.get(found.address, ())
    note = quoted(g.snapshot, found)
    panel = build_panel(item, g.snapshot, found, requested_style(request))
    page = render_template(
        "passage.html",
        document=document,
        shown=ShownPassage(found, g.snapshot.marks(text, [found], expand)[0] if text else ()),
        before=before,
        after=after,
        text=text,
        theme=_theme(document),
        permalink=item["URL"],
        panel=panel,
        tags=page_metadata.tags(item),
        json_ld=page_metadata.json_ld(item),
        verdict=cited_version(cited, history, found.text) if cited else None,
        history=history,
        fingerprint=item["custom"]["fingerprint"],
        quoted=note,
        to_words=links.text_fragment(found, _earlier(document, found, before, note)),
        names=ThemeNames.of(g.snapshot.themes),
    )
    response = Response(page, mimetype="text/html")
    response.headers["Link"] = page_metadata.signposts(links.absolute(""), item["URL"], panel.files)
    return response


def _earlier(
    document: Document, found: Passage, before: Passage | None, note: Quoted | None
) -> Iterator[str]:
    """The text of a passage's page before the passage, which may contain the same words."""
    yield from (document.title, found.locator, found.heading, before.text if before else "")
    yield from (piece for piece, _ in note.segments) if note else ()


def _theme(document: Document) -> Theme | None:
    """The theme that a document's notes are on; None for a source."""
    if not document.is_note:
        return None
    return next((each for each in g.snapshot.themes if each.slug == document.id), None)
