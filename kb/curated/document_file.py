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
from kb.messages import Message
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
        wrong = (Fault(path, line, Message("no-passages")),)
    return document, found, (*entries.faults, *wrong)


def _document(entries: Entries) -> Document:
    slug = entries.required("slug")
    for key in ("title", "kind"):
        entries.required(key)
    if "id" in entries.nodes:
        entries.fault("id", Message("id-for-slug"))
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
        entries.fault("kind", Message("reserved-kind", kind=NOTE))
    if not entries.readable:
        return document
    for name, message in check(document):
        entries.fault("slug" if name == "id" else name, message)
    return document


def check(document: Document) -> list[tuple[str, Message]]:
    """What is wrong with the fields of a document, each with the field's name."""
    fields = (_id, _dates, _source, _status, _supplied, _formerly)
    return [finding for check_ in fields for finding in check_(document)]


def _id(document: Document) -> list[tuple[str, Message]]:
    if not document.id or is_id(document.id):
        return []
    return [("id", Message("bad-slug", slug=document.id[:80]))]


def _dates(document: Document) -> list[tuple[str, Message]]:
    found = []
    for name, value in (("date", document.date), ("event_date", document.event_date)):
        try:
            edtf.years(value)
        except edtf.BadDate as exc:
            found.append((name, exc.message))
    return found


def _source(document: Document) -> list[tuple[str, Message]]:
    if document.sha256 and not is_fingerprint(document.sha256):
        return [("sha256", Message("bad-checksum"))]
    if document.source and not document.sha256:
        return [("source", Message("no-checksum"))]
    return []


def _status(document: Document) -> list[tuple[str, Message]]:
    if document.status not in STATUSES:
        shown = str(document.status)[:80]
        return [("status", Message("unknown-status", status=shown, known=", ".join(STATUSES)))]
    if document.status == "superseded" and not document.superseded_by:
        return [("status", Message("no-successor"))]
    if document.superseded_by and document.status != "superseded":
        return [("superseded_by", Message("not-superseded"))]
    return []


def _supplied(document: Document) -> list[tuple[str, Message]]:
    unknown = [name for name in document.supplied if name not in FIELDS]
    known = ", ".join(FIELDS)
    return [("supplied", Message("unknown-supplied-field", field=name[:80], known=known)) for name in unknown]


def _formerly(document: Document) -> list[tuple[str, Message]]:
    wrong = [former for former in document.formerly if not is_id(former)]
    return [("formerly", Message("bad-former-slug", slug=former[:80])) for former in wrong]


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
