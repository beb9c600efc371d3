"""Which blocks are headings, how they nest, and which are parts that restart the count, such as annexes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kb.importers.blocks import Block
from kb.importers.labels import block_label
from kb.importers.segmenting.locators import item_locator
from kb.numbering.articles import article_label, paragraph_label
from kb.numbering.labels import Label

__all__ = ["Heading", "HeadingRules", "division_name"]

MAX_HEADING_CHARS = 220
MAX_HEADING_WORDS = 30
MAX_SLANTED_WORDS = 14
"""The longest heading that is only italic or only underlined."""

MAX_DIVISION_CHARS, MAX_PART_CHARS = 100, 120

_ENDS_SENTENCE = re.compile(r"[.;,](?:[”\"'»)]*)\Z")
_ABBREVIATED = re.compile(r"(?:\b[A-Z]|\b(?:No|vs?|etc|al|Art|Sec|Corp|Inc|Ltd|Co))\.\Z")
_DIVISION = re.compile(
    r"(?P<word>annexe?|anexo|anhang|anlage|allegato|appendix|appendice|apéndice|apêndice|schedule|protocole?"
    r"|protocolo|protokoll|приложение|протокол|المرفق|مرفق|الملحق|ملحق|ภาคผนวก|attachment)"
    r"(?:\s+(?:no\.?\s*)?(?P<number>[IVXLC]{1,6}|\d{1,3}|[A-Z]|one|two|three|first|second|third)\b)?(?=\W|\Z)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"://|\bwww\.|\S@\S")
_SENTENCE = re.compile(r",?\s+(?!(?:and|et|y|e|und)\b)[a-zß-öø-ÿа-я]")
"""Small letters after the number of a part, as in a sentence that refers to it."""

_CONNECTIVES = frozenset(["or", "and", "and/or", "o", "y", "et", "ou", "e", "und", "oder", "и", "или", "v"])
"""Words between two items or parties; never headings, however they are set."""

_LIST_END = re.compile(r"[;,]\s?(?:and|or|and/or|y|o|et|ou|und|oder)\Z")
_PART = re.compile(
    r"(?:part|chapter|title|book|division|partie|chapitre|titre|livre|parte|capítulo|título|libro|capitulo|titulo"
    r"|teil|kapitel|abschnitt|часть|глава|раздел|الباب|الفصل|القسم|หมวด|ส่วนที่|section|sección|seção)\s+"
    r"(?:[IVXLC]{1,7}|\d{1,3}|[A-Z]|one|two|three|four|five|first|premier|première|\w{3,12})\b",
    re.IGNORECASE,
)
_RANKS = {
    "ROMAN": 2.0,
    "upper": 3.0,
    "number": 4.0,
    "decimal": 5.0,
    "roman": 6.0,
    "lower": 6.0,
    "letter": 6.0,
}


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: its label, its words, and how deep it is; a smaller rank is above a larger one.

    `division` is the name of a part with locators of its own, such as `annex I`; `article` that of an
    article whose heading is all that is printed on its line.
    """

    text: str
    label: Label | None
    rank: tuple[float, ...]
    division: str = ""
    article: str = ""


