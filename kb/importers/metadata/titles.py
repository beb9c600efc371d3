"""The title of a document: what its first page shows largest, or what the file says if the page agrees.

Titles in a file's properties are often those of a template or of the program. A wrong title is worse than
none, so one that the page does not confirm is a guess.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kb.importers.blocks import Block
from kb.importers.labels import article_label, block_label
from kb.importers.metadata.bodies import is_letterhead, letters_of
from kb.importers.metadata.front_page import FrontPage
from kb.importers.metadata.written_dates import written_dates
from kb.sources.kinds import is_un_symbol
from kb.text.scripts import UNSPACED

__all__ = ["confirmed_title", "is_usable_title", "named_in_text", "notice_title", "numbered_title", "one_line", "printed_title"]

MAX_TITLE_CHARS = 300
MIN_TITLE_LETTERS, MIN_TITLE_WORDS = 8, 2
MAX_TITLE_BLOCKS = 24
"""The title is among the first blocks."""

MAX_BODY_TEXT_CHARS = 260
"""A longer block in the size of the text is a paragraph."""

LARGE = 1.15
"""Of the usual size: what is larger is no running text."""

MAX_GAP_SIZES = 4
"""Sizes of a line between two parts of one title."""

_PROGRAM_TITLE = re.compile(
    r"\s*(?:microsoft (?:word|powerpoint|excel)\b|powerpoint presentation|.*\btemplate\b|untitled|document\d*\b"
    r"|docuware|.*\.(?:docx?|odt|pdf|rtf|pptx?|indd|png|jpe?g|tiff?|xlsx?|qxd|fm)\s*\Z)",
    re.I,
)
"""Titles that a program wrote into the file and no reader sees."""

_FURNITURE = re.compile(
    r"(?:distr\b.*|general[e]?\b.{0,12}|limited|original\s*:.*|.*\bsession\b.*|.*période? de sesiones.*|agenda items?\b.*"
    r"|point \d.*|tema \d.*|.*ordre du jour.*|contents|table of contents|sommaire|table des matières|índice|inhalt"
    r"|introduction|preamble|préambule|preámbulo|präambel|summary|syllabus|annex|judge?ment|order|before\b.{0,12}"
    r"|between\s*:?|and|par|by|vistos?\b.*|considerando.*|press release|\(slip opinion\).*|published|embargo\w*.*"
    r"|laid (?:in|before)\b.*|unofficial translation|printed for\b.*|serial no\b.*|.*\bterm, \d{4}.*|resolution adopted by"
    r"\b.*|r[ée]solution adopt[ée]e par\b.*|resoluci[óo]n aprobada por\b.*|adopted by the\b.*|heard (?:at|on)\b.*"
    r"|(?:as )?made\s*-.*|coming into force.*|neutral citation.*|.*statutory instruments?|\d{4} no\..*|rec(?:eived|u)\b.*"
    r"|.*\b\d{1,2}:\d\d ?(?:am|pm)\b.*|www\.\S+|https?:.*|[\[({].*[\])}]|.*@.*|isbn\b.*|issn\b.*|page \d+.*|chapter \d.*|on appeal from.*|(?:case|docket"
    r"|application|appeal|claim|file|ll file)\s*(?:no|number|ref)\b.*|nos?\.? ?[\dA-Z].*|(?:table|figure|chart|box|tableau|cuadro|figura|tabelle|abbildung|graph) \d.*|title\s*:?|date\s*:.*|agency\s*:.*"
    r"|approved judgment|in the case( of)?|for the .{0,40}\b(?:circuit|district)\b.*|(?:lord|lady|mr|mrs|ms) justice.*|the immigration acts"
    r"|begun and held\b.*|at the \w+ session|im namen de[rs]\b.*|in the name of\b.*|الجريدة الرسمية)",
    re.I | re.S,
)
_NOTE_MARKS = re.compile(r"(?<=[^\W_])\s?[*∗†‡]{1,3}(?=\s|\Z)|\s\d?/\s*\Z")
_GOES_ON = re.compile(
    r"(?:[,:;–—-]|\b(?:to|of|on|and|the|for|by|in|with|de|la|le|du|des|del|da|do|dos|y|et|der|die|und|über|zu|von"
    r"|sur|sobre|по|о|об))\Z",
    re.I,
)
_GOES_ON_BEFORE = re.compile(r"(?:of|on|for|to|and|du|de|des|del|von|zu)\b(?: the\b)?", re.I)
"""What a title does not begin with: such a block goes on with the one before."""

_SHORT_TITLE = re.compile(
    r"(?:may be cited as|may be called|shall be called|shall be known as|is called|se denominará|sera dénommée?)"
    r"\s+(?:the\s+)?(?:[\"“‘«]+(?P<quoted>[^”’\"»]{8,200})[”’\"»]|(?P<bare>[^”\"»;]{8,200}?)(?:\.(?:\s|\Z)|\Z| and (?:comes|shall)\b|;))",
    re.I,
)
_SHORT_TITLE_ARABIC = re.compile(r"(?:يسمى|تسمى)\s+هذ[اه]\s+\S+\s+[(«\"](?P<title>[^)»\"]{8,200})[)»\"]")
_RESOLUTION_NUMBER = re.compile(r"(?P<number>\d{1,3}/\d{1,4})\.?\s+(?=\S)")


def one_line(text: str) -> str:
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())


def is_usable_title(title: str) -> bool:
    """Whether a title from a file's properties may be one: long enough, and none that a program wrote."""
    letters = sum(map(str.isalpha, title))
    if is_un_symbol(title):
        return False
    return MIN_TITLE_LETTERS <= letters and len(title) <= MAX_TITLE_CHARS and not _PROGRAM_TITLE.match(title)


