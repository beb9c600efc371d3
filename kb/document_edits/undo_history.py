"""The states of a document after each edit, kept in `.kb-desk/` in its content folder for undo.

A state is kept as pieces by their SHA-256: the Markdown, the lines of the extract, and its spans. Pieces that
several states share are kept once. The folder can be deleted at any time; only the history is lost.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from kb.document_edits.document_state import DocumentState
from kb.files.durable import make_folder, remove, remove_folder, write_synced
from kb.files.reading import read_regular
from kb.messages import Message

__all__ = ["DESK_FOLDER", "MAX_STEPS", "Step", "UndoHistory"]

DESK_FOLDER = ".kb-desk"
MAX_STEPS = 200
"""How many steps are kept of each document; the oldest go first."""

MAX_HISTORY_BYTES = 1_000_000
_SPANS = b'\n{"passage"'
_FIRST_SEEN, _ELSEWHERE = Message("edit-first-seen"), Message("edit-elsewhere")


@dataclass(frozen=True, slots=True)
class Step:
    """A state, the edit that led to it, and the pieces that it is made of."""

    code: str
    message: Message
    pieces: tuple[str, ...]


@dataclass(slots=True)
class UndoHistory:
    """The states of one document, oldest first; `at` is the present one, and those behind it were undone."""

    folder: Path
    name: str
    steps: list[Step] = field(default_factory=list)
    at: int = -1

    @classmethod
    def read(cls, folder: Path, name: str) -> UndoHistory:
        """The history of a document in a content folder; a damaged history is started afresh."""
        history = cls(folder / DESK_FOLDER, name)
        with suppress(OSError, ValueError, KeyError, TypeError):
            given = json.loads(read_regular(history._file, MAX_HISTORY_BYTES))
            steps = [
                Step(one["code"], Message.from_json(one["message"]), tuple(one["pieces"]))
                for one in given["steps"]
            ]
            if 0 <= given["at"] < len(steps):
                history.steps, history.at = steps, given["at"]
        return history

    @property
    def undoable(self) -> Message | None:
        """The edit that would be undone."""
        return self.steps[self.at].message if self.at > 0 else None

    @property
    def redoable(self) -> Message | None:
        """The edit that would be made again."""
        return self.steps[self.at + 1].message if self.at + 1 < len(self.steps) else None

    def observe(self, state: DocumentState) -> None:
        """Notes the state on disk; if no edit here led to it, it was made elsewhere and becomes a step."""
        if self.at < 0 or self.steps[self.at].code != state.code:
            self.record(state, _FIRST_SEEN if self.at < 0 else _ELSEWHERE)

    def record(self, state: DocumentState, message: Message) -> None:
        """Adds a state after the present one; anything undone is forgotten."""
        pieces = _pieces(state)
        for piece in pieces:
            self._keep(piece)
        self.steps[self.at + 1 :] = [Step(state.code, message, tuple(map(_name, pieces)))]
        self.steps[:-MAX_STEPS] = []
        self.at = len(self.steps) - 1
        self._write()
        self._clear_away()

    def state(self, at: int) -> DocumentState | None:
        """A state by its index; None if there is none, or if what was kept of it is damaged."""
        if not 0 <= at < len(self.steps):
            return None
        step = self.steps[at]
        try:
            markdown, *extract = map(self._piece, step.pieces)
        except (OSError, ValueError, zlib.error):
            return None
        state = DocumentState(markdown, b"".join(extract) if extract else None)
        return state if state.code == step.code else None

    def with_code(self, code: str) -> DocumentState | None:
        """The last state that has this code."""
        places = (at for at in reversed(range(len(self.steps))) if self.steps[at].code == code)
        return self.state(next(places, -1))

    def move(self, at: int) -> None:
        """Makes another state the present one, after it has been written."""
        self.at = at
        self._write()

    def rename(self, name: str) -> None:
        """Gives the history to a document that moved, replacing any history of that name."""
        old_file, old_pieces = self._file, self._path("")
        self.name = name
        remove_folder(self._path(""))
        if old_file.exists() and old_pieces.exists():
            old_pieces.rename(self._path(""))
            old_file.replace(self._file)

    @property
    def _file(self) -> Path:
        return self.folder / f"{self.name}.json"

    def _write(self) -> None:
        steps = [
            {"code": one.code, "message": one.message.to_json(), "pieces": one.pieces} for one in self.steps
        ]
        write_synced(self._file, json.dumps({"at": self.at, "steps": steps}).encode())

    def _keep(self, piece: bytes) -> None:
        path = self._path(_name(piece))
        if not path.exists():
            if not self.folder.is_dir():
                make_folder(self.folder)
                (self.folder / ".gitignore").write_text("*\n", encoding="utf-8")
            make_folder(path.parent)
            write_synced(path, zlib.compress(piece))

    def _piece(self, name: str) -> bytes:
        return zlib.decompress(read_regular(self._path(name)))

    def _clear_away(self) -> None:
        """Removes the pieces of states that were forgotten."""
        named = {piece for step in self.steps for piece in step.pieces}
        for path in self._path("").iterdir():
            if path.name not in named:
                remove(path)

    def _path(self, name: str) -> Path:
        return self.folder / f"{self.name}.pieces" / name


def _pieces(state: DocumentState) -> Sequence[bytes]:
    """The Markdown; then, if there is an extract, its lines and its spans, which change independently."""
    if state.extract is None:
        return (state.markdown,)
    at = state.extract.find(_SPANS) + 1
    return state.markdown, state.extract[:at], state.extract[at:]


def _name(piece: bytes) -> str:
    return hashlib.sha256(piece).hexdigest()
