"""Excerpts of ledgers already known to be sound: the entries that bear on an edit.

An edit concerns a few documents; a ledger may have 100,000 lines.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from kb.collection.folder import ContentFolder
from kb.files.reading import read_regular
from kb.ids import FINGERPRINT_PATTERN, ID_PATTERN
from kb.model import Passage
from kb.permanence.ledger import LEDGER_FILE, LedgerEntry, read_ledger
from kb.text.fingerprint import fingerprint

__all__ = ["with_relevant_entries"]

LINE = re.compile(
    rf'(\{{"document": "({ID_PATTERN})", "id": "({ID_PATTERN})", "fingerprint": "({FINGERPRINT_PATTERN})", '
    r'"date": "[0-9-]{10}", "status": "[a-z]+", "text": ".*\})$'.encode(),
    re.MULTILINE,
)
"""A line as `kb publish` writes it; nothing before the text needs escapes."""

LedgerRow = tuple[bytes, bytes, bytes, bytes]
"""A line, and its document, id and fingerprint."""


def with_relevant_entries(parts: Sequence[ContentFolder], touched: Collection[str]) -> list[ContentFolder]:
    """The folders, each with the entries of its ledger that bear on the touched documents.

    These are all entries of every id that such a document ever had, or that ever had words which are
    now in one.
    """
    ledgers = [_rows(part.path / LEDGER_FILE) for part in parts]
    sound = [rows for rows in ledgers if rows is not None]
    if len(sound) < len(ledgers):
        return list(map(_whole, parts))
    every = [row for rows in sound for row in rows]
    about = {id.encode() for id in touched}
    words = {fingerprint(one.text).encode() for one in _passages(parts, touched)} if every else set()
    keys = {row[1:3] for row in every if row[1] in about or row[3] in words}
    pairs = zip(parts, sound, strict=True)
    return [replace(part, entries=_entries(rows, keys)) for part, rows in pairs]


def _rows(path: Path) -> list[LedgerRow] | None:
    """The lines of a ledger; None if one is not as `kb publish` writes it."""
    try:
        data = read_regular(path)
    except FileNotFoundError:
        return []
    except OSError:
        return None
    rows = LINE.findall(data)
    lines = data.count(b"\n") + (not data.endswith(b"\n"))
    return rows if len(rows) == lines else None


def _passages(parts: Sequence[ContentFolder], touched: Collection[str]) -> Iterator[Passage]:
    for draft in (draft for part in parts for draft in part.drafts):
        for id in touched:
            yield from draft.passages.get(id, ())


def _entries(rows: Sequence[LedgerRow], keys: Collection[tuple[bytes, ...]]) -> tuple[LedgerEntry, ...]:
    return tuple(
        LedgerEntry(**json.loads(row[0]), line=line) for line, row in enumerate(rows, 1) if row[1:3] in keys
    )


def _whole(part: ContentFolder) -> ContentFolder:
    entries, faults = read_ledger(part.path / LEDGER_FILE)
    return replace(part, entries=entries, faults=(*part.faults, *faults), sound_ledger=not faults)
