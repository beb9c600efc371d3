"""The verdicts on quotations of the shipped content; `make bench` checks a thousand of each kind, of more."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.model import Collection
from tests.bench.quotations import draw, right
from tests.engines import open_engine

ASKED = 150


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "share"), [("true", 0.995), ("changed", 0.98), ("shuffled", 1.0)])
def test_quotations_get_the_verdict_they_should(
    shipped_collection: Collection, shipped_index: Path, kind: str, share: float
) -> None:
    snapshot = open_engine(shipped_index).snapshot()
    drawn = draw(kind, list(shipped_collection.all_passages()), ASKED)
    assert len(drawn) == ASKED
    wrong = [one for one in drawn if not right(kind, one, snapshot.check(one.text))]
    assert len(wrong) <= (1 - share) * ASKED, wrong
