"""Writing a collection in the interchange form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from kb.curated.site_file import SITE_FILE, write_site
from kb.curated.thesaurus_file import THESAURUS_FILE, shipped_thesaurus, write_thesaurus
from kb.files.durable import create
from kb.formats.json.lines import dump_lines
from kb.formats.json.objects import JsonObject
from kb.interchange.instrument_records import instrument_record
from kb.model import Collection, Document, Passage, Thesaurus
from kb.site import Site
from kb.sources.person_name import PersonName, name_fields, name_text

__all__ = ["INTERCHANGE_FILES", "write_interchange"]

INTERCHANGE_FILES = ("themes", "documents", "passages", "instruments", "withdrawn", "moves", "published")
"""The files of the interchange form, each `.jsonl` or `.jsonl.gz`, in the order they are read."""


_NOT_WRITTEN = ("path", "line", "suggested")


def write_interchange(collection: Collection, folder: Path) -> None:
    """Write a collection that reads back the same, without source files and ledgers.

    Files of an earlier export are replaced, and gzipped ones removed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written: Mapping[str, Iterable[JsonObject]] = {
        "themes": map(_bare, collection.themes),
        "documents": map(_document, collection.documents),
        "passages": map(_kept, collection.all_passages()),
        "instruments": map(instrument_record, collection.instruments.values()),
        "withdrawn": map(_bare, collection.withdrawn),
        "moves": map(_bare, collection.moves),
        "published": (_bare(one) for texts in collection.published.values() for one in texts),
    }
    for name in INTERCHANGE_FILES:
        with create(folder / f"{name}.jsonl") as file:
            file.writelines(map(str.encode, dump_lines(written[name])))
        (folder / f"{name}.jsonl.gz").unlink(missing_ok=True)
    _write_thesaurus(collection.thesaurus, folder / THESAURUS_FILE)
    _write_site(collection.site, folder / SITE_FILE)


def _write_thesaurus(thesaurus: Thesaurus, path: Path) -> None:
    """A collection that uses the shipped thesaurus gets none: its reader falls back on it, too."""
    path.unlink(missing_ok=True)
    if thesaurus != replace(shipped_thesaurus(), instruments={}):
        write_thesaurus(thesaurus, path)


def _write_site(site: Site, path: Path) -> None:
    path.unlink(missing_ok=True)
    if site != Site():
        write_site(site, path)


def _document(document: Document) -> JsonObject:
    names = {"authors": document.authors, "editors": document.editors}
    written = {key: [_name(name) for name in value] for key, value in names.items() if value}
    dates = {"note_dates": dict(document.note_dates)} if document.note_dates else {}
    return {**_kept(document), **written, **dates}


def _name(name: PersonName) -> str | JsonObject:
    return name_text(name) or name_fields(name)


def _kept(one: Document | Passage) -> JsonObject:
    """The fields, with further keys put back among them."""
    bare = {key: value for key, value in _bare(one).items() if key != "further"}
    return bare | dict(one.further)


def _bare(one: Any) -> dict[str, Any]:
    """The fields with a value, except where an object was read and what an editor has yet to accept."""
    pairs = asdict(one).items()
    return {key: value for key, value in pairs if value not in ("", (), None) and key not in _NOT_WRITTEN}
