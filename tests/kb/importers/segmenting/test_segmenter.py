"""What becomes of blocks, in whatever format they came."""

from __future__ import annotations

import pytest

from kb.importers.blocks import Block, BlockStyle, ListItem, SourceDocument, TableRow
from kb.importers.segmenting.segmenter import segmented
from kb.importers.spanned_text import joined, line_text
from kb.sources.lines import SourceLine

BOLD = BlockStyle(bold=True, size=10)


def document(*texts: str | Block) -> SourceDocument:
    """Each text a block; a text within asterisks is bold."""
    lines, blocks = [], []
    for number, text in enumerate(texts):
        match text:
            case Block():
                lines.append(SourceLine(text.text))
                blocks.append(text)
            case str():
                words = text.strip("*")
                style = BOLD if text.startswith("*") else BlockStyle(size=10)
                lines.append(SourceLine(words))
                blocks.append(Block(line_text(words, number), style))
    return SourceDocument("test", tuple(lines), tuple(blocks))


def located(*texts: str | Block) -> list[tuple[str, str]]:
    return [(unit.locator, unit.kind) for unit in segmented(document(*texts)).units]


LONG = "words that fill a paragraph of the ordinary kind, so that it is one, with a full stop at its end."


def test_sub_paragraphs_belong_to_their_paragraph() -> None:
    assert located(
        f"12. {LONG}", "(a) first;", "(b) second:", "(i) inner one;", "(ii) inner two.", "13. Next words."
    ) == [
        ("para 12", "paragraph"),
        ("para 12(a)", "subparagraph"),
        ("para 12(b)", "subparagraph"),
        ("para 12(b)(i)", "subparagraph"),
        ("para 12(b)(ii)", "subparagraph"),
        ("para 13", "paragraph"),
    ]


def test_a_letter_i_that_follows_h_is_a_letter() -> None:
    texts = [f"({letter}) words;" for letter in "abcdefghij"]
    assert located("1. Start:", *texts)[-2:] == [("para 1(i)", "subparagraph"), ("para 1(j)", "subparagraph")]


def test_numbers_within_a_numbered_paragraph_do_not_restart_the_document() -> None:
    assert [locator for locator, _ in located("7. As follows:", "1. one;", "2. two.", "8. Next.")] == [
        "para 7",
        "para 7(1)",
        "para 7(2)",
        "para 8",
    ]


def test_paragraphs_count_on_across_headings() -> None:
    assert [
        one for one, _ in located("*I. First part*", f"1. {LONG}", "*II. Second part*", f"2. {LONG}")
    ] == [
        "heading I",
        "para 1",
        "heading II",
        "para 2",
    ]


def test_a_restart_is_named_by_its_section_and_an_annex_by_itself() -> None:
    found = [
        one
        for one, _ in located(
            *("*VISTO*", f"1. {LONG}", f"2. {LONG}", "*RESUELVE*", f"1. {LONG}", "*Annex I*", f"1. {LONG}"),
            *("*Annex II*", f"1. {LONG}"),
        )
    ]
    assert found == [
        "heading “VISTO”",
        "VISTO, para 1",
        "VISTO, para 2",
        "heading “RESUELVE”",
        "RESUELVE, para 1",
        "annex I",
        "annex I, para 1",
        "annex II",
        "annex II, para 1",
    ]


def test_articles_have_their_paragraphs_and_points() -> None:
    assert located("Article 16", f"1. {LONG}", "2. Points:", "(a) one;", "(b) two.", "Article 17", LONG) == [
        ("art 16", "heading"),
        ("art 16(1)", "paragraph"),
        ("art 16(2)", "paragraph"),
        ("art 16(2)(a)", "subparagraph"),
        ("art 16(2)(b)", "subparagraph"),
        ("art 17", "heading"),
        ("art 17, unnumbered para 1", "paragraph"),
    ]


def test_recommendations_are_told_by_the_paragraph_that_lists_them() -> None:
    assert located(
        "88. The recommendations listed below:", "88.1. Ratify it;", "88.2. Accede to it;", "89. More."
    ) == [
        ("para 88", "paragraph"),
        ("rec 88.1", "recommendation"),
        ("rec 88.2", "recommendation"),
        ("para 89", "paragraph"),
    ]
    assert [one for one, _ in located("*6. Context*", "6.1 Words.", "6.2 More words.")] == [
        "heading 6",
        "para 6.1",
        "para 6.2",
    ]


def test_bullets_count_within_their_paragraph() -> None:
    assert located(f"4. {LONG}", "Such as:", "• one", "• two", f"5. {LONG}", "• three") == [
        ("para 4", "paragraph"),
        ("para 4, lead-in 1", "lead-in"),
        ("para 4, bullet 1", "bullet"),
        ("para 4, bullet 2", "bullet"),
        ("para 5", "paragraph"),
        ("para 5, bullet 1", "bullet"),
    ]


def test_the_preamble_of_a_resolution_is_counted() -> None:
    assert located(
        "The General Assembly,", "Recalling its resolutions,", "Aware of the needs,", f"1. {LONG}"
    ) == [
        ("preamble, lead-in", "lead-in"),
        ("preambular para 1", "preambular"),
        ("preambular para 2", "preambular"),
        ("para 1", "paragraph"),
    ]


def test_a_table_of_contents_is_dropped_and_listed() -> None:
    found = segmented(
        document(
            "Contents",
            "I. Introduction ........ 3",
            "II. Findings ........ 12",
            "*I. Introduction*",
            f"1. {LONG}",
        )
    )
    assert [unit.locator for unit in found.units] == ["heading I", "para 1"]
    assert [one.reason for one in found.dropped] == ["contents"] * 3


def test_headings_before_the_first_words_are_above_nothing_but_the_last() -> None:
    units = segmented(document("*TITLE*", "*Subtitle*", "*Introduction*", f"1. {LONG}")).units
    assert [unit.path for unit in units] == [(), (), (), ("Introduction",)]


def test_a_label_that_a_program_computes_is_not_cut_from_the_words() -> None:
    items = [
        Block(line_text(words, at), item=ListItem(label))
        for at, (label, words) in enumerate([("1.", "One"), ("(a)", "Two")])
    ]
    units = segmented(document(*items)).units
    assert [(unit.locator, unit.label, unit.text) for unit in units] == [
        ("para 1", "1.", "One"),
        ("para 1(a)", "(a)", "Two"),
    ]


def test_rows_of_a_table_are_counted() -> None:
    cells = line_text("Term", 0), line_text("Meaning", 0)
    row = Block(joined(cells), row=TableRow(cells, ("Word", "Definition"), 2))
    assert located(row, row) == [("table 2, row 1", "row"), ("table 2, row 2", "row")]


@pytest.mark.parametrize("times", [2, 3])
def test_locators_and_ids_are_unique_whatever_the_numbers(times: int) -> None:
    units = segmented(document(*[f"1. {LONG}", "(a) one", "(a) one again", "Article 1", "• x"] * times)).units
    assert len({unit.locator for unit in units}) == len({unit.id for unit in units}) == len(units)
