from __future__ import annotations

from kb.importers.pdf.lines import PageLine
from kb.importers.pdf.tables import tables
from tests.kb.importers.pdf.made_lines import line


def cells(*rows: tuple[str, str], step: float = 12, top: float = 100) -> list[PageLine]:
    return [
        line(text, top + step * row, left=left)
        for row, pair in enumerate(rows)
        for text, left in zip(pair, (72, 260), strict=True)
    ]


def test_lines_side_by_side_are_rows() -> None:
    (table,) = tables(cells(("State", "Date"), ("Chile", "2004"), ("Ghana", "2012")))
    assert [[cell[0].text for cell in row.cells] for row in table.rows] == [
        ["State", "Date"],
        ["Chile", "2004"],
        ["Ghana", "2012"],
    ]


def test_cells_of_several_lines_are_told_by_the_gaps_between_rows() -> None:
    lines = [
        *cells(("Term", "words of its meaning"), ("one", "and more words")),
        *cells(("Other", "words of its meaning"), ("term", "and more"), top=136),
        line("ending here", 160, left=260),
    ]
    (table,) = tables(lines)
    assert [[[one.text for one in cell] for cell in row.cells] for row in table.rows] == [
        [["Term", "one"], ["words of its meaning", "and more words"]],
        [["Other", "term"], ["words of its meaning", "and more", "ending here"]],
    ]


def test_two_rows_or_running_text_are_no_table() -> None:
    assert tables(cells(("United Nations", "A/HRC/19/8"), ("General Assembly", "Distr.: General"))) == []
    assert tables([line(f"a line of running text {row}", 100 + 12 * row) for row in range(9)]) == []


def test_numbers_far_before_their_paragraphs_are_no_table() -> None:
    assert tables(cells(("1.", "First words"), ("2.", "Second words"), ("3.", "Third words"))) == []
