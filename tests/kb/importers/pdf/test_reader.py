from __future__ import annotations

from pathlib import Path

import pytest

from kb.errors import SourceUnreadable
from kb.importers.pdf.reader import read_pdf
from kb.importers.registry import read_source
from kb.importers.segmenting.segmenter import segmented
from tests.bench.importing import SHARED
from tests.kb.importers.pdf.made_pdf import shown

HOSTILE = sorted((SHARED / "documents" / "hostile").glob("*.pdf"))


def test_words_have_their_line_and_place() -> None:
    document = read_pdf(
        shown(("1. First words of it,", 72, 700, 10), ("and the rest.", 72, 688, 10)), "x.pdf"
    )
    (unit,) = segmented(document).units
    assert (unit.text, unit.locator, unit.page) == ("First words of it, and the rest.", "para 1", 1)
    assert [line.text for line in document.lines] == ["1. First words of it,", "and the rest."]
    box = document.lines[0].box
    assert box is not None
    assert (round(box.left), round(box.bottom)) == (72, 102)


def test_a_raised_mark_is_taken_out_where_a_note_has_it() -> None:
    data = shown(
        ("Victims", 72, 700, 10),
        ("1", 106, 704, 6),
        ("have rights, and so have all others here.", 114, 700, 10),
        ("1", 72, 102, 5),
        ("See the report.", 76, 99, 8),
    )
    document = read_pdf(data, "x.pdf")
    assert [block.text for block in document.blocks] == ["Victims have rights, and so have all others here."]
    assert [(note.mark, note.offset) for note in document.blocks[0].notes] == [("1", 7)]
    assert [(note.mark, note.words.text) for note in document.footnotes] == [("1", "See the report.")]


@pytest.mark.parametrize("data", [b"%PDF-1.7", b"%PDF-1.4\n" + b"\0" * 500])
def test_a_damaged_file_is_refused_in_one_line(data: bytes) -> None:
    with pytest.raises(SourceUnreadable, match=r"x\.pdf is damaged, or not a PDF") as refusal:
        read_pdf(data, "x.pdf")
    assert "\n" not in str(refusal.value)


@pytest.mark.skipif(not HOSTILE, reason="the documents are not beside the checkout: ../shared/import")
@pytest.mark.parametrize("path", HOSTILE, ids=lambda path: path.stem)
def test_a_hostile_file_is_read_or_refused(path: Path) -> None:
    try:
        document = read_source(path)
    except SourceUnreadable:
        return
    assert len(segmented(document).units) <= 2_000


@pytest.mark.skipif(not SHARED.exists(), reason="the documents are not beside the checkout: ../shared/import")
def test_scans_are_named() -> None:
    document = read_source(SHARED / "documents" / "scan-us-498264.pdf")
    assert (document.blocks, document.unread_pages) == ((), (1, 2, 3))
    assert [remark.code for remark in document.remarks] == ["pdf-pages-without-text"]
