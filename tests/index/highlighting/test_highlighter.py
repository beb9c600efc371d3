from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis.analyzer import compounds, tokenize
from index.analysis.stemming import stem
from index.highlighting.highlighter import Highlighter
from index.highlighting.query_terms import highlighter_for
from index.query import parse_query
from index.results import Range
from kb.edges.partners import end_with_closing
from tests.index.samples import FakeVocabulary
from tests.tables import table


def marked(query: str, text: str, *forms: str) -> list[str]:
    found = highlighter_for(parse_query(query).node, FakeVocabulary(*forms)).ranges(text)
    return [text[start:end] for start, end in found]


def test_every_form_of_a_word_is_marked() -> None:
    assert marked("victim", "Victims and a victim’s rights") == ["Victims", "victim’s"]


def test_a_phrase_is_marked_whole_and_its_words_alone_are_not() -> None:
    text = "legal assistance, mutual legal assistance, mutual aid"
    assert marked('"mutual legal assistance"', text) == ["mutual legal assistance"]


def test_a_phrase_with_room_marks_all_it_spans() -> None:
    assert marked('"protection victims"~2', "protection of the victims here") == ["protection of the victims"]
    assert marked('"protection victims"~1', "protection of the victims here") == []


def test_a_compound_is_found_joined_and_by_parts() -> None:
    assert marked("revictimisation", "prevent re-victimisation (eg)") == ["re-victimisation"]
    assert marked("re-victimisation", "revictimisation and re victimisation") == [
        "revictimisation",
        "re victimisation",
    ]
    assert marked("re victimisation", "revictimisation") == ["revictimisation"]
    assert marked('"prevent revictimisation"', "to prevent re-victimisation") == ["prevent re-victimisation"]


def test_a_reference_to_a_provision_is_marked_as_one() -> None:
    assert marked("2(d)", "See article 2(d) and 2 (e).") == ["2(d)"]


@table(
    ("query", "text", "marks"),
    [
        ("6(3)", "under article 6(3), or [6(3)]", ["6(3)", "6(3)"]),
        ("6(3)(a)", "under article 6(3)(a).", ["6(3)(a)"]),
        ("d", "2(d) and (d)", ["d", "d"]),
        ('"see note"', "They (see note) said “see note”", ["see note", "see note"]),
        ('"of slavery"', "talk of “slavery”, of (slavery) only", ["of “slavery”", "of (slavery)"]),
        ('"the rights"', "the victims’ rights’ end and the ‘rights’", ["the ‘rights’"]),
        ('"de trata"', "el delito de «trata»", ["de «trata»"]),
    ],
)
def test_a_mark_ends_behind_what_closes_a_bracket_in_it(query: str, text: str, marks: list[str]) -> None:
    assert marked(query, text) == marks


@table(
    ("query", "text", "marks"),
    [
        ('"need for"~3', "the need for more training for all", ["need for"]),
        ('"need for"~3', "need and need for it", ["need for"]),
        ('"need for"~3', "need it for them, need for others for now", ["need it for", "need for"]),
        ('"law of sea"~9', "the law and the law of a state of the sea", ["law of a state of the sea"]),
        ('"need for"~3', "a need for; is there need of a thing for it", ["need for", "need of a thing for"]),
    ],
)
def test_a_phrase_with_room_marks_the_nearest_of_its_words(query: str, text: str, marks: list[str]) -> None:
    assert marked(query, text) == marks


def test_what_must_not_be_found_and_idle_stop_words_are_not_marked() -> None:
    assert marked("the victims -trafficking", "the victims of trafficking") == ["victims"]
    assert marked("the", "the victims") == ["the"]


def test_a_pattern_marks_the_forms_it_stands_for() -> None:
    assert marked("vict*", "victim and victory", "victim", "victory") == ["victim", "victory"]


def test_an_empty_query_marks_nothing() -> None:
    assert marked("", "the victims") == []


@given(st.text(alphabet="abc -.’1", max_size=80), st.text(alphabet='abc "-*1', max_size=20))
def test_marks_are_ordered_disjoint_and_inside_the_text(text: str, query: str) -> None:
    last = 0
    for start, end in highlighter_for(parse_query(query).node, FakeVocabulary("a", "ab")).ranges(text):
        assert last <= start < end <= len(text)
        last = end


def plain_ranges(wanted: Highlighter, text: str) -> list[Range]:
    """The ranges by their definition: every word and compound of the whole text looked at."""
    cut = tokenize(text)
    terms = [(at, at, word.form) for at, word in enumerate(cut)] + [
        (run.first, run.last, run.form) for run in compounds(text, cut)
    ]
    held = {
        (first, last) for first, last, form in terms if form in wanted.forms or stem(form) in wanted.stems
    }
    for forms, slop, _ in wanted.phrases:
        reached = {(first, last) for first, last, form in terms if form == forms[0]}
        for form in forms[1:]:
            reached = {
                (max(begun for begun, end in reached if end == nearest), last)
                for first, last, there in terms
                if there == form
                for nearest in [max((end for _, end in reached if end < first), default=None)]
                if nearest is not None and first - nearest <= slop + 1
            }
        held |= {each for each in reached if not any(is_within(other, each) for other in reached)}
    found = merged([(cut[first].start, cut[last].end) for first, last in held])
    return [(start, end_with_closing(text, start, end)) for start, end in found]


def is_within(inner: Range, outer: Range) -> bool:
    return inner != outer and outer[0] <= inner[0] and inner[1] <= outer[1]


def merged(ranges: list[Range]) -> list[Range]:
    """The stretches of characters that the ranges cover; those that only touch stay apart."""
    found: list[Range] = []
    for start, end in sorted(ranges):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


PLAIN = [
    "a",
    "b",
    "ab",
    "b's",
    "a’s",
    "a-b",
    "c",
    "cd",
    "1,400",
    "1\u00a0400",
    "a.b.",
    "a-\nb",
    "- b",
    " ",
    "  ",
    ", ",
    "(",
    "-",
    "'",
    "—",
    "“",
]
OTHERS = ["a‐b-c", "é", "中文", "a\u00ad", "\u200b", "1\u2009400"]
TEXTS = st.sampled_from([PLAIN, PLAIN + OTHERS]).flatmap(
    lambda each: st.lists(st.sampled_from(each), max_size=25)
)


@pytest.mark.parametrize("text", ["aa1,400", "cost Rp1.400 each", "VND1'400", "US-RM1,400", "x, aa1,400"])
def test_a_number_is_marked_with_the_currency_written_on_to_it(text: str) -> None:
    wanted = highlighter_for(parse_query("1400").node, FakeVocabulary())
    assert list(wanted.ranges(text)) == plain_ranges(wanted, text) != []


@given(
    TEXTS.map("".join),
    st.lists(
        st.sampled_from(["a", "b", "ab", "a-b", '"a b"', '"a b c"~2', '"b ab"~1', "1400", "x*"]), max_size=3
    ),
)
def test_what_is_marked_is_what_the_whole_text_cut_into_words_gives(text: str, query: list[str]) -> None:
    wanted = highlighter_for(parse_query(" ".join(query)).node, FakeVocabulary("c", "é"))
    assert list(wanted.ranges(text)) == plain_ranges(wanted, text)


def test_words_between_those_of_a_phrase_are_counted_apart_where_a_hyphen_joins_them() -> None:
    assert marked('"protect victims"~2', "protect many young victims") == ["protect many young victims"]
    assert marked('"protect victims"~2', "protect re-trafficked young victims") == []
    assert marked('"protect victims"~3', "protect re-trafficked young victims") == [
        "protect re-trafficked young victims"
    ]
