"""Term dictionaries made of a few letters, and queries to them."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from hypothesis import strategies as st

from index.engines.whoosh.segment.term_dictionary import TermDictionary

# Few letters, so that patterns match terms: of one to four bytes, standalone marks, regex metacharacters.
LETTERS = "abé\u064eأقกา\u0e31語𝒳😀[.^\n\0"

letters = st.sampled_from(LETTERS)
term = st.text(letters, max_size=7) | st.text(st.sampled_from("ab"), max_size=9) | st.text(max_size=4)
well_formed = term.filter(lambda text: not any("\ud800" <= sign <= "\udfff" for sign in text))
vocabularies = st.sets(well_formed, max_size=40)
pattern = st.lists(letters | st.sampled_from("ab**??"), max_size=8).map("".join)


def ordered(terms: Iterable[str]) -> list[str]:
    return sorted(set(terms), key=str.encode)


def vocabulary(terms: Iterable[str]) -> TermDictionary:
    encoded = [one.encode() for one in ordered(terms)]
    blob = np.frombuffer(b"".join(encoded), np.uint8)
    return TermDictionary(blob, np.cumsum([len(one) for one in encoded], dtype=np.uint32))


def named(terms: TermDictionary, ordinals: Iterable[int]) -> list[str]:
    return [terms[ordinal] for ordinal in ordinals]
