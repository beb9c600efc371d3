"""The body of a curated document."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb import tags
from kb.curated.passage_blocks import dump_passages, parse_passages
from kb.ids import is_id
from kb.model import Passage
from kb.sources.unit_kinds import UNIT_KINDS
from tests.tables import table

PATH = Path("d.md")

ids = st.text(st.sampled_from("abc012._-"), min_size=1, max_size=6).filter(is_id)
words = st.text(
    st.sampled_from(list('ab \n\\*#{}:"&>\t\r\u2028')) | st.characters(codec="utf-8"), max_size=20
)
tagged = st.lists(st.sampled_from(["a", "a/x", "a/y", "b", "b/x", "c"]), max_size=5).map(tags.normalized)
titles = st.sampled_from(["I", "II", "a *b*", "# x", "I > II", "a\nb", "{: #x }", "="])
pages = st.tuples(st.integers(1, 3), st.integers(0, 3)).map(lambda pair: (pair[0], sum(pair)))
found = st.lists(
    st.builds(
        lambda pages, **fields: Passage(**fields, page=pages[0], page_end=pages[1]),
        pages=pages | st.just((None, None)),
        unit=st.sampled_from(["", "heading", "heading", *UNIT_KINDS]),
        document=st.just("d"),
        id=ids,
        text=titles | words.filter(lambda text: bool(text.split())),
        locator=words,
        heading=words | st.lists(st.sampled_from(["I", "II", "a *b*", " "]), max_size=7).map(" > ".join),
        themes=tagged,
        formerly=st.lists(st.tuples(st.sampled_from("de"), ids).map("/".join), max_size=3).map(tuple),
    ),
    unique_by=lambda passage: passage.id,
    max_size=6,
)


@given(found)
def test_any_passages_written_read_back_the_same(written: list[Passage]) -> None:
    assert parse_passages(dump_passages(written), "d", PATH) == (tuple(written), ())


def read(body: str) -> list[Passage]:
    result, faults = parse_passages(body, "d", PATH)
    assert faults == ()
    return list(result)


def test_headings_give_the_path_of_what_follows() -> None:
    body = "## A\n\nx\n{: #1 }\n\n#### B\ny\n{: #2 }\n\n### C\nz\n{: #3 }\n\n## D\n\nw\n{: #4 }\nv\n{: #5 }\n"
    assert [one.heading for one in read(body)] == ["A", "A > B", "A > C", "D", "D"]
    assert [one.line for one in read(body)] == [3, 7, 11, 16, 18]


def test_a_passage_that_returns_to_a_higher_heading_repeats_it() -> None:
    written = [Passage("d", "1", "x", heading="A > B"), Passage("d", "2", "y", heading="A")]
    assert dump_passages(written).count("## A") == 2
    assert read(dump_passages(written)) == written


def test_a_heading_with_an_attribute_list_is_a_passage_below_the_headings_above_it() -> None:
    body = '## A\n{: #a page="2" }\n\n### B\n{: #b unit="heading" }\n\n'
    body += 'x\n{: #x unit="bullet" page="3" page_end="4" }\n'
    assert [(one.id, one.text, one.heading, one.unit, one.page, one.page_end) for one in read(body)] == [
        ("a", "A", "", "heading", 2, 2),
        ("b", "B", "A", "heading", None, None),
        ("x", "x", "A > B", "bullet", 3, 4),
    ]
    assert [one.line for one in read(body)] == [1, 4, 7]
    assert dump_passages(read(body)) == body.replace(' unit="heading"', "")


def test_a_sub_point_brings_its_theme() -> None:
    (passage,) = read('x\n{: #1 themes="b" subpoints="a/x a/y" }')
    assert passage.themes == ("b", "a", "a/x", "a/y")


def test_a_hash_within_a_text_is_no_heading() -> None:
    assert read("#5 of\n{: #1 }")[0].text == "#5 of"


@table(
    ("body", "line", "problem"),
    [
        ("\nx\n\n{: #1 }", 2, "this passage has no id"),
        ("\nx\n\n{: #1 }", 4, "has no text above it"),
        ("x\n## A\n", 1, "this passage has no id"),
        ("x\n{: #1 }\n\ny\n{: #1 }", 5, "duplicate id “1”"),
        ("x\n{: #1 colour='red' }", 2, "cannot read this attribute list"),
        ('x\n{: #1 colour="red" }', 2, "unknown key “colour”"),
        ('x\n{: #1 locator="a" locator="b" }', 2, "duplicate key “locator”"),
        ("x\n{: #1 ", 2, "cannot read this attribute list"),
        ("x\n{: }", 2, "needs exactly one id"),
        ("x\n{: #1 #2 }", 2, "needs exactly one id"),
        ("x\n{: #.. }", 2, "is not a valid id"),
        ("x\n{: #a/b }", 2, "is not a valid id"),
        ('x\n{: #1 subpoints="a/b/c" }', 2, "is not a theme or sub-point"),
        ('x\n{: #1 themes="é" }', 2, "is not a theme or sub-point"),
        ("&#32;\n{: #1 }", 1, "is empty"),
        ("## A\n\n{: #1 }", 3, "has no text above it"),
        ('## A\n{: #1 unit="article" }', 2, "a heading line is a passage of the unit “heading”"),
        ('x\n{: #1 unit="clause" }', 2, "unknown unit “clause”"),
        ('x\n{: #1 page="iv" }', 2, "“page” is “iv”, which is not a page number"),
        ('x\n{: #1 page="0" }', 2, "“page” is “0”, which is not a page number"),
        ('x\n{: #1 page="-1" }', 2, "which is not a page number"),
        ('x\n{: #1 page="12345678" }', 2, "which is not a page number"),
        ('x\n{: #1 page="3" page_end="2" }', 2, "“page_end” is 2, which is before the first page"),
        ('x\n{: #1 page_end="2" }', 2, "“page_end” is 2, which is before the first page"),
    ],
)
def test_what_cannot_be_read_is_a_fault_with_its_line(body: str, line: int, problem: str) -> None:
    _, faults = parse_passages(body, "d", PATH)
    assert any(fault.line == line and problem in fault.problem and fault.remedy for fault in faults), faults


def test_lines_count_from_the_beginning_of_the_file() -> None:
    assert parse_passages("x\n{: #1 }", "d", PATH, first_line=10)[0][0].line == 10


@given(st.text(st.sampled_from(list('ab#{}: ="\\\n-*'))))
def test_any_body_gives_passages_and_faults(body: str) -> None:
    result, faults = parse_passages(body, "d", PATH)
    assert all(one.text.split() and is_id(one.id) for one in result)
    assert all(1 <= fault.line <= body.count("\n") + 1 for fault in faults)


@pytest.mark.slow
def test_many_odd_characters_are_read_in_one_go() -> None:
    for piece in ("\\", '{: a="', "&#", "x\n", "# ", "{: #a\n"):
        assert parse_passages(piece * (200_000 // len(piece)), "d", PATH)[0] == ()


def test_a_long_heading_is_a_fault_and_not_repeated_in_full(tmp_path: Path) -> None:
    body = f"# {'a' * 1_001}\n\n" + "".join(f"x\n{{: #p{number} }}\n\n" for number in range(3))
    passages, (fault,) = parse_passages(body, "d", tmp_path / "d.md")
    assert (fault.line, fault.message.code) == (1, "heading-too-long")
    assert [len(one.heading) for one in passages] == [1_000] * 3
    assert passages[0].heading is passages[2].heading


def test_a_heading_too_long_for_a_line_is_written_in_full(tmp_path: Path) -> None:
    passage = Passage("d", "p1", "x", heading="a" * 5_000)
    assert parse_passages(dump_passages([passage]), "d", tmp_path / "d.md")[0][0].heading == passage.heading
