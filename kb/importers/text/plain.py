"""Plain text as blocks: paragraphs between empty lines, or one a line; wrapped lines are joined."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb.errors import SourceUnreadable
from kb.importers.blocks import Block, BlockPlace, SourceDocument
from kb.importers.charsets import decoded_text
from kb.importers.spanned_text import Piece, SpannedText
from kb.importers.text.markdown import is_markdown, read_markdown_text
from kb.messages import Message
from kb.numbering.articles import paragraph_label
from kb.numbering.run_in_articles import run_in_articles
from kb.sources.lines import SourceLine

__all__ = ["read_plain_text"]

MAX_LINES = 1_000_000
MAX_WRAPPED_CHARS = 110
"""The longest line of wrapped text. Where lines are longer, each is a paragraph."""

SHORT_LINE = 0.7
"""Times the usual width: a shorter line that ends a sentence ends its paragraph."""

_POINTS_A_COLUMN = 6.0
_EXTRACTOR = "kb text 1"
_ENDED = re.compile(r"[.:;?!…”\"»)。：；！？؛؟।။។៕]\Z")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uff00-\uffef]")
_HYPHENATED = re.compile(r"(\w+)[-\u00ad]\Z")
_RULE = re.compile(r"[-=_*~.\s]{3,}\Z")


@dataclass(frozen=True, slots=True)
class _TextLine:
    text: str
    number: int
    indent: int


def read_plain_text(data: bytes, name: str) -> SourceDocument:
    """The paragraphs of a text. Raises SourceUnreadable for one with far too many lines."""
    decoded = decoded_text(data)
    if is_markdown(decoded.text):
        return read_markdown_text(decoded.text, decoded.remarks, name)
    raw = re.split(r"\r\n?|\n|\f|\x0b|\x85|\u2028|\u2029", decoded.text)
    if len(raw) > MAX_LINES:
        raise SourceUnreadable(Message("text-too-many-lines", name=name, count=MAX_LINES))
    texts = [" ".join(line.split()) for line in raw]
    lines = [_TextLine(text, number, _indent(raw[number])) for number, text in enumerate(texts)]
    words = frozenset(re.findall(r"\w+", decoded.text.casefold()))
    return SourceDocument(
        extractor=_EXTRACTOR,
        lines=tuple(SourceLine(text) for text in texts),
        blocks=tuple(_block(group, words) for group in _paragraphs(lines)),
        remarks=decoded.remarks,
    )


def _indent(line: str) -> int:
    expanded = line[:200].expandtabs(4)
    return len(expanded) - len(expanded.lstrip())


def _paragraphs(lines: Sequence[_TextLine]) -> Iterator[list[_TextLine]]:
    widths = sorted(len(line.text) for line in lines if line.text)
    width = widths[int(len(widths) * 0.9)] if widths else 0
    wrapped = 0 < width <= MAX_WRAPPED_CHARS
    articles = run_in_articles([line.text for line in lines]) if wrapped else frozenset()
    group: list[_TextLine] = []
    for place, line in enumerate(lines):
        if not line.text or _RULE.match(line.text):
            if group:
                yield group
            group = []
            continue
        if group and not (wrapped and place not in articles and _goes_on(group, line, width)):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _goes_on(group: Sequence[_TextLine], line: _TextLine, width: int) -> bool:
    """Whether a line continues the paragraph before it."""
    last = group[-1]
    label = paragraph_label(line.text)
    if label and (label.end < len(line.text) or (label.is_article and _ENDED.search(last.text))):
        return False
    if _ENDED.search(last.text) and (len(last.text) < SHORT_LINE * width or line.indent > last.indent):
        return False
    first_word = line.text.split(" ", 1)[0]
    return len(last.text) + len(first_word) + 1 > SHORT_LINE * width or line.text[:1].islower()


def _block(group: Sequence[_TextLine], words: frozenset[str]) -> Block:
    pieces: list[Piece] = []
    glue = ""
    for place, line in enumerate(group):
        text, following = line.text, group[place + 1] if place + 1 < len(group) else None
        cut, next_glue = _joint(text, following.text, words) if following else (0, "")
        pieces.append(Piece(text[: len(text) - cut], line.number, 0, glue))
        glue = next_glue
    inset = min(line.indent for line in group) * _POINTS_A_COLUMN
    return Block(
        SpannedText(tuple(pieces)), place=BlockPlace(indent=group[0].indent * _POINTS_A_COLUMN, inset=inset)
    )


def _joint(text: str, following: str, words: frozenset[str]) -> tuple[int, str]:
    """How many characters of a line's end to leave out, and what to put before the next line."""
    if hyphenated := _HYPHENATED.search(text):
        first_word = re.match(r"\w+", following)
        if first_word and following[0].islower():
            joined = f"{hyphenated[1]}{first_word[0]}".casefold()
            return (1 if joined in words or text.endswith("\u00ad") else 0), ""
    unspaced = _UNSPACED.match(text[-1:]) and _UNSPACED.match(following[:1])
    return 0, "" if unspaced else " "
