"""How much a build left out, by kind, and the first records of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from kb.english import ENGLISH
from kb.errors import Fault, RecordPart
from kb.ids import address
from kb.messages import Message, words
from kb.model import Collection
from kb.published import LeftOutPassage

__all__ = [
    "KINDS",
    "NOTHING_LEFT_OUT",
    "LeftOutSummary",
    "count_message",
    "published_besides",
    "summarised",
    "tally",
]

MAX_RECORDS_IN_SUMMARY = 100

KINDS: Mapping[RecordPart, str] = {
    "files": "file",
    "themes": "theme",
    "subpoints": "sub-point",
    "documents": "document",
    "passages": "passage",
    "instruments": "instrument",
    "references": "reference",
}
"""What one record of each part is called, in the order in which they are counted."""


@dataclass(frozen=True, slots=True)
class LeftOutSummary:
    """The number of records left out of each part, and the first of them with their faults."""

    counts: Mapping[RecordPart, int] = field(default_factory=dict)
    first: tuple[Fault, ...] = ()

    @property
    def total(self) -> int:
        return sum(self.counts.values())


NOTHING_LEFT_OUT = LeftOutSummary()


def summarised(collection: Collection) -> LeftOutSummary:
    """The summary of what a build left out, with the same records as the list."""
    faults = collection.left_out
    counts = Counter(fault.record.part for fault in faults if fault.record)
    counts["passages"] += len(published_besides(collection))
    ordered = {part: counts[part] for part in KINDS if counts[part]}
    return LeftOutSummary(ordered, tuple(faults[:MAX_RECORDS_IN_SUMMARY]))


def published_besides(collection: Collection) -> list[LeftOutPassage]:
    """The published passages left out that no fault names, such as those of a file that cannot be read."""
    named = {fault.record.name for fault in collection.left_out if fault.record}
    return [one for one in collection.left_out_passages if address(one.document, one.passage) not in named]


def tally(summary: LeftOutSummary) -> str:
    """The counts in words: `1 document, 2 passages`."""
    counts = summary.counts.items()
    return ", ".join(words(count_message(part, count), ENGLISH) for part, count in counts)


def count_message(part: RecordPart, count: int) -> Message:
    match part:
        case "files":
            return Message("count-files", count=count)
        case "themes":
            return Message("count-themes", count=count)
        case "subpoints":
            return Message("count-subpoints", count=count)
        case "documents":
            return Message("count-documents", count=count)
        case "passages":
            return Message("count-passages", count=count)
        case "instruments":
            return Message("count-instruments", count=count)
        case "references":
            return Message("count-references-left-out", count=count)
