"""Removes what no generation needs: what killed builds left, and generations that were superseded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

from index.engines.whoosh.generation import OLD_CONTENTS, open_generation
from index.engines.whoosh.storage.contents import (
    INDEX,
    TableOfContents,
    contents_path,
    generation_numbers,
    read_contents,
)
from kb.errors import IndexUnusable
from kb.files.durable import NEW, remove, remove_folder
from kb.kept_sources.store import SourceStore

__all__ = ["BATCHES", "next_number", "readable", "sweep", "sweep_leftovers", "sweep_sources"]

BATCHES = f"{INDEX}.tmp"
"""The folder with the batches of a build in progress."""

_OURS = (
    "generation-*.toc",
    f"generation-*.toc{NEW}",
    f"{INDEX}_*.kb",
    f"{INDEX}_*.live",
    f"{INDEX}_*.live{NEW}",
    f"*.json{NEW}",
    f"*.jsonl{NEW}",
)
_OLD = (OLD_CONTENTS, f"{OLD_CONTENTS}.*", f"{INDEX}_WRITELOCK")


def next_number(folder: Path) -> int:
    """One more than that of any generation in the folder, readable or not."""
    return max(_numbers(folder), default=0) + 1


def readable(folder: Path) -> list[TableOfContents]:
    """The tables of contents that can be read, newest first."""
    return list(_readable(folder))


def _readable(folder: Path) -> Iterator[TableOfContents]:
    for number in _numbers(folder):
        try:
            yield read_contents(folder, number)
        except (OSError, IndexUnusable):
            continue


def _numbers(folder: Path) -> list[int]:
    return generation_numbers(path.name for path in folder.iterdir())


def sweep_leftovers(folder: Path, base: TableOfContents | None) -> None:
    """Removes what killed builds left, and generations newer than `base`, as these are damaged.

    The generation before `base` stays. Without one, everything that can be read stays: another
    version of the program may be serving it.
    """
    if base:
        older = [one for one in readable(folder) if one.generation < base.generation]
        sweep(folder, [base, *older[:1]])
    elif not any(folder.glob(OLD_CONTENTS)):
        sweep(folder, readable(folder))


def sweep(folder: Path, kept: Sequence[TableOfContents]) -> None:
    """Removes every file of the index that none of these generations names, tables of contents first."""
    remove_folder(folder / BATCHES)
    named = {contents_path(folder, one.generation).name for one in kept}
    named |= {name for one in kept for entry in one.segments for name in entry.files()}
    for pattern in chain(_OURS, _OLD):
        for path in folder.glob(pattern):
            if path.name not in named:
                remove(path)


def sweep_sources(folder: Path) -> None:
    """Removes the sources that no generation names.

    Where one cannot be opened, such as that of another version of the program, all of them stay.
    """
    named: set[str] = set()
    try:
        for number in _numbers(folder):
            sources = open_generation(folder, number).catalogue.sources.values()
            named.update(file.sha256 for one in sources for file in one.files())
    except IndexUnusable:
        return
    SourceStore(folder).sweep(named)
