"""Quotations as people paste them, written by hand before any of them was checked: each has its verdict.

Two were not as first written down: a capital changed without brackets is a change, and a sentence of a
treaty is nearly in a note on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.engines import Snapshot, open_engine
from tests.tables import table

TABLE = Path(__file__).with_name("tricky_quotations.tsv").read_text(encoding="utf-8").splitlines()
ROWS = [line.replace("\\n", "\n").split("\t")[:3] for line in TABLE[1:]]
COMMUNIQUE = "bali-process-symposium-2015"


@pytest.fixture(scope="module")
def snapshot(shipped_index: Path) -> Snapshot:
    return open_engine(shipped_index).snapshot()


@table(("word", "passage", "quotation"), ROWS)
def test_a_tricky_quotation_gets_its_verdict(
    snapshot: Snapshot, word: str, passage: str, quotation: str
) -> None:
    verdict = snapshot.check(quotation)
    assert verdict.word == word
    if passage:
        found = [(each.document.id, one.id) for each in verdict.places for one in each.passages]
        assert (COMMUNIQUE, passage) in found
