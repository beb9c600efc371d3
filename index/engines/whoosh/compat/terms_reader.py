"""The terms and postings of a segment, for Whoosh's own readers and matchers."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate
from typing import Any

import numpy as np
from whoosh.codec.base import FieldCursor, TermsReader
from whoosh.matching import LeafMatcher, ReadTooFar
from whoosh.reading import TermInfo
from whoosh.system import pack_uint

from index.engines.whoosh.segment.fields import FIELDS, LENGTHS
from index.engines.whoosh.segment.reader import Field, Segment

__all__ = ["TermsInColumns"]

WhooshTerm = tuple[str, bytes]


class TermsInColumns(TermsReader):
    """All terms of one segment; frequencies count only live documents."""

    def __init__(self, segment: Segment) -> None:
        self._segment = segment

    def _found(self, fieldname: str, text: bytes) -> tuple[Field, int]:
        field = self._segment.field(fieldname)
        ordinal = field.terms.find(text.decode()) if field else -1
        if not field or ordinal < 0:
            raise KeyError((fieldname, text))
        return field, ordinal

    def __contains__(self, term: WhooshTerm) -> bool:
        field = self._segment.field(term[0])
        return field is not None and field.terms.find(term[1].decode()) >= 0

    def indexed_field_names(self) -> list[str]:
        return list(FIELDS)

    def terms(self) -> Iterator[WhooshTerm]:
        return (term for name in sorted(FIELDS) for term in self.terms_from(name, b""))

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[WhooshTerm]:
        field = self._segment.field(fieldname)
        every = (field.terms[at].encode() for at in range(len(field.terms))) if field else ()
        return ((fieldname, term) for term in every if term >= prefix)

    def items(self) -> Iterator[tuple[WhooshTerm, TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[WhooshTerm, TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        field, ordinal = self._found(fieldname, text)
        postings = field.postings(ordinal)
        freqs = np.ones(len(postings.docs)) if postings.freqs is None else postings.freqs
        lengths = self._segment.lengths(fieldname)[postings.docs] if fieldname in LENGTHS else np.ones(1)
        return TermInfo(
            weight=float(freqs.sum()),
            df=len(postings.docs),
            minlength=int(lengths.min(initial=lengths.max(initial=0))),
            maxlength=int(lengths.max(initial=0)),
            maxweight=float(freqs.max(initial=0)),
            minid=int(postings.docs[0]) if len(postings.docs) else 0,
            maxid=int(postings.docs[-1]) if len(postings.docs) else 0,
        )

    def frequency(self, fieldname: str, text: bytes) -> float:
        return float(self.term_info(fieldname, text).weight())

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        field, ordinal = self._found(fieldname, text)
        return field.count(ordinal)

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> _PostingMatcher:
        field, ordinal = self._found(fieldname, text)
        return _PostingMatcher(self._segment, field, fieldname, ordinal, format_, scorer)

    def cursor(self, fieldname: str, fieldobj: Any) -> _Cursor:
        return _Cursor([term for _, term in self.terms_from(fieldname, b"")], fieldobj)


class _Cursor(FieldCursor):
    def __init__(self, terms: list[bytes], fieldobj: Any) -> None:
        self._terms, self._fieldobj, self._at = terms, fieldobj, 0

    def first(self) -> Any:
        self._at = 0
        return self.text()

    def find(self, string: Any) -> Any:
        wanted = string if isinstance(string, bytes) else string.encode()
        self._at = next((at for at, term in enumerate(self._terms) if term >= wanted), len(self._terms))
        return self.text()

    def next(self) -> Any:
        self._at += 1
        return self.text()

    def text(self) -> Any:
        term = self.term()
        return None if term is None else self._fieldobj.from_bytes(term)

    def term(self) -> bytes | None:
        return self._terms[self._at] if self._at < len(self._terms) else None


class _PostingMatcher(LeafMatcher):
    """The postings of one term as a single block, with deleted documents, which Whoosh filters out."""

    def __init__(
        self, segment: Segment, field: Field, name: str, ordinal: int, format_: Any, scorer: Any
    ) -> None:
        self._made = segment, field, name, ordinal, format_, scorer
        self._term = name, field.terms[ordinal].encode()
        self.format, self.scorer = format_, scorer
        postings = field.all_postings(ordinal)
        self._docs = postings.docs.tolist()
        self._freqs = [1] * len(self._docs) if postings.freqs is None else postings.freqs.tolist()
        self._begins = [0, *accumulate(self._freqs)]
        self._at = 0

    def copy(self) -> _PostingMatcher:
        made = type(self)(*self._made)
        made._at = self._at
        return made

    def is_active(self) -> bool:
        return self._at < len(self._docs)

    def reset(self) -> None:
        self._at = 0

    def id(self) -> int:
        return int(self._docs[self._at])

    def weight(self) -> float:
        return float(self._freqs[self._at])

    def value(self) -> Any:
        if self.supports("positions"):
            return self.format.encode(self._positions())
        return pack_uint(self._frequency()) if self.supports("frequency") else b""

    def value_as(self, astype: str) -> Any:
        return {"positions": self._positions, "weight": self.weight, "frequency": self._frequency}[astype]()

    def _frequency(self) -> int:
        return int(self._freqs[self._at])

    def _positions(self) -> list[int]:
        segment, field, name, ordinal, _, _ = self._made
        positions = field.positions(ordinal)[self._begins[self._at] : self._begins[self._at + 1]]
        return [position - int(segment.bases(name)[self.id()]) for position in positions.tolist()]

    def next(self) -> bool:
        if not self.is_active():
            raise ReadTooFar
        self._at += 1
        return not self.is_active()

    def skip_to(self, id: int) -> None:
        if not self.is_active():
            raise ReadTooFar
        while self.is_active() and self.id() < id:
            self._at += 1

    def block_max_weight(self) -> float:
        return float(max(self._freqs))

    def block_min_length(self) -> int:
        segment, _, name, _, _, _ = self._made
        return int(segment.lengths(name)[self._docs].min()) if name in LENGTHS else 1

    def skip_to_quality(self, minquality: float) -> int:
        if self.block_quality() > minquality:
            return 0
        self._at = len(self._docs)
        return 1
