"""What an index stores is tied to its format version: changing a record requires a new version."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest

from index.engines.records import catalogue_record, passage_record
from index.engines.records.catalogue_record import NOT_STORED
from index.engines.whoosh.generation import FORMAT
from index.engines.whoosh.segment.fields import COLUMNS
from kb.errors import FaultyRecord, IndexUnusable
from kb.model import Document, Passage, Theme, Thesaurus
from kb.published import LeftOutPassage, Move, Published, Withdrawal
from kb.site import Site
from kb.sources.instrument import Instrument
from kb.sources.kept_source import KeptSource
from tests.engines import build, open_engine
from tests.index.samples import collection
from web.app import create_app

STORED = (
    *(Document, Passage, Theme, Thesaurus, Site, Withdrawal, Move, Published, Instrument),
    *(LeftOutPassage, FaultyRecord, KeptSource),
)
RECORDS: Mapping[int, str] = {
    12: "f8b7402f1e5f",
    13: "267bbd2a33b9",
    14: "baeaee387c80",
    15: "b197b2063134",
    16: "f6a7b7fb3360",
    17: "6b90a4993499",
    18: "6b90a4993499",  # merging had moved ends of compounds wrongly
}
"""For each version of the format since 12, the first digits of the SHA-256 of what its records have."""


def described(kind: Any, known: set[Any]) -> Iterator[str]:
    """Each field of a record, and of those within it, with its type."""
    for inner in get_args(kind):
        yield from described(inner, known)
    if not is_dataclass(kind) or kind in known:
        return
    known.add(kind)
    hints = get_type_hints(kind)
    for field in fields(kind):
        if field.name not in NOT_STORED:
            yield f"{kind.__name__}.{field.name}: {field.type}"
            yield from described(hints[field.name], known)


def test_a_changed_record_needs_a_new_version_of_the_format() -> None:
    known: set[Any] = set()
    lines = [*COLUMNS, *(line for kind in STORED for line in described(kind, known))]
    assert {"Passage.text: str", "Document.title: str", "SubPoint.slug: str"} <= set(lines)
    now = sha256("\n".join(lines).encode()).hexdigest()[:12]
    advice = f"records have changed: raise FORMAT in generation.py, and add {FORMAT + 1}: {now!r} to RECORDS"
    assert RECORDS.get(FORMAT) == now, advice


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    build(collection(a=["law of the sea"]), tmp_path)
    return tmp_path


@pytest.mark.parametrize("record", ["document", "passage"])
def test_an_index_with_other_records_is_refused_with_the_way_to_rebuild_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch, record: str
) -> None:
    client = create_app(open_engine(folder)).test_client()
    if record == "document":
        monkeypatch.setattr(catalogue_record, "STORED_FIELDS", catalogue_record.STORED_FIELDS[:-1])
    else:
        monkeypatch.setattr(passage_record, "Passage", lambda *values: Passage(*values, new=True))  # type: ignore[call-arg]
    with pytest.raises(IndexUnusable, match="rebuild the index with: kb build"):
        open_engine(folder).snapshot()
    response = client.get("/search?q=law")
    assert response.status_code == 503
    assert "kb build" in response.text
