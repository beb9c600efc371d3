"""A pinpoint as narrow as the words cited: `art 44(5)` for words below the 5 of article 44.

The numbers come from the passage's own text (`kb.numbering.outline`). Where they leave any doubt, the
pinpoint is wider: it always contains the words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from kb.citing.pinpoint import (
    Pinpoint,
    is_several,
    joined_pinpoints,
    joined_values,
    page_pinpoint,
    parse_locator,
    span_pinpoint,
)
from kb.model import Passage
from kb.numbering.outline import ListStep, OutlinePart, outline

__all__ = ["cited_place", "narrowed", "touched_passages"]

_Path = tuple[ListStep, ...]

_UNNARROWED = ("page",)
"""Labels that the numbers in a text cannot narrow."""


Stretch = tuple[int, int]
"""Where words begin and end in a text, half-open, in code points."""


def touched_passages(
    passages: Sequence[Passage], stretches: Sequence[Stretch]
) -> Iterator[tuple[Passage, list[Stretch]]]:
    """The passages that have some of the words, each with its own stretches.

    `stretches` are offsets in their texts joined by line feeds (`kb.text.fingerprint.joined_texts`).
    """
    start = 0
    for passage in passages:
        end = start + len(passage.text)
        own = [(max(a, start) - start, min(b, end) - start) for a, b in stretches if a < end and b > start]
        if own:
            yield passage, own
        start = end + 1


def cited_place(touched: Sequence[tuple[Passage, list[Stretch]]]) -> Pinpoint:
    """The place of words in consecutive passages: `paras 4(b)–6(a)`."""
    (first, its), (last, their) = touched[0], touched[-1]
    if by_page := page_pinpoint(first, last):
        return by_page
    begin = narrowed(parse_locator(first.locator), first.text, its)
    if first is last:
        return begin
    end = narrowed(parse_locator(last.locator), last.text, their)
    joined = joined_pinpoints(begin, end) if first.locator and last.locator else None
    return joined or span_pinpoint(first.locator, last.locator)


def narrowed(whole: Pinpoint, text: str, stretches: Sequence[Stretch]) -> Pinpoint:
    """The place of half-open stretches of a passage's text; `whole` is the place of the passage."""
    if not whole.value or whole.label in _UNNARROWED or is_several(whole.value) or _is_all(text, stretches):
        return whole
    parts = outline(text)
    touched = [part for part in parts if any(_touches(part, text, *stretch) for stretch in stretches)]
    if not touched:
        return whole
    own = _own_number(whole, parts)
    paths = [_below(part.path, own) for part in touched]
    low, high = _first_and_last(paths)
    return replace(whole, value=joined_values(_with(whole, low), _with(whole, high)))


def _is_all(text: str, stretches: Sequence[Stretch]) -> bool:
    """Whether no word is left out; an excerpt may lack the punctuation at its edges."""
    kept = "".join(text[start:end] for start, end in stretches)
    return sum(map(str.isalnum, kept)) == sum(map(str.isalnum, text))


def _touches(part: OutlinePart, text: str, start: int, end: int) -> bool:
    """Whether a stretch has words of a part."""
    return bool(text[max(start, part.start) : min(end, part.end)].strip())


def _own_number(whole: Pinpoint, parts: Sequence[OutlinePart]) -> ListStep | None:
    """The number that a text begins with, if it is the passage's own: 12 of `para 12`, b of `para 12(b)`.

    A text of article 1 may begin with its paragraph 1 instead, as a paragraph 2 then shows.
    """
    if not parts or not parts[0].path:
        return None
    first = parts[0].path[0]
    last = whole.value.rstrip(")").replace("(", " ").replace(".", " ").replace("–", " ").split()[-1:]
    if last != [first.label]:
        return None
    siblings = {part.path[0] for part in parts if part.path and part.path[0].list_number == first.list_number}
    return None if len(siblings) > 1 and whole.label != "paragraph" else first


def _below(path: _Path, own: ListStep | None) -> _Path:
    """The path below the passage's own number; empty if it begins with any other number."""
    if own is None:
        return path
    return path[1:] if path[:1] == (own,) else ()


def _first_and_last(paths: Sequence[_Path]) -> tuple[_Path, _Path]:
    """The paths to the first and the last part, one step below what all the paths share."""
    shared = tuple(steps[0] for steps in takewhile(lambda each: len({*each}) == 1, zip(*paths, strict=False)))
    depth = len(shared)
    following = [path[depth] if len(path) > depth else None for path in paths]
    first, last = following[0], following[-1]
    if first is None or last is None or None in following or first.list_number != last.list_number:
        return shared, shared
    if first.ordinal > last.ordinal or len({step.list_number for step in following if step}) > 1:
        return shared, shared
    return (*shared, first), (*shared, last)


def _with(whole: Pinpoint, path: _Path) -> str:
    """The value of a place followed by steps: `44(5)(a)`, or `5.1` if the number repeats the passage's."""
    value = whole.value
    for step in path:
        if step.kind == "decimal":
            if not step.label.startswith(f"{value}."):
                return value
            value = step.label
        else:
            gap = "" if value[-1].isdecimal() or value.endswith(")") or whole.label else " "
            value = f"{value}{gap}({step.label})"
    return value
