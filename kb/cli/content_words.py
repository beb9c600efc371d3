"""What a collection holds, and what its ledger lacks, as `kb check`, `kb publish` and the desk say it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from kb.collection.publication import PendingEntries
from kb.english import ENGLISH
from kb.ids import IdPair
from kb.messages import Message, words
from kb.model import Collection
from kb.permanence.ledger import ENTRY_STATES, STANDING_STATES, EntryState, LedgerEntry, last_entries
from kb.text.phrasing import describe_changes, shorten

__all__ = ["NEXT_LINE", "counted_content", "described", "tally_words"]

NEXT_LINE = "\n"
"""Between the changes of one passage."""


def counted_content(collection: Collection) -> Message:
    """How much of what a collection without faults has."""
    subpoints = sum(len(theme.subpoints) for theme in collection.themes)
    passages = sum(one.retrievable for one in collection.all_passages())
    parts = (
        Message("count-themes", count=len(collection.themes)),
        Message("count-subpoints", count=subpoints),
        Message("count-documents", count=len(collection.documents)),
        Message("count-passages", count=passages),
    )
    counts = ", ".join(words(part, ENGLISH) for part in parts)
    if collection.left_out:
        return Message("rest-without-faults", counts=counts)
    return Message("no-faults", counts=counts)


def described(pending: Sequence[PendingEntries]) -> Iterator[tuple[LedgerEntry, str]]:
    """The entries to be published, each with the words to show for it."""
    now = {
        entry.address: entry.text
        for one in pending
        for entry in one.entries
        if entry.status in STANDING_STATES
    }
    for one in pending:
        last = last_entries(one.before)
        yield from ((entry, _shown(entry, last, now)) for entry in one.entries)


def _shown(entry: LedgerEntry, last: Mapping[IdPair, LedgerEntry], now: Mapping[str, str]) -> str:
    if entry.status == "amended":
        return describe_changes(last[entry.key].text, entry.text)
    if entry.status == "moved":
        target = words(Message("moved-to", address=entry.to), ENGLISH)
        return NEXT_LINE.join(
            filter(None, (target, describe_changes(entry.text, now.get(entry.to, entry.text))))
        )
    return shorten(entry.text)


def tally_words(entries: Sequence[LedgerEntry]) -> str:
    """How many passages are new, and how many changed in which way: `1 new, 2 amended`."""
    counts = Counter(entry.status for entry in entries)
    return ", ".join(
        words(_counted(state, counts[state]), ENGLISH) for state in ENTRY_STATES if counts[state]
    )


def _counted(state: EntryState, count: int) -> Message:
    match state:
        case "published":
            return Message("tally-new", count=count)
        case "amended":
            return Message("tally-amended", count=count)
        case "withdrawn":
            return Message("tally-withdrawn", count=count)
        case "moved":
            return Message("tally-moved", count=count)
