"""Plain text: paragraphs of lines of a set width, one paragraph a line, hyphens, scripts without spaces."""

from __future__ import annotations

import pytest

from kb.importers.segmenting.segmenter import segmented
from kb.importers.text.plain import read_plain_text
from kb.sources.lines import replayed

LONG = "The Conference recalls that trafficking in persons is a crime and a violation of human dignity. "


def texts(text: str) -> list[str]:
    return [block.text for block in read_plain_text(text.encode(), "a.txt").blocks]


def test_lines_of_a_set_width_are_joined() -> None:
    text = (
        "The Conference recalls that trafficking in persons is a\nserious crime and a violation of dignity."
        "\n\n"
        "1. States shall cooperate with each other to the widest\nextent possible.\n2. States shall report."
    )
    assert texts(text) == [
        "The Conference recalls that trafficking in persons is a serious crime and a violation of dignity.",
        "1. States shall cooperate with each other to the widest extent possible.",
        "2. States shall report.",
    ]


def test_where_lines_are_long_each_is_a_paragraph() -> None:
    assert texts(f"1.\tFacts\r\n{LONG * 4}\r\n{LONG * 3}\r\n") == [
        "1. Facts",
        (LONG * 4).strip(),
        (LONG * 3).strip(),
    ]


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        (
            "Everyone shall be protected, by trafficking laws, from traffick-",
            "ing of children",
            "trafficking of",
        ),
        (
            "All shall be protected from forced labour and from multi-",
            "pronged schemes",
            "multi-pronged",
        ),
        ("All shall be protected from forced labour and from non-", "State actors now", "non- State"),
        ("การค้ามนุษย์เป็นอาชญากรรมร้ายแรงและเป็นการละเมิดศักดิ์ศรีความเป็น", "มนุษย์ที่รัฐต้องป้องกัน", "ความเป็นมนุษย์"),
    ],
)
def test_line_ends_are_resolved(first: str, second: str, joined: str) -> None:
    (text,) = texts(f"{first}\n{second}")
    assert joined in text


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028"])
def test_line_ends_of_any_system_are_known(end: str) -> None:
    assert texts(f"1. One.{end}2. Two.{end}{end}Three") == ["1. One.", "2. Two.", "Three"]


def test_a_text_with_headings_in_markdown_is_read_so() -> None:
    blocks = read_plain_text(b"# Title\n\n**Date:** 2024\n\n## Part\n\n- one\n- two\n", "a.txt").blocks
    assert [(block.style.heading, block.text) for block in blocks] == [
        (1, "Title"),
        (0, "Date: 2024"),
        (2, "Part"),
        (0, "one"),
        (0, "two"),
    ]


def test_every_unit_is_replayed_from_its_lines() -> None:
    document = read_plain_text(f"{LONG}\n1.  A\t b\n   (a) traffick-\ning;\n".encode(), "a.txt")
    units = segmented(document).units
    assert [replayed(document.lines, unit.spans) for unit in units] == [unit.text for unit in units]


@pytest.mark.parametrize(
    "data", [b"", b"\n\n\n", b"\xff\xfe", b"\x00\x01\x02", bytes(range(256)), b"-----\n" * 50]
)
def test_anything_is_a_text(data: bytes) -> None:
    read_plain_text(data, "a.txt")
