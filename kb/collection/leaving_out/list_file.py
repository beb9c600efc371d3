"""The list of what a build left out: a file of JSON lines beside the index."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kb.collection.leaving_out.summary import KINDS, published_besides
from kb.english import ENGLISH
from kb.errors import ANY_NAME, Fault, FaultyRecord
from kb.files.durable import write_synced
from kb.formats.json.lines import dump_lines
from kb.formats.json.objects import JsonObject
from kb.ids import address
from kb.messages import Message, advice
from kb.model import Collection
from kb.published import LeftOutPassage

__all__ = ["LIST_FILE", "write_list"]

LIST_FILE = "left-out.jsonl"


def write_list(folder: Path, collection: Collection) -> Path | None:
    """Write the list, all of it or nothing; where nothing is left out, remove an older one."""
    path = folder / LIST_FILE
    if not collection.left_out:
        path.unlink(missing_ok=True)
        return None
    # a lone surrogate in a file's name must not break the list
    write_synced(path, "".join(dump_lines(_lines(collection))).encode("utf-8", "replace"))
    return path


def _lines(collection: Collection) -> Iterator[JsonObject]:
    """A line for each record, then one for each published passage that is in none of these by name."""
    published = {address(one.document, one.passage): one for one in collection.left_out_passages}
    for fault in collection.left_out:
        name = fault.record.name if fault.record else ""
        yield _line(fault, published.get(name))
    for one in published_besides(collection):
        name, problem = address(one.document, one.passage), advice(one.reason, ENGLISH)[0]
        line = {"kind": "passage", "name": name, "file": None, "line": None, "code": one.reason.code}
        yield line | {"problem": problem, "remedy": "", **_further(one.root, one)}


def _line(fault: Fault, published: LeftOutPassage | None) -> JsonObject:
    record = fault.record or FaultyRecord("files", fault.path.name)
    return {
        "kind": KINDS[record.part],
        "name": None if record.name.endswith(ANY_NAME) else record.name,
        "file": str(fault.path),
        "line": fault.line or None,
        "code": fault.message.code,
        "problem": fault.problem,
        "remedy": fault.remedy,
        **_further(fault.root, published),
    }


def _further(root: Message | None, published: LeftOutPassage | None) -> JsonObject:
    return {
        "because": advice(root, ENGLISH)[0] if root else None,
        "fingerprint": published.fingerprint if published else None,
    }
