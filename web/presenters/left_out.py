"""What the last build left out, in words for pages and as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kb.collection.leaving_out.summary import KINDS, LeftOutSummary, tally
from kb.errors import ANY_NAME, Fault
from kb.messages import Message, advice
from kb.published import LeftOutPassage
from web.english import ENGLISH, say

__all__ = ["LeftOutList", "left_out_list", "passage_json", "reason", "summary_json"]

MAX_RECORDS_LISTED = 20
"""Listed on the page; the API returns the first hundred."""


@dataclass(frozen=True, slots=True)
class LeftOutList:
    """The first records left out, each with its name and the reason, and how many there are in all."""

    total: int
    tally: str
    records: tuple[tuple[str, str], ...]

    @property
    def more(self) -> int:
        return self.total - len(self.records)


def left_out_list(summary: LeftOutSummary) -> LeftOutList:
    """What the page about this site says was left out."""
    shown = summary.first[:MAX_RECORDS_LISTED]
    return LeftOutList(summary.total, tally(summary), tuple((_name(one), _why(one)) for one in shown))


def _name(fault: Fault) -> str:
    """The name of a record, or its place if the name is unknown."""
    record = fault.record
    if record and not record.name.endswith(ANY_NAME):
        return record.name.partition(" -> ")[0]
    return say(Message("record-at-line", file=fault.path.name, line=fault.line))


def _why(fault: Fault) -> str:
    return _in_words(fault.message, fault.root)


def _in_words(message: Message, root: Message | None) -> str:
    problem = advice(message, ENGLISH)[0]
    if not root:
        return problem
    return say(Message("reason-and-root", reason=problem, root=advice(root, ENGLISH)[0]))


def reason(missing: LeftOutPassage) -> str:
    """Why a published passage is left out."""
    return _in_words(missing.reason, missing.root)


def passage_json(missing: LeftOutPassage) -> dict[str, Any]:
    """What is known of a published passage that is left out."""
    return {
        "document": missing.document,
        "passage": missing.passage,
        "fingerprint": missing.fingerprint,
        "published": missing.date,
        "reason": reason(missing),
    }


def summary_json(summary: LeftOutSummary) -> dict[str, Any]:
    """The counts by kind, and the first records."""
    return {
        "total": summary.total,
        "by_kind": {KINDS[part]: count for part, count in summary.counts.items()},
        "records": [_record_json(one) for one in summary.first],
    }


def _record_json(fault: Fault) -> dict[str, Any]:
    record = fault.record
    name = record.name if record else ANY_NAME
    return {
        "kind": KINDS[record.part] if record else None,
        "name": None if name.endswith(ANY_NAME) else name,
        "file": fault.path.name,
        "line": fault.line or None,
        "code": fault.message.code,
        "reason": _why(fault),
    }
