"""Words chosen from a collection as examples: each finds the passage that it came from."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.request import Request
from index.suggest.example_words import example_words
from tests.engines import Snapshot, snapshot_of
from tests.index.samples import collection, document, passage


def built(folder: Path, *texts: str) -> Snapshot:
    items = [passage("d", f"p{n}", text, "protection") for n, text in enumerate(texts)]
    return snapshot_of(collection(document("d", date="2001"), d=items), folder)


@pytest.mark.parametrize(
    ("query", "total"),
    [
        ("{word} {other} {third}", 2),
        ('"{phrase}"', 1),
        ('"{first} {last}"~1', 2),
        ("{hyphenated}", 1),
        ("{number}", 1),
        ("{reference}", 1),
        ("{beginning}*", 3),
        ("{shape}", 3),
        ("{slip}~", 3),
        ("theme:{theme}", 4),
        ("document:{document}", 4),
        ("kind:{kind}", 4),
        ("year:{year}", 4),
    ],
)
def test_every_word_finds_what_it_was_taken_from(tmp_path: Path, query: str, total: int) -> None:
    snapshot = built(
        tmp_path,
        "fishing vessels pay workers; see A/HRC/61/42 on cross-border trade",
        "fishing vessels paid workers of crews twice",
        "fishing; article 16, vessels",
        "the rest",
    )
    assert snapshot.search(Request(query.format_map(example_words(snapshot)))).total == total


def test_what_a_collection_has_no_example_of_is_left_out(tmp_path: Path) -> None:
    snapshot = snapshot_of(collection(document("d", kind=""), d=["fishing"]), tmp_path)
    found = example_words(snapshot)
    assert found == {
        "word": "fishing",
        "document": "d",
        "beginning": "fishi",
        "shape": "fi?hing",
        "slip": "fising",
    }


def test_an_empty_collection_has_no_words(tmp_path: Path) -> None:
    snapshot = snapshot_of(collection(), tmp_path)
    assert example_words(snapshot) == {}
