"""Tables of contents: a list of headings with page numbers is dropped, for its words come again."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.importers.blocks import Block

__all__ = ["contents_blocks"]

_TITLE = re.compile(
    r"(?:table of )?contents|table des matières|sommaire|contenido|índice|indice|inhalt(?:sverzeichnis)?"
    r"|содержание|оглавление|المحتويات|สารบัญ|目录|目次|차례|목차",
    re.IGNORECASE,
)
_LEADER = re.compile(r"(?:\.\s?){5,}|…{2,}|_{6,}\s*\d|(?:\. ){4,}")
_ENTRY = re.compile(r"\S.*?\s(?:\d{1,4}|[ivxlc]{1,6})(?:[–-]\d{1,4})?(?:\s+\d{1,4})?\Z", re.DOTALL)
_HEADS = re.compile(
    r"(?:page|paragraphs?|página|seite|paragraphes)(?:\s+(?:page|no\.?|nos?\.?))*", re.IGNORECASE
)
MAX_ENTRY_CHARS = 400


def contents_blocks(blocks: Sequence[Block]) -> frozenset[int]:
    """The places of the blocks that are part of a table of contents."""
    found: set[int] = set()
    inside = False
    for place, block in enumerate(blocks):
        text = block.text.strip()
        if _TITLE.fullmatch(text.rstrip(" :*")) and _entries_follow(blocks, place):
            inside = True
            found.add(place)
        elif _is_led(text) or (inside and _is_entry(text)):
            found.add(place)
            inside = inside or _is_led(text)
        elif inside:
            inside = _more_follow(blocks, place)
            if inside:
                found.add(place)
    return frozenset(found)


def _is_led(text: str) -> bool:
    leader = _LEADER.search(text)
    return (
        leader is not None and bool(re.search(r"\d", text[leader.start() :])) and len(text) < MAX_ENTRY_CHARS
    )


def _is_entry(text: str) -> bool:
    return len(text) < MAX_ENTRY_CHARS and bool(
        _ENTRY.fullmatch(text) or _HEADS.fullmatch(text) or _LEADER.search(text) or text.isdecimal()
    )


def _entries_follow(blocks: Sequence[Block], place: int) -> bool:
    following = [block.text.strip() for block in blocks[place + 1 : place + 6]]
    return sum(_is_entry(text) for text in following) >= min(2, len(following)) > 0


def _more_follow(blocks: Sequence[Block], place: int) -> bool:
    """Whether this is a short line between entries, on the page of the contents."""
    here = blocks[place]
    following = [one for one in blocks[place + 1 : place + 4] if one.place.page == here.place.page]
    return len(here.text) < 160 and any(_is_led(one.text) or _is_entry(one.text.strip()) for one in following)
