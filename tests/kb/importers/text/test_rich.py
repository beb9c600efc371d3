"""RTF: paragraphs, code pages, rows; damaged files are refused in one line."""

from __future__ import annotations

import contextlib

import pytest

from kb.errors import SourceUnreadable
from kb.importers.blocks import BlockStyle
from kb.importers.segmenting.segmenter import segmented
from kb.importers.text.rich import read_rtf
from kb.sources.lines import replayed


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (rb"{\rtf1\ansi\ansicpg1252 d\'e9j\'e0\par vu\par}", ["déjà", "vu"]),
        (rb"{\rtf1\ansi\ansicpg1251 \'cf\'f0\'e0\'e2\'e0}", ["Права"]),
        (rb"{\rtf1\ansi\uc1 \u1605?\u1585?}", ["مر"]),
        (rb"{\rtf1\uc0 \u-10179\u-8704 x\u-10179 }", ["😀x\N{REPLACEMENT CHARACTER}"]),
        (rb"{\rtf1 1.\tab Facts\par (a)\tab x  y\par}", ["1. Facts", "(a) x y"]),
        (rb"{\rtf1{\fonttbl{\f0 Times;}}{\*\generator x;}Words}", ["Words"]),
    ],
)
def test_paragraphs_are_read_in_their_code_page(body: bytes, expected: list[str]) -> None:
    assert [block.text for block in read_rtf(body, "a.rtf").blocks] == expected


def test_rows_are_units_without_the_signs_between_cells() -> None:
    document = read_rtf(rb"{\rtf1 A\par\trowd Chad\cell 2009\cell\row B\par}", "a.rtf")
    assert [(block.text, block.row is not None) for block in document.blocks] == [
        ("A", False),
        ("Chad 2009", True),
        ("B", False),
    ]


def test_every_unit_is_replayed_from_its_lines() -> None:
    document = read_rtf(rb"{\rtf1 1.\tab Facts of the case;\par (a)\tab x  y;\par}", "a.rtf")
    units = segmented(document).units
    assert [replayed(document.lines, unit.spans) for unit in units] == [unit.text for unit in units]


@pytest.mark.parametrize(
    "data",
    [b"{\\rtf1", b"{\\rtf1" + b"{" * 5000, rb"{\rtf1\ansicpg99999 \'e9}", rb"{\rtf1\u99999999999?}"],
)
def test_a_damaged_file_is_read_or_refused(data: bytes) -> None:
    with contextlib.suppress(SourceUnreadable):
        read_rtf(data, "a.rtf")


@pytest.mark.parametrize(
    ("code_page", "charset", "words"),
    [
        (1251, 204, "Жертвы торговли людьми"),
        (874, 222, "ผู้เสียหายจากการค้ามนุษย์"),
        (1256, 178, "ضحايا الاتجار بالأشخاص"),
    ],
)
def test_code_pages_are_told_by_the_file_or_by_its_fonts(code_page: int, charset: int, words: str) -> None:
    body = "".join(f"\\'{byte:02x}" if byte > 127 else chr(byte) for byte in words.encode(f"cp{code_page}"))
    by_file = f"{{\\rtf1\\ansi\\ansicpg{code_page} {body}\\par}}"
    by_font = f"{{\\rtf1\\ansi\\ansicpg1252{{\\fonttbl{{\\f0\\fcharset{charset} Arial;}}}}\\f0 {body}\\par}}"
    for file in (by_file, by_font):
        assert [block.text for block in read_rtf(file.encode(), "a.rtf").blocks] == [words]


