"""What of the last build is kept, and what is read again."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from kb.collection.edit import Edit
from kb.collection.file_scan import DOCUMENTS_FOLDER, unescape_name
from kb.collection.incremental.changes import DOCUMENT_LINES, Changes, keeps_lines
from kb.collection.incremental.last_build import LastBuild
from kb.collection.manifest import Manifest
from kb.interchange.line_runs import KnownLines
from kb.model import Document
from kb.permanence.history import History

__all__ = ["plan_edit"]


def plan_edit(changes: Changes, before: LastBuild, touched: frozenset[str]) -> Edit:
    """The edit that reads the files that changed and the `touched` documents, and keeps all others."""
    kept: dict[str, Document] = {}
    files: set[str] = set()
    for folder, looked_at, names in zip(changes.paths, changes.new, changes.names, strict=True):
        place = f"{folder / DOCUMENTS_FOLDER}{os.sep}"
        for name, file in looked_at.items():
            within, _, last = name.partition("/")
            document = before.documents.get(file.document)
            if within != DOCUMENTS_FOLDER:
                continue
            if name in names or document is None:
                files.add(place + unescape_name(last))
            elif document.id not in touched:
                kept[place + unescape_name(last)] = document
    then = History(before.withdrawn, before.moves, before.published)
    lines = _lines(changes, before, touched)
    return Edit(kept, before.passages, frozenset(files), touched, then, before.sources, lines)


def _lines(changes: Changes, before: LastBuild, touched: frozenset[str]) -> Mapping[Path, KnownLines]:
    manifest = before.manifest or Manifest(0, {})
    every = zip(changes.paths, changes.new, changes.names, manifest.folders, strict=True)
    return {
        folder: KnownLines(
            manifest.runs.get(path, ()), touched, before.documents if DOCUMENT_LINES in names else None
        )
        for folder, files, names, path in every
        if keeps_lines(files)
    }
