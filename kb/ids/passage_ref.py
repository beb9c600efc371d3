"""A reference in one text: to a whole document, a passage, a span or an excerpt.

    DOCUMENT                     the document as a whole
    DOCUMENT/p4                  a passage
    DOCUMENT/p4..p6              a span: the passages from p4 to p6
    DOCUMENT/p4:3-12             an excerpt: the third to the twelfth word of a passage
    DOCUMENT/p4:3-12,20-25       the same without the words between, for which an ellipsis is written
    DOCUMENT/p4..p6:3-40         an excerpt of a span, its words counted throughout
    DOCUMENT/p4:3-12@1a2b3c4d    an excerpt, valid only if the fingerprint of its passage begins so

A passage and a span may have a fingerprint as well. Words are counted as in `kb.citing.excerpt`.

An id published before there were spans may contain `..`. Whether `p4..p6` is an id or a span depends
on the collection (`kb.permanence.span_location`): an id wins.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kb.ids.addresses import ID_PATTERN, IdPair, is_id
from kb.ids.fingerprints import fingerprint_pattern
from kb.messages import Message

__all__ = [
    "MAX_STRETCHES",
    "SPAN_MARK",
    "PassageRef",
    "PassageSpan",
    "WordRange",
    "has_span_mark",
    "parse_passage_ref",
    "spans_in",
]

SPAN_MARK = ".."
"""What stands between the ids of a span."""

MAX_PLACE_CHARS = 2 * 200 + len(SPAN_MARK)
"""The length of two ids and what is between them."""

MAX_SHOWN_CHARS = 80
"""How much of an unreadable text a message repeats."""

_NUMBER = "[1-9][0-9]{0,5}"

MAX_STRETCHES = 20
"""How many runs of consecutive words an excerpt may have."""

_STRETCH = f"{_NUMBER}-{_NUMBER}"

WORDS_PATTERN = f"{_STRETCH}(?:,{_STRETCH}){{0,{MAX_STRETCHES - 1}}}"
"""The numbers of an excerpt's words, to be part of a larger pattern."""

_PLACE = f"[A-Za-z0-9._-]{{1,{MAX_PLACE_CHARS}}}"
_ONE = rf"(?P<document>{ID_PATTERN})(?:/(?P<place>{_PLACE})(?P<tail>[:@].*)?)?"
_ACROSS = rf"(?P<document>{ID_PATTERN})/(?P<place>{_PLACE})/(?P<last>{ID_PATTERN})(?P<tail>[:@].*)?"
_TAIL = rf"(?::(?P<words>{WORDS_PATTERN}))?(?:@(?P<fingerprint>{fingerprint_pattern()}))?"
_REF, _REF_ACROSS, _REF_TAIL = re.compile(_ONE), re.compile(_ACROSS), re.compile(_TAIL)


@dataclass(frozen=True, slots=True)
class PassageSpan:
    """The ids of the first and the last of several passages of a document."""

    first: str
    last: str

    @property
    def place(self) -> str:
        """How an address names it: `p4..p6`."""
        return f"{self.first}{SPAN_MARK}{self.last}"


@dataclass(frozen=True, slots=True)
class WordRange:
    """The first and last word of an excerpt, counted from 1 in its passage.

    `left_out` has the first and last of each run of words between them that it leaves out.
    """

    first: int
    last: int
    left_out: tuple[tuple[int, int], ...] = ()

    @property
    def stretches(self) -> tuple[tuple[int, int], ...]:
        """The first and last word of each run; several runs if words are left out."""
        edges = [self.first, *(edge for a, b in self.left_out for edge in (a - 1, b + 1)), self.last]
        return tuple(zip(edges[::2], edges[1::2], strict=True))

    @property
    def text(self) -> str:
        """The numbers as a reference writes them: `3-12`, `3-12,20-25`."""
        return ",".join(f"{first}-{last}" for first, last in self.stretches)


