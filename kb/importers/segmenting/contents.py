"""Finds tables of contents, which are dropped because their words come again as headings.

They are known by their page numbers or, where they have none, by the headings themselves: lines in a row that
come again in the same order further down, with text between them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from itertools import pairwise

from kb.importers.blocks import Block
from kb.importers.segmenting.headings import division_name

__all__ = ["contents_blocks"]

_TITLE = re.compile(
    r"(?:table of )?contents|c\s?o\s?n\s?t\s?e\s?n\s?t\s?s"
    r"|table des matières|sommaire|contenido|índice|indice|inhalt(?:sverzeichnis)?"
    r"|содержание|оглавление|المحتويات|สารบัญ|目录|目次|차례|목차",
    re.IGNORECASE,
)
_LEADER = re.compile(r"(?:\.\s?){5,}|…{2,}|_{6,}\s*\d|(?:\. ){4,}")
_ENTRY = re.compile(r"\S.*?\s(?:\d{1,4}|[ivxlc]{1,6})(?:[–-]\d{1,4})?(?:\s+\d{1,4})?\Z", re.DOTALL)
_HEADS = re.compile(
    r"(?:page|paragraphs?|página|seite|paragraphes)(?:\s+(?:page|no\.?|nos?\.?))*", re.IGNORECASE
)
_DIGIT = re.compile(r"\d")
_NOT_LETTERS = re.compile(r"[\W_]+")
MAX_ENTRY_CHARS, MAX_HEADING_LETTERS = 400, 200
MAX_COMPARED_CHARS = 1_000

MIN_ENTRIES, MIN_ENTRY_LETTERS = 4, 4
MAX_CONTENTS_PLACE = 300
"""The last block at which contents without page numbers may begin: they are near the beginning."""


def contents_blocks(blocks: Sequence[Block], is_heading: Callable[[int], bool]) -> frozenset[int]:
    """The places of the blocks that are part of a table of contents; `is_heading` tells of any place."""
    found: set[int] = set()
    inside = False
    for place, block in enumerate(blocks):
        text = block.text.strip()
        if _TITLE.fullmatch(_bare(block)) and _entries_follow(blocks, place):
            inside = True
            found.add(place)
        elif _is_led(text) or (inside and _is_entry(text)):
            found.add(place)
            inside = inside or _is_led(text)
        elif inside:
            inside = _more_follow(blocks, place)
            if inside:
                found.add(place)
    letters = [_letters(block.text) for block in blocks] if found else []
    listed = {place for run in _runs(found) if _leads_to_headings(run, blocks, letters) for place in run}
    repeated = _repeated_headings(blocks, listed, is_heading)
    return frozenset(listed) | repeated | _listed_divisions(blocks)


def _listed_divisions(blocks: Sequence[Block]) -> frozenset[int]:
    """Annexes or schedules listed in consecutive lines, each of which comes again further down."""
    places: dict[str, list[int]] = defaultdict(list)
    for place, block in enumerate(blocks):
        if len(block.text) < MAX_ENTRY_CHARS and (name := division_name(block.text)):
            places[name].append(place)
    first = {found[0] for name, found in places.items() if len(found) > 1 and " " in name}
    return frozenset(place for run in _runs(first) if len(run) > 1 for place in run)


def _runs(places: Iterable[int]) -> list[list[int]]:
    """The places, in groups of consecutive ones."""
    runs: list[list[int]] = []
    for place in sorted(places):
        if runs and place == runs[-1][-1] + 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    return runs


def _leads_to_headings(run: Sequence[int], blocks: Sequence[Block], letters: Sequence[str]) -> bool:
    """Whether lines with leaders are contents: under their title, or their words begin blocks further down.

    Price lists and schedules of substances have leaders, too.
    """
    if any(_TITLE.fullmatch(_bare(blocks[place])) for place in run):
        return True
    ahead = sorted(letters[run[-1] + 1 :])
    entries = [_letters(_LEADER.split(blocks[place].text)[0]) for place in run]
    return 2 * sum(_begins_one(entry, ahead) for entry in entries) >= len(entries)


def _begins_one(entry: str, ahead: Sequence[str]) -> bool:
    at = bisect_left(ahead, entry)
    return len(entry) >= MIN_ENTRY_LETTERS and at < len(ahead) and ahead[at].startswith(entry)


def _repeated_headings(
    blocks: Sequence[Block],
    listed: Container[int],
    is_heading: Callable[[int], bool],
) -> frozenset[int]:
    """The places of lists of headings without page numbers, with the titles above them."""
    letters = [_heading_letters(block.text) for block in blocks]
    places: dict[str, list[int]] = defaultdict(list)
    for place, key in enumerate(letters):
        if len(key) >= MIN_ENTRY_LETTERS:
            places[key].append(place)
    found: set[int] = set()
    start = 0
    while start < min(len(blocks), MAX_CONTENTS_PLACE):
        run, again = _run(start, letters, places)
        are_headings = 2 * sum(map(is_heading, again)) >= len(again)
        if len(run) >= MIN_ENTRIES and are_headings and not any(place in listed for place in run):
            found.update(range(run[0], run[-1] + 1))
            found.update(place for place in (start - 1,) if start and _TITLE.fullmatch(_bare(blocks[place])))
        start = run[-1] + 1 if run else start + 1
    return frozenset(found)


def _run(
    start: int, letters: Sequence[str], places: Mapping[str, Sequence[int]]
) -> tuple[list[int], list[int]]:
    """The places from `start` on whose words come again in this order, apart, and where they do.

    One line in between may not come again.
    """
    run: list[int] = []
    again: list[int] = []
    for place in range(start, len(letters)):
        least = max([*again[-1:], place])
        later = next((one for one in places.get(letters[place], ()) if one > least), None)
        if later is None or (again and place >= again[0]):
            if not run or place > run[-1] + 1 or (again and place >= again[0]):
                break
            continue
        run.append(place)
        again.append(later)
    gaps = [after - before for before, after in pairwise(again)]
    is_apart = 2 * sum(gap > 1 for gap in gaps) >= len(gaps)
    return (run, again) if is_apart and (not again or again[0] > run[-1]) else (run[:1], again[:1])


def _letters(text: str) -> str:
    return _NOT_LETTERS.sub("", text[:MAX_COMPARED_CHARS].casefold())


def _heading_letters(text: str) -> str:
    """The letters of a text short enough for a heading, else none; the beginning of a long text tells."""
    begin = _letters(text[: 2 * MAX_HEADING_LETTERS])
    if len(begin) >= MAX_HEADING_LETTERS:
        return ""
    key = begin if len(text) <= 2 * MAX_HEADING_LETTERS else _letters(text)
    return key if len(key) < MAX_HEADING_LETTERS else ""


def _bare(block: Block) -> str:
    return block.text.strip().rstrip(" :*")


def _is_led(text: str) -> bool:
    if len(text) >= MAX_ENTRY_CHARS or not (text.count(".") > 3 or "…" in text or "______" in text):
        return False
    leader = _LEADER.search(text)
    return leader is not None and bool(_DIGIT.search(text, leader.start()))


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
