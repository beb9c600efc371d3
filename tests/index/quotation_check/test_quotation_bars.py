"""What quotations of the shipped content become; `make bench` asks a thousand of each kind, of more."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.collection.loader import load
from kb.settings import shipped_content
from tests.bench.quotations import draw, right
from tests.engines import snapshot_of

ASKED = 150


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "share"), [("true", 0.995), ("changed", 0.98), ("shuffled", 1.0)])
def test_quotations_get_the_verdict_they_should(tmp_path: Path, kind: str, share: float) -> None:
    content = load([shipped_content()])
    snapshot = snapshot_of(content, tmp_path)
    drawn = draw(kind, list(content.all_passages()), ASKED)
    assert len(drawn) == ASKED
    wrong = [one for one in drawn if not right(kind, one, snapshot.check(one.text))]
    assert len(wrong) <= (1 - share) * ASKED, wrong
