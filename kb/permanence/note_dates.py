"""When editorial notes were published in their present words, as the ledger has it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from kb.model import Document, Passage
from kb.permanence.ledger import STANDING_STATES, LedgerEntry, last_entries
from kb.text.fingerprint import fingerprint

__all__ = ["dated_notes"]


def dated_notes(
    documents: Iterable[Document],
    passages: Mapping[str, Sequence[Passage]],
    entries: Iterable[LedgerEntry],
) -> tuple[Document, ...]:
    """The documents, with the days on which notes were published in their present words.

    A note whose words have changed since has no day; days that came with an export are kept.
    """
    last = last_entries(entries)
    return tuple(_dated(one, passages.get(one.id, ()), last) if one.is_note else one for one in documents)


def _dated(
    document: Document, passages: Sequence[Passage], last: Mapping[tuple[str, str], LedgerEntry]
) -> Document:
    found = ((passage, last.get((document.id, passage.id))) for passage in passages)
    dates = tuple((passage.id, entry.date) for passage, entry in found if entry and _stands(entry, passage))
    return replace(document, note_dates=dates) if dates else document


def _stands(entry: LedgerEntry, passage: Passage) -> bool:
    return entry.status in STANDING_STATES and entry.fingerprint == fingerprint(passage.text)
