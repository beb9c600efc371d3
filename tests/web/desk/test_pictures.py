"""Pages of the source as pictures beside a passage."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from kb.editing.draft_files import DraftFolder, sha256_of
from kb.importers.draft import draft_of
from tests.kb.document_edits.sample_draft import SLUG
from tests.kb.importers.pdf.made_pdf import shown
from tests.web.dom import attributes, one, page, said, select

REPORT = shown(
    ("Report on recruitment fees and debts", 72, 740, 16),
    ("1. Most workers said that they had paid fees.", 72, 700, 10),
    ("2. The workers asked how unpaid wages could be recovered.", 72, 664, 10),
)


@pytest.fixture
def report(folder: Path, tmp_path: Path) -> str:
    """The address of a draft made of a real PDF."""
    path = tmp_path / "report.pdf"
    path.write_bytes(REPORT)
    return f"/drafts/{DraftFolder.read(folder).write(path, draft_of(path), sha256_of(path))}"


@pytest.mark.slow
def test_the_page_of_a_passage_is_drawn_with_its_words_marked(editor: FlaskClient, report: str) -> None:
    tree = page(editor, f"{report}?at=para-2")
    (address,) = attributes(tree, ".picture img", "src")
    assert address == f"{report}/passages/para-2/page-1.png"
    assert float(one(tree, ".picture").get("data-depth") or 0) > 0.1
    first = editor.get(address)
    assert first.status_code == 200
    assert first.mimetype == "image/png"
    assert first.data.startswith(b"\x89PNG")
    other = editor.get(f"{report}/passages/para-1/page-1.png")
    assert other.data.startswith(b"\x89PNG")
    assert other.data != first.data


@pytest.mark.slow
def test_a_page_that_cannot_be_drawn_says_why_and_the_lines_are_there(
    editor: FlaskClient, folder: Path
) -> None:
    answer = editor.get(f"/drafts/{SLUG}/passages/p1/page-1.png")
    assert answer.status_code == 503
    assert answer.mimetype == "image/svg+xml"
    assert "page 1" in answer.text
    assert "Most workers" in said(one(page(editor, f"/drafts/{SLUG}"), ".source-pane details"))


def test_the_source_beside_a_passage_is_given_alone_for_the_script(editor: FlaskClient) -> None:
    tree = page(editor, f"/drafts/{SLUG}/passages/p3/source")
    assert said(select(tree, "mark")[0]).startswith("States should prohibit")
    assert editor.get(f"/drafts/{SLUG}/passages/none/source").status_code == 404
    assert editor.get(f"/drafts/{SLUG}/passages/none/page-1.png").status_code == 404