class HeadingRules:
    """Recognises the headings of one document by its usual size and weight."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        sizes: Counter[float] = Counter()
        bold = total = 0
        for block in blocks:
            length = len(block.text)
            sizes[round(block.style.size, 1)] += length
            total += length
            bold += length * block.style.bold
        self._size = sizes.most_common(1)[0][0] if sizes else 0.0
        self._all_bold = bold > 0.6 * total
        self._declared = any(block.style.heading for block in blocks)

    def heading(self, block: Block, following: Block | None) -> Heading | None:
        """The heading that a block makes, if it is one."""
        text = block.text
        label = block_label(block)
        words = text[label.end :] if label else text
        if block.style.heading:
            return self._made(block, label, words, declared=True)
        if _is_symbol(label) and len(text) < 2 * MAX_HEADING_CHARS:
            return self._made(block, label, words)
        if len(text) > MAX_HEADING_CHARS or len(text.split()) > MAX_HEADING_WORDS or not _has_letter(text):
            return None
        if self._is_lone_article(text) or (_is_division(text) and not (label and label.is_bullet)):
            return self._made(block, label, words)
        if (label is not None and (label.is_bullet or label.depth > 2)) or _bare_words(text) in _CONNECTIVES:
            return None
        return (
            self._made(block, label, words) if self._looks_like_one(block, label, words, following) else None
        )

    def _looks_like_one(self, block: Block, label: Label | None, words: str, following: Block | None) -> bool:
        ended = _ended(words)
        if _is_part(block.text) and not ended:
            return True
        caps = _is_capitals(words)
        if caps and not words.endswith((";", ",")) and len(words) > 3:
            return not (label is not None and label.form.startswith("("))
        if ended or not words[:1].strip():
            return False
        if block.style.italic and _is_lettered_above_number(label, following):
            return True
        if block.style.size >= 1.12 * self._size > 0:
            return label is None or not words.endswith(":")
        if block.style.bold and not self._all_bold:
            return not (label is not None and label.depth == 2 and len(words) > 100)
        if label is None and following is not None and len(words.split()) <= MAX_SLANTED_WORDS:
            return _stands_out(block, following) and not words.endswith(":")
        return False

    def _is_lone_article(self, text: str) -> bool:
        label = article_label(_bare(text))
        return label is not None and not _bare(text)[label.end :].strip()

    def _made(self, block: Block, label: Label | None, words: str, *, declared: bool = False) -> Heading:
        text = _bare(block.text)
        article = label if block.run_in else article_label(text)
        lone = article is not None and not text[article.end :].strip()
        division = division_name(text)
        return Heading(
            text if lone or not words.strip() else words.strip(),
            label if not lone else article,
            self._rank(block, label, words, division, article, declared=declared),
            division,
            item_locator(article) if article else "",
        )

    def _rank(
        self,
        block: Block,
        label: Label | None,
        words: str,
        division: str,
        article: Label | None,
        *,
        declared: bool,
    ) -> tuple[float, ...]:
        if division or _is_symbol(label):
            return (-100.0,)
        if article is not None:
            return (100.0,)
        if declared:
            return (float(block.style.heading),)
        size = -round(block.style.size * 2) / 2 if self._size else 0.0
        if _PART.match(block.text):
            return (size, 1.0)
        if label is not None and label.readings:
            return (size, _RANKS.get(label.readings[0].kind, 4.0))
        caps = _is_capitals(words)
        return (
            size,
            2.0 if caps else 2.0 if block.style.size > self._size else 3.5 if block.style.bold else 7.0,
        )


def _bare(text: str) -> str:
    """The text without a bullet before it."""
    label = paragraph_label(text)
    if label is None or article_label(text) is not None:
        return text
    bullet = re.match(r"[•●▪·\uf0b7-]\s+", text)
    return text[bullet.end() :] if bullet else text


def division_name(text: str) -> str:
    """The name of an annex, schedule or protocol that a heading begins with, as in a locator: `annex I`."""
    match = _DIVISION.match(text)
    if match is None:
        return ""
    number = match["number"] or ""
    return f"{match['word'].casefold()} {number}".strip()


def _stands_out(block: Block, following: Block) -> bool:
    """Whether a block is italic or underlined, and the one below it is not."""
    above, below = block.style, following.style
    underlined = above.underlined and not _ADDRESS.search(block.text)  # links are underlined, too
    return (above.italic and not below.italic) or (underlined and not below.underlined)


def _bare_words(text: str) -> str:
    return text.strip("-–— .,;").casefold()


def _is_lettered_above_number(label: Label | None, following: Block | None) -> bool:
    """Whether a lettered line is above a numbered paragraph, which continues the document's own list."""
    below = block_label(following) if following is not None and not following.style.italic else None
    if label is None or below is None or not label.readings or not below.readings:
        return False
    return (
        label.readings[0].kind not in ("number", "decimal", "bullet") and below.readings[0].kind == "number"
    )


def _is_division(text: str) -> bool:
    """Whether a text names an annex as a heading does; `Annex A, if ...; or` refers to one."""
    match = _DIVISION.match(text)
    if match is None or len(text) >= MAX_DIVISION_CHARS or _ended(text) or _LIST_END.search(text):
        return False
    return not re.match(r",\s+[a-zß-öø-ÿа-я]", text[match.end() :])


def _is_part(text: str) -> bool:
    """Whether a text is the heading of a part; `Section 289 of the Act allows ...` is a sentence."""
    match = _PART.match(text)
    return match is not None and len(text) < MAX_PART_CHARS and _SENTENCE.match(text, match.end()) is None


def _is_symbol(label: Label | None) -> bool:
    """Whether a label is that of a resolution, such as 48/161."""
    return label is not None and "/" in label.value and not label.is_article


def _ended(text: str) -> bool:
    return bool(_ENDS_SENTENCE.search(text)) and not _ABBREVIATED.search(text)


def _has_letter(text: str) -> bool:
    return any(one.isalpha() for one in text)


def _is_capitals(text: str) -> bool:
    return text.upper() == text != text.lower() and sum(map(str.isalpha, text)) > 2
