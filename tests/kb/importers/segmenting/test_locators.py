from __future__ import annotations

from kb.importers.segmenting.locators import unique_ids


def test_no_id_looks_like_a_span() -> None:
    assert unique_ids(["Court of…, para 1", "1..2"]) == ["court-of-para-1", "1-2"]
