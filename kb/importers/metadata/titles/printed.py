"""The title that a page prints: the largest text at its top that is not a masthead."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kb.importers.blocks import Block
from kb.importers.labels import block_label
from kb.importers.metadata.bodies import is_letterhead
from kb.importers.metadata.front_page import FrontPage
from kb.importers.metadata.titles.wording import MAX_TITLE_CHARS, bare_title, has_title_words, is_furniture
from kb.importers.metadata.written_dates import written_dates
from kb.numbering.articles import article_label

__all__ = ["printed_title"]

MAX_TITLE_BLOCKS = 24
"""The title is among the first blocks."""

MAX_BODY_TEXT_CHARS = 260
"""A longer block in the usual size is a paragraph."""

LARGE = 1.15
"""Times the usual size: larger text is not running text."""

MAX_GAP_SIZES = 4
"""The widest gap between two parts of one title, in sizes of a line."""

DECLARED_SIZE = 1.1
"""The factor by which a first-level heading counts as larger than it is set."""

_GOES_ON = re.compile(
    r"(?:[,:;–—-]|\b(?:to|of|on|and|the|for|by|in|with|de|la|le|du|des|del|da|do|dos|y|et|der|die|und|über|zu|von"
    r"|sur|sobre|по|о|об))\Z",
    re.I,
)
_GOES_ON_BEFORE = re.compile(r"(?:of|on|for|to|and|du|de|des|del|von|zu)\b(?: the\b)?", re.I)
"""Words that no title begins with: such a block continues the one before."""

SMALL = 0.95
"""Times the usual size: smaller text is not a title merely because it is bold."""

MAX_ABBREVIATED_WORDS = 4
"""The longest title that may end with a full stop, such as that of an abbreviation."""

_ONLY_BOLD = (1.0, True, False)
_PLAIN = (1.0, False, False)
"""The weight of a paragraph."""


def printed_title(page: FrontPage, every: Sequence[Block]) -> str:
    """The largest text at the top of the first page that is a title and not a masthead."""
    usual = _usual_size(every)
    groups = _groups(_candidates(page, usual), usual)
    titled = [
        (group, text)
        for group, text in ((group, _joined(group)) for group in groups)
        if has_title_words(text)
    ]
    if not titled:
        return ""
    best, text = max(titled, key=lambda one: _weight(one[0], usual))
    weight = _weight(best, usual)
    if weight == _ONLY_BOLD and _text_before(best[0], page):
        return ""
    return text if weight > _PLAIN else ""


def _text_before(block: Block, page: FrontPage) -> bool:
    """Whether text or a table comes before a merely bold line, which makes it a section heading."""
    before = [one for one in page.blocks[: page.blocks.index(block)] if not one.style.bold]
    return any(one.row is not None or _is_sentence(one.text) for one in before)


def _usual_size(blocks: Sequence[Block]) -> float:
    sizes: Counter[float] = Counter()
    for block in blocks:
        sizes[round(block.style.size, 1)] += len(block.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _candidates(page: FrontPage, usual: float) -> Iterator[Block | None]:
    """The blocks before the running text, with None for each that is not a title."""
    for block in page.blocks[:MAX_TITLE_BLOCKS]:
        large = block.style.size > LARGE * usual
        if not large and len(block.text) > MAX_BODY_TEXT_CHARS:
            return
        if not _is_date(bare_title(block.text)):  # a date between two parts of a title does not separate them
            yield None if _is_no_title(block) else block


def _is_no_title(block: Block) -> bool:
    text = bare_title(block.text)
    if block.row is not None or not text or len(text) > MAX_TITLE_CHARS:
        return True
    return bool(is_furniture(text) or is_letterhead(text) or article_label(text) or block_label(block))


def _is_date(text: str) -> bool:
    return sum(one.end - one.start for one in written_dates(text)) > 0.6 * len(text)


def _groups(candidates: Iterator[Block | None], usual: float) -> Iterator[list[Block]]:
    group: list[Block] = []
    for block in candidates:
        if block is not None and group and _belong_together(group[-1], block, usual):
            group.append(block)
            continue
        if group:
            yield group
        group = [block] if block is not None else []
    if group:
        yield group


def _belong_together(first: Block, second: Block, usual: float) -> bool:
    if _GOES_ON_BEFORE.match(second.text) and second.style.size <= first.style.size + 0.5:
        return True
    if first.style.heading != second.style.heading and second.style.heading > 1:
        return False
    going_on = _GOES_ON.search(first.text.strip())
    if going_on and (going_on[0].isalpha() or second.style.size <= first.style.size + 0.5):
        return True
    if abs(first.style.size - second.style.size) > 0.5 or not _is_near(first, second):
        return False
    if first.style.size > LARGE * usual > 0:
        return True
    return _look(first) == _look(second) and (first.style.bold or first.style.alignment == "centre")


def _look(block: Block) -> tuple[bool, str]:
    return block.style.bold, block.style.alignment


def _is_near(first: Block, second: Block) -> bool:
    if first.place.box is None or second.place.box is None:
        return True
    gap = second.place.box.top - first.place.box.bottom
    return gap <= MAX_GAP_SIZES * max(second.style.size, 8)


def _joined(group: Sequence[Block]) -> str:
    text = bare_title(group[0].text)
    for before, block in pairwise(group):
        part = _without_date(bare_title(block.text))
        if len(text) + len(part) > MAX_TITLE_CHARS:
            break
        ended = before.text.strip()
        text += f"{_glue(ended, part)}{part}"
    return text


def _without_date(text: str) -> str:
    """A part of a title without the date that ends it, unless a word leads to the date."""
    dates = written_dates(text)
    lead = text[: dates[-1].start].rstrip() if dates and dates[-1].end == len(text) else ""
    return lead.rstrip(",") if lead and not _GOES_ON.search(lead) else text


def _glue(before: str, part: str) -> str:
    if before.endswith((",", ";", ":")):
        return f"{before[-1]} "
    return " " if _GOES_ON.search(before) or part.startswith("(") else ": "


def _weight(group: Sequence[Block], usual: float) -> tuple[float, bool, bool]:
    """How much a block looks like a title: by size, by being declared or bold, by being centred."""
    style = group[0].style
    size = max(block.style.size for block in group) / usual if usual else 1.0
    if style.heading == 1:
        size = max(size, 1.0) * DECLARED_SIZE
    bold = style.bold and not (style.size < SMALL * usual or _is_sentence(group[-1].text))
    return round(max(size, 1.0), 1), bold or style.heading == 1, style.alignment == "centre"


def _is_sentence(text: str) -> bool:
    return text.rstrip().endswith(".") and len(text.split()) > MAX_ABBREVIATED_WORDS
