"""Edits apply to what the editor saw, and are undone to the byte."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.collection.loader import read_collection
from kb.document_edits import undo_history
from kb.document_edits.document_state import ChangedMeanwhile, DocumentFiles, EditRefused
from kb.document_edits.editor import DocumentEditor
from kb.document_edits.passage_edits import PassageEdits
from kb.document_edits.undo_history import UndoHistory
from kb.messages import Message
from tests.kb.document_edits.sample_draft import SLUG, draft_folder
from tests.kb.document_edits.test_passage_edits import random_edit

DONE = Message("edit-changed", id="p1")


@pytest.fixture
def editor(tmp_path: Path) -> DocumentEditor:
    return editor_of(draft_folder(tmp_path / "ours"))


def editor_of(folder: Path) -> DocumentEditor:
    return DocumentEditor(folder, DocumentFiles.of(folder, folder / f"drafts/{SLUG}.md"), SLUG)


def code(editor: DocumentEditor) -> str:
    return editor.opened()[0].state.code


def relocate(editor: DocumentEditor, locator: str) -> None:
    editor.apply(code(editor), DONE, lambda open_: PassageEdits(open_).change("p1", locator=locator))


def by_hand(editor: DocumentEditor, old: str, new: str) -> None:
    path = editor.files.markdown
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def test_an_edit_of_a_file_that_was_changed_meanwhile_writes_nothing(editor: DocumentEditor) -> None:
    seen = code(editor)
    by_hand(editor, "para 4", "para 4 bis")
    now = editor.files.read()
    with pytest.raises(ChangedMeanwhile):
        editor.apply(seen, DONE, lambda open_: PassageEdits(open_).merge("p1"))
    with pytest.raises(ChangedMeanwhile):
        editor.undo(seen)
    assert editor.files.read() == now


def test_a_file_changed_between_reading_and_writing_is_not_overwritten(editor: DocumentEditor) -> None:
    before = editor.files.read()
    new = PassageEdits(editor.opened()[0]).merge("p1")
    by_hand(editor, "para 4", "para 4 bis")
    with pytest.raises(ChangedMeanwhile):
        editor.files.write(new, before)
    assert b"para 4 bis" in editor.files.read().markdown


def test_a_change_by_hand_is_a_step_that_can_be_undone_and_made_again(editor: DocumentEditor) -> None:
    first = editor.files.read()
    relocate(editor, "para 7")
    by_hand(editor, "para 4", "para 4 bis")
    changed = editor.files.read()
    assert editor.opened()[1].undoable == Message("edit-elsewhere")
    editor.undo(code(editor))
    assert b"para 7" in editor.files.read().markdown
    editor.undo(code(editor))
    assert editor.files.read() == first
    editor.redo(code(editor))
    editor.redo(code(editor))
    assert editor.files.read() == changed
    with pytest.raises(EditRefused, match="nothing more"):
        editor.redo(code(editor))


def test_a_new_edit_forgets_what_was_undone(editor: DocumentEditor) -> None:
    relocate(editor, "para 7")
    editor.undo(code(editor))
    relocate(editor, "para 8")
    assert editor.opened()[1].redoable is None


def test_the_history_outlives_a_restart_and_is_bounded(
    editor: DocumentEditor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(undo_history, "MAX_STEPS", 4)
    for number in range(8):
        relocate(editor, f"para {number}")
    again = editor_of(editor.folder)
    assert len(again.opened()[1].steps) == 4
    for _ in range(3):
        again.undo(code(again))
    assert b"para 4" in again.files.read().markdown
    with pytest.raises(EditRefused, match="nothing more"):
        again.undo(code(again))
    kept = list((editor.folder / ".kb-desk").rglob("*.pieces/*"))
    assert len(kept) == 6  # four of Markdown, the lines of the extract, its spans


@pytest.mark.parametrize("damage", [b"", b"{", b'{"at": 9, "steps": []}', b"[]", b"\xff"])
def test_a_damaged_history_is_begun_anew(editor: DocumentEditor, damage: bytes) -> None:
    relocate(editor, "para 7")
    (editor.folder / f".kb-desk/{SLUG}.json").write_bytes(damage)
    assert editor.opened()[1].undoable is None
    relocate(editor, "para 8")
    assert editor.opened()[1].undoable == DONE


def test_a_damaged_state_is_never_put_back(editor: DocumentEditor) -> None:
    relocate(editor, "para 7")
    now = editor.files.read()
    for piece in (editor.folder / ".kb-desk").rglob("*.pieces/*"):
        piece.write_bytes(b"damaged")
    with pytest.raises(EditRefused, match="nothing more"):
        editor.undo(code(editor))
    assert editor.files.read() == now


def test_a_build_does_not_look_into_the_history(editor: DocumentEditor) -> None:
    editor.files.markdown.rename(editor.folder / "drafts/gone.md")
    (editor.folder / "drafts/gone.md").rename(editor.files.markdown)
    before = read_collection([editor.folder])
    relocate(editor, "para 7")
    assert read_collection([editor.folder]) == before
    assert (editor.folder / ".kb-desk/.gitignore").read_text(encoding="utf-8") == "*\n"


@given(seed=st.integers(0, 10**9), length=st.integers(1, 6))
def test_undoing_all_gives_the_bytes_of_the_beginning_and_redoing_all_those_of_the_end(
    tmp_path_factory: pytest.TempPathFactory, seed: int, length: int
) -> None:
    editor = editor_of(draft_folder(tmp_path_factory.mktemp("undo") / "ours"))
    chance = random.Random(seed)  # noqa: S311
    states = [editor.files.read()]
    for _ in range(length):
        try:
            editor.apply(states[-1].code, DONE, lambda open_: random_edit(PassageEdits(open_), chance))
        except EditRefused:
            continue
        if (now := editor.files.read()) != states[-1]:
            states.append(now)
    for state in reversed(states[:-1]):
        editor.undo(editor.files.read().code)
        assert editor.files.read() == state
    for state in states[1:]:
        editor.redo(editor.files.read().code)
        assert editor.files.read() == state
    assert UndoHistory.read(editor.folder, SLUG).redoable is None
