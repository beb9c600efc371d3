"""A new id may not look like a span of passages."""

from __future__ import annotations

import json
from pathlib import Path

from kb.permanence.ledger import LEDGER_FILE
from kb.text.fingerprint import fingerprint
from tests.kb.folders import interchange, problems

PROBLEM = "a new id cannot contain “..”, as “{id}” does"


def content(folder: Path, document: str = "plan", *ids: str) -> Path:
    passages = [{"document": document, "id": id, "text": f"Words of {id}."} for id in ids]
    return interchange(folder, [{"id": document, "title": "A plan"}], passages)


def test_a_new_id_with_two_dots_is_refused_where_it_is_written(tmp_path: Path) -> None:
    first, second = problems(content(tmp_path, "my..plan", "p1", "p1..p2"))
    assert first.startswith(f"documents.jsonl:1: {PROBLEM.format(id='my..plan')}")
    assert second.startswith(f"passages.jsonl:2: {PROBLEM.format(id='p1..p2')}")


def test_single_dots_are_no_span(tmp_path: Path) -> None:
    assert problems(content(tmp_path, "my.plan", "art.16.2", ".p1")) == []


def test_an_id_that_is_published_stays(tmp_path: Path) -> None:
    folder = content(tmp_path, "my..plan", "p1..p2")
    text = "Words of p1..p2."
    entry = {"document": "my..plan", "id": "p1..p2", "fingerprint": fingerprint(text), "date": "2025-01-01"}
    line = json.dumps({**entry, "status": "published", "text": text})
    (folder / LEDGER_FILE).write_text(f"{line}\n", encoding="utf-8")
    assert problems(folder) == []
    (problem,) = problems(content(tmp_path, "my..plan", "p1..p2", "p3..p4"))
    assert PROBLEM.format(id="p3..p4") in problem
