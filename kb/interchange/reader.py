"""The interchange form: themes, documents and passages as JSON lines, written by programs."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from kb import ids, tags
from kb.curated import document_file, note_html
from kb.draft import ANY, Draft, Unread
from kb.errors import Fault
from kb.formats.json_fields import identifier, listed, once, text, whole
from kb.formats.json_lines import Lines, Object, Refused
from kb.interchange import history_records
from kb.interchange.writer import FILES, write
from kb.messages import Message
from kb.model import Document, Move, Passage, Provision, Published, Quotation, SubPoint, Theme, Withdrawal

__all__ = ["FILES", "is_here", "read", "write"]

TEXTS = frozenset(document_file.FIELDS) - {"title", *document_file.LISTS}
KNOWN = frozenset(document_file.FIELDS) | {"id"}
NOTE_KEYS = frozenset({"html", "provisions", "quotation"})
PASSAGE_KEYS = NOTE_KEYS | {"document", "id", "locator", "heading", "text", "themes", "formerly"}
LONGEST_KEY = 200


def is_here(folder: Path) -> bool:
    """Whether the folder has content in the interchange form."""
    return any(_files(folder, name) for name in FILES)


def _files(folder: Path, name: str) -> list[Path]:
    both = (folder / f"{name}.jsonl", folder / f"{name}.jsonl.gz")
    return [path for path in both if path.is_file()]


def read(folder: Path) -> Draft:
    """Read the files of a folder, and say what is wrong in each."""
    reader = _Reader(folder)
    for name, take in reader.takers().items():
        reader.read(name, take)
    return reader.draft()


@dataclass(slots=True)
class _Reader:
    folder: Path
    themes: dict[str, Theme] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    passages: dict[str, dict[str, Passage]] = field(default_factory=dict)
    instruments: dict[str, str] = field(default_factory=dict)
    withdrawn: dict[tuple[str, str], Withdrawal] = field(default_factory=dict)
    moves: dict[tuple[str, ...], Move] = field(default_factory=dict)
    published: list[Published] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    unread: Unread = field(default_factory=Unread)
    path: Path = Path()

    def takers(self) -> Mapping[str, Callable[[Object, int], None]]:
        now = (self.theme, self.document, self.passage, self.instrument)
        then = (self.withdrawal, self.move, self.words)
        return dict(zip(FILES, (*now, *then), strict=True))

    def read(self, name: str, take: Callable[[Object, int], None]) -> None:
        found = _files(self.folder, name)
        if len(found) > 1:
            self.faults.append(Fault(found[1], 1, Message("both-forms", file=found[0].name)))
        if name == "passages" and found and not _files(self.folder, "documents"):
            self.without_documents(found[0])
        for self.path in found[:1]:
            lines = Lines(self.path)
            lines.each(take)
            self.faults.extend(lines.faults)
            self.unread |= _unread(name, lines.refused)

    def without_documents(self, passages: Path) -> None:
        self.faults.append(Fault(passages, 1, Message("no-documents-file")))
        self.unread |= Unread(frozenset({("documents", ANY)}))

    def theme(self, found: Object, line: int) -> None:
        slug = identifier(found, "slug")
        once(slug, self.themes)
        title = text(found, "title", required=True)
        points = [_subpoint(one) for one in listed(found, "subpoints", dict)]
        self.themes[slug] = Theme(
            slug=slug,
            title=title,
            label=text(found, "label") or title,
            order=whole(found, "order", len(self.themes) + 1),
            related=listed(found, "related", str),
            subpoints=tuple(points),
            path=self.path,
            line=line,
        )

    def document(self, found: Object, line: int) -> None:
        id = identifier(found, "id")
        once(id, self.documents)
        lists: dict[str, Any] = {name: listed(found, name, str) for name in document_file.LISTS}
        texts: dict[str, Any] = {name: text(found, name) for name in found.keys() & TEXTS}
        document = Document(
            id=id,
            title=text(found, "title", required=True),
            **{name: value for name, value in texts.items() if value},
            **lists,
            further=_document_further(found),
            path=self.path,
            line=line,
        )
        for _, message in document_file.check(document)[:1]:
            raise Refused(message)
        self.documents[id] = document
        self.passages[id] = {}

    def passage(self, found: Object, line: int) -> None:
        document, id = found.get("document"), identifier(found, "id")
        if not isinstance(document, str) or document not in self.passages:
            if self.unread.excuses("documents", str(document)):
                return
            raise Refused(Message("unknown-document", document=str(document)[:80]))
        once(id, self.passages[document])
        words = text(found, "text")
        if not words or words.isspace():
            raise Refused(Message("empty-passage", id=id))
        extras = {} if NOTE_KEYS.isdisjoint(found) else _note_parts(found)
        self.passages[document][id] = Passage(
            document=document,
            id=id,
            text=words,
            locator=text(found, "locator"),
            heading=text(found, "heading"),
            themes=_tags(found),
            formerly=_formerly(found, document),
            further=_further(found, PASSAGE_KEYS),
            line=line,
            **extras,
        )

    def instrument(self, found: Object, line: int) -> None:
        name = text(found, "name", required=True)
        once(name, self.instruments)
        self.instruments[name] = text(found, "title", required=True)

    def withdrawal(self, found: Object, line: int) -> None:
        one = history_records.withdrawal(found)
        once((one.document, one.passage), self.withdrawn)
        self.withdrawn[one.document, one.passage] = one

    def move(self, found: Object, line: int) -> None:
        one = history_records.move(found)
        key = (one.document, one.passage) if one.passage else (one.document,)
        once(key, self.moves)
        self.moves[key] = one

    def words(self, found: Object, line: int) -> None:
        self.published.append(history_records.published(found))

    def draft(self) -> Draft:
        place = (_files(self.folder, "passages") or [self.folder / "passages.jsonl"])[0]
        described = bool(_files(self.folder, "themes"))
        passages = {id: tuple(found.values()) for id, found in self.passages.items()}
        return Draft(
            themes=tuple(self.themes.values()),
            made=() if described else tags.themes_from_tags(passages, place),
            documents=tuple(self.documents.values()),
            passages=passages,
            places=dict.fromkeys(passages, place),
            withdrawn=tuple(self.withdrawn.values()),
            moves=tuple(self.moves.values()),
            published=tuple(self.published),
            instruments=self.instruments,
            faults=tuple(self.faults),
            unread=self.unread,
        )


def _unread(name: str, refused: Sequence[Object]) -> Unread:
    """The names of refused objects, as far as they can be told."""
    keys = {"themes": ("slug",), "documents": ("id",), "passages": ("document", "id")}.get(name, ())
    named = [[found.get(key) for key in keys] for found in refused if keys]
    told = (
        "/".join(map(str, parts)) if all(isinstance(one, str) for one in parts) else ANY for parts in named
    )
    return Unread(frozenset((name, one) for one in told))


def _subpoint(found: Object) -> SubPoint:
    return SubPoint(identifier(found, "slug"), text(found, "title", required=True))


def _tags(found: Object) -> tuple[str, ...]:
    given = listed(found, "themes", str)
    for tag in given:
        if not ids.is_theme_value(tag):
            raise Refused(Message("bad-tag", tag=tag[:80]))
    return tags.normalized(given)


def _formerly(found: Object, document: str) -> tuple[str, ...]:
    if "formerly" not in found:
        return ()
    given, faults = ids.former_addresses(listed(found, "formerly", str), document)
    for message in faults:
        raise Refused(message)
    return given


def _document_further(found: Object) -> tuple[tuple[str, str], ...]:
    if "slug" in found:
        raise Refused(Message("slug-for-id"))
    return _further(found, KNOWN)


def _further(found: Object, known: frozenset[str]) -> tuple[tuple[str, str], ...]:
    """The keys that have no field of their own, kept as text so that nothing is lost."""
    if found.keys() <= known:
        return ()
    pairs = [(key, value) for key, value in found.items() if key not in known and value is not None]
    if any(len(key) > LONGEST_KEY for key, _ in pairs):
        raise Refused(Message("key-too-long", characters=LONGEST_KEY))
    return tuple((key, value if isinstance(value, str) else _compact(value)) for key, value in pairs)


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _note_parts(found: Object) -> dict[str, Any]:
    """What only passages of notes have: html, provisions, quotation."""
    provisions = [_parts(one, Provision) for one in listed(found, "provisions", dict)]
    quotation = found.get("quotation")
    if quotation is not None and not isinstance(quotation, dict):
        raise Refused(Message("bad-quotation"))
    html = note_html.sanitise(text(found, "html"))
    return {
        "provisions": tuple(provisions),
        "quotation": None if quotation is None else _parts(quotation, Quotation),
        "html": html,
    }


def _parts(found: Object, kind: Any) -> Any:
    return kind(*(text(found, part.name, required=True) for part in fields(kind)))
