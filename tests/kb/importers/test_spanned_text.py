from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kb.importers.spanned_text import EMPTY, SpannedText, joined, line_text
from kb.sources.lines import SourceLine, replayed

LINES = st.lists(st.text("ab -1", max_size=8), min_size=1, max_size=4)


def whole(lines: list[str], glue: str) -> SpannedText:
    return joined((line_text(text, number) for number, text in enumerate(lines)), glue)


@given(LINES, st.sampled_from(["", " "]), st.integers(0, 30), st.integers(0, 30))
def test_whatever_is_cut_its_spans_give_it_again(lines: list[str], glue: str, start: int, end: int) -> None:
    text = whole(lines, glue)
    source = [SourceLine(line) for line in lines]
    for one in (text, text.cut(start, end), text.without(start, end), text.cut(start).without(0, end)):
        assert replayed(source, one.spans) == one.text == one.text.strip()


@given(LINES, st.sampled_from(["", " "]), st.integers(0, 30), st.integers(0, 30))
def test_cutting_is_slicing(lines: list[str], glue: str, start: int, end: int) -> None:
    text = whole(lines, glue)
    assert text.cut(start, end).text == text.text[start:end].strip()
    if start < end:
        assert text.without(start, end).text.split() == (text.text[:start] + text.text[end:]).split()


def test_a_note_mark_and_a_line_end_hyphen_leave_gaps_between_the_spans() -> None:
    first = line_text("victims1 of multi-", 0)
    text = joined([first.without(7, 8).cut(0, 16), line_text("lateral talks", 1)], glue="")
    assert text.text == "victims of multilateral talks"
    assert [(span.line, span.start, span.end) for span in text.spans] == [(0, 0, 7), (0, 8, 17), (1, 0, 13)]
    assert EMPTY.text == "" == EMPTY.cut(0, 3).text
