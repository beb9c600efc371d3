"""One error is one fault: what merely follows from it is not reported."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kb.collection.loader import read_collection
from kb.curated.thesaurus_file import THESAURUS_FILE

Edit = Callable[[str, str, str], None]
TREATY = "documents/treaty.md"
THEME = "themes/01-cooperation.md"


def problems(*folders: Path) -> list[str]:
    found = read_collection(folders)[1]
    return [f"{fault.path.name}:{fault.line}: {fault.problem}" for fault in found]


@pytest.mark.parametrize(
    ("name", "old", "new", "problem"),
    [
        (TREATY, "---\nslug", "slug", "treaty.md:1: the file does not begin with front matter"),
        (TREATY, "title: A treaty", "title: A: treaty", "treaty.md:3: invalid YAML: "),
        (TREATY, "slug: treaty\n", "", "treaty.md:1: “slug” is missing from the front matter"),
        (TREATY, "#a1", "#a/1", "treaty.md:15: “a/1” is not a valid id"),
        (THEME, "slug: coop", "slug: *coop", "01-cooperation.md:2: anchors (&) and aliases (*)"),
        (THEME, "#extradition", "#x y", "01-cooperation.md:10: cannot read this attribute list"),
        (THESAURUS_FILE, "same:", "same: [", "thesaurus.yaml:3: invalid YAML: "),
    ],
)
def test_a_file_that_cannot_be_read_is_one_fault(
    folder: Path, edit: Edit, name: str, old: str, new: str, problem: str
) -> None:
    edit(name, old, new)
    (found,) = problems(folder)
    assert found.startswith(problem.partition(":")[0])
    assert problem.partition(": ")[2] in found


def test_a_document_that_is_not_text_is_one_fault(folder: Path) -> None:
    (folder / TREATY).write_bytes(b"\xff")
    assert problems(folder) == ["treaty.md:1: this is not UTF-8 text"]


def test_a_newer_document_that_cannot_be_read_is_not_said_to_be_missing(folder: Path, edit: Edit) -> None:
    front = "slug: old\ntitle: Old\nkind: treaty\nstatus: superseded\nsuperseded_by: treaty"
    (folder / "documents/old.md").write_text(f"---\n{front}\n---\nx\n{{: #p1 }}\n", encoding="utf-8")
    edit(TREATY, "---\nslug", "slug")
    assert problems(folder) == ["treaty.md:1: the file does not begin with front matter"]


def lines(folder: Path, **files: list[Any]) -> Path:
    folder.mkdir(exist_ok=True)
    for name, objects in files.items():
        text = "".join((one if isinstance(one, str) else json.dumps(one)) + "\n" for one in objects)
        (folder / f"{name}.jsonl").write_text(text, encoding="utf-8")
    return folder


PASSAGE = {"document": "d", "id": "p1", "text": "Words.", "themes": ["a"]}
QUOTING = PASSAGE | {"id": "p2", "quotation": {"document": "d", "passage": "p1", "words": "Words"}}
DOCUMENT = {"id": "d", "title": "D"}


@pytest.mark.parametrize(
    ("files", "problem"),
    [
        ({"documents": [DOCUMENT | {"date": "x"}], "passages": [PASSAGE, PASSAGE]}, "documents.jsonl:1"),
        ({"documents": ["{"], "passages": [PASSAGE]}, "documents.jsonl:1"),
        ({"documents": [DOCUMENT], "passages": [PASSAGE | {"text": 1}, QUOTING]}, "passages.jsonl:1"),
        ({"documents": [DOCUMENT], "passages": ["{", QUOTING]}, "passages.jsonl:1"),
        ({"documents": [DOCUMENT], "passages": [PASSAGE], "themes": [{"slug": "a"}]}, "themes.jsonl:1"),
        ({"documents": [DOCUMENT], "passages": [PASSAGE], "themes": ["{"]}, "themes.jsonl:1"),
        ({"passages": [PASSAGE, PASSAGE]}, "passages.jsonl:1: there is no documents.jsonl beside this file"),
    ],
)
def test_a_refused_line_is_one_fault(tmp_path: Path, files: Any, problem: str) -> None:
    (found,) = problems(lines(tmp_path / "c", **files))
    assert found.startswith(problem)


def test_other_references_are_still_held_to_account(tmp_path: Path) -> None:
    passages = ["{", PASSAGE | {"document": "e"}]
    found = problems(lines(tmp_path / "c", documents=[DOCUMENT], passages=passages))
    assert [one.partition(": ")[0] for one in found] == ["passages.jsonl:1", "passages.jsonl:2"]


def test_a_folder_within_the_documents_is_not_read(folder: Path) -> None:
    (folder / "documents/more").mkdir()
    (folder / "themes/.trash").mkdir()
    assert problems(folder) == ["more:0: this folder is not read"]


@pytest.mark.parametrize("name", ["documents", "themes", "sources"])
def test_a_folder_without_a_document_has_no_content(tmp_path: Path, name: str) -> None:
    (tmp_path / "c" / name).mkdir(parents=True)
    assert problems(tmp_path / "c") == ["c:0: this folder has no content"]
