"""Which parts of a text come under which of its own labels: `5`, `5 (a)`, `5 (a) (ii)`.

In doubt, words are placed under the labels that are certain: a pinpoint may be wider than it could be, but
never points elsewhere.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from kb.numbering.labels import LabelKind, Reading
from kb.numbering.list_labels import ListLabel, list_labels
from kb.numbering.numerals import in_ascii_digits

__all__ = ["ListStep", "OutlinePart", "outline"]

_LINE = re.compile(r"\n[^\S\n]*(?=\S)")
_CLOSED = re.compile(r"(?:[.;:,!?—–)،؛。][\"”’»]?|\b(?:and|or|et|ou|y|o|und|oder|и|или))\s*\Z")
_SENTENCE_END = re.compile(r"[.!?][\"”’)]?\s+(?=[\"“‘(]?[^\W\d_a-z])")
_COUNTED: Sequence[LabelKind] = ("number", "decimal")
"""Labels of paragraphs, which may have several sentences and lines; the others label list items."""


@dataclass(frozen=True, slots=True)
class ListStep:
    """A label in the path to a part: as a pinpoint shows it, its kind and value, and which list it is in."""

    label: str
    kind: LabelKind
    ordinal: int
    list_number: int


@dataclass(frozen=True, slots=True)
class OutlinePart:
    """A half-open stretch of a text, with the labels that it comes under, outermost first."""

    start: int
    end: int
    path: tuple[ListStep, ...]


@dataclass(slots=True)
class _Level:
    """An open list: its form, its last label, and whether the next one is in doubt."""

    form: str
    step: ListStep
    is_at_line: bool
    is_doubtful: bool = False


def outline(text: str) -> tuple[OutlinePart, ...]:
    """The parts of a text in order; together they are all of it."""
    labels = tuple(list_labels(text))
    if not labels:
        return (OutlinePart(0, len(text), ()),) if text else ()
    starts = _Reader(text, labels).starts()
    ends = [*(start for start, _ in starts[1:]), len(text)]
    return tuple(
        OutlinePart(start, end, path) for (start, path), end in zip(starts, ends, strict=True) if start < end
    )


@dataclass(slots=True)
class _Reader:
    """Goes through the labels and unlabelled lines of a text, keeping track of the open lists."""

    text: str
    labels: Sequence[ListLabel]
    levels: list[_Level] = field(default_factory=list)
    lists: int = 0
    places: Mapping[tuple[str, LabelKind, int], list[int]] = field(init=False)

    def __post_init__(self) -> None:
        places: dict[tuple[str, LabelKind, int], list[int]] = {}
        for one in self.labels:
            for reading in one.readings if one.is_sure else ():
                places.setdefault((one.label.form, reading.kind, reading.ordinal), []).append(one.at)
        self.places = places

    def starts(self) -> list[tuple[int, tuple[ListStep, ...]]]:
        """Where parts begin, each with its path; the first at 0."""
        found: dict[int, tuple[ListStep, ...]] = {0: ()}
        by_place = {one.at: one for one in self.labels}
        for at in sorted({*by_place, *self._unlabelled_lines()}):
            path = self._at_label(by_place[at]) if at in by_place else self._at_line(at)
            if path is not None:
                found[at] = path
        return list(self._with_sentences(sorted(found.items())))

    def _at_label(self, one: ListLabel) -> tuple[ListStep, ...] | None:
        """The path of the part that a label begins; None if it begins none."""
        for depth in range(len(self.levels) - 1, -1, -1):
            level = self.levels[depth]
            for reading in one.readings:
                if _follows(level, one, reading) and not self._is_a_new_roman_list(one, reading):
                    return self._advance(depth, one, reading)
        return self._open(one)

    def _advance(self, depth: int, one: ListLabel, reading: Reading) -> tuple[ListStep, ...] | None:
        level = self.levels[depth]
        if level.is_at_line and not one.is_at_line and self._begins_line_later(one, reading):
            return None
        del self.levels[depth + 1 :]
        if not one.is_sure:
            level.is_doubtful = True
            return self._path[:-1]
        level.step, level.is_doubtful = _step(one, reading, level.step.list_number), False
        return self._path

    def _open(self, one: ListLabel) -> tuple[ListStep, ...] | None:
        """The path where a list begins: at its first label, or at any label at the beginning of the text."""
        is_first = one.at == len(self.text) - len(self.text.lstrip())
        for reading in one.readings:
            if reading.ordinal != 1 and not is_first:
                continue
            if not (is_first or one.is_at_line) and not self._comes_later(one, reading, 2):
                continue
            same = (at for at, each in enumerate(self.levels) if each.form == one.label.form)
            depth = next((at for at in same if self.levels[at].step.kind == reading.kind), len(self.levels))
            del self.levels[depth:]
            self.lists += 1
            self.levels.append(_Level(one.label.form, _step(one, reading, self.lists), one.is_at_line))
            return self._path
        return None

    def _is_a_new_roman_list(self, one: ListLabel, reading: Reading) -> bool:
        """Whether `(i)` after `(h)` begins a list of its own, since `(ii)` comes before `(j)`."""
        if reading.kind not in ("lower", "upper") or one.label.value.lower() not in ("i", "v", "x"):
            return False
        roman = next((each for each in one.readings if each.kind in ("roman", "ROMAN")), None)
        if roman is None or roman.ordinal != 1:
            return False
        second = self._next(one, Reading(roman.kind, 2))
        return second is not None and second < (self._next(one, Reading(reading.kind, 10)) or len(self.text))

    def _comes_later(self, one: ListLabel, reading: Reading, ordinal: int) -> bool:
        return self._next(one, Reading(reading.kind, ordinal)) is not None

    def _begins_line_later(self, one: ListLabel, reading: Reading) -> bool:
        places = self.places.get((one.label.form, reading.kind, reading.ordinal), [])
        later = places[bisect_right(places, one.at) :]
        return any(not self.text[self.text.rfind("\n", 0, at) + 1 : at].strip() for at in later)

    def _next(self, one: ListLabel, reading: Reading) -> int | None:
        return self._next_place(one.label.form, reading, one.at)

    def _next_place(self, form: str, reading: Reading, behind: int) -> int | None:
        places = self.places.get((form, reading.kind, reading.ordinal), [])
        at = bisect_right(places, behind)
        return places[at] if at < len(places) else None

    def _unlabelled_lines(self) -> Iterator[int]:
        """Where lines without a label begin, unless the line before breaks off in mid-sentence."""
        for line in _LINE.finditer(self.text):
            if _CLOSED.search(self.text, max(0, line.start() - 12), line.start()):
                yield line.end()

    def _at_line(self, at: int) -> tuple[ListStep, ...] | None:
        """The path of a line without a label: that of the paragraph, if its next number is still to come."""
        kept = [level for level in self.levels if self._goes_on(level, at)]
        return tuple(level.step for level in kept) if kept != self.levels else None

    def _goes_on(self, level: _Level, at: int) -> bool:
        following = Reading(level.step.kind, level.step.ordinal + 1)
        return level.step.kind in _COUNTED and self._next_place(level.form, following, at) is not None

    def _with_sentences(
        self, starts: Sequence[tuple[int, tuple[ListStep, ...]]]
    ) -> Iterator[tuple[int, tuple[ListStep, ...]]]:
        """The starts, and those of sentences after a list's last item, which may belong to its paragraph."""
        for (start, path), (end, following) in pairwise([*starts, (len(self.text), ())]):
            yield start, path
            kept = tuple(step for step in path if step.kind in _COUNTED)
            is_last = path and path[-1].list_number not in {step.list_number for step in following}
            if kept != path and is_last and (stop := _SENTENCE_END.search(self.text, start + 4, end)):
                yield stop.end(), kept

    @property
    def _path(self) -> tuple[ListStep, ...]:
        return tuple(level.step for level in self.levels)


def _follows(level: _Level, one: ListLabel, reading: Reading) -> bool:
    """Whether a label is the next of an open list: 6 or 5bis after 5."""
    if (level.form, level.step.kind) != (one.label.form, reading.kind):
        return False
    if reading.kind == "decimal" and _head(level.step.label) != _head(one.label.value):
        return False
    ahead = reading.ordinal - level.step.ordinal
    return (
        ahead == 1 or (ahead == 2 and level.is_doubtful) or (ahead == 0 and _shown(one) != level.step.label)
    )


def _head(decimal: str) -> str:
    return decimal.rpartition(".")[0]


def _step(one: ListLabel, reading: Reading, list_number: int) -> ListStep:
    return ListStep(_shown(one), reading.kind, reading.ordinal, list_number)


def _shown(one: ListLabel) -> str:
    """The label as a pinpoint shows it, with ASCII digits."""
    return in_ascii_digits(one.label.value)
