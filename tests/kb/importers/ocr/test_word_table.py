"""What tesseract writes becomes lines with boxes; what is not of its form is skipped."""

from __future__ import annotations

import pytest

from kb.importers.ocr.word_table import OcrLine, mean_confidence, read_word_table
from kb.importers.pdf.characters.recognised_runs import recognised_runs
from kb.sources.lines import Box


def row(line: int, text: str, left: int, *, top: int = 0, confidence: float = 90, block: int = 1) -> str:
    width = 20 * len(text)
    return f"5\t1\t{block}\t1\t{line}\t1\t{left}\t{top}\t{width}\t40\t{confidence}\t{text}"


def texts(*rows: str) -> list[str]:
    return [line.text for line in read_word_table("\n".join(rows))]


def test_words_of_one_line_are_joined_and_boxed_in_points() -> None:
    table = "level\tpage_num\n" + "\n".join(
        (row(1, "No", 100), row(1, "fees.", 160), row(2, "2.", 100, top=60))
    )
    first, second = read_word_table(table, 0.24)
    assert (first.text, second.text) == ("No fees.", "2.")
    assert first.box == Box(24, 0, 62.4, 9.6)
    assert second.box.top == pytest.approx(14.4)


def test_lines_of_two_columns_side_by_side_stay_apart() -> None:
    assert texts(row(1, "left", 0), row(1, "right", 900, block=2)) == ["left", "right"]


def test_a_script_without_spaces_has_those_that_the_image_has() -> None:
    assert texts(row(1, "แรง", 0), row(1, "งาน", 62)) == ["แรงงาน"]
    assert texts(row(1, "แรงงาน", 0), row(1, "ไทย", 160)) == ["แรงงาน ไทย"]


@pytest.mark.parametrize(
    "broken",
    [
        "",
        "5\t1\t1",
        row(1, " ", 0),
        row(1, "\x07", 0),
        row(1, "a", 0).replace("\t40\t", "\tx\t"),
        "4" + row(1, "a", 0)[1:],
    ],
)
def test_a_row_of_another_form_is_skipped(broken: str) -> None:
    assert texts(broken, row(2, "sound", 0)) == ["sound"]


def test_a_tab_in_a_word_is_not_a_column() -> None:
    assert texts(row(1, "a\tb", 0)) == ["ab"]


def test_long_lines_weigh_more_in_how_sure_a_page_is() -> None:
    sure = OcrLine("x" * 90, Box(0, 0, 1, 1), 1, 100)
    unsure = OcrLine("x" * 10, Box(0, 0, 1, 1), 1, 0)
    assert mean_confidence([sure, unsure]) == 90
    assert mean_confidence([]) == 0


def test_lines_of_one_type_have_one_size_and_a_heading_its_own() -> None:
    def line(height: float, top: float) -> OcrLine:
        return OcrLine("words", Box(72, top, 300, top + height), height, 90)

    runs = recognised_runs([line(24, 0), line(8, 60), line(9, 80), line(8, 100)])
    assert [run.size > 20 for run in runs] == [True, False, False, False]
    assert len({run.size for run in runs[1:]}) == 1
