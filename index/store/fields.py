"""The fields of the Whoosh index, filled from words that were analysed already.

Whoosh pickles these classes by name into its table of contents: moving one needs a new
`records.FORMAT`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from whoosh.columns import NumericColumn
from whoosh.fields import COLUMN, STORED, FieldType, Schema
from whoosh.formats import Existence, Frequency, Positions
from whoosh.system import pack_uint

from index.analysis import compounds, stem, words

__all__ = ["SCHEMA", "Forms", "Labels", "Stems", "form_positions", "stem_counts"]

FormPositions = dict[str, list[int]]
"""Ascending positions by form."""

_Posting = tuple[bytes, int, float, bytes]

_GAP = 1000
"""Positions between two pieces of one field, so that no phrase runs from one into the other."""


class Forms(FieldType):
    """Exact forms with their positions, for phrases and for ranking them above stems."""

    def __init__(self, *, scorable: bool = True) -> None:
        super().__init__(Positions(), None, scorable=scorable)

    def index(self, value: Mapping[str, Sequence[int]], **_: object) -> Iterator[_Posting]:
        for form, positions in value.items():
            yield form.encode(), len(positions), float(len(positions)), self.format.encode(positions)


class Stems(FieldType):
    """Stems with their frequency, for finding every form of a word."""

    def __init__(self) -> None:
        super().__init__(Frequency(), None, scorable=True)

    def index(self, value: Mapping[str, int], **_: object) -> Iterator[_Posting]:
        for term, count in value.items():
            yield term.encode(), count, float(count), pack_uint(count)


class Labels(FieldType):
    """Values that are there or not: themes, kinds, identifiers."""

    def __init__(self) -> None:
        super().__init__(Existence(), None)

    def index(self, value: Iterable[str], **_: object) -> Iterator[_Posting]:
        for label in dict.fromkeys(value):
            yield label.encode(), 1, 1.0, b""


SCHEMA = Schema(
    text=Forms(),
    text_end=Forms(scorable=False),
    stem=Stems(),
    heading=Forms(),
    heading_end=Forms(scorable=False),
    heading_stem=Stems(),
    address=Labels(),
    document=Labels(),
    theme=Labels(),
    kind=Labels(),
    year=Labels(),
    serial=COLUMN(NumericColumn("i", default=-1)),
    ordinal=COLUMN(NumericColumn("i", default=-1)),
    record=STORED(),
    catalogue=Labels(),
)
"""A compound stands in `text` at its first word, and in `text_end` at its last, so that phrases can go
on behind it. `serial` numbers documents for as long as the index lives; `ordinal` passages within one."""


def form_positions(pieces: Iterable[str]) -> tuple[FormPositions, FormPositions]:
    """Every form of the pieces with its ascending positions, and the last positions of compounds."""
    found: dict[str, list[int]] = {}
    ends: dict[str, list[int]] = {}
    base = 0
    for piece in pieces:
        cut = words(piece)
        for place, word in enumerate(cut):
            found.setdefault(word.form, []).append(base + place)
        for compound in compounds(piece, cut):
            found.setdefault(compound.form, []).append(base + compound.first)
            ends.setdefault(compound.form, []).append(base + compound.last)
        base += len(cut) + _GAP
    return {form: sorted(places) for form, places in found.items()}, ends


def stem_counts(forms: Mapping[str, Sequence[int]]) -> Counter[str]:
    """How often each stem occurs, from the positions of the forms."""
    counts: Counter[str] = Counter()
    for form, places in forms.items():
        counts[stem(form)] += len(places)
    return counts
