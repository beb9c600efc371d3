"""`kb build --leave-out-faulty`, and what commands say about what it left out."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from kb.cli.main import main
from kb.collection.loader import survey
from kb.collection.publication import pending_entries
from kb.permanence.ledger import LEDGER_FILE
from kb.text.fingerprint import fingerprint
from tests.engines import open_engine
from tests.kb.folders import interchange

WORDS = "States shall protect every victim of trafficking in persons."
DOCUMENT = {"id": "d", "title": "The document"}
FIRST = {"document": "d", "id": "p1", "text": "The first passage of the document."}
SECOND = {"document": "d", "id": "p2", "text": WORDS}
FAULTY = SECOND | {"themes": ["no tag!"]}


def kb(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments])


def content(folder: Path, *passages: Any, documents: Any = (DOCUMENT,)) -> Path:
    return interchange(folder, documents=documents, passages=passages)


@pytest.fixture
def published(tmp_path: Path) -> Path:
    """A folder whose two passages are published, and whose second is then at fault."""
    folder = content(tmp_path / "content", FIRST, SECOND)
    for one in pending_entries(survey([folder]), datetime.date(2026, 1, 1)):
        one.write()
    return content(folder, FIRST, FAULTY)


def build(folder: Path, *options: str) -> Result:
    return kb("build", "--content", folder, "--index", folder.parent / "index", *options)


def listed(folder: Path) -> list[dict[str, Any]]:
    text = (folder.parent / "index/left-out.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def test_the_rest_is_built_and_the_list_is_beside_the_index(published: Path) -> None:
    made = build(published, "--leave-out-faulty")
    assert made.exit_code == 0
    path = published.parent / "index/left-out.jsonl"
    assert f"Left out: 1 passage; listed in {path}\n" in made.stderr
    assert listed(published) == [
        {
            "kind": "passage",
            "name": "d/p2",
            "file": str(published / "passages.jsonl"),
            "line": 2,
            "code": "bad-tag",
            "problem": "“no tag!” is not a theme or sub-point",
            "remedy": "write theme or theme/sub-point",
            "because": None,
            "fingerprint": fingerprint(WORDS),
        }
    ]


def test_without_the_option_one_fault_refuses_all_and_the_index_stays(published: Path) -> None:
    build(published, "--leave-out-faulty")
    before = open_engine(published.parent / "index").snapshot().generation
    refused = build(published)
    assert refused.exit_code == 1
    assert "passages.jsonl:2: “no tag!” is not a theme or sub-point" in refused.stderr
    assert open_engine(published.parent / "index").snapshot().generation == before
    assert listed(published)


def test_building_again_changes_nothing_until_the_fault_is_corrected(published: Path) -> None:
    build(published, "--leave-out-faulty")
    assert "Nothing new" in build(published, "--leave-out-faulty").stdout
    content(published, FIRST, SECOND)
    assert "1 changed" in build(published, "--leave-out-faulty").stdout
    assert not (published.parent / "index/left-out.jsonl").exists()
    snapshot = open_engine(published.parent / "index").snapshot()
    assert snapshot.passage("d", "p2")
    assert not snapshot.left_out_passages


def test_a_site_takes_up_the_list_of_a_new_generation(published: Path) -> None:
    engine = open_engine(published.parent / "index")
    build(published, "--leave-out-faulty")
    assert dict(engine.snapshot().left_out.counts) == {"passages": 1}
    content(published, FIRST, FAULTY, "not an object")
    build(published, "--leave-out-faulty")
    assert dict(engine.snapshot().left_out.counts) == {"passages": 2}


def test_an_index_built_in_part_is_built_on_when_a_fault_appears(tmp_path: Path) -> None:
    folder = content(tmp_path / "content", FIRST, SECOND, {"document": "e", "id": "q", "text": "Others."},
                     documents=(DOCUMENT, {"id": "e", "title": "E"}))  # fmt: skip
    build(folder)
    content(folder, FIRST, FAULTY, {"document": "e", "id": "q", "text": "Others."},
            documents=(DOCUMENT, {"id": "e", "title": "E"}))  # fmt: skip
    made = build(folder, "--leave-out-faulty")
    assert "0 documents added, 1 changed, 0 removed, 1 unchanged; 2 passages" in made.stdout


def test_the_ledger_is_not_changed_and_publishing_refuses(published: Path) -> None:
    before = (published / LEDGER_FILE).read_bytes()
    build(published, "--leave-out-faulty")
    assert kb("publish", "--content", published, "--yes").exit_code == 1
    assert kb("publish", "--content", published, "--yes", "--leave-out-faulty").exit_code == 2
    assert (published / LEDGER_FILE).read_bytes() == before


def test_what_is_never_left_out_refuses_all_and_says_why(published: Path) -> None:
    content(published, FIRST, SECOND | {"text": "Other words altogether, which nobody published."})
    refused = build(published, "--leave-out-faulty")
    assert refused.exit_code == 1
    assert "the id “p2” was published with different words" in refused.stderr
    assert "--leave-out-faulty does not help with this fault." in refused.stderr
    assert not (published.parent / "index").exists()


def test_kb_cite_says_that_it_is_left_out(published: Path) -> None:
    build(published, "--leave-out-faulty")
    said = kb("cite", "d/p2", "--index", published.parent / "index")
    assert said.exit_code == 1
    assert "d/p2 is left out at present, not withdrawn" in said.stderr
    assert fingerprint(WORDS) in said.stderr


def test_kb_quote_says_that_it_is_left_out(published: Path) -> None:
    build(published, "--leave-out-faulty")
    said = kb("quote", WORDS, "--index", published.parent / "index")
    assert said.exit_code == 1
    assert "Words quoted here were published in d/p2, which is left out at present" in said.stderr


def test_kb_verify_says_that_it_is_left_out(published: Path, tmp_path: Path) -> None:
    build(published, "--leave-out-faulty")
    (tmp_path / "paper.md").write_text(f"They wrote “{WORDS}” [@d/p2].\n", encoding="utf-8")
    said = kb("verify", tmp_path / "paper.md", "--index", published.parent / "index")
    assert said.exit_code == 1
    assert "left out at present: @d/p2; its record has a fault; it was not withdrawn" in said.stdout
    assert "withdrawn:" not in said.stdout
    assert "Words quoted here were published in d/p2" in said.stderr


def test_kb_resolve_says_that_it_is_left_out(published: Path) -> None:
    build(published, "--leave-out-faulty")
    said = kb("resolve", "d/p2", "--index", published.parent / "index")
    assert "it is left out at present, not withdrawn" in said.stdout


@pytest.mark.parametrize(
    ("broken", "count"),
    [("{not JSON", 2), ('{"document": "d", "text": "no id"}', 2), (json.dumps(FAULTY), 1)],
)
def test_as_many_are_said_to_be_left_out_as_are_listed(published: Path, broken: str, count: int) -> None:
    """A line that cannot be read is listed, and so is the published passage that may have been in it."""
    (published / "passages.jsonl").write_text(f"{json.dumps(FIRST)}\n{broken}\n", encoding="utf-8")
    assert build(published, "--leave-out-faulty").exit_code == 0
    kinds = [line["kind"] for line in listed(published)]
    left_out = open_engine(published.parent / "index").snapshot().left_out
    assert kinds == ["passage"] * count
    assert left_out.counts == {"passages": count}
