"""Builds the next generation beside the one that is served, and publishes it by moving an alias."""

from __future__ import annotations

import time
from collections.abc import Collection as Names
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from index.engine import Built, Progress
from index.engines.opensearch.catalogue import DocumentEntry, OpenSearchCatalogue, read_records
from index.engines.opensearch.connection.client import Cluster
from index.engines.opensearch.connection.failures import ClusterRefusal
from index.engines.opensearch.connection.generation_names import IndexNames, generation_number
from index.engines.opensearch.mapping import index_body
from index.engines.opensearch.passage_index import PassageIndex
from index.engines.opensearch.publishing.bulk import Sent, as_json, send_all
from index.engines.opensearch.publishing.catalogue_writer import (
    CATALOGUE_BODY,
    catalogue_sources,
    content_digest,
    languages_read,
    manifest_sources,
)
from index.engines.opensearch.publishing.copying import copy_documents
from index.engines.opensearch.publishing.filled_index import (
    add_replicas,
    require_all_arrived,
    set_average_lengths,
)
from index.engines.opensearch.publishing.last_build import OpenSearchLastBuild
from index.engines.opensearch.publishing.leases import BuildLease
from index.engines.opensearch.publishing.parts import CHECKSUM, analysed, cut
from index.engines.opensearch.publishing.plan import Plan, plan_generation
from index.engines.opensearch.publishing.sweep import served_index, sweep_half_filled, sweep_old
from index.engines.opensearch.words.word_counts import WordCounts
from index.engines.opensearch.words.word_list import words_body
from index.engines.processes.pool import BuildProcesses
from index.english import ENGLISH
from kb.errors import IndexUnusable
from kb.kept_sources.store import SourceStore
from kb.messages import Message
from kb.model import Collection

__all__ = ["PASSAGES_A_SHARD", "OpenSearchBuilder"]

PASSAGES_A_SHARD = 1_000_000
"""Passages per shard, where the settings name no number of shards."""


