"""Files are read in processes that end, whatever a file makes of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.errors import SourceUnreadable
from kb.importers.draft import ImportDraft, draft_of
from kb.importers.draft_json import draft_from_json, draft_to_json
from kb.importers.reading import read_draft, read_drafts
from tests.kb.importers.pdf.made_pdf import shown

PAGE = shown(("A/HRC/19/8", 400, 760, 10), ("1. Workers asked how to recover wages.", 72, 700, 10))


@pytest.mark.slow
def test_drafts_come_in_order_and_failures_among_them(tmp_path: Path) -> None:
    good, bad = tmp_path / "-good.pdf", tmp_path / "bad.pdf"
    good.write_bytes(PAGE)
    bad.write_bytes(b"%PDF-")
    outcomes = dict(read_drafts([good, bad, tmp_path / "none.pdf"]))
    assert outcomes[good] == draft_of(good)
    assert [isinstance(one, ImportDraft) for one in outcomes.values()] == [True, False, False]


def test_a_file_that_takes_too_long_is_said_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(SourceUnreadable, match=r"reading a\.pdf takes longer than 0 seconds; split it"):
        read_draft(tmp_path / "a.pdf", 0.001)


def test_a_draft_survives_the_way_between_processes(tmp_path: Path) -> None:
    path = tmp_path / "a-b_c.pdf"
    path.write_bytes(PAGE)
    draft = draft_of(path)
    assert draft_from_json(draft_to_json(draft)) == draft
    assert draft.document.further == (("symbol", "A/HRC/19/8"),)
    assert (draft.document.title, draft.document.supplied) == ("a b c", ("title", "kind"))
