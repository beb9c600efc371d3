"""Carries out edits: only on what the editor saw, under the folder's lock, and so that they can be undone."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from kb.document_edits.document_state import ChangedMeanwhile, DocumentFiles, DocumentState, EditRefused
from kb.document_edits.open_document import OpenDocument, open_document
from kb.document_edits.undo_history import UndoHistory
from kb.editing.lock import editing
from kb.messages import Message

__all__ = ["DocumentEditor"]

_one_at_a_time = Lock()


@dataclass(frozen=True, slots=True)
class DocumentEditor:
    """Edits one document of a content folder; `name` is that of its history."""

    folder: Path
    files: DocumentFiles
    name: str

    def opened(self) -> tuple[OpenDocument, UndoHistory]:
        """The document as it is now, and its history up to now. Raises OSError."""
        with _one_at_a_time:
            state = self.files.read()
            history = UndoHistory.read(self.folder, self.name)
            with suppress(OSError):  # a folder that cannot be written to can still be read
                history.observe(state)
        return open_document(state, self.files.markdown, self.files.extract), history

    def apply(self, code: str, message: Message, edit: Callable[[OpenDocument], DocumentState]) -> None:
        """Makes an edit to the document in the state with this code.

        Raises ChangedMeanwhile if its state is another by now, EditRefused, CollectionBusy, and OSError.
        """
        opened, history = self._expected(code)
        new = edit(opened)
        if new.code == opened.state.code:
            return
        with _one_at_a_time, editing(self.folder):
            self.files.write(new, opened.state)
            history.record(new, message)

    def undo(self, code: str) -> None:
        """Puts back what was there before the last edit. Raises as `apply` does."""
        self._move(code, -1)

    def redo(self, code: str) -> None:
        """Redoes the last edit that was undone. Raises as `apply` does."""
        self._move(code, 1)

    def _move(self, code: str, steps: int) -> None:
        opened, history = self._expected(code)
        there = history.at + steps
        new = history.state(there)
        if new is None:
            raise EditRefused(Message("edit-no-such-step"))
        with _one_at_a_time, editing(self.folder):
            self.files.write(new, opened.state)
            history.move(there)

    def _expected(self, code: str) -> tuple[OpenDocument, UndoHistory]:
        opened, history = self.opened()
        if opened.state.code != code:
            raise ChangedMeanwhile(opened.state)
        return opened, history
