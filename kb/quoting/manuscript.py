"""A manuscript as text, from Markdown, HTML, DOCX or plain text, with its line or paragraph numbers.

Block quotations of all forms become lines that begin with ">", and `<q>` becomes quotation marks, so that
`kb.quoting.extraction` finds them.
"""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from kb.errors import BadRequest
from kb.files.reading import FileTooLarge, read_regular, why_unreadable
from kb.formats.html import MarkedUpText, SourceMap, read_html, read_xhtml
from kb.formats.markdown import read_markdown
from kb.formats.word.document import WordDocument, read_docx
from kb.formats.word.paragraphs import NoteId, Paragraph
from kb.messages import Message
from kb.quoting.extraction import QuotedSpan, find_quotations
from kb.quoting.note_links import NoteLink, html_notes, markdown_notes
from kb.quoting.quotation_marks import mark_places

__all__ = ["Manuscript", "read_manuscript"]

_MAX_BYTES = 20_000_000
_MAX_LINES, _MAX_SIGNS, _MAX_MARKS = 500_000, 500_000, 200_000
"""Limits of a manuscript; each line, < or `, and quotation mark takes some hundred bytes of memory."""

Mapped = tuple[str, SourceMap]

_NOT_TEXT = (rb"{\rtf", b"%PDF-", b"%!PS")
"""How files that only look like text begin."""

_OTHER_SUFFIXES = (
    ".adoc .asciidoc .csv .doc .dot .eml .fodt .ipynb .json .mht .mhtml .odt .org .pages .rst .rtf .sxw .tex "
    ".textile .tsv .typ .wiki .wpd .wps .xml"
)
_OTHER_FORMATS = frozenset(_OTHER_SUFFIXES.split())
"""Formats with markup that we do not read; their block quotations would go unnoticed."""

_MAX_LINE_CHARS, _MAX_MARKUP_CHARS = 20_000, 300
"""How far into a line a quotation is looked for, and how far after one word the next."""

