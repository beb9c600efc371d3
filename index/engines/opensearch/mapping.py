"""How a generation's index is set up in the cluster: analysis, BM25 and fields.

BM25 has our constants, but the cluster takes the average length over passages that have a field at all, and
counts terms that are not words. `Lengths.settings` gives each field constants with which the scores are
nevertheless ours; they can only be set once everything is counted, while the index is closed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from index.engines.opensearch.tokens import PART, PIECE_GAP, SKIPPED
from index.query.compiled import K1, SCORED, B

__all__ = ["MAX_TERMS_IN_QUERY", "Lengths", "index_body"]

_MAX_TOKEN_CHARS: Final = 10_000
"""Longer than all terms of one position together."""

MAX_TERMS_IN_QUERY: Final = 8_192
"""Clauses of a query: the cluster's own setting, `indices.query.bool.max_clause_count`, must be as high."""

_MAX_RESULT_WINDOW: Final = 10_000


def index_body(shards: int = 1, lengths: Lengths | None = None) -> dict[str, Any]:
    """Settings and mappings of an empty index; replicas are added once it is filled.

    With the `lengths` of the passages it is to hold, it has BM25's constants and need not be closed for them.
    """
    return {
        "settings": {
            "index": {
                "number_of_shards": shards,
                "number_of_replicas": 0,
                "refresh_interval": "-1",
                "max_result_window": _MAX_RESULT_WINDOW,
                "analysis": _ANALYSIS,
            }
            | _similarities(lengths or Lengths()),
        },
        "mappings": {"dynamic": "strict", "_source": {"enabled": True}, "properties": _PROPERTIES},
    }


@dataclass(frozen=True, slots=True)
class Lengths:
    """BM25's statistics: the number of passages a search may find, and sums over them.

    `words` has the words of each field, `terms` what the cluster counts there, and `having` the
    passages that have any: text, heading, stem and heading_stem.
    """

    passages: int = 0
    words: Mapping[str, int] | None = None
    terms: Mapping[str, int] | None = None
    having: Mapping[str, int] | None = None

    @staticmethod
    def request() -> dict[str, Any]:
        """The search whose answer `of` reads."""
        sums = {name: {"sum": {"field": name}} for name in (*_LENGTHS, *_TERMS.values())}
        counts = {f"having_{name}": {"filter": {"range": {name: {"gt": 0}}}} for name in _TERMS.values()}
        return {
            "size": 0,
            "track_total_hits": True,
            "query": {"term": {"retrievable": True}},
            "aggs": sums | counts,
        }

    @classmethod
    def of(cls, answer: Mapping[str, Any]) -> Lengths:
        """The lengths from the answer to `request`."""
        found = answer["aggregations"]
        text, heading = (round(found[name]["value"]) for name in _LENGTHS)
        return cls(
            passages=answer["hits"]["total"]["value"],
            words={"text": text, "heading": heading, "stem": text + heading, "heading_stem": heading},
            terms={field: round(found[name]["value"]) for field, name in _TERMS.items()},
            having={field: found[f"having_{name}"]["doc_count"] for field, name in _TERMS.items()},
        )

    def average(self, field: str) -> float:
        """The mean length of a field in words; 1 if it is empty throughout."""
        return (self.words or {}).get(field, 0) / (self.passages or 1) or 1.0

    def settings(self) -> dict[str, Any]:
        """The settings to put while the index is closed."""
        return {"index": _similarities(self)}

    def skew(self, field: str) -> float:
        """The ratio of the cluster's average length to ours."""
        terms, having = (self.terms or {}).get(field, 0), (self.having or {}).get(field, 0)
        return terms / having / self.average(field) if having else 1.0


_LENGTHS = ("text_length", "heading_length")
_TERMS: Mapping[str, str] = {
    "text": "text_length",
    "heading": "heading_length",
    "stem": "stem_terms",
    "heading_stem": "heading_stem_terms",
}
"""Each scored field, and the numeric field that counts its terms."""


def _similarities(lengths: Lengths) -> dict[str, Any]:
    return {"similarity": {f"kb_{field}": _bm25(field, lengths.skew(field)) for field in sorted(SCORED)}}


def _bm25(field: str, skew: float) -> dict[str, Any]:
    """The constants that give K1 * (1 - B + B * length / average) despite the cluster's skewed average."""
    fixed, by_length = K1 * (1 - B), K1 * B * skew
    k1 = fixed + by_length
    overlaps = field.endswith("stem")
    return {"type": "BM25", "k1": k1, "b": by_length / k1, "discount_overlaps": overlaps}


_ANALYSIS: Mapping[str, Any] = {
    "tokenizer": {"kb_spaces": {"type": "whitespace", "max_token_length": _MAX_TOKEN_CHARS}},
    "filter": {
        "kb_parts": {"type": "pattern_capture", "preserve_original": False, "patterns": [f"([^{PART}]+)"]},
        "kb_skipped": {"type": "stop", "stopwords": [SKIPPED]},
    },
    "analyzer": {
        "kb_terms": {"type": "custom", "tokenizer": "kb_spaces", "filter": ["kb_parts", "kb_skipped"]},
    },
}


def _terms(**options: Any) -> dict[str, Any]:
    return {"type": "text", "analyzer": "kb_terms"} | options


def _forms(field: str) -> dict[str, Any]:
    return _terms(index_options="positions", position_increment_gap=PIECE_GAP, similarity=f"kb_{field}")


def _stems(field: str) -> dict[str, Any]:
    return _terms(index_options="freqs", similarity=f"kb_{field}")


_PLACES = _terms(index_options="positions", position_increment_gap=PIECE_GAP, norms=False)
_LABEL: Mapping[str, Any] = {"type": "keyword"}
_UNSORTED_LABEL: Mapping[str, Any] = {"type": "keyword", "doc_values": False}
_NUMBER: Mapping[str, Any] = {"type": "long"}

_PROPERTIES: Mapping[str, Any] = {
    "number": _NUMBER,
    "rank": _NUMBER,
    "address": _LABEL,
    "document": _LABEL,
    "record": {"type": "object", "enabled": False},
    "retrievable": {"type": "boolean"},
    "hidden": {"type": "boolean"},
    "kind": _LABEL,
    "theme": _LABEL,
    "year": _LABEL,
    "dated": _LABEL,
    "years": {"type": "integer"},
    "date": _NUMBER,
    "language": _LABEL,
    "primary_language": _LABEL,
    "title": _UNSORTED_LABEL,
    "text": _forms("text"),
    "text_marks": _PLACES,
    "heading": _forms("heading"),
    "heading_marks": _PLACES,
    "stem": _stems("stem"),
    "heading_stem": _stems("heading_stem"),
    "unsearched": _PLACES,
    "text_length": {"type": "integer"},
    "heading_length": {"type": "integer"},
    "stem_terms": {"type": "integer"},
    "heading_stem_terms": {"type": "integer"},
}
"""`dated` has a document's years, or that it has none; `unsearched` the words of headings and lead-ins, which
can be quoted though no search finds them; `text_marks` and `heading_marks` where compounds begin and end."""
