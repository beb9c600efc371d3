"""What a collection has and its ledger lacks, in the words of `kb check`, `kb publish` and the desk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kb.collection.publication import PendingEntries
from kb.english import ENGLISH
from kb.ids import IdPair
from kb.messages import Message, words
from kb.model import Collection, Passage
from kb.permanence.ledger import ENTRY_STATES, STANDING_STATES, EntryState, LedgerEntry, last_entries
from kb.text.phrasing import describe_changes, shorten

__all__ = ["NEXT_LINE", "counted_content", "counted_passages", "described", "tally_words"]

NEXT_LINE = "\n"
"""Separates the changes of one passage."""


def counted_content(collection: Collection) -> Message:
    """How many themes, sub-points, documents and passages a collection without faults has."""
    subpoints = sum(len(theme.subpoints) for theme in collection.themes)
    parts = (
        Message("count-themes", count=len(collection.themes)),
        Message("count-subpoints", count=subpoints),
        Message("count-documents", count=len(collection.documents)),
    )
    passages = counted_passages(collection.all_passages())
    counts = ", ".join([*(words(part, ENGLISH) for part in parts), passages])
    if collection.left_out:
        return Message("rest-without-faults", counts=counts)
    return Message("no-faults", counts=counts)


def counted_passages(passages: Iterable[Passage]) -> str:
    """How many there are, not counting headings, which no search finds: `114 passages and 3 headings`."""
    found = Counter(one.retrievable for one in passages)
    counted = words(Message("count-passages", count=found[True]), ENGLISH)
    if not found[False]:
        return counted
    headings = words(Message("count-headings", count=found[False]), ENGLISH)
    return words(Message("passages-and-headings", passages=counted, headings=headings), ENGLISH)


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


def tally_words(entries: Sequence[LedgerEntry], collection: Collection) -> str:
    """How many passages are new, and how many changed in each way: `1 new, 2 amended`.

    The ledger has the collection's headings, too; the number of these comes last.
    """
    counts = Counter(entry.status for entry in entries)
    said = [_counted(state, counts[state]) for state in ENTRY_STATES if counts[state]]
    headings = {(one.document, one.id) for one in collection.all_passages() if not one.retrievable}
    if own := sum(entry.key in headings for entry in entries):
        said.append(Message("tally-headings", count=own))
    return ", ".join(words(one, ENGLISH) for one in said)


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
