"""The sources of documents and their extracts, copied into an export."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from kb.collection.loader import Survey
from kb.collection.source_files import SOURCES_FOLDER, extract_of
from kb.files.listing import is_there
from kb.files.reading import open_regular, read_regular
from kb.model import Document

__all__ = ["copy_file", "copy_source", "folders_of_documents"]


def folders_of_documents(survey: Survey) -> Mapping[str, Path]:
    """The content folder of each document."""
    return {id: part.path for part in reversed(survey.folders) for id in part.documents}


def copy_source(document: Document, folder: Path, out: Path) -> bool:
    """Copies a document's source and extract; False if one is missing, or another file has its name."""
    if not document.source:
        return True
    extract = extract_of(folder, document)
    beside = [extract.relative_to(folder).as_posix()] if extract else []
    names = [f"{SOURCES_FOLDER}/{document.source}", *beside]
    if not all(is_there(folder / name) and _is_free(out / name, folder / name) for name in names):
        return False
    for name in names:
        copy_file(folder / name, out / name)
    return True


def _is_free(path: Path, source: Path) -> bool:
    """Whether a file can be copied to this name: nothing has it, or a file with the same bytes."""
    return not is_there(path) or path.read_bytes() == read_regular(source)


def copy_file(source: Path, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with open_regular(source) as file, path.open("wb") as copy:
        shutil.copyfileobj(file, copy)
