"""Builds the index: indexes only what changed, and publishes everything or nothing."""

from __future__ import annotations

from collections.abc import Collection as Names
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache
from itertools import chain, repeat
from pathlib import Path
from typing import Any

from index.analysis.analyzer import tokenize
from index.analysis.pairs import title_terms
from index.analysis.stemming import ENGLISH_LANGUAGE, analysis_language
from index.engine import Built, Progress
from index.engines.processes.pool import BuildProcesses
from index.engines.whoosh.generation import MADE_BY, OpenGeneration, open_verified
from index.engines.whoosh.indexing.build_lock import building
from index.engines.whoosh.indexing.inverter import Batch, IndexedPassage
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
from index.engines.whoosh.indexing.worker_pool import segment_processes, write_segments
from index.engines.whoosh.malloc import keep_freed_memory
from index.engines.whoosh.segment.catalogue_writer import CatalogueEntry, content_digest, write_catalogue
from index.engines.whoosh.segment.writer import SegmentWriter
from index.english import ENGLISH
from kb.edtf import years
from kb.errors import IndexUnusable
from kb.interchange.passage_shelf import count
from kb.kept_sources.store import SourceStore
from kb.languages.language_tag import language_ranges
from kb.messages import Message
from kb.model import Collection, Passage
from kb.tags import ThemeNames

__all__ = ["build"]


Fresh = tuple[CatalogueEntry, list[str]]
"""A document to index, with its records."""

_BATCH_PASSAGES = 8_192
"""Passages inverted together, some 100 MB per process; the sort keys in `postings` allow 65,536."""

_FIRST_BATCHES = (2_048, 2_048, 4_096, 4_096)
"""Small, so that no process waits long for its first one; whole blocks of records, so that none is cut."""


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
    processes: BuildProcesses | None = None,
) -> Built:
    """Updates the index in `folder` to match the collection; see `index.engine.Builder.build`.

    With `from_scratch` everything is indexed again, whatever the index holds. What is `verified` is not
    verified again. `processes` may have been started already; they end with the build.
    """
    keep_freed_memory()
    try:
        with building(folder):
            opened = open_verified(folder, verified)
            sweep_leftovers(folder, opened.contents if opened else None)
            base = None if from_scratch else opened
            same = unchanged if base and base.name == since else ()
            with processes or segment_processes() as workers:
                generation, built = _build(workers, collection, folder, progress, base, same, opened)
            if manifest is not None:
                save_manifest(folder, generation, manifest)
            sweep_sources(folder)
            return built
    except OSError as exc:
        raise IndexUnusable(
            Message("index-not-writable", folder=str(folder), reason=exc.strerror or str(exc)), ENGLISH
        ) from exc


def _build(
    workers: BuildProcesses,
    collection: Collection,
    folder: Path,
    progress: Progress,
    base: OpenGeneration | None,
    unchanged: Names[str],
    previous: OpenGeneration | None,
) -> tuple[str, Built]:
    """The name of the resulting generation, and what was built; `previous` is kept beside it."""
    made = Plan(collection, base.catalogue if base else None, unchanged)
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
        files = list(_files(workers, fresh, collection, folder / BATCHES, total, progress))
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


def _files(
    workers: BuildProcesses,
    fresh: Iterable[Fresh],
    collection: Collection,
    folder: Path,
    total: int,
    progress: Progress,
) -> Iterator[Path]:
    """The segment files of the passages to index; a single empty one if there are none."""
    folder.mkdir(exist_ok=True)
    done = 0
    for path, passages in write_segments(workers, _batches(fresh, collection), folder):
        done += passages
        if passages:
            progress(done, total)
        yield path


def _batches(fresh: Iterable[Fresh], collection: Collection) -> Iterator[Batch]:
    titles = ThemeNames.of(collection.themes).subpoint_titles
    batch: list[IndexedPassage] = []
    sizes = (min(one, _BATCH_PASSAGES) for one in chain(_FIRST_BATCHES, repeat(_BATCH_PASSAGES)))
    size = next(sizes)
    for entry, records in fresh:
        passages = collection.passages.get(entry.document.id, ())
        for one in _indexed(entry, passages, records, titles):
            batch.append(one)
            if len(batch) == size:
                yield batch
                batch, size = [], next(sizes)
    yield batch


def _indexed(
    entry: CatalogueEntry, passages: Sequence[Passage], records: Sequence[str], titles: Mapping[str, str]
) -> Iterator[IndexedPassage]:
    document = entry.document
    dated = tuple(str(year) for year in years(document.date))
    language = analysis_language(document.language)
    title = title_terms(document.title, language)
    for ordinal, (passage, record) in enumerate(zip(passages, records, strict=True)):
        named = tuple(titles[theme] for theme in passage.themes if theme in titles)
        yield IndexedPassage(
            serial=entry.serial,
            ordinal=ordinal,
            address=passage.address,
            document=document.id,
            kind=document.kind,
            language=language,
            language_ranges=language_ranges(document.language),
            years=dated,
            themes=passage.themes,
            title=title,
            text=passage.text,
            pieces=(passage.heading, passage.locator, *named),
            english_titles=_forms(named) if language != ENGLISH_LANGUAGE else (),
            retrievable=passage.retrievable,
            record=record,
        )


@lru_cache(maxsize=1024)
def _forms(titles: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word.form for title in titles for word in tokenize(title)))
