"""What `kb check` remarks on."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from kb.cli.main import main
from kb.cli.remarks import remarks
from kb.collection.loader import survey
from tests.kb.folders import interchange

TODAY = datetime.date(2026, 11, 25)
MARKDOWN = "---\nslug: d\ntitle: {title}\nkind: report\n---\n## Part{title}\n\n{text}\n{{: #p1 }}\n"


def noted(*folders: Path) -> list[str]:
    read = survey(folders)
    assert read.faults == ()
    return [f"{one.path.name}:{one.line}: {one.problem}" for one in remarks(read, TODAY)]


def markdown(folder: Path, title: str, text: str) -> Path:
    (folder / "documents").mkdir(parents=True)
    path = folder / "documents/d.md"
    path.write_bytes(MARKDOWN.format(title=title, text=text).encode())
    return folder


@pytest.mark.parametrize("character", ["\x07", "\x1b", "\x7f", "\x97"])
def test_a_control_character_is_kept_with_a_remark_in_either_form(tmp_path: Path, character: str) -> None:
    name = f"(U+{ord(character):04X})"
    words = f"Of{character}fice"
    document, passage = {"id": "e", "title": words}, {"document": "e", "id": "p1", "text": words}
    folders = (
        markdown(tmp_path / "curated", words, words),
        interchange(tmp_path / "written", [document], [passage]),
    )
    assert noted(*folders) == [
        f"d.md:3: “title” contains a control character {name}",
        f"d.md:8: “heading” contains a control character {name}",
        f"d.md:8: “text” contains a control character {name}",
        f"documents.jsonl:1: “title” contains a control character {name}",
        f"passages.jsonl:1: “text” contains a control character {name}",
    ]
    texts = [passage.text for passage in survey(folders).collection.all_passages()]
    assert texts == [words, words]


@pytest.mark.parametrize("character", ["\v", "\f", "\x1c", "\x1d", "\x1e", "\x1f", "\x85"])
def test_a_white_space_control_character_is_white_space_without_a_remark(
    tmp_path: Path, character: str
) -> None:
    words = f"End of page{character}Victims"
    document, passage = {"id": "e", "title": words}, {"document": "e", "id": "p1", "text": words}
    folders = (
        markdown(
            tmp_path / "curated", words, f"{words}\n{{: #p0 }}\n{character}\n{character}Next{character}"
        ),
        interchange(tmp_path / "written", [document], [passage]),
    )
    assert noted(*folders) == []
    texts = [" ".join(passage.text.split()) for passage in survey(folders).collection.all_passages()]
    assert texts == ["End of page Victims", "Next", "End of page Victims"]


def test_remarks_are_printed_beside_the_answer_and_change_nothing(tmp_path: Path) -> None:
    folder = interchange(
        tmp_path / "c", [{"id": "d", "title": "T"}], [{"document": "d", "id": "p", "text": "\x07a"}]
    )
    result = CliRunner().invoke(main, ["check", "--content", str(folder)])
    assert result.exit_code == 0
    assert result.stdout.startswith("No faults: ")
    assert result.stderr.splitlines()[0] == "1 remark, which is no fault:"
    assert "passages.jsonl:1: “text” contains a control character (U+0007); it is kept" in result.stderr


def test_remarks_beyond_two_hundred_are_counted_by_kind(tmp_path: Path) -> None:
    passages = [{"document": "d", "id": f"p{n}", "text": "\x97a"} for n in range(1000)]
    folder = interchange(tmp_path / "c", [{"id": "d", "title": "T"}], passages)
    lines = noted(folder)
    assert len(lines) == 201
    assert lines[-1].startswith("passages.jsonl:201: 800 more of this kind, from here on: “text” contains")
