"""The interchange form: themes, documents and passages as JSON lines, written by programs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from kb import tags
from kb.curated.document_file import check_document
from kb.draft import Draft, UnreadNames
from kb.errors import ANY_NAME, Fault, tallied
from kb.files.listing import is_there, leads_out
from kb.formats.json.fields import id_field, integer_field, list_field, refuse_duplicate, text_field
from kb.formats.json.lines import JsonLines
from kb.formats.json.objects import BadObject, JsonObject
from kb.interchange.document_records import read_document
from kb.interchange.history_records import read_move, read_published, read_withdrawal
from kb.interchange.instrument_records import read_instrument
from kb.interchange.line_runs import LINES, KnownLines, RunRecorder, kept_lines
from kb.interchange.passage_records import read_passage
from kb.interchange.passage_shelf import PassageShelf
from kb.interchange.read_listener import ReadListener
from kb.interchange.refusals import PARTS, orphan, refused_file, refused_names, refused_record
from kb.interchange.writer import INTERCHANGE_FILES, write_interchange
from kb.messages import Message
from kb.model import Document, SubPoint, Theme
from kb.published import Move, Published, Withdrawal
from kb.sources.instrument import Instrument

__all__ = ["INTERCHANGE_FILES", "has_interchange_files", "read_interchange", "write_interchange"]


def has_interchange_files(folder: Path) -> bool:
    """Whether a folder has content in the interchange form."""
    return any(_files(folder, name) for name in INTERCHANGE_FILES)


def _restore(problem: str) -> Message:
    return Message("history-damaged", problem=problem)


def _files(folder: Path, name: str) -> list[Path]:
    both = (folder / f"{name}.jsonl", folder / f"{name}.jsonl.gz")
    return [path for path in both if is_there(path)]


def read_interchange(
    folder: Path, known: KnownLines | None = None, listener: ReadListener | None = None
) -> Draft:
    """The content of a folder in the interchange form, with its faults.

    Where lines of its passages are `known`, documents that are as they were come without passages. A
    `listener` is told of documents while others are read, if themes are listed: where tags make them, all
    passages have to be read first.
    """
    reader = _InterchangeReader(folder, known, listener)
    for name, take in reader.takers().items():
        reader.read(name, take)
    return reader.draft()


@dataclass(slots=True)
class _InterchangeReader:
    folder: Path
    known: KnownLines | None = None
    listener: ReadListener | None = None
    themes: dict[str, Theme] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    passages: PassageShelf = field(default_factory=PassageShelf)
    instruments: dict[str, Instrument] = field(default_factory=dict)
    withdrawn: dict[tuple[str, str], Withdrawal] = field(default_factory=dict)
    moves: dict[tuple[str, ...], Move] = field(default_factory=dict)
    published: list[Published] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    refused: list[Fault] = field(default_factory=list)
    orphans: list[Fault] = field(default_factory=list)
    unread: UnreadNames = field(default_factory=UnreadNames)
    path: Path = Path()
    lines: JsonLines = field(default_factory=lambda: JsonLines(Path()))
    recorder: RunRecorder | None = None
    changed: Set[str] = frozenset()

    def takers(self) -> Mapping[str, Callable[[JsonObject, int], None]]:
        now = (self.theme, self.document, self.passage, self.instrument)
        then = (self.withdrawal, self.move, self.words)
        return dict(zip(INTERCHANGE_FILES, (*now, *then), strict=True))

    def read(self, name: str, take: Callable[[JsonObject, int], None]) -> None:
        files = _files(self.folder, name)
        if len(files) > 1:
            self.refused.append(refused_file(files[1], Message("both-forms", file=files[0].name)))
        if name == "passages" and files and not _files(self.folder, "documents"):
            self.without_documents(files[0])
        if name == "passages" and self.listener and self.themes:
            themes = sorted(self.themes.values(), key=lambda theme: theme.order)
            self.listener.begin(themes, tuple(self.documents.values()))
            self.passages.tell(self.listener)
        for self.path in files[:1]:
            lines = self.lines = JsonLines(self.path, restore=None if name in PARTS else _restore)
            if leads_out(self.path, self.folder):
                lines.refuse({}, Message("leads-out"))
            else:
                if self.path.name == LINES:
                    self.recorder = RunRecorder()
                    lines.survey = self.keep_lines if self.known else None
                lines.each(take)
            if part := PARTS.get(name):
                self.refused.extend(refused_record(part, *one) for one in lines.refused)
                self.unread |= refused_names(part, lines.refused)
            else:
                self.faults.extend(lines.faults)

    def keep_lines(self, file: IO[bytes]) -> Mapping[int, tuple[int, int]]:
        """Leaves out unchanged documents; returns which lines are theirs."""
        if not (self.known and self.recorder):
            return {}
        kept = kept_lines(file, self.known, self.documents)
        self.changed = kept.changed
        self.recorder.runs.extend(kept.runs.values())
        self.passages.leave_out(kept.documents)
        return kept.skipped

    def without_documents(self, passages: Path) -> None:
        self.refused.append(refused_file(passages, Message("no-documents-file")))
        self.unread |= UnreadNames(frozenset({("documents", ANY_NAME)}))

    def theme(self, record: JsonObject, line: int) -> None:
        slug = id_field(record, "slug")
        refuse_duplicate(slug, self.themes)
        title = text_field(record, "title", required=True)
        points = [_subpoint(one) for one in list_field(record, "subpoints", dict)]
        self.themes[slug] = Theme(
            slug=slug,
            title=title,
            label=text_field(record, "label") or title,
            order=integer_field(record, "order", len(self.themes) + 1),
            related=list_field(record, "related", str),
            subpoints=tuple(points),
            path=self.path,
            line=line,
        )

    def document(self, record: JsonObject, line: int) -> None:
        id = id_field(record, "id")
        refuse_duplicate(id, self.documents)
        document = read_document(id, record, self.path, line)
        for _, message in check_document(document)[:1]:
            raise BadObject(message)
        self.documents[id] = document
        self.passages.begin(id)

    def passage(self, record: JsonObject, line: int) -> None:
        document, id = record.get("document"), id_field(record, "id")
        if not isinstance(document, str) or document not in self.passages:
            if self.unread.excuses("documents", str(document)):
                self.orphans.append(orphan(self.path, line, str(document), id))
                return
            raise BadObject(Message("unknown-document", document=str(document)[:80]))
        refuse_duplicate(id, self.passages.ids(document))
        self.passages.add(read_passage(document, id, record, line))
        if self.recorder:
            self.recorder.add(document, self.lines.raw, line, "quotation" in record)

    def instrument(self, record: JsonObject, line: int) -> None:
        one = read_instrument(record, self.path, line)
        refuse_duplicate(one.id, self.instruments)
        self.instruments[one.id] = one

    def withdrawal(self, record: JsonObject, line: int) -> None:
        one = read_withdrawal(record)
        refuse_duplicate((one.document, one.passage), self.withdrawn)
        self.withdrawn[one.document, one.passage] = one

    def move(self, record: JsonObject, line: int) -> None:
        one = read_move(record)
        key = (one.document, one.passage) if one.passage else (one.document,)
        refuse_duplicate(key, self.moves)
        self.moves[key] = one

    def words(self, record: JsonObject, line: int) -> None:
        self.published.append(read_published(record))

    def draft(self) -> Draft:
        place = (_files(self.folder, "passages") or [self.folder / "passages.jsonl"])[0]
        described = bool(_files(self.folder, "themes"))
        passages = self.passages.finished()
        return Draft(
            themes=tuple(self.themes.values()),
            made=() if described else tags.themes_from_tags(passages, place),
            documents=tuple(self.documents.values()),
            passages=passages,
            places=dict.fromkeys(self.documents, place),
            withdrawn=tuple(self.withdrawn.values()),
            moves=tuple(self.moves.values()),
            published=tuple(self.published),
            instruments=self.instruments,
            faults=tallied((*self.faults, *self.refused)),
            refused=tuple(self.refused),
            orphans=tuple(self.orphans),
            unread=self.unread,
            runs=self.recorder.finished() if self.recorder else (),
            changed=self.changed,
        )


def _subpoint(record: JsonObject) -> SubPoint:
    return SubPoint(id_field(record, "slug"), text_field(record, "title", required=True))
