"""All hits of a search as one download: a table, JSON, or records for a reference manager."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from flask import Blueprint, Response, g, request

from index.request import Request
from index.results import Hit
from index.serializers.search import results_json
from kb.citing.csl_item import CslItem
from kb.citing.exports import registry as citing
from kb.citing.styles.registry import DEFAULT_STYLE, STYLES
from kb.tags import ThemeNames
from kb.text.fingerprint import fingerprint
from web.http.prefix import prefixed
from web.http.responses import cell, download
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
)


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """A format of file: how hits are written, and the media type and charset they are sent with."""

    write: Callable[[Request], str]
    media_type: str
    charset: str = "utf-8"


def _file(name: str) -> Response:
    """The hits of all pages, MAX_HITS at most, with the parameters of the results page."""
    chosen = FORMATS[name]
    body = chosen.write(parameters.search_request(request.args))
    return download(f"passages.{name}", chosen.media_type, body, chosen.charset)


def _csv(asked: Request) -> str:
    file = io.StringIO(newline="")
    rows = csv.writer(file)
    rows.writerow(COLUMNS)
    names = ThemeNames.of(g.snapshot.themes)
    rows.writerows(map(cell, _row(hit, names)) for hit in g.snapshot.every_hit(asked))
    return file.getvalue()


def _row(hit: Hit, names: ThemeNames) -> tuple[str, ...]:
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
        links.absolute(links.passage(passage)),
        fingerprint(passage.text),
        ", ".join(document.supplied),
        hit.matched,
    )


def _json(asked: Request) -> str:
    found = g.snapshot.search(replace(asked, page=1))
    report = results_json(replace(found, hits=g.snapshot.every_hit(asked)))
    return json.dumps(prefixed(report), ensure_ascii=False) + "\n"


def _records(asked: Request) -> list[CslItem]:
    record = make_records()
    return [record(hit.document, hit.passage) for hit in g.snapshot.every_hit(asked)]


def _references(name: str) -> ExportFormat:
    """All hits in a format of `kb.citing`, which holds records and so is the same in every style."""
    chosen = citing.FORMATS[name]
    return ExportFormat(lambda asked: chosen.write(_records(asked), STYLES[DEFAULT_STYLE]), chosen.media_type)


FORMATS = {
    # with a mark of its encoding: without it some spreadsheets spoil every accent
    "csv": ExportFormat(_csv, "text/csv", "utf-8-sig"),
    "json": ExportFormat(_json, "application/json"),
    "ris": _references("ris"),
    "bib": _references("bibtex"),
    "csl.json": _references("csl-json"),
}
DATED = tuple(f"export.{name.replace('.', '_')}" for name in ("ris", "bib", "csl.json"))
"""The endpoints whose files hold the day of access."""

for _name in FORMATS:
    blueprint.add_url_rule(f"/search.{_name}", _name.replace(".", "_"), partial(_file, _name))
