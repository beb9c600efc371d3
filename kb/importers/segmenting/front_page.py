"""The front page: what is printed above and around a title, before the first words that can be cited.

The masthead of the United Nations (emblem, organ, symbol, “Distr.”, session, agenda item, job number) is
dropped: it says what the document is, as the fields of the document do. Other short lines, of a title page,
are headings.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kb.importers.blocks import Block
from kb.importers.labels import block_label
from kb.text.scripts import has_unspaced

__all__ = ["FrontBlocks", "front_page"]

MAX_FRONT_BLOCKS = 40
MAX_LINE_WORDS, MAX_LINE_CHARS = 24, 160
"""Longer blocks are text."""

MAX_TITLE_LINE_WORDS, MAX_UNSPACED_CHARS = 14, 40

_ORGANISATION = (
    r"united nations|nations unies|naciones unidas|организация объединенных наций|объединенные нации"
    r"|الأمم المتحدة|联合国"
)
_ORGANS = (
    r"general assembly|security council|human rights council|economic and social council|secretariat"
    r"|assemblée générale|conseil de sécurité|conseil des droits de l[’']homme|conseil économique et social"
    r"|asamblea general|consejo de seguridad|consejo de derechos humanos|consejo económico y social"
    r"|генеральная ассамблея|совет безопасности|совет по правам человека|экономический и социальный совет"
    r"|secrétariat|secretaría|секретариат|الجمعية العامة|مجلس الأمن|مجلس حقوق الإنسان"
    r"|المجلس الاقتصادي والاجتماعي|大会|安全理事会|人权理事会|经济及社会理事会"
)
_LANGUAGE = (
    r"(?:arabic|chinese|english|french|russian|spanish|anglais|arabe|chinois|espagnol|français|russe"
    r"|árabe|chino|español|francés|inglés|ruso)"
)
_SYMBOL = r"[A-Z]{1,5}(?:/[A-Za-z0-9.*\-]+){1,7}(?: ?\(\d{4}\))?\*{0,2}"
_DAY = r"\d{1,2}(?:\s?[-–—]\s?\d{1,2})?(?:er)?\s(?:de\s)?[^\W\d]+\s(?:de\s)?\d{4}(?:\s?года)?"
_ORDINAL = r"(?:(?!(?:of|on|the|its|de|du|report|rapport|informe)\b)[\w’'-]+\s){1,3}"
_MASTHEAD = re.compile(
    rf"(?:{_ORGANISATION}|{_ORGANS})(?:\s+{_SYMBOL})?"
    r"|united|nations|unies|naciones|unidas|[A-Z]"
    rf"|(?:(?:{_ORGANS})\s+)?distr\b.{{0,140}}|provisional|advance version|limited|restricted"
    rf"|g[eé]n[eé]rale?(?:\s+{_SYMBOL})?(?:\s+{_DAY})?|limit[eé]e|limitada|restreinte|reservada"
    rf"|{_SYMBOL}(?:\s+{_DAY})?|{_DAY}|[^\W\d][\w\s.’'-]{{2,30}},\s{_DAY}"
    rf"|{_LANGUAGE}(?:\s?(?:/|and|et|y)\s?{_LANGUAGE}|\sonly|\sseulement|\ssolamente)*"
    rf"|(?:{_LANGUAGE}\s)?original\s?:.{{1,60}}"
    rf"|{_ORDINAL}(?:session|período(?:\s\w+)?\sde\ssesiones|сессия|сессии)|الدورة .{{3,40}}|第.{{1,6}}届会议"
    r"|(?:agenda items?|items?|points?|temas?|пункты?|البند|البنود|议程项目)\s\(?\d.{0,160}"
    rf"|\[.{{0,80}}(?:{_SYMBOL}).{{0,40}}\]",
    re.IGNORECASE | re.DOTALL,
)
_JOB_NUMBER = re.compile(r"(?:GE\.\d{2}-\d{4,6}|\d{2}-\d{5})\b.{0,60}|\*\d{6,8}\*?", re.DOTALL)
_MARK = re.compile(rf"{_ORGANISATION}|distr\b|nations|unies|naciones|unidas", re.IGNORECASE)
_ENDED = re.compile(r"[.;,:?!”\"’)\]،؛۔。；，：！？、]\Z")


@dataclass(frozen=True, slots=True)
class FrontBlocks:
    """The places of the blocks of a masthead, and of the lines of a title page."""

    masthead: frozenset[int] = frozenset()
    title_lines: frozenset[int] = frozenset()


def front_page(blocks: Sequence[Block], body: Sequence[int]) -> FrontBlocks:
    """The blocks on the front page before its text; `body` are the places of blocks known to be text."""
    first_page = blocks[0].place.page if blocks else None
    front = _front(blocks, first_page, frozenset(body))
    masthead: set[int] = set()
    if any(_MARK.match(blocks[place].text.strip()) for place in front):
        masthead.update(place for place in front if _MASTHEAD.fullmatch(_line(blocks[place])))
        masthead.update(
            place
            for place, block in enumerate(blocks)
            if block.place.page == first_page and _JOB_NUMBER.fullmatch(_line(block))
        )
    is_before_text = first_page is not None and len(front) < len(blocks)
    lines = {place for place in front if is_before_text and _is_title_line(blocks[place], blocks[place + 1])}
    return FrontBlocks(frozenset(masthead), frozenset(lines - masthead))


def _front(blocks: Sequence[Block], first_page: int | None, body: frozenset[int]) -> list[int]:
    """The blocks before the first that is text: numbered, long, a row, or known to be text."""
    front = []
    for place, block in enumerate(blocks[:MAX_FRONT_BLOCKS]):
        if block.place.page != first_page or place in body or _is_text(block):
            break
        front.append(place)
    return front


def _is_text(block: Block) -> bool:
    label = block_label(block)
    is_numbered = label is not None and not label.is_bullet and len(block.text) > label.end
    is_long = len(block.text.split()) > MAX_LINE_WORDS or len(block.text) > MAX_LINE_CHARS
    is_masthead = bool(_MASTHEAD.fullmatch(_line(block)) or _JOB_NUMBER.fullmatch(_line(block)))
    return not is_masthead and (block.row is not None or is_numbered or is_long)


def _is_title_line(block: Block, following: Block) -> bool:
    """Whether a block is a title line: short, not a sentence, and not continued in the next block."""
    text = _line(block)
    is_short = len(text.split()) <= MAX_TITLE_LINE_WORDS and any(map(str.isalpha, text))
    if not is_short or (has_unspaced(text) and len(text) > MAX_UNSPACED_CHARS):
        return False
    return not (_ENDED.search(text) or block_label(block) or following.text.lstrip()[:1].islower())


def _line(block: Block) -> str:
    return " ".join(block.text.split())
