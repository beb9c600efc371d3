"""Markdown: numbers as they are written, notes, front matter; HTML within it runs nothing."""

from __future__ import annotations

import pytest

from kb.importers.blocks import SourceDocument
from kb.importers.text.markdown import read_markdown
from tests.tables import table


def read(text: str) -> SourceDocument:
    return read_markdown(text.encode(), "a.md")


@table(
    ("text", "expected"),
    [
        ("1. a\n2. b\n3. c", ["1.", "2.", "3."]),
        ("1. a\n1. b\n1. c", ["1.", "2.", "3."]),
        ("7. a\n8. b", ["7.", "8."]),
        ("12. a\n\n14. b", ["12.", "14. b"]),
        ("1. a\n\nWords.\n\n2. b", ["1.", "Words.", "2."]),
        ("* a\n* b", ["•", "•"]),
        ("(a) one\n(b) two", ["(a) one", "(b) two"]),
    ],
)
def test_numbers_are_those_that_are_written(text: str, expected: list[str]) -> None:
    assert [block.item.label if block.item else block.text for block in read(text).blocks] == expected


def test_notes_are_apart() -> None:
    document = read("Victims[^1] spoke of what had been done to them.\n\n[^1]: See A.\n")
    assert [block.text for block in document.blocks] == ["Victims spoke of what had been done to them."]
    assert [(note.mark, note.words.text) for note in document.footnotes] == [("1", "See A.")]


def test_front_matter_gives_the_title_and_no_words() -> None:
    document = read('---\ntitle: "A report"\ndate: 2020\n---\n\nWords.\n')
    assert document.metadata == {"title": "A report"}
    assert [block.text for block in document.blocks] == ["Words."]


@pytest.mark.parametrize(
    "text", ["<script>x</script>Words", "> " * 500 + "Words", "[" * 2000, "*" * 5000, "Words"]
)
def test_hostile_markdown_is_read(text: str) -> None:
    assert "script" not in "".join(block.text for block in read(text).blocks)
