"""The list of documents, filtered and sorted: as a page and as a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from flask import Blueprint, Response, abort, current_app, g, render_template, request

from kb.formats.spreadsheet import cell, csv_lines
from kb.messages import Message
from kb.model import Document
from kb.permalinks import document_path
from kb.tags import ThemeNames
from web.admission.export_slots import writing_budget
from web.english import say
from web.http.responses import download_pieces
from web.urls import links, parameters
from web.views.reading.document_filter import ORDERS, DocumentFilter, document_filter, listed_documents

__all__ = ["COLUMNS", "blueprint"]

blueprint = Blueprint("document_list", __name__)

DOCUMENTS_PER_PAGE = 100
"""Documents on one page of their list."""

COLUMNS = (
    *("document", "title", "kind", "date", "issuers", "authors", "language", "status", "passages"),
    *("licence", "supplied", "permalink"),
)


@blueprint.get("/documents")
def documents() -> str:
    """The sources asked for, then our own notes, a page at a time."""
    asked, page = document_filter(request.args, g.snapshot), parameters.number(request.args, "page", 1)
    listed = listed_documents(g.snapshot, asked)
    last = max(1, -(-len(listed) // DOCUMENTS_PER_PAGE))
    if not 1 <= page <= last:
        abort(404, say(Message("no-documents-page", count=last)))
    shown = listed[(page - 1) * DOCUMENTS_PER_PAGE : page * DOCUMENTS_PER_PAGE]
    return render_template(
        "documents.html",
        asked=asked,
        chosen=sum(map(bool, (asked.q, asked.theme, asked.kind, asked.year))),
        sources=[each for each in shown if not each.is_note],
        notes=[each for each in shown if each.is_note],
        total=len(listed),
        sizes=g.snapshot.sizes,
        themes=ThemeNames.of(g.snapshot.themes).titles,
        kinds=_kinds(asked),
        orders=ORDERS,
        page=page,
        last=last,
    )


@blueprint.get("/documents.csv")
def file() -> Response:
    """All documents asked for, as a download."""
    asked = document_filter(request.args, g.snapshot)
    with current_app.extensions["slots"].taken():
        lines = _lines(listed_documents(g.snapshot, asked))
        with writing_budget():
            return download_pieces("documents.csv", "text/csv", lines, "utf-8-sig")


def _lines(documents: Iterable[Document]) -> Iterator[str]:
    address, sizes = links.absolute(""), g.snapshot.sizes
    return csv_lines(chain([COLUMNS], (map(cell, _row(each, address, sizes)) for each in documents)))


def _row(document: Document, address: str, sizes: Mapping[str, int]) -> tuple[str, ...]:
    return (
        document.id,
        document.title,
        document.kind,
        document.date,
        "; ".join(document.issuers),
        "; ".join(each.words for each in document.authors),
        document.language,
        document.status,
        str(sizes[document.id]),
        document.licence,
        ", ".join(document.supplied),
        f"{address}{document_path(document.id)}",
    )


def _kinds(asked: DocumentFilter) -> list[str]:
    """The kinds of documents there are, including the one asked for."""
    return sorted({asked.kind, *(each.kind for each in g.snapshot.documents.values())} - {""})
