"""The documents of phrases, kept for as long as their segment is open.

The thesaurus adds the same few hundred phrases to query after query, so most were joined before.
"""

from __future__ import annotations

from weakref import WeakKeyDictionary

from index.engines.whoosh.matching.doc_sets import Docs
from index.engines.whoosh.matching.phrase_join import phrase
from index.engines.whoosh.segment.reader import Segment
from index.query.compiled import Adjacent
from kb.work.sized_cache import SizedCache

__all__ = ["phrase_docs"]

_MAX_KEPT_BYTES = 1 << 20
"""Bytes kept for one segment."""

_Phrases = SizedCache[tuple[str, tuple[str, ...], int], Docs]
_KEPT: WeakKeyDictionary[Segment, _Phrases] = WeakKeyDictionary()


def phrase_docs(segment: Segment, query: Adjacent) -> Docs:
    """The documents that a phrase is in, as `phrase` finds them."""
    phrases = _KEPT.get(segment) or _KEPT.setdefault(segment, _Phrases(_MAX_KEPT_BYTES))
    key = query.field, query.forms, query.slop
    docs = phrases.get(key)
    if docs is None:
        docs = phrase(segment, query.field, query.forms, query.slop)
        docs.setflags(write=False)
        phrases.keep(key, docs, docs.nbytes)
    return docs
