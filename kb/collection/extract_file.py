"""The extract of a source, `sources/SLUG.text.jsonl`: its lines, and the stretches that passages are made of.

    {"extractor": "pypdfium2 5.15", "source": "report.pdf", "sha256": "...", "pages": 12}
    {"text": "12. Victims have rights.", "page": 3, "box": [72, 90.5, 300, 102]}
    {"passage": "p12", "spans": [[0, 4, 24]], "changes": ["label"]}

The lines come before the passages, and spans count them from 0. With it a build holds every word of a
document to a line of its source, whatever the source's format, and without the program that read it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kb.errors import Fault
from kb.files.reading import why_unreadable
from kb.formats.json.lines import JsonLines, dump_lines
from kb.formats.json.objects import BadObject, JsonObject
from kb.ids import is_id
from kb.messages import Message
from kb.sources.lines import MAX_POINTS, Box, SourceLine, Span, replayed

__all__ = [
    "EXTRACT_ENDING",
    "PassageSpans",
    "SourceExtract",
    "dump_extract",
    "dump_spans",
    "parse_extract",
    "read_extract",
]

EXTRACT_ENDING = ".text.jsonl"
MAX_EXTRACT_BYTES = 200 * 1024 * 1024

HEADER_KEYS = ("extractor", "source", "sha256")


@dataclass(frozen=True, slots=True)
class PassageSpans:
    """What a passage is made of, and what was changed on the way, such as a label taken out."""

    spans: tuple[Span, ...]
    changes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceExtract:
    """The extracted lines of a source, and the spans of each passage by its id.

    `sha256` is that of the source's bytes, `source` its name, `extractor` the program and its version.
    `pages` counts those of the source, also without words; where an older extract does not say so, up to the
    last with words. It is 0 for a format without pages.
    """

    extractor: str
    source: str
    sha256: str
    lines: tuple[SourceLine, ...] = ()
    passages: Mapping[str, PassageSpans] = field(default_factory=dict)
    pages: int = 0

    def replayed(self, passage: str) -> str:
        """The words that a passage's spans give; empty if it has none."""
        made = self.passages.get(passage)
        return replayed(self.lines, made.spans) if made else ""

    def pages_of(self, passage: str) -> range:
        """The pages, from the first to the last, that the spans of a passage are on; empty for none."""
        made = self.passages.get(passage)
        pages = [page for span in made.spans if (page := self.lines[span.line].page)] if made else []
        return range(min(pages), max(pages) + 1) if pages else range(0)


def read_extract(path: Path) -> tuple[SourceExtract, tuple[Fault, ...]]:
    """An extract and its faults; with faults it may be incomplete."""
    try:
        too_large = path.stat().st_size > MAX_EXTRACT_BYTES
    except OSError as exc:
        return SourceExtract("", "", ""), (Fault(path, 0, why_unreadable(exc)),)
    if too_large:
        message = Message("file-too-large", bytes=MAX_EXTRACT_BYTES)
        return SourceExtract("", "", ""), (Fault(path, 0, message),)
    return _read(JsonLines(path, restore=_restore))


def parse_extract(data: bytes, path: Path) -> tuple[SourceExtract, tuple[Fault, ...]]:
    """Like `read_extract`, for bytes already read from the path."""
    return _read(JsonLines(path, data, restore=_restore))


def _restore(problem: str) -> Message:
    return Message("extract-damaged", problem=problem)


def _read(lines: JsonLines) -> tuple[SourceExtract, tuple[Fault, ...]]:
    reader = _ExtractReader()
    lines.each(reader.take)
    if not (reader.header or lines.faults):
        lines.refuse({}, Message("extract-without-header"))
    last = max((line.page or 0 for line in reader.lines), default=0)
    if (pages := reader.header.get("pages", last)) < last:
        lines.refuse({}, Message("extract-beyond-pages", page=last, pages=pages))
    names: dict[str, str] = {key: reader.header.get(key, "") for key in HEADER_KEYS}
    extract = SourceExtract(**names, lines=tuple(reader.lines), passages=reader.passages, pages=pages)
    return extract, lines.faults


