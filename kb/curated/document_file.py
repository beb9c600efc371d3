"""Curated documents: one Markdown file each, front matter and passages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import cast

from kb import edtf
from kb.curated.passage_blocks import dump_passages, parse_passages
from kb.errors import Fault
from kb.formats.front_matter import FrontMatter, split_front_matter, with_comment
from kb.formats.text_file import read_text_file
from kb.formats.yaml_nodes import quote_yaml
from kb.ids import is_fingerprint, is_id
from kb.languages.language_tag import check_language
from kb.messages import Message
from kb.model import LABEL, NOTE, OCR_STATES, STATUSES, Document, Passage, Status
from kb.sources.kinds import CITED_FIELDS
from kb.sources.person_name import PersonName, name_fields, name_text, read_name

__all__ = [
    "DOCUMENT_FIELDS",
    "MAX_KEY_CHARS",
    "NAME_FIELDS",
    "check_document",
    "dump_document",
    "field_line",
    "parse_document",
    "read_document_file",
]

TEXT_FIELDS = (
    *("title", "kind", "date", "event_date", "place", "language", "url", "licence"),
    *("source", "sha256", "numbering", "superseded_by", "ocr"),
)
LIST_FIELDS = ("issuers", "supplied", "formerly")
NAME_FIELDS = ("authors", "editors")
"""Fields that hold names of persons."""

DOCUMENT_FIELDS = (*TEXT_FIELDS, *LIST_FIELDS, *NAME_FIELDS, "status")
"""The fields of a document besides its id."""

RESERVED_KEYS = {"slug", "id"}
MAX_KEY_CHARS = 200
"""The longest name of a field that an editor adds."""

MAX_LABEL_CHARS = 60


def read_document_file(path: Path) -> tuple[Document, tuple[Passage, ...], tuple[Fault, ...]]:
    """A document, its passages in order, and the faults of the file."""
    text, faults = read_text_file(path)
    return (Document("", "", path=path), (), faults) if faults else parse_document(text, path)


def parse_document(text: str, path: Path) -> tuple[Document, tuple[Passage, ...], tuple[Fault, ...]]:
    """Like `read_document_file`, for a text already read from the path."""
    entries, body, line = split_front_matter(text, path)
    document = _document(entries)
    passages, wrong = parse_passages(body, document.id, path, line)
    if not (passages or wrong or entries.faults):
        wrong = (Fault(path, line, Message("no-passages")),)
    return document, passages, (*entries.faults, *wrong)


def _document(entries: FrontMatter) -> Document:
    slug = entries.required("slug")
    for key in ("title", "kind"):
        entries.required(key)
    if "id" in entries.nodes:
        entries.fault("id", Message("id-for-slug"))
    document = Document(
        id=slug,
        **{name: entries.text(name) for name in TEXT_FIELDS},  # type: ignore[arg-type]
        issuers=entries.texts("issuers"),
        supplied=entries.texts("supplied"),
        formerly=entries.texts("formerly"),
        authors=_names(entries, "authors"),
        editors=_names(entries, "editors"),
        status=cast(Status, entries.text("status") or "current"),
        further=entries.others({*DOCUMENT_FIELDS, *RESERVED_KEYS}),
        path=entries.path,
    )
    for key, _ in document.further:
        if len(key) > MAX_KEY_CHARS:
            entries.fault(key, Message("key-too-long", characters=MAX_KEY_CHARS))
    if document.kind == NOTE:
        entries.fault("kind", Message("reserved-kind", kind=NOTE))
    if not entries.readable:
        return document
    for name, message in check_document(document):
        entries.fault("slug" if name == "id" else name, message)
    return document


def _names(entries: FrontMatter, key: str) -> tuple[PersonName, ...]:
    values = entries.values(key)
    if any(isinstance(value, Mapping) and read_name(value) is None for value in values):
        entries.fault(key, Message("bad-name", key=key))
    return tuple(name for name in map(read_name, values) if name)


def check_document(document: Document) -> list[tuple[str, Message]]:
    """Faults in the fields of a document, each with the name of its field."""
    fields = (_id, _label, _dates, _language, _source, _status, _ocr, _supplied, _formerly)
    return [finding for check_ in fields for finding in check_(document)]


def _id(document: Document) -> list[tuple[str, Message]]:
    if not document.id or is_id(document.id):
        return []
    return [("id", Message("bad-slug", slug=document.id[:80]))]


def _label(document: Document) -> list[tuple[str, Message]]:
    label = dict(document.further).get(LABEL, "")
    if len(label) <= MAX_LABEL_CHARS and len(label.splitlines()) < 2:
        return []
    return [(LABEL, Message("label-too-long", characters=MAX_LABEL_CHARS))]


def _dates(document: Document) -> list[tuple[str, Message]]:
    faults = []
    for name, value in (("date", document.date), ("event_date", document.event_date)):
        try:
            edtf.years(value)
        except edtf.BadDate as exc:
            faults.append((name, exc.message))
    return faults


def _language(document: Document) -> list[tuple[str, Message]]:
    message = check_language(document.language)
    return [("language", message)] if message else []


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


def _ocr(document: Document) -> list[tuple[str, Message]]:
    if not document.ocr or document.ocr in OCR_STATES:
        return []
    return [("ocr", Message("unknown-ocr-state", state=str(document.ocr)[:80], known=", ".join(OCR_STATES)))]


def _supplied(document: Document) -> list[tuple[str, Message]]:
    unknown = [name for name in document.supplied if name not in {*DOCUMENT_FIELDS, *CITED_FIELDS}]
    known = ", ".join((*DOCUMENT_FIELDS, *sorted(CITED_FIELDS)))
    return [("supplied", Message("unknown-supplied-field", field=name[:80], known=known)) for name in unknown]


def _formerly(document: Document) -> list[tuple[str, Message]]:
    wrong = [former for former in document.formerly if not is_id(former)]
    return [("formerly", Message("bad-former-slug", slug=former[:80])) for former in wrong]


def dump_document(
    document: Document, passages: Sequence[Passage], comments: Mapping[str, str] | None = None
) -> str:
    """The text of a file that `read_document_file` reads back as the same document and passages.

    Each of the `comments` is written after its field.
    """
    lines = [f"slug: {quote_yaml(document.id)}"]
    said = comments or {}
    for name in DOCUMENT_FIELDS:
        value = getattr(document, name)
        if value and value != "current":
            lines.append(with_comment(field_line(name, value), said.get(name, "")))
    for key, text in document.further:
        lines.append(with_comment(field_line(key, text), said.get(key, "")))
    front = "\n".join(lines)
    return f"---\n{front}\n---\n{dump_passages(passages)}"


def field_line(name: str, value: str | tuple[str, ...] | tuple[PersonName, ...]) -> str:
    """A field as the front matter states it."""
    return f"{quote_yaml(name)}: {_written(value)}"


def _written(value: str | tuple[str, ...] | tuple[PersonName, ...]) -> str:
    if isinstance(value, str):
        return quote_yaml(value)
    items = (quote_yaml(one) if isinstance(one, str) else _written_name(one) for one in value)
    return f"[{', '.join(items)}]"


def _written_name(name: PersonName) -> str:
    if text := name_text(name):
        return quote_yaml(text)
    return f"{{{', '.join(f'{part}: {quote_yaml(value)}' for part, value in name_fields(name).items())}}}"
