"""The days of notes, from the ledger."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from click.testing import CliRunner

from kb.cli.main import main
from kb.collection.loader import load
from kb.interchange.reader import read_interchange
from kb.interchange.writer import write_interchange
from kb.model import NOTE, Document, Passage
from kb.permanence.ledger import LedgerEntry
from kb.permanence.note_dates import dated_notes
from kb.text.fingerprint import fingerprint

NOTES = Document("theme", "Theme", NOTE)
PASSAGES = {id: Passage("theme", id, f"words of {id}") for id in ("introduction", "a", "b")}


def entry(id: str, date: str, status: str = "published", text: str = "") -> LedgerEntry:
    words = text or PASSAGES[id].text
    return LedgerEntry("theme", id, fingerprint(words), date, status, words)  # type: ignore[arg-type]


def dates_of(*entries: LedgerEntry) -> dict[str, str]:
    (dated,) = dated_notes([NOTES], {"theme": (*PASSAGES.values(),)}, entries)
    return dict(dated.note_dates)


def test_a_note_has_the_day_of_its_present_words() -> None:
    assert dates_of(
        entry("introduction", "2026-01-01"),
        entry("a", "2026-01-01", text="older words"),
        entry("a", "2026-02-01", "amended"),
        entry("b", "2026-01-01", text="older words"),
    ) == {"introduction": "2026-01-01", "a": "2026-02-01"}


def test_a_withdrawn_note_and_a_source_have_none() -> None:
    assert dates_of(entry("a", "2026-01-01"), entry("a", "2026-02-01", "withdrawn")) == {}
    source = replace(NOTES, kind="report")
    assert dated_notes([source], {"theme": (*PASSAGES.values(),)}, [entry("a", "2026-01-01")]) == (source,)


def test_publishing_dates_the_notes_of_a_folder_and_an_export_keeps_the_days(
    folder: Path, tmp_path: Path
) -> None:
    assert not any(one.note_dates for one in load([folder]).documents)
    command = ["publish", "--content", str(folder), "--yes", "--date", "2026-11-20"]
    assert CliRunner().invoke(main, command).exit_code == 0
    found = load([folder])
    notes = [one for one in found.documents if one.is_note]
    assert notes
    assert all({day for _, day in one.note_dates} == {"2026-11-20"} for one in notes)
    write_interchange(found, tmp_path / "export")
    assert read_interchange(tmp_path / "export").documents == found.documents
