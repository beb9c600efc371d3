"""Builds the index: indexes only what changed, and publishes everything or nothing."""

from __future__ import annotations

from collections.abc import Collection as Names
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Any

from index.engine import Built, Progress
from index.engines.processes.pool import BuildProcesses
from index.engines.whoosh.generation import MADE_BY, OpenGeneration, open_verified
from index.engines.whoosh.indexing.batches.batching import Batches, indexed_document
from index.engines.whoosh.indexing.batches.inverter import Batch, IndexedDocument
from index.engines.whoosh.indexing.batches.worker_pool import segment_processes, write_segments
from index.engines.whoosh.indexing.build_lock import building
from index.engines.whoosh.indexing.early_indexer import NOTHING_INDEXED, EarlyIndexer, Indexed
from index.engines.whoosh.indexing.last_build import save_manifest
from index.engines.whoosh.indexing.plan import Plan
from index.engines.whoosh.indexing.publication import publish
from index.engines.whoosh.indexing.sweep import (
    BATCHES,
    next_number,
    sweep,
    sweep_leftovers,
    sweep_sources,
)
from index.engines.whoosh.malloc import keep_freed_memory
from index.engines.whoosh.segment.catalogue_writer import CatalogueEntry, content_digest, write_catalogue
from index.engines.whoosh.segment.writer import SegmentWriter
from index.english import ENGLISH
from kb.errors import IndexUnusable
from kb.files.durable import remove_folder
from kb.interchange.passage_shelf import count
from kb.kept_sources.store import SourceStore
from kb.messages import Message
from kb.model import Collection
from kb.tags import ThemeNames

__all__ = ["BegunBuild", "begin", "build"]


Fresh = tuple[CatalogueEntry, list[str]]
"""A document to index, with its records."""


@dataclass(frozen=True, slots=True)
class BegunBuild:
    """A build that holds its folder: the generation before it, its processes, and what indexes meanwhile.

    `early` is None where it would save nothing.
    """

    before: OpenGeneration | None
    processes: BuildProcesses
    early: EarlyIndexer | None


@contextmanager
def begin(
    folder: Path, verified: OpenGeneration | None, from_scratch: bool, passages: int = 0
) -> Iterator[BegunBuild]:
    """Holds the index in `folder` for one build; starts its processes if so many passages are expected.

    What is `verified` is not verified again. Raises as `build` does.
    """
    batches = folder / BATCHES
    with ExitStack() as held:
        with _told(folder):
            held.enter_context(building(folder))
            before = open_verified(folder, verified)
            sweep_leftovers(folder, before.contents if before else None)
            batches.mkdir(exist_ok=True)
        held.callback(remove_folder, batches)
        workers = held.enter_context(segment_processes())
        workers.expect(passages)
        is_early = workers.started and (from_scratch or before is None)
        yield BegunBuild(before, workers, EarlyIndexer(workers, batches) if is_early else None)


def build(
    collection: Collection,
    folder: Path,
    progress: Progress = lambda done, total: None,
    *,
    unchanged: Names[str] = (),
    since: str = "",
    manifest: Any = None,
    from_scratch: bool = False,
    verified: OpenGeneration | None = None,
    begun: BegunBuild | None = None,
) -> Built:
    """Updates the index in `folder` to match the collection; see `index.engine.Builder.build`.

    With `from_scratch` everything is indexed again, whatever the index holds.
    """
    keep_freed_memory()
    with nullcontext(begun) if begun else begin(folder, verified, from_scratch) as held, _told(folder):
        base = None if from_scratch else held.before
        same = unchanged if base and base.name == since else ()
        generation, built = _build(held, collection, folder, progress, base, same)
        if manifest is not None:
            save_manifest(folder, generation, manifest)
        sweep_sources(folder)
        return built


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    """Raises IndexUnusable, naming the index, for an OSError."""
    try:
        yield
    except OSError as exc:
        raise IndexUnusable(
            Message("index-not-writable", folder=str(folder), reason=exc.strerror or str(exc)), ENGLISH
        ) from exc


def _build(
    held: BegunBuild,
    collection: Collection,
    folder: Path,
    progress: Progress,
    base: OpenGeneration | None,
    unchanged: Names[str],
) -> tuple[str, Built]:
    """The name of the resulting generation, and what was built; the one before is kept beside it."""
    workers, previous = held.processes, held.before
    indexed = held.early.indexed(collection) if held.early else NOTHING_INDEXED
    made = Plan(collection, base.catalogue if base else None, unchanged, indexed.entries)
    fresh: Iterable[Fresh] = made.fresh()
    if base:
        fresh = list(fresh)
        if base.catalogue.content == content_digest(collection, made.entries, MADE_BY):
            return base.name, replace(made.built, published=False)
        total = sum(len(records) for _, records in fresh)
    else:
        total = count(collection.passages)
    kept = previous.contents if previous else None
    try:
        workers.expect(total)
        batches = _batches(fresh, collection, indexed)
        written = chain(
            indexed.files, write_segments(workers, batches, folder / BATCHES, indexed.next_number)
        )
        files = list(_noted(written, total, progress))
        workers.no_more()
        content = content_digest(collection, made.entries, MADE_BY)
        now = datetime.now(UTC).isoformat(timespec="seconds")

        def finish(file: SegmentWriter) -> None:
            write_catalogue(file, collection, made.entries, content, now, made.next_serial)

        SourceStore(folder).put(file for one in collection.sources.values() for file in one.files())
        contents = publish(folder, next_number(folder), MADE_BY, base, made.stale, files, finish)
    except BaseException:
        sweep_leftovers(folder, kept)
        raise
    sweep(folder, [contents, *([kept] if kept else [])])
    return contents.name, made.built


def _noted(files: Iterable[tuple[Path, int]], total: int, progress: Progress) -> Iterator[Path]:
    """The files, each reported as progress once it is written."""
    done = 0
    for path, passages in files:
        done += passages
        if passages:
            progress(done, total)
        yield path


def _batches(fresh: Iterable[Fresh], collection: Collection, indexed: Indexed) -> Iterator[Batch]:
    """The passages that are not indexed yet; a single empty batch if there are none at all."""
    titles = ThemeNames.of(collection.themes).subpoint_titles
    batches = Batches()
    documents = (indexed_document(one.serial, one.document, records, titles) for one, records in fresh)
    yield from batches.full(_behind(documents, indexed.begun))
    rest = batches.rest()
    if rest or not indexed.next_number:
        yield rest


def _behind(documents: Iterable[IndexedDocument], passages: int) -> Iterator[IndexedDocument]:
    """The documents without the first `passages` passages of all."""
    left = passages
    for one in documents:
        yield one.part(left) if left else one
        left = max(left - len(one.records), 0)
