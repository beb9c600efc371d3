"""Builds the index: only what changed, and published whole or not at all."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex
from whoosh.writing import CLEAR, MERGE_SMALL, OPTIMIZE, SegmentWriter

from index.analysis import VERSION
from index.store.fields import SCHEMA, form_positions, stem_counts
from index.store.lock import building
from index.store.opening import CATALOGUE, open_catalogue
from index.store.records import FORMAT, Catalogue, Entry, catalogue_of, write_catalogue, write_passage
from kb.dates import years
from kb.errors import IndexUnusable
from kb.model import Collection, Document, Passage

__all__ = ["Built", "Progress", "build"]

Progress = Callable[[int, int], None]
"""Called with the number of passages indexed and the number to index."""

_MEMORY_MB = 256
"""Memory for postings before Whoosh sorts them on disk."""

MADE_BY = f"{FORMAT}.{VERSION}"
"""What of the program a document's indexed form depends on."""

_SMALL = 5_000
_MOST_DELETED = 0.1
"""Whoosh counts deleted passages in its statistics until their segment is rewritten: a small index
is rewritten at every build, a larger one when a tenth of it is deleted."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did, in documents; `passages` is how many the collection has now."""

    added: int
    changed: int
    removed: int
    unchanged: int
    passages: int
    published: bool


@dataclass(frozen=True, slots=True)
class _Plan:
    """Documents to index, serials to forget, and the catalogue that results."""

    fresh: tuple[tuple[Entry, tuple[Passage, ...], list[str]], ...]
    stale: tuple[int, ...]
    catalogue: Catalogue
    built: Built


def build(collection: Collection, folder: Path, progress: Progress = lambda done, total: None) -> Built:
    """Brings the index in `folder` to the state of the collection and publishes it as one generation.

    Raises IndexBusy when another process builds there, IndexUnusable when the folder cannot be written.
    """
    try:
        with building(folder):
            return _build(collection, folder, progress)
    except OSError as exc:
        raise IndexUnusable(
            f"{folder}: the index cannot be written ({exc.strerror or exc}); free the folder"
        ) from exc


def _build(collection: Collection, folder: Path, progress: Progress) -> Built:
    _sweep(folder)
    before = open_catalogue(folder)
    plan = _plan(collection, before)
    if before and plan.catalogue.same_content(before):
        return replace(plan.built, published=False)
    _publish(plan, collection, folder, clear=before is None, progress=progress)
    return plan.built


def _sweep(folder: Path) -> None:
    """Removes what a killed build left behind; Whoosh itself removes orphaned segments when it commits."""
    shutil.rmtree(folder / "MAIN.tmp", ignore_errors=True)
    for leftover in folder.glob("_MAIN_*.toc.*"):
        leftover.unlink(missing_ok=True)


def _plan(collection: Collection, before: Catalogue | None) -> _Plan:
    known = {entry.document.id: entry for entry in before.entries} if before else {}
    serial = before.next_serial if before else 0
    titles = _subpoint_titles(collection)
    entries: list[Entry] = []
    fresh: list[tuple[Entry, tuple[Passage, ...], list[str]]] = []
    for document in collection.documents:
        passages = collection.passages.get(document.id, ())
        records = [write_passage(passage) for passage in passages]
        digest = _digest(document, records, _titles_in(passages, titles))
        old = known.get(document.id)
        if old and old.digest == digest:
            entries.append(replace(old, document=document))
            continue
        entry = Entry(document, serial, digest, len(passages))
        serial += 1
        entries.append(entry)
        fresh.append((entry, passages, records))
    kept = {entry.serial for entry in entries}
    stale = tuple(entry.serial for entry in known.values() if entry.serial not in kept)
    built = _counts(known, entries)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return _Plan(tuple(fresh), stale, catalogue_of(collection, tuple(entries), serial, now), built)