@pytest.mark.parametrize(
    ("control", "style"),
    [
        (rb"\b Facts\b0", BlockStyle(bold=True, size=12)),
        (rb"\b1\i Facts\plain", BlockStyle(bold=True, italic=True, size=12)),
        (rb"{\ul Facts}", BlockStyle(underlined=True, size=12)),
        (rb"\ulw Fa\'e9ts\ulnone", BlockStyle(underlined=True, size=12)),
        (rb"{\b 1.}\tab {\fs28 Facts}", BlockStyle(size=14)),
        (rb"{\b Facts} of it", BlockStyle(size=12)),
        (rb"{\outlinelevel1 Facts}", BlockStyle(heading=2, size=12)),
        (rb"{\outlinelevel0 The facts of the case are told here.}", BlockStyle(size=12)),
        (
            rb"\qc{\*\bkmkstart x}{\b\u8220?F\'e0cts\rdblquote}",
            BlockStyle(bold=True, size=12, alignment="centre"),
        ),
    ],
)
def test_a_paragraph_has_the_style_of_all_its_words(control: bytes, style: BlockStyle) -> None:
    body = rb"{\rtf1\ansi{\stylesheet{\s1\b\outlinelevel0 x;}}" + control + rb"\par\pard\plain Words.\par}"
    first, second = read_rtf(body, "a.rtf").blocks
    assert (first.style, second.style) == (style, BlockStyle(size=12))


def test_a_number_that_the_file_shows_is_the_label_of_its_paragraph() -> None:
    body = rb"{\rtf1{\pntext\f0 1.\tab}{\*\pn x}One.\par{\listtext\pard\plain 2.\tab}Two.\par}"
    assert [unit.locator for unit in segmented(read_rtf(body, "a.rtf")).units] == ["para 1", "para 2"]


def test_a_character_that_a_file_has_like_a_mark_of_style_stays() -> None:
    (block,) = read_rtf(rb"{\rtf1 {\b A}\u983041?B}", "a.rtf").blocks
    assert block.text.startswith("A")


@pytest.mark.parametrize(
    ("note", "mark", "words"),
    [
        (rb"{\super\chftn}{\footnote\pard\plain{\super\chftn} See {\i the} report.}", "1", "See the report."),
        (rb"{\super\chftn {\footnote \chftn  See it.\par Twice.}}", "1", "See it. Twice."),
        (rb"{\super *}{\footnote\pard\plain {\super *} See it.}", "*", "See it."),
        (rb"{\super 7}{\footnote {\super 7}\tab See it.}", "7", "See it."),
        (rb"{\footnote\ftnalt See it{\footnote not this}.}", "1", "See it."),
    ],
)
def test_a_note_is_apart_and_its_mark_is_not_in_the_words(note: bytes, mark: str, words: str) -> None:
    body = rb"{\rtf1\ansi The victims" + note + rb" have {\b rights}.\par Next.\par}"
    document = read_rtf(body, "a.rtf")
    assert [block.text for block in document.blocks] == ["The victims have rights.", "Next."]
    assert [(one.mark, one.offset) for one in document.blocks[0].notes] == [(mark, 11)]
    assert [(one.mark, one.words.text, one.after) for one in document.footnotes] == [(mark, words, 1)]
    units = segmented(document).units
    assert [replayed(document.lines, unit.spans) for unit in units] == [unit.text for unit in units]


def test_a_note_in_a_cell_is_apart_from_its_row() -> None:
    document = read_rtf(rb"{\rtf1\trowd Chad{\footnote\chftn See it.}\cell 2009\cell\row}", "a.rtf")
    assert [block.text for block in document.blocks] == ["Chad 2009"]
    assert [note.words.text for note in document.footnotes] == ["See it."]


@pytest.mark.parametrize(
    "body", [rb"{\rtf1 A{\footnote B", rb"{\rtf1 A{\footnote\chftn}}", rb"{\rtf1 A\footnote B}C}"]
)
def test_a_note_that_is_cut_off_loses_no_words(body: bytes) -> None:
    document = read_rtf(body, "a.rtf")
    words = [block.text for block in document.blocks] + [note.words.text for note in document.footnotes]
    assert words in (["AB"], ["A"], ["A", "B"])


@pytest.mark.parametrize(
    ("end", "is_cut"),
    [(rb"\par}", False), (b"}\r\n\0\0", False), (rb"\par", True), (b"", True), (rb" and {\b more", True)],
)
def test_a_file_that_ends_in_the_middle_is_remarked_on(end: bytes, is_cut: bool) -> None:
    document = read_rtf(rb"{\rtf1\ansi The words" + end, "a.rtf")
    assert [one.code for one in document.remarks] == ["rtf-cut-short"] * is_cut
