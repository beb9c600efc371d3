from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.importers.pdf.characters.text_runs import RaisedMark
from kb.importers.pdf.lines import PageLine
from kb.importers.pdf.running_heads import without_running_heads
from tests.kb.importers.pdf.made_lines import line


def page(number: int, foot: str, head: str = "A/HRC/19/8") -> list[PageLine]:
    body = [
        line(f"words {row} of page {number}: {'a' * number}", 100 + 12 * row, page=number) for row in range(9)
    ]
    return [line(head, 40, page=number), *body, line(foot, 760, page=number)]


def test_heads_and_page_numbers_are_dropped_and_listed() -> None:
    bare = without_running_heads([page(number, f"Page {number}") for number in range(1, 7)])
    assert all(len(lines) == 9 for lines in bare.pages)
    assert {(one.reason, one.text) for one in bare.dropped} >= {
        ("running-head", "A/HRC/19/8"),
        ("page-number", "Page 3"),
    }


def test_a_number_that_does_not_count_the_pages_stays() -> None:
    bare = without_running_heads([page(number, foot) for number, foot in enumerate(("22", "3", "1950"), 1)])
    assert [lines[-1].text for lines in bare.pages] == ["22", "3", "1950"]


def test_the_mark_of_a_note_is_no_page_number() -> None:
    bare = without_running_heads([page(number, f"{number}/") for number in (1, 2, 3)])
    assert [lines[-1].text for lines in bare.pages] == ["1/", "2/", "3/"]


def test_a_head_of_few_pages_is_dropped_beside_another() -> None:
    pages = [page(number, str(number)) for number in range(1, 21)]
    for lines in pages[3:7]:
        lines.insert(1, line("Syllabus", 52, page=lines[0].page))
    assert "Syllabus" in {one.text for one in without_running_heads(pages).dropped}
    alone = [lines[1:] for lines in pages]
    assert "Syllabus" not in {one.text for one in without_running_heads(alone).dropped}


def test_what_is_beside_a_head_is_one_and_numbers_may_be_roman_or_begin_anew() -> None:
    pages = [page(number, foot) for number, foot in enumerate(("i", "ii", "1", "2", "3"), 1)]
    for number, lines in enumerate(pages):
        lines.insert(1, line(f"Section {'abcde'[number]}", 40, left=300, page=number + 1))
    bare = without_running_heads(pages)
    assert [len(lines) for lines in bare.pages] == [9] * 5
    assert sum(one.reason == "page-number" for one in bare.dropped) == 5


@pytest.mark.parametrize(
    "numbers",
    [(5, 10, 15, 20), (7, 8, 12, 13), (1, 2, 1, 3), (98, 101, 110, 111)],
)
def test_notes_that_differ_in_numbers_alone_are_no_running_feet(numbers: tuple[int, ...]) -> None:
    feet = [f"{number} Ibid., para. {number + 20}." for number in numbers]
    bare = without_running_heads([page(at, foot) for at, foot in enumerate(feet, 1)])
    assert [lines[-1].text for lines in bare.pages] == feet


def test_notes_with_raised_marks_stay_even_where_they_count_with_the_pages() -> None:
    pages = [page(number, "") for number in range(1, 5)]
    for number, lines in enumerate(pages, 1):
        mark = (RaisedMark(0, 1),)
        lines[-1] = line(f"{number} Ibid., p. {number + 30}.", 760, page=number, marks=mark)
    bare = without_running_heads(pages)
    assert [lines[-1].text for lines in bare.pages] == [
        f"{number} Ibid., p. {number + 30}." for number in range(1, 5)
    ]


@pytest.mark.parametrize("number", [lambda at: at + 10, lambda at: 2022, lambda at: 100])
def test_feet_with_the_number_of_the_page_or_of_the_volume_are_running(number: Callable[[int], int]) -> None:
    bare = without_running_heads(
        [page(at, f"{number(at)} Journal of Labour Migration") for at in range(1, 7)]
    )
    assert sum(one.reason == "running-foot" for one in bare.dropped) == 6


@pytest.mark.parametrize(
    "numbers",
    [
        (12, 14, 16),
        (12, 14, 16, 18, 20, 22),
        (13, 15, 17, 19),
        (1, 2, 3, 4, 5) * 3,
        (1, 3, 5, 7) * 3,
        (7, 8, 9, 1, 2, 3, 4),
    ],
)
@pytest.mark.parametrize("at_foot", [True, False])
def test_lines_that_count_two_pages_or_begin_anew_are_running(
    numbers: tuple[int, ...], at_foot: bool
) -> None:
    texts = [f"{number} Human Rights Law Review" for number in numbers]
    pages = [
        page(
            at,
            text if at_foot else f"The end of page {'abcdefghijklmno'[at - 1]}",
            "A/1" if at_foot else text,
        )
        for at, text in enumerate(texts, 1)
    ]
    reason = "running-foot" if at_foot else "running-head"
    dropped = [one.text for one in without_running_heads(pages).dropped if one.reason == reason]
    assert [one for one in dropped if one in texts] == texts


@pytest.mark.parametrize("raised", [{2}, {1, 5}, {3, 4, 6}])
def test_a_misread_raised_mark_makes_no_running_foot_a_note(raised: set[int]) -> None:
    pages = [page(number, "") for number in range(1, 7)]
    for number, lines in enumerate(pages, 1):
        marks = (RaisedMark(0, 1),) if number in raised else ()
        lines[-1] = line(f"{number} Annual Report", 760, page=number, marks=marks)
    assert sum(one.reason == "running-foot" for one in without_running_heads(pages).dropped) == 6


def test_a_head_with_numbers_that_count_nothing_is_no_note() -> None:
    heads = [f"{number} Statutes" for number in (5, 10, 15, 20)]
    bare = without_running_heads(
        [page(at, f"words {'abcd'[at - 1]}", head) for at, head in enumerate(heads, 1)]
    )
    assert [one.text for one in bare.dropped if one.reason == "running-head"] == heads