_UNSEEN = "\u200b"
"""What is left in place of markup within words."""


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A manuscript as plain text and as written, each with a map from its offsets to the file.

    Quotations are found in `text`, references to passages in `raw`. `parts` says how much of each part
    was read, `unread` what was left out because it is not part of the text, and `skipped` names parts of the
    file that were not read although they may hold quotations. `notes` links the note marks in `raw` to the
    notes. Text at one of the places in `indented` is a quotation only if its appearance says so.
    """

    text: str
    source_map: SourceMap
    raw: str
    raw_source_map: SourceMap
    parts: tuple[Message, ...]
    unread: tuple[Message, ...] = ()
    skipped: tuple[str, ...] = ()
    notes: tuple[NoteLink, ...] = ()
    indented: frozenset[str] = frozenset()

    def quotations(self) -> tuple[QuotedSpan, ...]:
        """The quotations, without markup."""
        return tuple(
            replace(claim, text=claim.text.replace(_UNSEEN, "")) for claim in find_quotations(self.text)
        )

    def where(self, start: int) -> str:
        """Where an offset of `text` is: `12` (a line), `paragraph 12`."""
        return _where(self.source_map, start)

    def where_raw(self, start: int) -> str:
        """Where an offset of `raw` is."""
        return _where(self.raw_source_map, start)

    def raw_spans(self, claims: Sequence[QuotedSpan]) -> list[tuple[int, int] | None]:
        """Where each quotation begins and ends in `raw`; None if markup hides it."""
        starts = {place: start for start, place in reversed(self.raw_source_map)}
        spans: list[tuple[int, int] | None] = []
        last = 0
        for claim in claims:
            span = _span(self.raw, max(starts.get(self.where(claim.start), 0), last), claim.text.split())
            spans.append(span)
            last = span[1] if span else last
        return spans


def _span(raw: str, line: int, words: Sequence[str]) -> tuple[int, int] | None:
    """Where words that begin on a line start and end, whatever markup is between them."""
    first = [words[0][:_MAX_MARKUP_CHARS]]
    first += words[1:3] if max(map(len, words[:3])) <= _MAX_MARKUP_CHARS else ()  # compiled slowly
    beginning = re.compile(rf"\W{{1,{_MAX_MARKUP_CHARS}}}".join(map(re.escape, first)))
    match = beginning.search(raw, line, line + _MAX_LINE_CHARS)
    if not match:
        return None
    end = match.start()
    for word in words:
        at = raw.find(word, end, end + len(word) + _MAX_MARKUP_CHARS)
        end = at + len(word) if at >= 0 else end
    return match.start(), end


def _where(source_map: SourceMap, start: int) -> str:
    return source_map[max(0, bisect_right(source_map, start, key=lambda entry: entry[0]) - 1)][1]


def read_manuscript(path: Path) -> Manuscript:
    """The manuscript in a file whose suffix gives its format. Raises BadRequest if it cannot be read."""
    suffix = path.suffix.lower()
    if suffix in _OTHER_FORMATS:
        raise BadRequest("FILE", Message("manuscript-not-text", path=str(path)))
    data = _bytes(path)
    if suffix in _WORD:
        return _of_word(read_docx(path, data))
    text = _decoded(path, data).replace("\r\n", "\n").replace("\r", "\n")
    if text.count("\n") > _MAX_LINES:
        message = Message("manuscript-too-many-lines", count=_MAX_LINES)
        raise BadRequest(f"{path}:{_MAX_LINES + 1}", message)
    lines = _lines(text)
    for sign in "<`":
        too_many = Message("manuscript-too-many-signs", sign=sign, count=_MAX_SIGNS)
        _require_few(path, (one.start() for one in re.finditer(sign, text)), lines, _MAX_SIGNS, too_many)
    read, find_notes = _BY_SUFFIX.get(suffix, (_of_text, markdown_notes))
    plain, source_map, unread = read(text)
    too_many_marks = Message("manuscript-too-many-marks", count=_MAX_MARKS)
    _require_few(path, mark_places(plain), source_map, _MAX_MARKS, too_many_marks)
    parts = (Message("read-lines", count=text.count("\n") + (text[-1:] not in ("", "\n"))),)
    return Manuscript(plain, source_map, text, lines, parts, _unread(unread), notes=tuple(find_notes(text)))


def _require_few(path: Path, places: Iterator[int], where: SourceMap, limit: int, message: Message) -> None:
    beyond = next(islice(places, limit, None), None)
    if beyond is not None:
        raise BadRequest(f"{path}:{_where(where, beyond)}", message)


def _unread(counts: Mapping[str, int]) -> tuple[Message, ...]:
    return tuple(message(counts[kind]) for kind, message in _UNREAD.items() if counts.get(kind))


_UNREAD: Mapping[str, Callable[[int], Message]] = {
    "front matter": lambda count: Message("unread-front-matter"),
    "code": lambda count: Message("unread-code", count=count),
    "comment": lambda count: Message("unread-comments", count=count),
    "hidden": lambda count: Message("unread-hidden", count=count),
}
_PARTS: Mapping[str, Callable[[int], Message]] = {
    "paragraph": lambda count: Message("read-paragraphs", count=count),
    "footnote": lambda count: Message("read-footnotes", count=count),
    "endnote": lambda count: Message("read-endnotes", count=count),
    "comment": lambda count: Message("read-comments", count=count),
    "header": lambda count: Message("read-headers", count=count),
    "footer": lambda count: Message("read-footers", count=count),
    "diagram": lambda count: Message("read-diagrams", count=count),
    "chart": lambda count: Message("read-charts", count=count),
}


def _bytes(path: Path) -> bytes:
    try:
        return read_regular(path, _MAX_BYTES)
    except FileTooLarge as exc:
        raise BadRequest("FILE", Message("manuscript-too-large", path=str(path), bytes=_MAX_BYTES)) from exc
    except OSError as exc:
        raise BadRequest(str(path), why_unreadable(exc)) from exc


def _decoded(path: Path, data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    if b"\0" in data or data.startswith(_NOT_TEXT):
        raise BadRequest("FILE", Message("manuscript-not-text", path=str(path)))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as exc:
        raise BadRequest("FILE", Message("manuscript-not-utf8", path=str(path))) from exc


def _lines(text: str) -> SourceMap:
    starts = [0, *(newline.end() for newline in re.finditer("\n", text))]
    return tuple((start, str(number)) for number, start in enumerate(starts, start=1))


def _of_text(text: str) -> MarkedUpText:
    return MarkedUpText(text, _lines(text), {})


_WORD = frozenset((".docx", ".docm", ".dotx", ".dotm"))


def _markdown_and_html_notes(text: str) -> list[NoteLink]:
    return sorted([*markdown_notes(text), *html_notes(text)])


_BY_SUFFIX: Mapping[str, tuple[Callable[[str], MarkedUpText], Callable[[str], list[NoteLink]]]] = {
    **dict.fromkeys((".md", ".markdown", ".mkd", ".qmd", ".rmd"), (read_markdown, _markdown_and_html_notes)),
    **dict.fromkeys((".html", ".htm"), (read_html, html_notes)),
    **dict.fromkeys((".xhtml", ".xht"), (read_xhtml, html_notes)),
}


def _of_word(document: WordDocument) -> Manuscript:
    """One line per paragraph, each followed by an empty one; in `raw`, link targets follow the words."""
    texts, raws, look_quoted = [], [], list[str]()
    for one in document.paragraphs:
        words = one.text.replace("\n", " ")
        indented = not one.quoted and one.indented and not find_quotations(words)
        texts.append((f"> {words}" if one.quoted or indented else words, one.where))
        look_quoted += [one.where] * indented
        raws.append((" ".join([words, *(f"<{link}>" for link in one.links)]), one.where))
    kinds = Counter(where.rpartition(" ")[0] for where in {one.where for one in document.paragraphs})
    parts = tuple(message(kinds[kind]) for kind, message in _PARTS.items() if kinds[kind])
    hidden = _unread({"hidden": document.hidden_count})
    raw = _joined(raws)
    ends = [start + len(words) for (start, _), (words, _) in zip(raw[1][1:], raws, strict=True)]
    notes = _word_notes(document.paragraphs, [start for start, _ in raw[1][1:]], ends)
    return Manuscript(*_joined(texts), *raw, parts, hidden, document.unread, notes, frozenset(look_quoted))


def _word_notes(
    paragraphs: Sequence[Paragraph], starts: Sequence[int], ends: Sequence[int]
) -> tuple[NoteLink, ...]:
    """The notes of paragraphs that begin and end at these offsets."""
    spans: dict[NoteId, tuple[int, int]] = {}
    marks: list[tuple[int, NoteId]] = []
    for one, start, end in zip(paragraphs, starts, ends, strict=True):
        if one.note:
            spans[one.note] = (spans.get(one.note, (start,))[0], end)
        marks += [(start + at, note) for at, note in one.note_marks]
    return tuple(sorted(NoteLink(mark, *spans[note]) for mark, note in marks if note in spans))


def _joined(paragraphs: list[tuple[str, str]]) -> Mapped:
    source_map, size = [(0, "paragraph 1")], 0
    for words, where in paragraphs:
        source_map.append((size, where))
        size += len(words) + 2
    return "".join(f"{words}\n\n" for words, _ in paragraphs), tuple(source_map)