@dataclass(slots=True)
class _ExtractReader:
    header: JsonObject = field(default_factory=dict)
    lines: list[SourceLine] = field(default_factory=list)
    passages: dict[str, PassageSpans] = field(default_factory=dict)

    def take(self, record: JsonObject, line: int) -> None:
        try:
            if not self.header:
                self.header = _header(record)
            elif "passage" in record:
                self._passage(record)
            elif self.passages:
                raise BadObject(Message("extract-line-after-passages"))
            else:
                self.lines.append(_line(record))
        except (KeyError, TypeError, ValueError):
            raise BadObject(Message("extract-object")) from None

    def _passage(self, record: JsonObject) -> None:
        id = _text(record["passage"])
        if not is_id(id) or id in self.passages:
            raise ValueError
        spans = tuple(self._span(*parts) for parts in record["spans"])
        self.passages[id] = PassageSpans(spans, tuple(map(_text, record.get("changes", ()))))

    def _span(self, line: object, start: object, end: object, glue: object = "") -> Span:
        """A span. Raises ValueError if it is not within a line, or if its glue is not white space."""
        span = Span(_count(line), _count(start), _count(end), _text(glue))
        if span.line >= len(self.lines) or span.glue.strip():
            raise ValueError
        if not span.start <= span.end <= len(self.lines[span.line].text):
            raise ValueError
        return span


def _header(record: JsonObject) -> JsonObject:
    if any(not isinstance(record.get(key), str) or not record[key] for key in HEADER_KEYS):
        raise BadObject(Message("extract-without-header"))
    if "pages" in record:
        _count(record["pages"])
    return record


def _line(record: JsonObject) -> SourceLine:
    page, box = record.get("page"), record.get("box")
    if page == 0:
        raise ValueError
    return SourceLine(
        _text(record["text"]),
        None if page is None else _count(page),
        None if box is None else Box(*_four(box)),
    )


def _four(box: Any) -> tuple[float, float, float, float]:
    left, top, right, bottom = box
    if any(type(edge) not in (int, float) or not abs(edge) <= MAX_POINTS for edge in box):
        raise TypeError
    return left, top, right, bottom


def _count(value: object) -> int:
    if type(value) is not int or value < 0:
        raise ValueError
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def dump_extract(extract: SourceExtract) -> Iterator[str]:
    """The lines of a file that `read_extract` reads back as the same extract, boxes to a tenth of a point."""
    return dump_lines(_objects(extract))


def _objects(extract: SourceExtract) -> Iterator[JsonObject]:
    pages = {"pages": extract.pages} if extract.pages else {}
    yield {**{key: getattr(extract, key) for key in HEADER_KEYS}, **pages}
    for line in extract.lines:
        page = {} if line.page is None else {"page": line.page}
        yield {"text": line.text, **page, **_boxed(line.box)}
    yield from (_passage_object(id, made) for id, made in extract.passages.items())


def dump_spans(id: str, made: PassageSpans) -> str:
    """The line of one passage, without its line feed."""
    return next(dump_lines([_passage_object(id, made)])).removesuffix("\n")


def _passage_object(id: str, made: PassageSpans) -> JsonObject:
    changes = {"changes": list(made.changes)} if made.changes else {}
    return {"passage": id, "spans": [_parts(span) for span in made.spans], **changes}


def _boxed(box: Box | None) -> JsonObject:
    """The box of a line; left out if no page can have it, as with a font of wrong widths."""
    edges = [] if box is None else _edges(box)
    return {"box": edges} if edges and all(abs(edge) <= MAX_POINTS for edge in edges) else {}


def _edges(box: Box) -> list[float]:
    return [round(edge, 1) for edge in (box.left, box.top, box.right, box.bottom)]


def _parts(span: Span) -> list[int | str]:
    glue = [span.glue] if span.glue else []
    return [span.line, span.start, span.end, *glue]
