"""The program does what content/README.md tells editors."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from kb import edtf
from kb.cli.main import main
from kb.collection.loader import load
from kb.curated.document_file import DOCUMENT_FIELDS
from kb.curated.passage_blocks import PASSAGE_ATTRIBUTES
from kb.curated.site_file import HELP_KEYS, KEYS
from kb.curated.theme_file import SECTION_KEYS, THEME_FIELDS
from kb.editing.draft_list import DRAFTS_FOLDER
from kb.editing.removal import REMOVED_FOLDER
from kb.fetching.downloads import RETRIEVED
from kb.interchange.writer import INTERCHANGE_FILES
from kb.model import NOTE, STATUSES, Collection
from kb.settings import shipped_content
from kb.sources.kinds import CITED_FIELDS, KINDS
from kb.sources.kinds import DOCUMENT as DOCUMENT_KIND
from tests.pages import blocks, code, column, page, rows

GUIDE = page("content/README.md")
DOCUMENT, THEME = blocks(GUIDE, "markdown")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The examples of the guide as a content folder."""
    (tmp_path / "documents").mkdir()
    (tmp_path / "themes").mkdir()
    (tmp_path / "README.md").write_text(GUIDE, encoding="utf-8")
    (tmp_path / "documents" / "hotline-report-2024.md").write_text(DOCUMENT, encoding="utf-8")
    (tmp_path / "themes" / "01-complaints.md").write_text(THEME, encoding="utf-8")
    return tmp_path


def test_the_examples_are_a_collection_without_faults(folder: Path) -> None:
    checked = CliRunner().invoke(main, ["check", "--content", str(folder)])
    assert checked.exit_code == 0, checked.output
    assert "1 theme, 1 sub-point, 2 documents, 4 passages" in checked.output


def test_the_examples_of_json_lines_are_the_same_document(folder: Path, tmp_path: Path) -> None:
    program = tmp_path / "program"
    program.mkdir()
    for name, line in zip(("documents", "passages"), blocks(GUIDE, "json"), strict=True):
        (program / f"{name}.jsonl").write_text(line, encoding="utf-8")
    written, edited = load([program]), load([folder])
    assert written.documents[0].title == edited.documents[0].title
    assert written.passages["hotline-report-2024"][0].text == edited.passages["hotline-report-2024"][0].text


def test_every_field_of_a_document_is_explained_and_none_that_it_has_not() -> None:
    fields = set(column(GUIDE, "| field | meaning |"))
    assert fields == {*DOCUMENT_FIELDS, "slug", RETRIEVED, *THEME_FIELDS}


def test_every_kind_of_source_is_explained_with_its_fields() -> None:
    table = rows(GUIDE, "| kind | also | its citation needs | it can use |")
    listed = {
        (name, tuple(filter(None, also.split(", "))), tuple(code(needs)), tuple(code(uses)))
        for name, also, needs, uses in table
    }
    assert listed == {
        (kind.name, kind.also, kind.required, kind.optional)
        for kind in KINDS.values()
        if kind.name not in (NOTE, DOCUMENT_KIND.name)
    }
    assert all(f"`{name}`" in GUIDE for name in CITED_FIELDS)


def test_every_form_of_date_that_is_named_can_be_read() -> None:
    (meaning,) = (cells[1] for cells in rows(GUIDE, "| field | meaning |") if cells[0] == "`date`")
    forms = code(meaning)
    assert len(forms) >= 6
    assert all(edtf.years(form) for form in forms)


def test_every_attribute_of_a_passage_is_explained() -> None:
    named = {name.partition("=")[0] for name in column(GUIDE, "| attribute | meaning |")}
    assert named == set(PASSAGE_ATTRIBUTES)
    assert all(f"{key}=" in GUIDE for key in SECTION_KEYS)


def test_statuses_and_the_reserved_kind_are_named() -> None:
    assert all(f"`{status}`" in GUIDE for status in STATUSES)
    assert f"`{NOTE}` is reserved" in GUIDE


def test_every_part_of_a_thesaurus_is_explained() -> None:
    shipped = (shipped_content() / "thesaurus.yaml").read_text(encoding="utf-8")
    assert set(column(GUIDE, "| part | meaning |")) == set(re.findall(r"^(\w+):", shipped, re.MULTILINE))


def test_every_key_of_the_site_file_is_explained() -> None:
    assert column(GUIDE, "| key of `site.yaml` | meaning |") == list(KEYS)
    assert column(GUIDE, "| key of `help` | meaning |") == list(HELP_KEYS)


def test_every_file_of_the_interchange_form_is_named() -> None:
    assert all(f"`{name}.jsonl`" in GUIDE or f"`{name}`" in GUIDE for name in INTERCHANGE_FILES)


def test_every_file_that_ships_is_of_a_kind_that_is_explained() -> None:
    kinds = {path.split("/")[0] for path in column(GUIDE, "| path | what it holds |")}
    shipped = {path.name for path in shipped_content().iterdir() if not path.name.startswith(".")}
    assert shipped - {"README.md"} == kinds - {"", DRAFTS_FOLDER, REMOVED_FOLDER}


def test_the_counts_of_what_ships_are_true(shipped_collection: Collection) -> None:
    found = shipped_collection
    sources = sum(len(found.passages[one.id]) for one in found.documents if not one.is_note)
    subpoints = sum(len(theme.subpoints) for theme in found.themes)
    counted = f"as {sources} passages, and {len(found.themes)} themes with {subpoints} sub-points"
    assert counted in " ".join(GUIDE.split())


def test_publishing_the_examples_makes_them_permanent(folder: Path) -> None:
    published = CliRunner().invoke(main, ["publish", "--content", str(folder), "--yes"])
    assert published.exit_code == 0, published.output
    entries = (folder / "ledger.jsonl").read_text(encoding="utf-8").splitlines()
    assert {json.loads(entry)["status"] for entry in entries} == {"published"}
    (folder / "documents" / "hotline-report-2024.md").write_text(
        DOCUMENT.replace("#p2 ", '#p3 formerly="p2" '), encoding="utf-8"
    )
    moved = CliRunner().invoke(main, ["publish", "--content", str(folder), "--yes"])
    assert moved.exit_code == 0, moved.output
    last = json.loads((folder / "ledger.jsonl").read_text(encoding="utf-8").splitlines()[-1])
    assert (last["status"], last["id"]) == ("moved", "p2")
