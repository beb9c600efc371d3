"""Whether a document is true to its source file: the file's checksum, the passages' words."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from kb.errors import Fault
from kb.formats.front_matter import line_of
from kb.model import Document, Passage
from kb.text.source_match import around, departure, difference, nearest, occurs

__all__ = ["FOLDER", "check"]

FOLDER = "sources"


def check(folder: Path, document: Document, passages: Sequence[Passage], place: Path) -> list[Fault]:
    """Faults of a document against its source; `place` is the file its passages stand in.

    A document in the interchange form may come without its source file; a curated one may not.
    """
    curated = place == document.path
    path = _inside(folder / FOLDER, document.source)
    if path is None:
        remedy = f"give the name of a file in {FOLDER}/"
        return [_fault(document, "source", f"the source is not a file within {FOLDER}/", remedy)]
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        problem = f"there is no source file {FOLDER}/{document.source}"
        return [_fault(document, "source", problem, "add it, or correct its name")] if curated else []
    except OSError as exc:
        return [_fault(document, "source", f"the source cannot be read: {exc.strerror}", "check the file")]
    return [*_checksum(document, data), *_words(document, data, passages, place)]


def _inside(folder: Path, name: str) -> Path | None:
    if "\\" in name or ":" in name or "\0" in name:
        return None
    try:
        path = (folder / name).resolve()
        return path if path.is_relative_to(folder.resolve()) else None
    except (OSError, RuntimeError, ValueError):
        return None


def _fault(document: Document, key: str, problem: str, remedy: str) -> Fault:
    line = line_of(document.path, key) if document.path.suffix == ".md" else document.line
    return Fault(document.path, line, problem, remedy)


def _checksum(document: Document, data: bytes) -> list[Fault]:
    found = hashlib.sha256(data).hexdigest()
    if found == document.sha256:
        return []
    problem = f"the source's checksum is {found}, not {document.sha256}"
    remedy = "restore the source, or enter its new checksum if it was replaced on purpose"
    return [_fault(document, "sha256", problem, remedy)]


def _words(document: Document, data: bytes, passages: Sequence[Passage], place: Path) -> list[Fault]:
    try:
        source = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return [_fault(document, "source", "the source is not text in UTF-8", "give a plain text version")]
    strange = [passage for passage in passages if not occurs(passage.text, source)]
    return [Fault(place, one.line, *_differs(one, source)) for one in strange]


def _differs(passage: Passage, source: str) -> tuple[str, str]:
    words = departure(passage.text, source)
    found = nearest(words, source)
    if not found:
        return f"no word of “{passage.id}” stands in the source", "copy the passage from the source"
    problem = (
        f"“{passage.id}” is not in the words of the source: {_said(*difference(words, found))}; "
        f"nearest in the source: “{around(words, found)}”"
    )
    return problem, "copy the passage from the source exactly"


def _said(ours: str, theirs: str) -> str:
    """The first difference in words, where one of the two sides may have nothing."""
    if not ours:
        return f"“{_short(theirs)}” is missing"
    if not theirs:
        return f"“{_short(ours)}” is not in the source there"
    return f"it has “{_short(ours)}” where the source has “{_short(theirs)}”"


def _short(words: str) -> str:
    return words if len(words) <= 80 else words[:80] + "..."
