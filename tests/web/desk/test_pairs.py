"""Pairs of passages of a new version, settled at the desk."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from kb.editing.versions.passage_pairs import PassagePair, read_pairs, with_pairs
from tests.kb.document_edits.sample_draft import SLUG
from tests.web.desk.test_actions import ADDRESS, OWN, fields
from tests.web.dom import one, page, said, select, text_of, tree_of


@pytest.fixture
def draft(folder: Path) -> Path:
    """A draft of a new version, in which one pair is unsettled."""
    path = folder / f"drafts/{SLUG}.md"
    text = path.read_text(encoding="utf-8")
    (folder / "documents").mkdir()
    old = text.replace("#p3 ", "#old-3 ").replace("prohibit fees", "forbid all fees")
    (folder / f"documents/{SLUG}.md").write_text(old, encoding="utf-8")
    pair = PassagePair("old-3", "p3", "?", "old: States should. new: States should.")
    path.write_text(with_pairs(text, [pair]), encoding="utf-8")
    return path


def test_a_pair_is_shown_with_what_differs_and_settled_by_a_button(editor: FlaskClient, draft: Path) -> None:
    assert "1 unsettled pair of passages" in text_of(editor, "/")
    tree = page(editor, ADDRESS)
    row = one(tree, ".pair-row")
    assert [said(each) for each in select(row, "ins")] == ["(added: prohibit)"]
    before = draft.read_text(encoding="utf-8")
    form = {**fields(tree, f"{ADDRESS}/pairs"), "answer": "yes"}
    assert editor.post(f"{ADDRESS}/pairs", headers=OWN, data=form).status_code == 303
    assert draft.read_text(encoding="utf-8") == before.replace("old-3 = p3 ? old", "old-3 = p3 yes old")
    assert read_pairs(draft)[0][0].answer == "yes"
    assert "unsettled" not in text_of(editor, "/")
    assert "Undo: Decided whether p3 is old-3" in text_of(editor, ADDRESS)


@pytest.mark.parametrize(
    ("values", "status"),
    [({"answer": "perhaps"}, 400), ({"answer": ""}, 400), ({"old": "p9"}, 422), ({"new": ".*"}, 422)],
)
def test_a_pair_that_is_not_there_or_another_answer_is_refused(
    editor: FlaskClient, draft: Path, values: dict[str, str], status: int
) -> None:
    before = draft.read_bytes()
    form = {**fields(page(editor, ADDRESS), f"{ADDRESS}/pairs"), "answer": "no", **values}
    refused = editor.post(f"{ADDRESS}/pairs", headers=OWN, data=form)
    assert refused.status_code == status
    assert tree_of(refused) is not None
    assert draft.read_bytes() == before