def confirmed_title(title: str, page: FrontPage) -> bool:
    """Whether the first page or a running head prints the title in lines of their own."""
    wanted = letters_of(title)
    if not wanted or is_letterhead(title):
        return False
    firsts = tuple(text.partition(";")[0] for text in page.lines if ";" in text)  # of several cases, the first
    return any(wanted in _runs(texts, wanted) for texts in (page.lines, page.running, firsts))


def _runs(texts: Sequence[str], wanted: str) -> Iterator[str]:
    """The letters of one line and of lines joined, as far as they may be those that are wanted."""
    lines = [letters_of(text) for text in texts]
    for start in range(len(lines)):
        joined = ""
        for line in lines[start : start + 8]:
            joined += line
            yield joined
            if len(joined) >= len(wanted):
                break


def named_in_text(page: FrontPage) -> str:
    """The short title that a law gives itself: `This Act may be cited as ...`."""
    for block in page.blocks:
        found = _SHORT_TITLE.search(block.text[:600]) or _SHORT_TITLE_ARABIC.search(block.text[:600])
        if found:
            return one_line(next(filter(None, found.groups()))).strip(" '’‘“.,")
    return ""


def numbered_title(page: FrontPage, symbol: str) -> str:
    """The title of a resolution, behind its number: `48/161. The situation in Central America`."""
    for block in page.blocks[:MAX_TITLE_BLOCKS]:
        found = _RESOLUTION_NUMBER.match(block.text)
        if found and symbol.endswith(f"/{found['number']}"):
            return _bare(block.text[found.end() :])
    return ""


def notice_title(page: FrontPage) -> str:
    """The title of a notice in the Federal Register, which stands above its agency."""
    for above, block in pairwise(page.blocks):
        if block.text.startswith("AGENCY:"):
            return _bare(above.text)
    return ""


def printed_title(page: FrontPage, every: Sequence[Block]) -> str:
    """What the first page shows largest, at the top, that is a title and no masthead."""
    usual = _usual_size(every)
    groups = [group for group in _groups(_candidates(page, usual), usual)]
    titled = [(group, text) for group, text in ((group, _joined(group)) for group in groups) if _has_words(text)]
    if not titled:
        return ""
    best = max(titled, key=lambda one: _weight(one[0], usual))
    return best[1] if _weight(best[0], usual) > _PLAIN else ""


def _usual_size(blocks: Sequence[Block]) -> float:
    sizes: Counter[float] = Counter()
    for block in blocks:
        sizes[round(block.style.size, 1)] += len(block.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _candidates(page: FrontPage, usual: float) -> Iterator[Block | None]:
    """The blocks before the running text, each that is no title as None."""
    for block in page.blocks[:MAX_TITLE_BLOCKS]:
        large = block.style.size > LARGE * usual
        if not large and len(block.text) > MAX_BODY_TEXT_CHARS:
            return
        if not _is_date(_bare(block.text)):  # between two parts of a title it parts nothing
            yield None if _is_furniture(block) else block


def _is_furniture(block: Block) -> bool:
    text = _bare(block.text)
    if block.row is not None or not text or len(text) > MAX_TITLE_CHARS:
        return True
    return bool(
        _FURNITURE.fullmatch(text) or is_letterhead(text) or article_label(text) or block_label(block)
    )


def _is_date(text: str) -> bool:
    return sum(one.end - one.start for one in written_dates(text)) > 0.6 * len(text)


def _bare(text: str) -> str:
    return _NOTE_MARKS.sub("", one_line(text)).strip(" ,;:*∗")


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
    text = _bare(group[0].text)
    for before, block in pairwise(group):
        part = _without_date(_bare(block.text))
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


def _has_words(text: str) -> bool:
    if sum(map(str.isalpha, text)) < MIN_TITLE_LETTERS:
        return False
    return len(text.split()) >= MIN_TITLE_WORDS or bool(re.search(f"[{UNSPACED}]", text)) or text.isupper()


_PLAIN = (1.0, False, False)


def _weight(group: Sequence[Block], usual: float) -> tuple[float, bool, bool]:
    """How much a block looks like a title: by size, by being declared or bold, by being centred."""
    style = group[0].style
    size = max(block.style.size for block in group) / usual if usual else 1.0
    if style.heading == 1:
        size = max(size, 1.0) * 1.1
    return round(max(size, 1.0), 1), style.bold or style.heading == 1, style.alignment == "centre"
