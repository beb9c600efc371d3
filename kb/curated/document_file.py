"""Curated documents: one Markdown file each, front matter and passages."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import cast

from kb import edtf
from kb.curated import passage_blocks
from kb.errors import Fault
from kb.formats import front_matter
from kb.formats.front_matter import Entries
from kb.formats.text_file import read_text
from kb.formats.yaml_nodes import quote
from kb.ids import is_fingerprint, is_id
from kb.model import NOTE, STATUSES, Document, Passage, Status

__all__ = ["FIELDS", "check", "read", "write"]

TEXTS = (
    *("title", "kind", "date", "event_date", "place", "language", "url", "licence"),
    *("source", "sha256", "numbering", "superseded_by"),
)
LISTS = ("issuers", "supplied", "formerly")
FIELDS = (*TEXTS, *LISTS, "status")
"""The fields of a document besides its id."""

RESERVED = {"slug", "id"}


def read(path: Path) -> tuple[Document, tuple[Passage, ...], tuple[Fault, ...]]:
    """Read one file: its document, its passages in order, and what is wrong with it."""
    text, faults = read_text(path)
    if faults:
        return Document("", "", path=path), (), faults
    entries, body, line = front_matter.split(text, path)
    document = _document(entries)
    found, wrong = passage_blocks.read(body, document.id, path, line)
    if not (found or wrong or entries.faults):
        wrong = (Fault(path, line, "the document has no passages", "write its text under the front matter"),)
    return document, found, (*entries.faults, *wrong)


def _document(entries: Entries) -> Document:
    slug = entries.required("slug")
    for key in ("title", "kind"):
        entries.required(key)
    if "id" in entries.nodes:
        entries.fault("id", "a document's name in links is called slug here", "rename “id” to “slug”")
    document = Document(
        id=slug,
        **{name: entries.text(name) for name in TEXTS},  # type: ignore[arg-type]
        issuers=entries.texts("issuers"),
        supplied=entries.texts("supplied"),
        formerly=entries.texts("formerly"),
        status=cast(Status, entries.text("status") or "current"),
        further=entries.others({*FIELDS, *RESERVED}),
        path=entries.path,
    )
    if document.kind == NOTE:
        entries.fault("kind", f"the kind “{NOTE}” is kept for this site's own words", "choose another kind")
    if not entries.readable:
        return document
    for name, problem, remedy in check(document):
        entries.fault("slug" if name == "id" else name, problem, remedy)
    return document


def check(document: Document) -> list[tuple[str, str, str]]:
    """What is wrong with the fields of a document: field, problem, remedy."""
    fields = (_id, _dates, _source, _status, _supplied, _formerly)
    return [finding for check_ in fields for finding in check_(document)]


def _id(document: Document) -> list[tuple[str, str, str]]:
    if not document.id or is_id(document.id):
        return []
    shown = document.id[:80]
    return [("id", f"“{shown}” cannot be a name in links", "use up to 200 letters, digits, . _ -")]


def _dates(document: Document) -> list[tuple[str, str, str]]:
    found = []
    for name, value in (("date", document.date), ("event_date", document.event_date)):
        try:
            edtf.years(value)
        except ValueError as exc:
            problem, _, remedy = str(exc).partition(": ")
            found.append((name, problem, remedy))
    return found


def _source(document: Document) -> list[tuple[str, str, str]]:
    if document.sha256 and not is_fingerprint(document.sha256):
        return [("sha256", "this is not a SHA-256 checksum", "give its 64 digits and letters a to f")]
    if document.source and not document.sha256:
        return [("source", "the source has no checksum", "add a line “sha256: ...” with that of the file")]
    return []


def _status(document: Document) -> list[tuple[str, str, str]]:
    if document.status not in STATUSES:
        shown = str(document.status)[:80]
        return [("status", f"“{shown}” is not a status", f"use one of: {', '.join(STATUSES)}")]
    if document.status == "superseded" and not document.superseded_by:
        return [("status", "it is not said what supersedes this document", "add “superseded_by: ...”")]
    if document.superseded_by and document.status != "superseded":
        remedy = "add “status: superseded”, or remove superseded_by"
        return [("superseded_by", "only a superseded document has this entry", remedy)]
    return []


def _supplied(document: Document) -> list[tuple[str, str, str]]:
    unknown = [name for name in document.supplied if name not in FIELDS]
    remedy = f"use some of: {', '.join(FIELDS)}"
    return [("supplied", f"“{name[:80]}” is not a field of a document", remedy) for name in unknown]


def _formerly(document: Document) -> list[tuple[str, str, str]]:
    wrong = [former for former in document.formerly if not is_id(former)]
    remedy = "write the name that the document had in links"
    return [("formerly", f"“{former[:80]}” cannot be a former slug", remedy) for former in wrong]


def write(document: Document, found: Sequence[Passage]) -> str:
    """A file that `read` turns into the same document and passages."""
    lines = [f"slug: {quote(document.id)}"]
    for name in FIELDS:
        value = getattr(document, name)
        if value and value != "current":
            lines.append(f"{name}: {_written(value)}")
    lines.extend(f"{quote(key)}: {quote(value)}" for key, value in document.further)
    front = "\n".join(lines)
    return f"---\n{front}\n---\n{passage_blocks.write(found)}"


def _written(value: str | tuple[str, ...]) -> str:
    return quote(value) if isinstance(value, str) else f"[{', '.join(map(quote, value))}]"
