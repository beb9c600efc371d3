"""A manuscript as text, from Markdown, HTML, DOCX or plain text, with its line or paragraph numbers.

Block quotations of all forms become lines that begin with ">", and `<q>` becomes quotation marks, so that
`kb.quoting.extraction` finds them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from kb.errors import BadRequest
from kb.formats.html import SourceMap, read_html
from kb.formats.markdown import read_markdown
from kb.formats.word.document import WordDocument, read_docx
from kb.messages import Message
from kb.quoting.extraction import QuotedSpan, find_quotations

__all__ = ["Manuscript", "read_manuscript"]

_MAX_BYTES = 20_000_000

Mapped = tuple[str, SourceMap]

_UNSEEN = "\u200b"
"""What markup within words leaves behind."""


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A manuscript as plain text, and as it is written, each with the map of its offsets to the file.

    Quotations are found in `text`, references to passages in `raw`.
    """

    text: str
    source_map: SourceMap
    raw: str
    raw_source_map: SourceMap

    def quotations(self) -> tuple[QuotedSpan, ...]:
        """The quotations, without markup."""
        return tuple(
            QuotedSpan(claim.text.replace(_UNSEEN, ""), claim.start, claim.line)
            for claim in find_quotations(self.text)
        )

    def where(self, start: int) -> str:
        """Where an offset of `text` is: `12` (a line), `paragraph 12`."""
        return _where(self.source_map, start)

    def where_raw(self, start: int) -> str:
        """Where an offset of `raw` is."""
        return _where(self.raw_source_map, start)


def _where(source_map: SourceMap, start: int) -> str:
    return source_map[max(0, bisect_right(source_map, start, key=lambda entry: entry[0]) - 1)][1]


def read_manuscript(path: Path) -> Manuscript:
    """The manuscript in a file, whose suffix says its format. Raises BadRequest where it cannot be read."""
    if path.stat().st_size > _MAX_BYTES:
        raise BadRequest("FILE", Message("manuscript-too-large", path=str(path), bytes=_MAX_BYTES))
    if path.suffix.lower() == ".docx":
        return _of_word(read_docx(path))
    text = _decoded(path).replace("\r\n", "\n").replace("\r", "\n")
    plain, source_map = _BY_SUFFIX.get(path.suffix.lower(), _of_text)(text)
    return Manuscript(plain, source_map, text, _lines(text))


def _decoded(path: Path) -> str:
    data = path.read_bytes()
    if b"\0" in data:
        raise BadRequest("FILE", Message("manuscript-not-text", path=str(path)))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as exc:
        raise BadRequest("FILE", Message("manuscript-not-utf8", path=str(path))) from exc


def _lines(text: str) -> SourceMap:
    starts = [0, *(newline.end() for newline in re.finditer("\n", text))]
    return tuple((start, str(number)) for number, start in enumerate(starts, start=1))


def _of_text(text: str) -> Mapped:
    return text, _lines(text)


_BY_SUFFIX: Mapping[str, Callable[[str], Mapped]] = {
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".xhtml": read_html,
}


def _of_word(document: WordDocument) -> Manuscript:
    """A line per paragraph with an empty one after it; in `raw`, link targets follow the words."""
    texts, raws = [], []
    for one in document.paragraphs:
        words = one.text.replace("\n", " ")
        texts.append((f"> {words}" if one.quoted else words, one.where))
        raws.append((" ".join([words, *(f"<{link}>" for link in one.links)]), one.where))
    return Manuscript(*_joined(texts), *_joined(raws))


def _joined(paragraphs: list[tuple[str, str]]) -> Mapped:
    source_map, size = [(0, "paragraph 1")], 0
    for words, where in paragraphs:
        source_map.append((size, where))
        size += len(words) + 2
    return "".join(f"{words}\n\n" for words, _ in paragraphs), tuple(source_map)
