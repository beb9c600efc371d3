"""Builds the index: only what changed, and published whole or not at all."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Collection as Names
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex

from index.store import catalogue as catalogues
from index.store.allocation import keep_freed_memory
from index.store.catalogue import Catalogue, Entry
from index.store.fields import SCHEMA
from index.store.inverting import Batch, Indexed
from index.store.last import remember
from index.store.lock import building
from index.store.opening import INDEX, MADE_BY, Opened, name_of, open_to_build_upon
from index.store.processes import written
from index.store.records import write_passage
from index.store.segmentfile import SegmentWriter
from index.store.writer import BulkWriter
from kb.dates import years
from kb.errors import IndexUnusable
from kb.model import Collection, Document, Passage

__all__ = ["Built", "Progress", "build"]

Progress = Callable[[int, int], None]
"""Called with the number of passages indexed and the number to index."""

_BATCH = 8_192
"""Passages that are inverted together: some 100 MB of memory for each process."""


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
    """What the index will hold, the documents to index for it with their records, the serials to forget."""

    entries: tuple[Entry, ...]
    fresh: tuple[tuple[Entry, list[str]], ...]
    stale: frozenset[int]
    next_serial: int
    built: Built


def build(
    collection: Collection,
    folder: Path,
    progress: Progress = lambda done, total: None,
    *,
    unchanged: Names[str] = (),
    since: str = "",
    manifest: Any = None,
) -> Built:
    """Brings the index in `folder` to the state of the collection and publishes it as one generation.

    Documents named in `unchanged` are as they were in the generation `since` and are not looked at;
    `manifest` are plain values kept beside the index for whoever builds next. Raises IndexBusy when
    another process builds there, IndexUnusable when the folder cannot be written.
    """
    keep_freed_memory()
    try:
        with building(folder):
            opened = open_to_build_upon(folder)
            same = unchanged if opened and opened.name == since else ()
            generation, built = _build(collection, folder, progress, opened, same)
            if manifest is not None:
                remember(folder, generation, manifest)
            return built
    except OSError as exc:
        raise IndexUnusable(
            f"{folder}: the index cannot be written ({exc.strerror or exc}); free the folder"
        ) from exc


def _build(
    collection: Collection, folder: Path, progress: Progress, opened: Opened | None, unchanged: Names[str]
) -> tuple[str, Built]:
    """What was built, and the name of the generation that holds it."""
    _sweep(folder)
    before = opened.catalogue if opened else None
    plan = _plan(collection, before, unchanged)
    if opened and before and before.content == catalogues.content(collection, plan.entries, MADE_BY):
        return opened.name, replace(plan.built, published=False)
    writer = BulkWriter(_index(folder, anew=before is None), anew=before is None)
    try:
        writer.delete_serials(plan.stale)
        total = sum(len(records) for _, records in plan.fresh)
        files = list(_files(plan, collection, folder / f"{INDEX}.tmp", total, progress))
        now = datetime.now(UTC).isoformat(timespec="seconds")

        def finish(file: SegmentWriter) -> None:
            file.facts["made_by"] = MADE_BY
            catalogues.write(file, collection, plan.entries, MADE_BY, now, plan.next_serial)

        writer.publish(files, finish)
    except BaseException:
        writer.cancel()
        raise
    return name_of(writer.generation, writer.newsegment), plan.built


def _sweep(folder: Path) -> None:
    """Removes what a killed build left behind; Whoosh itself removes orphaned segments when it commits."""
    shutil.rmtree(folder / f"{INDEX}.tmp", ignore_errors=True)
    for leftover in folder.glob(f"_{INDEX}_*.toc.*"):
        leftover.unlink(missing_ok=True)


def _plan(collection: Collection, before: Catalogue | None, unchanged: Names[str]) -> _Plan:
    known = _entries(before) if before else {}
    serial = before.next_serial if before else 0
    titles = _subpoint_titles(collection)
    entries: list[Entry] = []
    fresh: list[tuple[Entry, list[str]]] = []
    for document in collection.documents:
        old = known.get(document.id)
        if old and document.id in unchanged:
            entries.append(replace(old, document=document))
            continue
        passages = collection.passages.get(document.id, ())
        records = list(map(write_passage, passages))
        digest = _digest(document, passages, records, titles)
        if old and old.digest == digest:
            entries.append(replace(old, document=document))
            continue
        entries.append(Entry(document, serial, digest, len(passages)))
        fresh.append((entries[-1], records))
        serial += 1
    kept = {entry.serial for entry in entries}
    stale = frozenset(entry.serial for entry in known.values() if entry.serial not in kept)
    return _Plan(tuple(entries), tuple(fresh), stale, serial, _counts(known, entries, unchanged, before))


def _entries(before: Catalogue) -> dict[str, Entry]:
    """What the last build knew of each document; its metadata is left out."""
    numbers = zip(before.serials.tolist(), before.sizes.tolist(), strict=True)
    return {
        name: Entry(_NOBODY, serial, before.digests[name], size)
        for name, (serial, size) in zip(before.documents, numbers, strict=True)
    }


_NOBODY = Document("", "")


def _counts(
    known: Mapping[str, Entry], entries: Sequence[Entry], unchanged: Names[str], before: Catalogue | None
) -> Built:
    old = [entry for entry in entries if before and entry.document.id in known]
    same = sum(
        entry.document.id in unchanged
        or (
            known[entry.document.id].serial == entry.serial
            and before is not None
            and before.documents[entry.document.id] == entry.document
        )
        for entry in old
    )
    return Built(
        added=len(entries) - len(old),
        changed=len(old) - same,
        removed=len(known) - len(old),
        unchanged=same,
        passages=sum(entry.passages for entry in entries),
        published=True,
    )


def _subpoint_titles(collection: Collection) -> dict[str, str]:
    return {
        f"{theme.slug}/{subpoint.slug}": subpoint.title
        for theme in collection.themes
        for subpoint in theme.subpoints
    }


def _digest(
    document: Document, passages: Sequence[Passage], records: Sequence[str], titles: Mapping[str, str]
) -> str:
    """What the indexed form of a document depends on; other metadata lives in the catalogue alone."""
    digest = hashlib.sha256()
    named = (titles[theme] for passage in passages for theme in passage.themes if theme in titles)
    for part in (MADE_BY, document.id, document.kind, document.date, *named, *records):
        digest.update(part.encode())
        digest.update(b"\0")
    return digest.hexdigest()


def _index(folder: Path, *, anew: bool) -> FileIndex:
    """The index to write to: an unreadable or foreign one is replaced by its next generation."""
    storage = FileStorage(str(folder))
    if anew:
        try:
            return FileIndex(storage, schema=SCHEMA)
        except Exception:  # Whoosh raises whatever its unpickling meets; the index is made anew
            return FileIndex.create(storage, SCHEMA)
    return FileIndex(storage, schema=SCHEMA)


def _files(
    plan: _Plan, collection: Collection, folder: Path, total: int, progress: Progress
) -> Iterator[Path]:
    """The segment files of what is to be indexed; one without passages where there is nothing."""
    folder.mkdir(exist_ok=True)
    done = 0
    for path, passages in written(_batches(plan.fresh, collection), folder, total):
        done += passages
        if passages:
            progress(done, total)
        yield path


def _batches(fresh: Sequence[tuple[Entry, list[str]]], collection: Collection) -> Iterator[Batch]:
    titles = _subpoint_titles(collection)
    batch: list[Indexed] = []
    for entry, records in fresh:
        passages = collection.passages.get(entry.document.id, ())
        for one in _indexed(entry, passages, records, titles):
            batch.append(one)
            if len(batch) == _BATCH:
                yield batch
                batch = []
    yield batch


def _indexed(
    entry: Entry, passages: Sequence[Passage], records: Sequence[str], titles: Mapping[str, str]
) -> Iterator[Indexed]:
    document = entry.document
    dated = tuple(str(year) for year in years(document.date))
    for ordinal, (passage, record) in enumerate(zip(passages, records, strict=True)):
        named = (titles[theme] for theme in passage.themes if theme in titles)
        yield Indexed(
            serial=entry.serial,
            ordinal=ordinal,
            address=passage.address,
            document=document.id,
            kind=document.kind,
            years=dated,
            themes=passage.themes,
            text=passage.text,
            pieces=(passage.heading, passage.locator, *named),
            record=record,
        )