def _counts(known: Mapping[str, Entry], entries: Sequence[Entry]) -> Built:
    same = sum(_same(known.get(entry.document.id), entry) for entry in entries)
    old = sum(entry.document.id in known for entry in entries)
    return Built(
        added=len(entries) - old,
        changed=old - same,
        removed=len(known) - old,
        unchanged=same,
        passages=sum(entry.passages for entry in entries),
        published=True,
    )


def _same(old: Entry | None, new: Entry) -> bool:
    return old is not None and old.digest == new.digest and old.document == new.document


def _subpoint_titles(collection: Collection) -> dict[str, str]:
    return {
        f"{theme.slug}/{subpoint.slug}": subpoint.title
        for theme in collection.themes
        for subpoint in theme.subpoints
    }


def _titles_in(passages: Sequence[Passage], titles: dict[str, str]) -> list[str]:
    return [titles[theme] for passage in passages for theme in passage.themes if theme in titles]


def _digest(document: Document, records: Sequence[str], titles: Sequence[str]) -> str:
    """What the indexed form of a document depends on; other metadata lives in the catalogue alone."""
    digest = hashlib.sha256()
    for part in (MADE_BY, document.id, document.kind, document.date, *titles, *records):
        digest.update(part.encode())
        digest.update(b"\0")
    return digest.hexdigest()


def _publish(plan: _Plan, collection: Collection, folder: Path, *, clear: bool, progress: Progress) -> None:
    index = _index(folder, clear=clear)
    writer = index.writer(limitmb=_MEMORY_MB)
    try:
        for serial in plan.stale:
            writer.delete_by_term("address", _serial_label(serial))
        writer.delete_by_term("catalogue", CATALOGUE)
        total = sum(len(passages) for _, passages, _ in plan.fresh)
        titles = _subpoint_titles(collection)
        for done, fields in enumerate(_passage_fields(plan, titles), start=1):
            writer.add_document(**fields)
            progress(done, total)
        writer.add_document(catalogue=[CATALOGUE], record=write_catalogue(plan.catalogue))
    except BaseException:
        writer.cancel()
        raise
    writer.commit(mergetype=CLEAR if clear else _merge(writer, plan))


def _merge(writer: SegmentWriter, plan: _Plan) -> Any:
    passages = plan.built.passages
    worth = passages <= _SMALL or writer.deleted_count() > _MOST_DELETED * passages
    return OPTIMIZE if worth else MERGE_SMALL


def _index(folder: Path, *, clear: bool) -> FileIndex:
    """The index to write to: an unreadable or foreign one is replaced by its next generation."""
    storage = FileStorage(str(folder))
    if clear:
        try:
            return FileIndex(storage, schema=SCHEMA)
        except Exception:  # Whoosh raises whatever its unpickling meets; the index is made anew
            return FileIndex.create(storage, SCHEMA)
    return FileIndex(storage, schema=SCHEMA)


def _serial_label(serial: int) -> str:
    return f"#{serial}"


def _passage_fields(plan: _Plan, titles: dict[str, str]) -> Iterator[dict[str, Any]]:
    for entry, passages, records in plan.fresh:
        labels = {
            "document": [entry.document.id],
            "kind": [entry.document.kind] if entry.document.kind else [],
            "year": [str(year) for year in years(entry.document.date)],
        }
        for ordinal, (passage, record) in enumerate(zip(passages, records, strict=True)):
            yield (
                labels
                | {
                    "address": [passage.address, _serial_label(entry.serial)],
                    "serial": entry.serial,
                    "ordinal": ordinal,
                    "theme": passage.themes,
                    "record": record,
                }
                | _text_fields(passage, titles)
            )


def _text_fields(passage: Passage, titles: dict[str, str]) -> dict[str, Any]:
    text, text_end = form_positions([passage.text])
    pieces = [passage.heading, passage.locator, *(titles[t] for t in passage.themes if t in titles)]
    heading, heading_end = form_positions(dict.fromkeys(pieces))
    return {
        "text": text,
        "text_end": text_end,
        "stem": stem_counts(text),
        "heading": heading,
        "heading_end": heading_end,
        "heading_stem": stem_counts(heading),
    }
