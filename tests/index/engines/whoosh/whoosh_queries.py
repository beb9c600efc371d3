"""Three Whoosh queries of our own, because Whoosh's are wrong or slow.

`Difference`: Whoosh's AndNot lets the first match through if the excluded ones begin before it
(`law -un` over "un law" and "un x" finds both), and raises when it skips past the end.
`Addition`: Whoosh's AndMaybe loses the second score after a skip, because it moves the second part
only as far as it was asked to, not to where the first part landed.
`Adjacent`: Whoosh's phrase compares every pair of positions, which takes seconds for common
words, and does not support compounds.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from whoosh import query
from whoosh.matching import AndMaybeMatcher, AndNotMatcher, IntersectionMatcher, NullMatcher
from whoosh.query.spans import SpanWrappingMatcher
from whoosh.util import make_binary_tree

__all__ = ["Addition", "Adjacent", "Difference"]


class Difference(query.AndNot):
    """The matches of `a` that `b` does not match, with the scores of `a`."""

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        excluded = self.b.matcher(searcher, searcher.boolean_context())
        return _DifferenceMatcher(self.a.matcher(searcher, context), excluded)


class _DifferenceMatcher(AndNotMatcher):
    def _find_first(self) -> None:
        if self.a.is_active() and self.b.is_active():
            self._find_next()

    def skip_to(self, number: int) -> None:
        self.a.skip_to(number)
        self._find_first()


class _AdditionMatcher(AndMaybeMatcher):
    def skip_to(self, number: int) -> None:
        self.a.skip_to(number)
        self._first_b()

    def _first_b(self) -> None:
        if self.a.is_active() and self.b.is_active() and self.b.id() < self.a.id():
            self.b.skip_to(self.a.id())


class Addition(query.AndMaybe):
    """The matches of `a`, with the scores of `b` added where it matches too."""

    matcherclass = _AdditionMatcher


class Adjacent(query.Query):
    """Forms in order with at most `slop` other words between two; scored as the sum of its terms."""

    def __init__(self, fieldname: str, forms: Sequence[str], slop: int = 0, boost: float = 1.0) -> None:
        self.fieldname, self.forms, self.slop, self.boost = fieldname, tuple(forms), slop, boost

    def __repr__(self) -> str:
        return f"Adjacent({self.fieldname!r}, {self.forms!r}, slop={self.slop}, boost={self.boost})"

    def estimate_size(self, reader: Any) -> int:
        return min(int(reader.doc_frequency(self.fieldname, form)) for form in self.forms)

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        forms = dict.fromkeys(self.forms)
        begins = {form: self._term(self.fieldname, form).matcher(searcher, context) for form in forms}
        if not all(matcher.is_active() for matcher in begins.values()):
            return NullMatcher()
        unscored = searcher.boolean_context()
        ends = {form: self._term(f"{self.fieldname}_end", form).matcher(searcher, unscored) for form in forms}
        return _AdjacentMatcher(begins, ends, self.forms, self.slop)

    def _term(self, fieldname: str, form: str) -> query.Term:
        return query.Term(fieldname, form, self.boost)


class _AdjacentMatcher(SpanWrappingMatcher):
    """`_get_spans` returns the positions where the last form ends; Whoosh asks only if there are any."""

    def __init__(
        self, begins: Mapping[str, Any], ends: Mapping[str, Any], forms: Sequence[str], slop: int
    ) -> None:
        self.begins, self.ends, self.forms, self.slop = begins, ends, forms, slop
        super().__init__(make_binary_tree(IntersectionMatcher, list(begins.values())))

    def _get_spans(self) -> list[int]:
        positions = {form: self._positions(form) for form in self.begins}
        reached = [end for _, end in positions[self.forms[0]]]
        for form in self.forms[1:]:
            reached = _following(reached, positions[form], self.slop)
            if not reached:
                break
        return reached

    def _positions(self, form: str) -> list[tuple[int, int]]:
        """The first and last position of each occurrence of the form in the current document."""
        begins: list[int] = self.begins[form].value_as("positions")
        ends = self.ends[form]
        if ends.is_active() and ends.id() < self.id():
            ends.skip_to(self.id())
        if not ends.is_active() or ends.id() != self.id():
            return [(begin, begin) for begin in begins]
        return list(_spans(begins, ends.value_as("positions")))

    def replace(self, minquality: float = 0) -> Any:
        return self if self.is_active() else NullMatcher()


def _spans(begins: Sequence[int], ends: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Each beginning with its end: the next end, unless another beginning comes before it."""
    for begin, after in zip(begins, [*begins[1:], ends[-1] + 1], strict=True):
        at = bisect_left(ends, begin)
        end = ends[at] if at < len(ends) else begin
        yield begin, end if end < max(after, begin + 1) else begin


def _following(reached: Sequence[int], here: Sequence[tuple[int, int]], slop: int) -> list[int]:
    """Where a form ends if it begins within `slop` words after a position reached; all ascending."""
    ends: set[int] = set()
    for begin, end in here:
        before = bisect_left(reached, begin) - 1
        if before >= 0 and begin - reached[before] <= slop + 1:
            ends.add(end)
    return sorted(ends)
