"""How documents, passages and their words are named; no other folder has patterns of its own for this."""

from __future__ import annotations

from kb.ids.addresses import (
    ID_IN_TEXT_PATTERN,
    ID_PATTERN,
    IdPair,
    address,
    former_addresses,
    is_address,
    is_id,
    is_theme_value,
    parse_address,
    split_address,
)
from kb.ids.fingerprints import (
    FINGERPRINT_PATTERN,
    MIN_FINGERPRINT_CHARS,
    SHORT_FINGERPRINT_CHARS,
    fingerprint_pattern,
    is_fingerprint,
    parse_fingerprint,
    shortened,
)
from kb.ids.passage_ref import (
    MAX_STRETCHES,
    WORDS_PATTERN,
    PassageRef,
    PassageSpan,
    WordRange,
    has_span_mark,
    joined_words,
    parse_passage_ref,
    parse_words,
    spans_in,
)

__all__ = [
    "FINGERPRINT_PATTERN",
    "ID_IN_TEXT_PATTERN",
    "ID_PATTERN",
    "MAX_STRETCHES",
    "MIN_FINGERPRINT_CHARS",
    "SHORT_FINGERPRINT_CHARS",
    "WORDS_PATTERN",
    "IdPair",
    "PassageRef",
    "PassageSpan",
    "WordRange",
    "address",
    "fingerprint_pattern",
    "former_addresses",
    "has_span_mark",
    "is_address",
    "is_fingerprint",
    "is_id",
    "is_theme_value",
    "joined_words",
    "parse_address",
    "parse_fingerprint",
    "parse_passage_ref",
    "parse_words",
    "shortened",
    "spans_in",
    "split_address",
]
