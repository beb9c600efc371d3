"""Records of the interchange form that are not read: their names, as far as they are known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from kb.draft import UnreadNames
from kb.errors import ANY_NAME, Fault, FaultyRecord, RecordPart
from kb.formats.json.objects import JsonObject
from kb.ids import address, former_addresses
from kb.messages import Message

__all__ = ["PARTS", "orphan", "refused_file", "refused_names", "refused_record"]

PARTS: Mapping[str, RecordPart] = {
    "themes": "themes",
    "documents": "documents",
    "passages": "passages",
    "instruments": "instruments",
}
"""The files whose lines are records of their own; the others tell what was published."""

_NAME_KEYS: Mapping[RecordPart, tuple[str, ...]] = {
    "themes": ("slug",),
    "documents": ("id",),
    "passages": ("document", "id"),
    "instruments": ("id",),
}


def refused_file(path: Path, message: Message) -> Fault:
    """A file that is not read, or one whose records all lack what they belong to."""
    return Fault(path, 1, message, FaultyRecord("files", path.name, read=False))


def refused_record(part: RecordPart, record: JsonObject, fault: Fault) -> Fault:
    """The fault of an object, with the name of the object."""
    return replace(fault, record=FaultyRecord(part, _name(part, record), read=False))


def _name(part: RecordPart, record: JsonObject) -> str:
    given = [record.get(key, record.get("name")) for key in _NAME_KEYS[part]]
    known = [one if isinstance(one, str) else ANY_NAME for one in given]
    return ANY_NAME if known[0] == ANY_NAME else "/".join(known)


def refused_names(part: RecordPart, refused: Iterable[tuple[JsonObject, Fault]]) -> UnreadNames:
    """What the refused objects may hold: themselves, and the ids that they had before.

    Of two with one id only the second is refused, so that nothing is missing.
    """
    names: set[tuple[str, str]] = set()
    for record, fault in refused:
        if fault.message.code != "duplicate-id":
            names.add((part, FaultyRecord(part, _name(part, record)).meant))
            names.update((part, former) for former in _former(record))
    return UnreadNames(frozenset(names))


def _former(record: JsonObject) -> Iterator[str]:
    given, document = record.get("formerly"), record.get("document")
    if isinstance(given, list):
        ids = [one for one in given if isinstance(one, str)]
        yield from former_addresses(ids, document)[0] if isinstance(document, str) else ids


def orphan(path: Path, line: int, document: str, id: str) -> Fault:
    """A sound passage whose document was refused."""
    message = Message("document-left-out", document=document[:80])
    return Fault(path, line, message, FaultyRecord("passages", address(document, id), read=False))