class OpenSearchBuilder:
    """Publishes generations on a cluster; implements `index.engine.Builder`.

    The files of sources are kept in `folder`, where servers have them. With `from_scratch` nothing of the
    generation served is used.
    """

    def __init__(self, cluster: Cluster, folder: Path, *, from_scratch: bool = False) -> None:
        self._cluster, self._folder, self._from_scratch = cluster, folder, from_scratch

    def last(self) -> OpenSearchLastBuild:
        served = None if self._from_scratch else served_index(self._cluster)
        names = IndexNames.of(served) if served else None
        return OpenSearchLastBuild(self._cluster, names, self._catalogue(served))

    def expecting(self, passages: int) -> AbstractContextManager[None]:
        """Starts nothing early: the cluster takes far longer than starting processes."""
        return nullcontext()

    def build(
        self,
        collection: Collection,
        progress: Progress = lambda done, total: None,
        *,
        unchanged: Names[str] = (),
        since: str = "",
        manifest: Any = None,
    ) -> Built:
        """See `index.engine.Builder.build`; also raises SearchUnavailable and ClusterRefusal."""
        with BuildLease(self._cluster) as lease:
            served = served_index(self._cluster)
            sweep_half_filled(self._cluster, served)
            before = None if self._from_scratch else self._catalogue(served)
            plan = plan_generation(collection, before, unchanged if since == served else ())
            if before and not plan.sent and content_digest(collection, plan.entries) == before.content:
                self._save_manifest(IndexNames.of(served or ""), manifest)
                return replace(plan.built, published=False)
            self._keep_sources(collection)
            names = self._fill(collection, plan, served, manifest, progress)
            lease.require()
            self._publish(names, served)
            sweep_old(self._cluster, names.passages, served)
            return plan.built

    def _catalogue(self, served: str | None) -> OpenSearchCatalogue | None:
        """The catalogue of the generation served; None if it cannot be built upon."""
        if not served:
            return None
        try:
            return OpenSearchCatalogue(read_records(self._cluster, IndexNames.of(served)))
        except ClusterRefusal:
            return None  # its catalogue is not there
        except IndexUnusable as error:
            if error.message and error.message.code in ("index-of-other-version", "index-damaged"):
                return None
            raise

    def _keep_sources(self, collection: Collection) -> None:
        files = (file for one in collection.sources.values() for file in one.files())
        try:
            SourceStore(self._folder).put(files)
        except OSError as error:
            said = Message(
                "index-not-writable", folder=str(self._folder), reason=error.strerror or str(error)
            )
            raise IndexUnusable(said, ENGLISH) from error

    def _fill(
        self, collection: Collection, plan: Plan, served: str | None, manifest: Any, progress: Progress
    ) -> IndexNames:
        """Creates all indices of the next generation, fills, checks and replicates them."""
        alias = self._cluster.settings.alias
        last = generation_number(alias, served) if served else None
        number = max(int(time.time()), (last or 0) + 1)  # never used again, even if all is deleted
        names = IndexNames.numbered(alias, number)
        bodies = (_with_checksum(index_body(self._shards(plan))), CATALOGUE_BODY, words_body())
        with ThreadPoolExecutor(len(bodies)) as pool:  # the cluster takes them in one step
            list(pool.map(self._create, names, bodies))
        if served and plan.copied:
            copy_documents(self._cluster, served, names.passages, plan.copied)
        counts = WordCounts()
        entries = self._send(collection, plan, names, number, counts, progress)
        require_all_arrived(self._cluster, names.passages, entries.values())
        set_average_lengths(self._cluster, names.passages)
        if plan.copied:
            counts = WordCounts.of(PassageIndex(self._cluster, names.passages))
        languages = languages_read(collection, entries)
        self._write_words(counts.documents(languages), names, number)
        self._write_catalogue(collection, entries, counts.phrases(languages), names, number, manifest)
        add_replicas(self._cluster, names)
        return names

    def _create(self, index: str, body: Any) -> None:
        """Creates an index; if it exists already, an earlier try of this request made it."""
        try:
            self._cluster.write("PUT", (index,), body)
        except ClusterRefusal as refusal:
            if refusal.kind != "resource_already_exists_exception":
                raise

    def _shards(self, plan: Plan) -> int:
        whole = sum(entry.length for entry in plan.entries.values())
        return self._cluster.settings.shards or max(1, -(-whole // PASSAGES_A_SHARD))

    def _send(
        self,
        collection: Collection,
        plan: Plan,
        names: IndexNames,
        number: int,
        counts: WordCounts,
        progress: Progress,
    ) -> dict[str, DocumentEntry]:
        """Sends what changed, and counts its words; returns all entries, with checksums of what was sent.

        Passages are read, analysed and sent as they come, and a few parts of them are in memory at a time.
        """
        entries = dict(plan.entries)
        total = sum(entries[one.id].length for one in plan.sent)

        def sources(processes: BuildProcesses) -> Iterator[Sent]:
            for part in processes.each(analysed, cut(collection, plan.sent, entries)):
                counts.take(part.counts)
                for name, checksum in part.checksums.items():
                    entry = entries[name]
                    entries[name] = replace(entry, checksum=entry.checksum + checksum)
                yield from part.sent

        arrived = 0

        def done(count: int) -> None:
            nonlocal arrived
            arrived += count
            progress(arrived, total)

        with BuildProcesses() as processes:
            processes.expect(total)
            send_all(self._cluster, names.passages, sources(processes), number, done)
        return entries

    def _write_words(self, words: Iterable[Any], names: IndexNames, number: int) -> None:
        """Every form of the passages with its stems and how often it occurs."""
        sent = (Sent(str(at), str(at), as_json(one)) for at, one in enumerate(words))
        send_all(self._cluster, names.words, sent, number)
        self._cluster.write("POST", (names.words, "_refresh"))

    def _write_catalogue(
        self,
        collection: Collection,
        entries: dict[str, DocumentEntry],
        phrases: Sequence[str],
        names: IndexNames,
        number: int,
        manifest: Any,
    ) -> None:
        built = datetime.now(UTC).isoformat(timespec="seconds")
        records = (
            Sent(str(one["at"]), "catalogue", as_json(one))
            for one in catalogue_sources(collection, entries, phrases, built)
        )
        send_all(self._cluster, names.catalogue, records, number)
        self._save_manifest(names, manifest)

    def _save_manifest(self, names: IndexNames, manifest: Any) -> None:
        if manifest is not None:
            old = {"query": {"term": {"part": "manifest"}}}
            self._cluster.write("POST", (names.catalogue, "_refresh"))
            self._cluster.write("POST", (names.catalogue, "_delete_by_query"), old, {"conflicts": "proceed"})
            pieces = (
                Sent(f"manifest-{one['at']}", "catalogue", as_json(one)) for one in manifest_sources(manifest)
            )
            send_all(self._cluster, names.catalogue, pieces, time.time_ns() // 1_000_000)
        self._cluster.write("POST", (names.catalogue, "_refresh"))

    def _publish(self, names: IndexNames, served: str | None) -> None:
        """Moves the alias to the new generation atomically, and only if it still leads to the old one."""
        alias = self._cluster.settings.alias
        actions: list[Any] = [{"add": {"index": names.passages, "alias": alias}}]
        if served:
            actions.insert(0, {"remove": {"index": served, "alias": alias, "must_exist": True}})
        try:
            self._cluster.write("POST", ("_aliases",), {"actions": actions})
        except ClusterRefusal:
            if served_index(self._cluster) != names.passages:  # else the answer to a first try was lost
                raise


def _with_checksum(body: dict[str, Any]) -> dict[str, Any]:
    mappings = body["mappings"]
    properties = {**mappings["properties"], CHECKSUM: {"type": "integer", "index": False}}
    return {**body, "mappings": {**mappings, "properties": properties}}
