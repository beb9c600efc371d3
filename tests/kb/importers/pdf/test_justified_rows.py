"""Lines of justified paragraphs whose words are far apart."""

from __future__ import annotations

import pytest

from kb.importers.pdf.characters.text_runs import TextRun
from kb.importers.pdf.lines import page_lines
from kb.sources.lines import Box

WIDTH = 240.0


def run(text: str, baseline: float, left: float = 60, width: float = WIDTH, size: float = 10) -> TextRun:
    box = Box(left, baseline - 0.8 * size, left + width, baseline + 0.2 * size)
    return TextRun(text, box, baseline, size, False, False, False, False, False, (), size, size, 0)


def texts(*runs: TextRun) -> list[str]:
    return [line.text for line in page_lines(runs, 1)]


ABOVE = run("consent is irrelevant where any of the means", 100)
BELOW = run("consistent with the account that she had given", 124)


@pytest.mark.parametrize("around", [(ABOVE, BELOW), (ABOVE,), (BELOW,)])
def test_words_far_apart_are_one_line_in_a_paragraph(around: tuple[TextRun, ...]) -> None:
    cut = run("evidence", 112, 60, 45), run("showed", 112, 124, 38), run("untreated injuries", 112, 182, 118)
    assert "evidence showed untreated injuries" in texts(*around, *cut)


def test_lines_of_another_column_at_other_heights_are_passed_over() -> None:
    other = [run("words of the second column stand beside", 101 + 11 * row, 330) for row in range(3)]
    cut = run("see", 112, 60, 20), run("https://example.org/a/long/address", 112, 105, 195)
    assert "see https://example.org/a/long/address" in texts(ABOVE, BELOW, *cut, *other)


def test_columns_below_a_line_that_spans_them_stay_apart() -> None:
    rows = [
        run(text, 112 + 12 * row, left, 110)
        for row in range(3)
        for text, left in ((f"left column {row}", 60), (f"right column {row}", 190))
    ]
    found = texts(run("a line that spans both columns of the page", 100), *rows)
    assert {"left column 0", "right column 0", "left column 1"} <= set(found)


@pytest.mark.parametrize(
    ("other", "left"),
    [
        (run("a line as wide as the table is, but higher", 100), 200),  # the gap is that of cells
        (run("Permits .......................... $85 ......", 100), 124),
        (run("a heading in another size, just as wide", 100, size=14), 124),
        (run("a line that ends elsewhere on the page", 100, width=210), 124),
        (run("a line that is as wide, but far above", 60), 124),
    ],
)
def test_cells_of_a_row_stay_apart(other: TextRun, left: float) -> None:
    cells = run("Permits", 112, 60, 45), run("of the year", 112, left, 300 - left)
    assert texts(other, *cells)[-2:] == ["Permits", "of the year"]
