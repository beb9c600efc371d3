"""Parts of citations of publications that several styles share: editions, pages, years, kinds in words."""

from __future__ import annotations

import re

from kb.citing.elements.citation_elements import CitationElements

__all__ = [
    "edition",
    "first_page",
    "has_persons",
    "introduced_title",
    "note_kind",
    "ordinal",
    "page_range",
    "paper_number",
    "short_page_range",
    "year_or",
]


def year_or(p: CitationElements, no_date: str, joint: str) -> str:
    """The year, or a style's words for none; `joint` parts these from a letter: `n.d.-a`."""
    letter = p.item["custom"].get("year_letter", "")
    return p.year or (f"{no_date}{joint}{letter}" if letter else no_date)


def ordinal(number: int, american: bool = False) -> str:
    """`1st`, `2nd`, `13th`; in American legal usage `2d` and `3d`."""
    endings = {1: "st", 2: "d" if american else "nd", 3: "d" if american else "rd"}
    ending = "th" if number % 100 in (11, 12, 13) else endings.get(number % 10, "th")
    return f"{number}{ending}"


def edition(p: CitationElements, word: str, american: bool = False) -> str:
    """`2nd edn` with the style's word; nothing for the first, other words as they are."""
    given = p.get("edition")
    number = re.match(r"[0-9]+", given)
    if not number:
        return given if not given or re.search(r"\bed", given, re.I) else f"{given} {word}"
    return "" if int(number[0]) < 2 else f"{ordinal(int(number[0]), american)} {word}"


def note_kind(p: CitationElements) -> str:
    """What editorial notes are: one or several, and on which theme unless they are all of its notes."""
    kind = p.item["genre"].lower()
    return f"{kind} on {p.container}" if p.container else kind


def has_persons(p: CitationElements) -> bool:
    """Whether persons wrote or edited the work, not bodies."""
    names = p.item.get("author") or p.item.get("editor", [])
    return any("literal" not in name for name in names)


def introduced_title(p: CitationElements) -> str:
    """The short title by which the text cites the source again, which the first citation introduces."""
    return p.get("short_title") if p.item["custom"].get("cited_again") else ""


def page_range(p: CitationElements) -> str:
    """The pages of an article or chapter, with an en dash."""
    return re.sub(r"\s*[-–]\s*", "–", p.get("pages"))


def short_page_range(p: CitationElements) -> str:
    """The same with the second number shortened to two digits where that is enough: `345–60`."""
    pages = page_range(p)
    parts = re.fullmatch(r"([0-9]+)([0-9]{2})–\1([0-9]{2})", pages)
    return f"{parts[1]}{parts[2]}–{parts[3]}" if parts else pages


def first_page(p: CitationElements) -> str:
    return page_range(p).partition("–")[0]


def paper_number(p: CitationElements, number: str = "No. {}") -> str:
    """A series with its number: `ILO Working Paper No. 5`; the series says itself if it is a paper's."""
    given = p.get("number")
    numbered = number.format(given) if re.match("[0-9]", given) else given
    return " ".join(filter(None, (p.get("series"), numbered)))
