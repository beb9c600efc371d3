"""Collections made to take time quadratic in their size."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kb.collection.loader import read_collection
from kb.text.fingerprint import fingerprint
from tests.kb.folders import interchange
from tests.kb.growth import LINEAR, growth

WORDS = "the same words in every passage, long enough to be known again"
Records = list[dict[str, Any]]


def _entry(passage: str, date: str, **more: str) -> dict[str, Any]:
    return {
        "document": "d",
        "id": passage,
        "fingerprint": fingerprint(WORDS),
        "date": date,
        "text": WORDS,
        **more,
    }


def _same_words(size: int) -> dict[str, Records]:
    """New ids for words that many other ids had."""
    passages = [{"document": "d", "id": f"new{number}", "text": WORDS} for number in range(size)]
    ledger = [_entry(f"old{number}", "2020-01-01", status="published") for number in range(size)]
    return {"passages": passages, "ledger": ledger}


def _chain(size: int) -> dict[str, Records]:
    """Each id given up for the next."""
    ledger = [_entry(f"p{number}", "2020-01-01", status="published") for number in range(size)]
    ledger += [
        _entry(f"p{number}", "2020-01-02", status="moved", to=f"d/p{number + 1}") for number in range(size)
    ]
    return {"passages": [{"document": "d", "id": f"p{size}", "text": WORDS}], "ledger": ledger}


def _circle(size: int) -> dict[str, Records]:
    moves = [{"document": "d", "passage": f"p{at}", "to": f"d/p{(at + 1) % size}"} for at in range(size)]
    return {"passages": [{"document": "d", "id": "p", "text": WORDS}], "moves": moves}


def _tags(size: int) -> dict[str, Records]:
    return {
        "passages": [
            {"document": "d", "id": f"p{at}", "text": "x", "themes": [f"t{at}/a", f"t{at}/b"]}
            for at in range(size)
        ]
    }


@pytest.mark.parametrize("records", [_same_words, _chain, _circle, _tags])
def test_a_collection_is_read_in_time_linear_in_its_size(
    tmp_path: Path, records: Callable[[int], dict[str, Records]]
) -> None:
    folders = {
        size: interchange(tmp_path / str(size), documents=[{"id": "d", "title": "D"}], **records(size))
        for size in (100, 400)
    }
    assert growth(lambda size: read_collection([folders[size]]), 100) < LINEAR
