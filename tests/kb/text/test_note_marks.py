"""The marks of notes and bullets that a quotation may leave out."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.text.folding import foldings
from kb.text.note_marks import is_bullet, marks_left_out, without_labels, without_marks
from tests.tables import table


@table(
    ("text", "marks"),
    [
        ("mechanisms¹ for law,² and more.³⁴", ["¹", "²", "³⁴"]),
        ("mechanisms[1] for law.[23]", ["[1]", "[23]"]),
        ("the law* and the sea.† Last‡", ["*", "†", "‡"]),
        ("has:\n• one;\n  ▪ two\n\uf0b7 three", ["•", "▪", "\uf0b7"]),
        ("打击人口贩运¹的区域", ["¹"]),
        ("article [5], A/RES/55[25]x, a*b, ²a, 5•5, -, one * item", []),
        ("has:\n(a) one;\n  ii. two;\n3) three;\n(12) four", ["(a)", "ii.", "3)", "(12)"]),
        ("has: - one; - two – three - four", ["-", "-"]),
        ("- one\n* two\n– three\n+ four", ["-", "*", "–", "+"]),
        ("（一）建立\n二、保护\n•保护\nก. หนึ่ง\n๑. หนึ่ง", ["（一）", "二、", "•", "ก.", "๑."]),
        ("of 1949. States\nact. (a), x-ray\n1949. It", []),
    ],
)
def test_marks_are_told_from_words(text: str, marks: list[str]) -> None:
    assert list(marks_left_out(text, "")) == marks


def test_a_text_is_folded_with_and_without_its_marks_and_its_original_stays() -> None:
    text = "mechanisms¹ for\n• co-\noperation"
    folded = foldings(text)
    assert [one.text for one in folded] == [
        "mechanisms¹ for • co-operation",
        "mechanisms¹ for • cooperation",
        "mechanisms for co-operation",
        "mechanisms for cooperation",
    ]
    assert {one.original for one in folded} == {text}
    assert folded[3].cut(0, 14) == "mechanisms¹ for"


@pytest.mark.parametrize(
    ("source", "quoted", "left_out", "bullets", "foreign"),
    [
        ("has:\n(a) one;\n(b) two", "has: (a) one; (b) two", (), (), ()),
        ("has:\n(a) one;\n(b) two", "has: one; two", ("(a)", "(b)"), (), ()),
        ("has:\n• one;\n• two", "has:\n- one;\n- two", ("•", "•"), ("-", "-"), ()),
        ("has:\n- one", "has: one", ("-",), (), ()),
        ("has:\n(a) one", "has:\n1. one", ("(a)",), (), ("1.",)),
        ("law of the sea", "law¹ of the sea", (), (), ("¹",)),
    ],
)
def test_marks_left_out_are_told_from_the_quotation_s_own(
    source: str, quoted: str, left_out: tuple[str, ...], bullets: tuple[str, ...], foreign: tuple[str, ...]
) -> None:
    assert marks_left_out(source, quoted) == left_out
    own = marks_left_out(quoted, source)
    assert tuple(filter(is_bullet, own)) == bullets
    assert tuple(mark for mark in own if not is_bullet(mark)) == foreign


SUPERSCRIPTS, BULLETS, DASHES = "¹²³⁰⁴⁵⁶⁷⁸⁹", "•◦▪▫●○■□◆◇‣⁃∙·►▶▸➢➤✓✔❖\uf0b7\uf0a7\uf0d8\uf0fc", "-–—−*+"
NUMBER = r"(?:\d{1,3}|[ivxIVX]{1,5}|[^\W\d_])"
PLAIN_MARK = re.compile(
    rf"(?<=[^\s{SUPERSCRIPTS}])[{SUPERSCRIPTS}]++(?>(?:[,–][{SUPERSCRIPTS}]++){{0,9}})(?![A-Za-z0-9])"
    r"|(?<=[^\W\d_])\[\d{1,3}\]|(?<=[^\W\d_][.,;:!?”’\"'»)])\[\d{1,3}\]"
    r"|(?<=[\w.,;:!?”’\"'»)])[*†‡§]{1,3}(?=[\s.,;:!?”’\"'»)]|\Z)"
    rf"|(?<!\S)[{BULLETS}](?=\s)"
)
PLAIN_LABEL = re.compile(
    rf"^[ \t]*+(?:(?:[{DASHES}]|\({NUMBER}\)|{NUMBER}[.)-])(?=[ \t])"
    rf"|（{NUMBER}）|[一二三四五六七八九十]{{1,3}}、|[{BULLETS}](?=\w))"
    rf"|(?<=[;:] )[{DASHES}](?=\s)",
    re.MULTILINE,
)
"""What marks and labels are, without regard to the time that a search for them takes."""


@given(st.text(st.sampled_from(" \t\n;:-–•◦*†§¹²,.”[](123ivxaA一、（）\uf0b7é"), max_size=16))
def test_marks_and_labels_are_what_they_are_however_they_are_searched(text: str) -> None:
    for without, plain in ((without_marks, PLAIN_MARK), (without_labels, PLAIN_LABEL)):
        assert without(text) == plain.sub(lambda mark: "\u2060" * len(mark[0]), text)


@given(st.text(st.sampled_from("ab ¹²[]12*†•\n.,打()-"), max_size=40))
def test_offsets_stay_the_same(text: str) -> None:
    assert len(without_labels(without_marks(text))) == len(text)
    for one in foldings(text):
        assert one.cut(0, len(one.text)) in one.original
