"""The Whoosh schema of the index.

We write the fields in bulk (`indexing.inverter`); the `index` methods here produce the same postings
document by document, for Whoosh's own writer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from whoosh.columns import NumericColumn
from whoosh.fields import COLUMN, STORED, FieldType, Schema
from whoosh.formats import Existence, Frequency, Positions
from whoosh.system import pack_uint

__all__ = ["SCHEMA", "Forms", "Labels", "Stems"]

_Posting = tuple[bytes, int, float, bytes]


class Forms(FieldType):
    """Exact forms with positions, for phrases and for ranking them above stems."""

    def __init__(self, *, scorable: bool = True) -> None:
        super().__init__(Positions(), None, scorable=scorable)

    def index(self, value: Mapping[str, Sequence[int]], **_: object) -> Iterator[_Posting]:
        for form, positions in value.items():
            yield form.encode(), len(positions), float(len(positions)), self.format.encode(positions)


class Stems(FieldType):
    """Stems with frequencies, for finding every form of a word."""

    def __init__(self) -> None:
        super().__init__(Frequency(), None, scorable=True)

    def index(self, value: Mapping[str, int], **_: object) -> Iterator[_Posting]:
        for term, count in value.items():
            yield term.encode(), count, float(count), pack_uint(count)


class Labels(FieldType):
    """Values that a document has or lacks: themes, kinds, identifiers."""

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
    title=Labels(),
    address=Labels(),
    document=Labels(),
    theme=Labels(),
    kind=Labels(),
    year=Labels(),
    language=Labels(),
    serial=COLUMN(NumericColumn("I")),
    ordinal=COLUMN(NumericColumn("I")),
    record=STORED(),
)
"""`stem` has the words of text and heading together; a word with two spellings has both the shared stem
and one of its own. `title` has the stems of the document's title. A compound is in `text` at its first
word and in `text_end` at its last, so that phrases can continue after it. Pairs of clusters, in scripts
without spaces, are stems but not words. `serial` numbers documents
over the lifetime of the index; `ordinal` numbers the passages of a document."""
