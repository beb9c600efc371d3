"""Which passages mention an instrument, and how much is read to find them."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.citation_resolver import instrument_mentions as module
from index.citation_resolver.instrument_mentions import instrument_mentions
from index.engine import Snapshot
from kb.model import Collection, Document, Passage
from kb.sources.instrument import Article, Instrument
from kb.work.budget import Budget, limited
from tests.engines import build, open_engine

PACT = Instrument("pact", "Pact on Trafficking", ("the Pact",), articles=(Article("6"),))
TEXTS = {
    "p1": "Under article 6(3) of the Pact, victims are heard. Article 9 is another matter.",
    "p2": "The Pact is in force.",
    "p3": "Article 12 of the Pact, and its articles 6 and 7.",
    "p4": "Nothing of it.",
}


@pytest.fixture
def snapshot(tmp_path: Path) -> Snapshot:
    passages = tuple(Passage("report", id, text) for id, text in TEXTS.items())
    collection = Collection(
        documents=(Document("report", "A report", "report"),),
        passages={"report": passages},
        instruments={"pact": PACT},
    )
    build(collection, tmp_path)
    return open_engine(tmp_path).snapshot()


def test_each_article_has_its_passages_and_a_part_belongs_to_its_article(snapshot: Snapshot) -> None:
    found = instrument_mentions(snapshot, PACT)
    assert not found.cut
    assert {number: [id for _, id in passages] for number, passages in found.articles.items()} == {
        "6": ["p1", "p3"],
        "": ["p2"],
        "12": ["p3"],
        "7": ["p3"],
    }
    assert found.articles["6"]["report", "p1"] == ("6(3)",)


def test_what_is_not_found_in_time_is_left_out_and_said(
    snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MAX_SECONDS", 0.0)
    module._KEPT.clear()
    assert instrument_mentions(snapshot, PACT).cut
    module._KEPT.clear()


def test_it_does_not_count_for_the_request_that_needs_it_first(snapshot: Snapshot) -> None:
    module._KEPT.clear()
    with limited(Budget(0.0)):
        assert not instrument_mentions(snapshot, PACT).cut
