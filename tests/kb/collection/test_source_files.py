"""Documents checked against their sources."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from kb.collection.source_files import MAX_SOURCE_BYTES
from tests.kb.folders import interchange, problems

Edit = Callable[[str, str, str], None]
TREATY = "documents/treaty.md"


def test_a_changed_source_is_a_fault_of_its_own_with_both_checksums(folder: Path) -> None:
    path = folder / "sources/treaty.txt"
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    path.write_bytes(path.read_bytes() + b"\n")
    after = hashlib.sha256(path.read_bytes()).hexdigest()
    (problem,) = problems(folder)
    assert problem.startswith(f"treaty.md:8: the source's checksum is {after}, not {before}")


def test_a_source_that_is_not_text_is_a_fault(folder: Path) -> None:
    (folder / "sources/treaty.txt").write_bytes(b"\xff")
    assert any("treaty.md:7: the source is not UTF-8 text" in one for one in problems(folder))


@pytest.mark.skipif(not hasattr(os, "symlink") or os.name == "nt", reason="needs symbolic links")
def test_a_source_that_leads_out_of_its_folder_is_a_fault(folder: Path, tmp_path: Path) -> None:
    path = folder / "sources/treaty.txt"
    path.rename(tmp_path / "outside.txt")
    path.symlink_to(tmp_path / "outside.txt")
    assert any("the source is not a file in sources/" in one for one in problems(folder))


@pytest.mark.skipif(os.name == "nt", reason="needs symbolic links")
def test_a_source_that_leads_to_itself_is_a_fault(folder: Path) -> None:
    path = folder / "sources/treaty.txt"
    path.unlink()
    path.symlink_to(path)
    assert any(one.startswith("treaty.md:7: ") and "the source" in one for one in problems(folder))


def test_a_source_with_an_impossible_name_is_a_fault(folder: Path, edit: Edit) -> None:
    edit(TREATY, "source: treaty.txt", "source: " + "a" * 5000)
    assert any("treaty.md:7: " in one for one in problems(folder))


@pytest.mark.parametrize("name", ["documents/new.docx", "themes/new.txt"])
def test_a_file_whose_name_keeps_it_from_being_read_is_a_fault(folder: Path, name: str) -> None:
    (folder / name).write_bytes(b"")
    (problem,) = problems(folder)
    assert "this file is not read: its name does not end in .md" in problem


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("shall co-operate\nin", "shall\nin", "is not verbatim: “co-operate” is missing; nearest text"),
        (
            "shall protect",
            "shall always protect",
            "is not verbatim: “always” is not in the source there; nearest text",
        ),
        (
            "shall protect",
            "must protect",
            "is not verbatim: it has “must” where the source has “shall”; nearest text",
        ),
    ],
)
def test_a_difference_is_said_as_what_it_is(
    folder: Path, edit: Edit, old: str, new: str, problem: str
) -> None:
    edit(TREATY, old, new)
    assert any(problem in one for one in problems(folder)), problems(folder)


def test_a_changed_word_deep_in_a_long_passage_is_named(tmp_path: Path) -> None:
    words = " ".join(f"word{number}" for number in range(3000))
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources/a.txt").write_bytes(words.encode())
    sha256 = hashlib.sha256(words.encode()).hexdigest()
    text = words.replace("word2500 ", "other ")
    documents = [{"id": "d", "title": "D", "source": "a.txt", "sha256": sha256}]
    interchange(tmp_path, documents, [{"document": "d", "id": "p1", "text": text}])
    (problem,) = problems(tmp_path)
    assert "it has “other” where the source has “word2500”" in problem


def test_a_source_that_cannot_be_read_is_a_fault(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("kb.collection.source_files.read_regular", refuse)
    assert any("cannot read the source: Permission denied" in one for one in problems(folder))


def test_a_source_too_large_to_compare_is_a_fault(folder: Path) -> None:
    with (folder / "sources/treaty.txt").open("wb") as file:
        file.truncate(MAX_SOURCE_BYTES + 1)
    assert any("the source is larger than 20,000,000 bytes" in one for one in problems(folder))


def test_an_imported_document_is_held_to_a_source_that_came_with_it(tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources/a.txt").write_bytes(b"One two.")
    documents = [
        {"id": "d", "title": "D", "source": "a.txt", "sha256": hashlib.sha256(b"One two.").hexdigest()}
    ]
    interchange(tmp_path, documents, [{"document": "d", "id": "p1", "text": "One three."}])
    (problem,) = problems(tmp_path)
    assert problem.startswith("passages.jsonl:1: “p1” is not verbatim: it has “three.”")
    (tmp_path / "sources/a.txt").unlink()
    assert problems(tmp_path) == []


def test_an_imported_document_superseded_by_none_is_a_fault(tmp_path: Path) -> None:
    interchange(tmp_path, [{"id": "d", "title": "D", "status": "superseded", "superseded_by": "d"}])
    assert any("documents.jsonl:1: there is no other document “d”" in one for one in problems(tmp_path))


def test_passages_made_to_take_long_are_one_fault_of_their_document(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kb.text.source_match.MAX_STEPS", 2)
    (problem,) = problems(folder)
    assert problem.startswith("treaty.md:7: finding its passages in the source takes too long")


def test_many_passages_that_differ_are_compared_up_to_a_limit(tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources/a.txt").write_bytes(b"One two.")
    checksum = hashlib.sha256(b"One two.").hexdigest()
    interchange(
        tmp_path,
        documents=[{"id": "d", "title": "D", "source": "a.txt", "sha256": checksum}],
        passages=[{"document": "d", "id": f"p{number}", "text": "Three."} for number in range(250)],
    )
    *listed, last = problems(tmp_path)
    assert len(listed) == 200
    assert "50 more passages, from here on, are not verbatim" in last
