"""Nothing typed raises or hangs, whatever its bytes; whatever is ignored is reported."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.query import parse_query
from index.request import MAX_QUERY_CHARS, Request
from tests.engines import Snapshot, open_engine
from tests.tables import table

PIECES = [
    "extradition", "victim's", "TIP", "Protocol", "“", "”", '"', "'", "(", ")", "((((", "))))", "AND", "OR",
    "NOT", "-", "--", "*", "?", "~", "~2", "te?t*", "a*b*c", "theme:", "xyz:abc", "year:", "year:2010..",
    "document:x", "\x00", "\u200f", "\u202e", "\ufeff", "\ud800", "e\u0301\u0301", "人口", "การค้า", "2(d)",
    "A/HRC/61/42", "1,400", "the", "of", "\n", "\t", "😀", "ﬁ", "<b>", "&amp;", "%00", "\\", "{{7*7}}",
]  # fmt: skip


@pytest.fixture(scope="module")
def snapshot(shipped_index: Path) -> Snapshot:
    return open_engine(shipped_index).snapshot()


@pytest.mark.slow
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=25).map("".join))
def test_any_pieces_are_searched(snapshot: Snapshot, text: str) -> None:
    results = snapshot.search(Request(text=text[:MAX_QUERY_CHARS]))
    assert results.total >= 0
    snapshot.marks(text, [hit.passage for hit in results.hits])


@given(st.binary(max_size=400), st.sampled_from(["utf-8", "latin-1", "utf-16"]))
def test_any_bytes_are_searched(snapshot: Snapshot, raw: bytes, encoding: str) -> None:
    assert snapshot.search(Request(text=raw.decode(encoding, "replace"))).took_ms >= 0


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(12))
def test_ten_thousand_characters_are_searched(snapshot: Snapshot, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    pool = PIECES if seed % 2 else chance.sample(PIECES, 3)
    text = ""
    while len(text) < MAX_QUERY_CHARS:
        text += chance.choice(pool) + chance.choice(["", " "])
    assert snapshot.search(Request(text=text[:MAX_QUERY_CHARS])).total >= 0


@table(
    ("text", "code"),
    [
        ('"victim', "unclosed-quotation-mark"),
        ("(victim", "unclosed-parenthesis"),
        ("victim)", "unopened-parenthesis"),
        ("victim AND", "operator-without-right"),
        ("colour:red", "unknown-filter"),
        ("year:xx", "bad-filter-year"),
        ("(" * 60 + "victim", "parentheses-too-deep"),
        (" ".join(f"{letter}a*" for letter in "abcdefghijkl"), "too-many-patterns"),
        ("\x00!?", "query-without-words"),
        ("kind:nope victim", "unknown-filter-value"),
    ],
)
def test_each_leniency_is_said(snapshot: Snapshot, text: str, code: str) -> None:
    assert code in {notice.code for notice in snapshot.search(Request(text=text)).notices}


def test_a_plain_query_needs_no_notice(snapshot: Snapshot) -> None:
    assert parse_query("victim protection").notices == ()
    assert snapshot.search(Request(text="victim protection")).notices == ()
