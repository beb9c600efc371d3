"""What a generation left out: a summary of the records, and the published passages, as JSON values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from kb.collection.leaving_out.summary import LeftOutSummary, summarised
from kb.errors import Fault, FaultyRecord
from kb.messages import Message
from kb.model import Collection
from kb.published import LeftOutPassage

__all__ = ["plain_faults", "plain_passages", "plain_summary", "read_passages", "read_summary"]


def plain_summary(collection: Collection) -> dict[str, Any]:
    summary = summarised(collection)
    return {"counts": dict(summary.counts), "first": list(plain_faults(summary.first))}


def read_summary(value: dict[str, Any]) -> LeftOutSummary:
    return LeftOutSummary(value["counts"], tuple(map(_fault, value["first"])))


def plain_faults(faults: Sequence[Fault]) -> Iterator[list[Any]]:
    """Faults as JSON values; of a path only the file's name, since pages show it."""
    for one in faults:
        record = one.record
        named = [record.part, record.name] if record else []
        yield [one.path.name, one.line, one.message.to_json(), named, _plain(one.root)]


def _fault(value: list[Any]) -> Fault:
    name, line, message, named, root = value
    return Fault(Path(name), line, Message.from_json(message), FaultyRecord(*named), _message(root))


def plain_passages(collection: Collection) -> list[list[Any]]:
    return [
        [one.document, one.passage, one.fingerprint, one.date, one.reason.to_json(), _plain(one.root)]
        for one in collection.left_out_passages
    ]


def read_passages(values: Sequence[list[Any]]) -> Iterator[LeftOutPassage]:
    for document, passage, fingerprint, date, reason, root in values:
        said = Message.from_json(reason)
        yield LeftOutPassage(document, passage, fingerprint, date, said, _message(root))


def _plain(message: Message | None) -> Any:
    return message.to_json() if message else None


def _message(value: Any) -> Message | None:
    return Message.from_json(value) if value else None