@dataclass(frozen=True, slots=True)
class PassageRef:
    """A passage, a span or an excerpt; a whole document where `place` is empty.

    `place` is the id of a passage, or `p4..p6`, which is an id in some collections and a span in all
    others. `fingerprint` is that of the passage or span, or its beginning.
    """

    document: str
    place: str = ""
    words: WordRange | None = None
    fingerprint: str = ""

    @property
    def ids(self) -> IdPair:
        """The document and the place."""
        return self.document, self.place

    @property
    def text(self) -> str:
        """The reference as `parse_passage_ref` reads it."""
        place = f"/{self.place}" if self.place else ""
        words = f":{self.words.text}" if self.words else ""
        return f"{self.document}{place}{words}{f'@{self.fingerprint}' if self.fingerprint else ''}"


def has_span_mark(id: str) -> bool:
    """Whether an id looks like a span, which no new id may."""
    return SPAN_MARK in id


def spans_in(place: str) -> tuple[PassageSpan, ...]:
    """The spans that a place may mean: several only if an id contains `..`, or begins or ends with a dot."""
    if len(place) > MAX_PLACE_CHARS:
        return ()
    cuts = (match.start() for match in re.finditer(rf"(?={re.escape(SPAN_MARK)})", place))
    pairs = ((place[:at], place[at + len(SPAN_MARK) :]) for at in cuts)
    return tuple(PassageSpan(first, last) for first, last in pairs if is_id(first) and is_id(last))


def parse_passage_ref(text: str) -> PassageRef | Message:
    """What a text names, or why it names nothing.

    A span may repeat the document: `plan/p4..plan/p6` is `plan/p4..p6`.
    """
    if match := _REF.fullmatch(text):
        return _ref(text, match["document"], match["place"] or "", match["tail"] or "")
    if match := _REF_ACROSS.fullmatch(text):
        return _span_over(text, match)
    return Message("not-a-reference", reference=text[:MAX_SHOWN_CHARS])


def _span_over(text: str, match: re.Match[str]) -> PassageRef | Message:
    """A span whose last passage is named with its document."""
    document, shown = match["document"], text[:MAX_SHOWN_CHARS]
    ends = spans_in(match["place"])
    if not ends:
        return Message("not-a-reference", reference=shown)
    own = next((one for one in ends if one.last == document), None)
    if own is None:
        return Message("span-over-documents", reference=shown)
    return _ref(text, document, PassageSpan(own.first, match["last"]).place, match["tail"] or "")


def _ref(text: str, document: str, place: str, tail: str) -> PassageRef | Message:
    said = _REF_TAIL.fullmatch(tail)
    is_place = not place or is_id(place) or spans_in(place)
    if not (said and is_id(document) and is_place):
        return Message("not-a-reference", reference=text[:MAX_SHOWN_CHARS])
    if not said["words"]:
        return PassageRef(document, place, None, said["fingerprint"] or "")
    words = parse_words(said["words"])
    if words is None:
        return Message("excerpt-reversed", reference=text[:MAX_SHOWN_CHARS])
    return PassageRef(document, place, words, said["fingerprint"] or "")


def parse_words(text: str) -> WordRange | None:
    """The words that a text matching `WORDS_PATTERN` names; None if they run backwards."""
    return joined_words(
        [(int(first), int(last)) for first, _, last in (one.partition("-") for one in text.split(","))]
    )


def joined_words(stretches: Sequence[tuple[int, int]]) -> WordRange | None:
    """The words of stretches, in order; None if there are none, or if they overlap or are out of order."""
    edges = [edge for stretch in stretches for edge in stretch]
    if not edges or any(a > b for a, b in stretches) or any(a[1] >= b[0] for a, b in pairwise(stretches)):
        return None
    gaps = ((a[1] + 1, b[0] - 1) for a, b in pairwise(stretches))
    return WordRange(edges[0], edges[-1], tuple(gap for gap in gaps if gap[0] <= gap[1]))
