"""The documents of phrases, kept for as long as their segment is open.

The thesaurus adds the same few hundred phrases to query after query, so most were joined before.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Lock
from weakref import WeakKeyDictionary

from index.engines.whoosh.matching.bm25 import Docs
from index.engines.whoosh.matching.phrase_join import phrase
from index.engines.whoosh.segment.reader import Segment
from index.query.compiled import Adjacent

__all__ = ["phrase_docs"]

_MAX_KEPT_BYTES = 1 << 20
"""Of one segment. What was not asked for longest goes first."""

_PHRASE_BYTES = 500
"""What a phrase takes beside its documents."""

_Key = tuple[str, tuple[str, ...], int]
_KEPT: WeakKeyDictionary[Segment, _Phrases] = WeakKeyDictionary()


def phrase_docs(segment: Segment, query: Adjacent) -> Docs:
    """The documents that a phrase is in, as `phrase` finds them."""
    phrases = _KEPT.get(segment) or _KEPT.setdefault(segment, _Phrases())
    key = query.field, query.forms, query.slop
    docs = phrases.get(key)
    if docs is None:
        docs = phrase(segment, query.field, query.forms, query.slop)
        docs.setflags(write=False)
        phrases.keep(key, docs)
    return docs


@dataclass(slots=True)
class _Phrases:
    """Those of one segment, the one asked for last at the end."""

    _docs: dict[_Key, Docs] = field(default_factory=dict)
    _bytes: int = 0
    _lock: Lock = field(default_factory=Lock)

    def get(self, key: _Key) -> Docs | None:
        with self._lock:
            docs = self._docs.pop(key, None)
            if docs is not None:
                self._docs[key] = docs
            return docs

    def keep(self, key: _Key, docs: Docs) -> None:
        with self._lock:
            if key in self._docs or docs.nbytes > _MAX_KEPT_BYTES // 8:
                return
            self._docs[key] = docs
            self._bytes += docs.nbytes + _PHRASE_BYTES
            while self._bytes > _MAX_KEPT_BYTES:
                oldest = next(iter(self._docs))
                self._bytes -= self._docs.pop(oldest).nbytes + _PHRASE_BYTES
