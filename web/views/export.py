"""All hits of a search as one download: a table, JSON, or records for a reference manager."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain

from flask import Blueprint, Response, current_app, g, request

from index.request import Request
from index.results import Hit
from index.serializers.search import hit_json, results_json
from kb.citing.exports import registry as citing
from kb.citing.styles.registry import DEFAULT_STYLE, STYLES
from kb.formats.spreadsheet import cell, csv_lines
from kb.tags import ThemeNames
from kb.text.fingerprint import fingerprint
from web.admission.export_slots import writing_budget
from web.http.prefix import prefixed
from web.http.responses import download_pieces
from web.presenters.records import make_records
from web.urls import links, parameters

__all__ = ["COLUMNS", "DATED", "FORMATS", "blueprint"]

blueprint = Blueprint("export", __name__)

COLUMNS = (
    "document",
    "passage",
    "title",
    "kind",
    "date",
    "locator",
    "heading",
    "themes",
    "text",
    "permalink",
    "fingerprint",
    "supplied",
    "matched",
    "unit",
    "page",
    "ocr",
)


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """A format of file: how hits are written, and the media type and charset they are sent with."""

    write: Callable[[Request], Iterator[str]]
    """Finds all hits at once, but writes each only when it is asked for."""

    media_type: str
    charset: str = "utf-8"


def _file(name: str) -> Response:
    """The hits of all pages, MAX_HITS at most, with the parameters of the results page."""
    chosen = FORMATS[name]
    asked = parameters.search_request(request.args)
    with current_app.extensions["slots"].taken():
        pieces = chosen.write(asked)
        with writing_budget():
            return download_pieces(f"passages.{name}", chosen.media_type, pieces, chosen.charset)


def _csv(asked: Request) -> Iterator[str]:
    names, address = ThemeNames.of(g.snapshot.themes), links.absolute("")
    rows = (_row(hit, names, address) for hit in g.snapshot.every_hit(asked, snippets=False))
    return csv_lines(chain([COLUMNS], (map(cell, row) for row in rows)))


def _row(hit: Hit, names: ThemeNames, address: str) -> tuple[str, ...]:
    passage, document = hit.passage, hit.document
    return (
        document.id,
        passage.id,
        document.title,
        document.kind,
        document.date,
        passage.locator,
        passage.heading,
        "; ".join(names[value] for value in passage.themes),
        passage.text,
        f"{address}{links.passage(passage)}",
        fingerprint(passage.text),
        ", ".join(document.supplied),
        hit.matched,
        passage.unit,
        "" if passage.page is None else str(passage.page),
        document.ocr,
    )


def _json(asked: Request) -> Iterator[str]:
    found = g.snapshot.search(replace(asked, page=1))
    report = prefixed(results_json(replace(found, hits=())))
    return _object(report, g.snapshot.every_hit(asked))


def _object(report: Mapping[str, object], hits: Iterable[Hit]) -> Iterator[str]:
    """The report as JSON with these hits in it."""
    before = "{"
    for name, value in report.items():
        yield f"{before}{_written(name)}: "
        yield from _array(hits) if name == "hits" else (_written(value),)
        before = ", "
    yield "}\n"


def _array(hits: Iterable[Hit]) -> Iterator[str]:
    before = "["
    for hit in hits:
        yield before + _written(prefixed(hit_json(hit)))
        before = ", "
    yield "]" if before != "[" else "[]"


_written = json.JSONEncoder(ensure_ascii=False).encode


def _references(name: str) -> ExportFormat:
    """All hits in a format of `kb.citing`, which holds records and so is the same in every style."""
    chosen = citing.FORMATS[name]

    def write(asked: Request) -> Iterator[str]:
        record = make_records()
        hits = g.snapshot.every_hit(asked, snippets=False)
        items = (record(hit.document, hit.passage) for hit in hits)
        return chosen.pieces(items, STYLES[DEFAULT_STYLE])

    return ExportFormat(write, chosen.media_type)


FORMATS = {
    # with a byte order mark: without it some spreadsheets garble every accent
    "csv": ExportFormat(_csv, "text/csv", "utf-8-sig"),
    "json": ExportFormat(_json, "application/json"),
    "ris": _references("ris"),
    "bib": _references("bibtex"),
    "csl.json": _references("csl-json"),
}
DATED = tuple(f"export.{name.replace('.', '_')}" for name in ("ris", "bib", "csl.json"))
"""The endpoints whose files contain the date of access."""

for _name in FORMATS:
    blueprint.add_url_rule(f"/search.{_name}", _name.replace(".", "_"), partial(_file, _name))
