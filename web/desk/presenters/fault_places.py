"""Faults and remarks as the desk lists them: by file, each with the passage that it is in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from kb.curated.document_file import read_document_file
from kb.errors import Fault
from web.desk.shelf import PLACES, Shelf

__all__ = ["FaultyFile", "LocatedFault", "located"]

MAX_FILES_OPENED = 100
"""Files opened to find the passages of faults; in any others, faults link to the document."""


@dataclass(frozen=True, slots=True)
class LocatedFault:
    """A fault, and the id of the passage that it is in, if any."""

    fault: Fault
    passage: str = ""


@dataclass(frozen=True, slots=True)
class FaultyFile:
    """The faults of one file; `address` is where the desk shows it, empty if it does not."""

    name: str
    address: str
    faults: Sequence[LocatedFault]


def located(shelf: Shelf, faults: Iterable[Fault]) -> Sequence[FaultyFile]:
    """The faults by file, in their order."""
    found = []
    for number, (path, own) in enumerate(groupby(faults, key=lambda one: one.path)):
        address = _address(shelf, path)
        ids = _passages(path) if address and number < MAX_FILES_OPENED else {}
        found.append(FaultyFile(_name(shelf, path), address, [_located(one, ids) for one in own]))
    return found


def _located(fault: Fault, ids: Mapping[int, str]) -> LocatedFault:
    before = [line for line in ids if line <= fault.line]
    return LocatedFault(fault, ids[max(before)] if before else "")


def _passages(path: Path) -> Mapping[int, str]:
    """The ids of a file's passages by line number."""
    return {passage.line: passage.id for passage in read_document_file(path)[1]}


def _address(shelf: Shelf, path: Path) -> str:
    return next((f"/{one}/{path.stem}" for one in PLACES if path == shelf.path(one, path.stem)), "")


def _name(shelf: Shelf, path: Path) -> str:
    return str(path.relative_to(shelf.folder)) if path.is_relative_to(shelf.folder) else str(path)
