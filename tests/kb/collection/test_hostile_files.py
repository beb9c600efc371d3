"""Content files full of junk."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.collection.loader import read_collection
from kb.curated.instruments_file import INSTRUMENTS_FILE
from kb.curated.thesaurus_file import THESAURUS_FILE
from kb.model import Collection
from kb.permanence.ledger import LEDGER_FILE

TREATY = "documents/treaty.md"
THEME = "themes/01-cooperation.md"
FILES = (TREATY, THEME, THESAURUS_FILE, LEDGER_FILE, "sources/treaty.txt")
FILES_ADDED = (
    INSTRUMENTS_FILE,
    *("passages.jsonl", "documents.jsonl.gz", "themes.jsonl", "withdrawn.jsonl", "instruments.jsonl"),
    *("moves.jsonl", "published.jsonl"),
)


@pytest.mark.slow
@pytest.mark.parametrize("name", FILES + FILES_ADDED)
@given(data=st.data())
def test_random_bytes_in_any_file_are_faults_and_never_a_traceback(
    folder: Path, name: str, data: st.DataObject
) -> None:
    path = folder / name
    before = path.read_bytes() if path.exists() else b""
    at = data.draw(st.integers(0, len(before)))
    junk = data.draw(st.binary(max_size=40) | st.text("\n-#{}:|\"'[]&*! ~?a", max_size=40).map(str.encode))
    keep = data.draw(st.booleans())
    path.write_bytes(before[:at] + junk + (before[at:] if keep else b""))
    try:
        found, faults = read_collection([folder])
    finally:
        path.write_bytes(before)
    assert isinstance(found, Collection)
    assert all(fault.line >= 1 and fault.problem and fault.remedy for fault in faults)
