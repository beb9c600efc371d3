from __future__ import annotations

from kb.importers.pdf.columns import in_reading_order
from tests.kb.importers.pdf.made_lines import line

WORDS = "about thirty characters a line"


def texts(lines: list) -> list[list[str]]:  # type: ignore[type-arg]
    return [[one.text for one in column.lines] for column in in_reading_order(lines)]


def test_columns_are_read_one_after_another() -> None:
    left = [line(f"{WORDS} L{row}", 100 + 12 * row, left=72) for row in range(8)]
    right = [line(f"{WORDS} R{row}", 100 + 12 * row, left=260) for row in range(8)]
    mixed = [one for pair in zip(left, right, strict=True) for one in pair]
    assert texts(mixed) == [[one.text for one in left], [one.text for one in right]]


def test_what_spans_the_columns_parts_them() -> None:
    rows = [*range(6), *range(7, 14)]
    columns = [
        line(f"{WORDS} {side}{row}", 100 + 12 * row, left=left)
        for side, left in (("L", 72), ("R", 260))
        for row in rows
    ]
    title = line(
        "A title that goes across both columns of the page, from edge to edge", 172, left=72, width=338
    )
    found = texts([*columns, title])
    assert [column[0] for column in found] == [
        f"{WORDS} L0",
        f"{WORDS} R0",
        title.text,
        f"{WORDS} L7",
        f"{WORDS} R7",
    ]


def test_short_cells_side_by_side_are_no_columns() -> None:
    cells = [
        line(text, 100 + 12 * row, left=left)
        for row in range(9)
        for text, left in (("Art 5", 72), ("Yes", 260))
    ]
    assert len(texts(cells)) == 1


def test_a_page_without_lines_has_no_columns() -> None:
    assert in_reading_order([]) == []
