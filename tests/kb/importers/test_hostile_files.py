"""A sample of `make torture`: damaged and hostile files are imported, or refused in one line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from kb.collection.extract_file import dump_extract, parse_extract
from kb.errors import SourceUnreadable
from kb.importers import draft
from kb.importers.draft import ImportDraft, draft_of
from kb.importers.pdf import reader
from tests.kb.importers.good_files import GOOD_FILES
from tests.kb.importers.pdf.made_pdf import shown
from tests.torture.importing.bombs import BOMBS
from tests.torture.importing.hostile_files import canaries, read_watched, what_is_wrong
from tests.torture.importing.mutations import mutation

MUTATIONS = 60
QUICK_BOMBS = ("entities.docx", "entities.html", "entities.odt", "entities.xlsx")
QUICK_BOMBS += ("spaces.odt", "columns.odt", "cells.xlsx", "own-parent.pdf", "huge-page.pdf")


@pytest.mark.slow
def test_what_is_damaged_or_hostile_is_imported_or_refused_and_nothing_in_it_followed(tmp_path: Path) -> None:
    with canaries(tmp_path / "canaries") as (path, address, visitors):
        made = {name: BOMBS[name](path, address) for name in QUICK_BOMBS} | GOOD_FILES
        for number in range(MUTATIONS):
            name, data = mutation(Random(number), path, address)  # noqa: S311
            made[f"{number}-{name}"] = data
        for name, data in made.items():
            (tmp_path / name).write_bytes(data)
        outcomes = {file.name: one for file, one in read_watched([tmp_path / name for name in made])}
        wrong = {
            name: what_is_wrong(one, {"reading-ended", "reading-failed"}) for name, one in outcomes.items()
        }
        assert {name: one for name, one in wrong.items() if one} == {}
        assert all(isinstance(outcomes[name], ImportDraft) for name in GOOD_FILES)
        assert not visitors


@pytest.mark.parametrize("place", ["99999999", "-99999999"])
def test_a_line_beyond_its_page_has_words_and_no_box(tmp_path: Path, place: str) -> None:
    path = tmp_path / "a.pdf"
    page = shown(("1. Words of a paragraph.", 72, 700, 10))
    path.write_bytes(page.replace(b"72 700 Td", f"72 {place} Td".encode()))
    extract = draft_of(path).extract
    assert [(line.text, line.box) for line in extract.lines] == [("1. Words of a paragraph.", None)]
    named = replace(extract, sha256="0" * 64)
    assert parse_extract("".join(dump_extract(named)).encode(), path)[1] == ()


def test_a_paragraph_without_an_end_and_pages_without_number_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(draft, "MAX_LINE_CHARS", 20)
    monkeypatch.setattr(reader, "MAX_PAGES", 0)
    for name, code in (("memo.txt", "source-line-too-long"), ("report.pdf", "pdf-too-many-pages")):
        (tmp_path / name).write_bytes(GOOD_FILES[name])
        with pytest.raises(SourceUnreadable) as refused:
            draft_of(tmp_path / name)
        assert refused.value.message
        assert refused.value.message.code == code
