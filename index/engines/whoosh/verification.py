"""Verifies every byte of an index, generation by generation, and says what is damaged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from index.engine import GenerationCheck, Progress
from index.engines.whoosh.generation import MADE_BY, OpenGeneration, open_generation, open_index
from index.engines.whoosh.segment.file import BLOCK_BYTES, SegmentFile
from index.engines.whoosh.storage.contents import (
    SegmentEntry,
    TableOfContents,
    contents_path,
    generation_numbers,
    read_contents,
    segment_path,
)
from index.engines.whoosh.storage.deletions import read_live
from index.english import ENGLISH
from kb.errors import IndexUnusable
from kb.kept_sources.store import SourceStore
from kb.messages import Message
from kb.sources.kept_source import KeptFile

__all__ = ["verify_index"]

_MB = 1_000_000


def verify_index(folder: Path, progress: Progress = lambda done, total: None) -> tuple[GenerationCheck, ...]:
    """What is found in each generation, newest first.

    `progress` is told how many MB of segments are read. Raises IndexMissing where there is no index, and
    IndexUnusable for one of another version.
    """
    try:
        numbers = generation_numbers(path.name for path in folder.iterdir())
    except OSError:
        numbers = []
    if not numbers:
        open_index(folder)  # raises, and says what is there instead
    return _Verification(folder, progress).checks(numbers)


@dataclass(slots=True)
class _Verification:
    """One pass over an index: a segment or source that several generations share is read once."""

    folder: Path
    progress: Progress
    total: int = 0
    done: int = 0
    segments: dict[SegmentEntry, tuple[Message, ...]] = field(default_factory=dict)
    files: dict[KeptFile, Message | None] = field(default_factory=dict)

    def checks(self, numbers: Sequence[int]) -> tuple[GenerationCheck, ...]:
        tables = {number: self._table(number) for number in numbers}
        if any(table and table.made_by != MADE_BY for table in tables.values()):
            raise IndexUnusable(Message("index-of-other-version", folder=str(self.folder)), ENGLISH)
        named = {entry.id: entry for table in tables.values() if table for entry in table.segments}
        self.total = sum(entry.file.bytes for entry in named.values())
        return tuple(self._check(number, table) for number, table in tables.items())

    def _table(self, number: int) -> TableOfContents | None:
        try:
            return read_contents(self.folder, number)
        except (OSError, IndexUnusable):
            return None

    def _check(self, number: int, table: TableOfContents | None) -> GenerationCheck:
        if table is None:
            path = str(contents_path(self.folder, number))
            return GenerationCheck(str(number), (Message("contents-damaged", path=path),))
        problems = tuple(problem for entry in table.segments for problem in self._segment(entry))
        if problems:
            return GenerationCheck(table.name, problems)
        try:
            opened = open_generation(self.folder, number)
        except IndexUnusable as error:  # all bytes are as they were written, but not by this program
            return GenerationCheck(table.name, (_message(error, contents_path(self.folder, number)),))
        if missing := tuple(self._sources(opened)):
            return GenerationCheck(table.name, missing)
        passages = sum(segment.retrievable_count for segment in opened.segments)
        return GenerationCheck(table.name, (), opened.catalogue.built, passages)

    def _sources(self, opened: OpenGeneration) -> Iterator[Message]:
        """What is wrong with the sources that a generation names."""
        store = SourceStore(self.folder)
        for file in (file for one in opened.catalogue.sources.values() for file in one.files()):
            if file not in self.files:
                self.files[file] = store.damage(file)
            if damage := self.files[file]:
                yield damage

    def _segment(self, entry: SegmentEntry) -> tuple[Message, ...]:
        if entry not in self.segments:
            self.segments[entry] = tuple(self._problems(entry))
        return self.segments[entry]

    def _problems(self, entry: SegmentEntry) -> Iterator[Message]:
        path = segment_path(self.folder, entry.id)
        try:
            read_live(self.folder, entry)
        except (OSError, IndexUnusable) as error:
            yield _message(error, path)
        try:
            file = SegmentFile(path, entry.file)
        except (OSError, IndexUnusable) as error:
            yield _message(error, path)
            return
        for damage in file.damages():
            self.done += BLOCK_BYTES
            self.progress(min(self.done, self.total) // _MB, self.total // _MB)
            if damage:
                yield damage


def _message(error: OSError | IndexUnusable, path: Path) -> Message:
    match error:
        case IndexUnusable(message=Message() as message):
            return message
        case OSError():
            return Message(
                "index-file-unreadable", path=str(error.filename or path), reason=error.strerror or ""
            )
        case _:
            raise error
