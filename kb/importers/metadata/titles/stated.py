"""Titles that a document gives in so many words, and those of a file's properties that its page confirms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kb.importers.metadata.bodies import is_letterhead, letters_of
from kb.importers.metadata.front_page import FrontPage
from kb.importers.metadata.titles.wording import bare_title, one_line

__all__ = ["confirmed_title", "named_in_text", "notice_title", "numbered_title"]

MAX_RESOLUTION_BLOCKS = 24
MAX_TITLE_LINES = 8
MAX_CLAUSE_CHARS = 600

_SHORT_TITLE = re.compile(
    r"(?:may be cited as|may be called|shall be called|shall be known as|is called|se denominará"
    r"|sera dénommée?)"
    r"\s+(?:the\s+)?(?:[\"“‘«]+(?P<quoted>[^”’\"»]{8,200})[”’\"»]"
    r"|(?P<bare>[^”\"»;]{8,200}?)(?:\.(?:\s|\Z)|\Z| and (?:comes|shall)\b|;))",
    re.I,
)
_SHORT_TITLE_ARABIC = re.compile(r"(?:يسمى|تسمى)\s+هذ[اه]\s+\S+\s+[(«\"](?P<title>[^)»\"]{8,200})[)»\"]")
_RESOLUTION_NUMBER = re.compile(r"(?P<number>\d{1,3}/\d{1,4})\.?\s+(?=\S)")


def confirmed_title(title: str, page: FrontPage) -> bool:
    """Whether the first page or a running head prints the title in lines of their own."""
    wanted = letters_of(title)
    if not wanted or is_letterhead(title):
        return False
    first_of_several = tuple(text.partition(";")[0] for text in page.lines if ";" in text)
    return any(wanted in _runs(texts, wanted) for texts in (page.lines, page.running, first_of_several))


def _runs(texts: Sequence[str], wanted: str) -> Iterator[str]:
    """The letters of single lines and of lines joined, as long as they may be the wanted ones."""
    lines = [letters_of(text) for text in texts]
    for start in range(len(lines)):
        joined = ""
        for line in lines[start : start + MAX_TITLE_LINES]:
            joined += line
            yield joined
            if len(joined) >= len(wanted):
                break


def named_in_text(page: FrontPage) -> str:
    """The short title that a law gives itself: `This Act may be cited as ...`."""
    for block in page.blocks:
        text = block.text[:MAX_CLAUSE_CHARS]
        if found := _SHORT_TITLE.search(text) or _SHORT_TITLE_ARABIC.search(text):
            return one_line(next(filter(None, found.groups()))).strip(" '’‘“.,")
    return ""


def numbered_title(page: FrontPage, symbol: str) -> str:
    """The title of a resolution, after its number: `48/161. The situation in Central America`."""
    for block in page.blocks[:MAX_RESOLUTION_BLOCKS]:
        found = _RESOLUTION_NUMBER.match(block.text)
        if found and symbol.endswith(f"/{found['number']}"):
            return bare_title(block.text[found.end() :])
    return ""


def notice_title(page: FrontPage) -> str:
    """The title of a notice in the Federal Register, printed above the name of its agency."""
    for above, block in pairwise(page.blocks):
        if block.text.startswith("AGENCY:"):
            return bare_title(above.text)
    return ""
