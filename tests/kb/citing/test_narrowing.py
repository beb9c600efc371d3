"""Pinpoints as narrow as the words cited."""

from __future__ import annotations

import datetime
import re

from hypothesis import given
from hypothesis import strategies as st

from kb.citing.excerpt import excerpt_ranges, find_words, word_range
from kb.citing.narrowing import narrowed
from kb.citing.pinpoint import Pinpoint, PinpointForms, format_pinpoint, parse_locator
from kb.citing.records import RecordMaker
from kb.citing.styles.registry import STYLES, cite
from kb.ids import WordRange
from kb.model import Document, Passage
from kb.numbering.outline import outline
from kb.quoting.verbatim import is_verbatim
from tests.tables import table

ARTICLE = (
    "1. Each State shall protect victims.\n2. Each State shall consider:\n(a) housing;\n(b) counselling:\n"
    "(i) in their language;\n(ii) free of charge;\n(c) medical help.\nThese are rights.\n"
    "3. Nothing else applies."
)
RECORDS = RecordMaker("https://kb.example", datetime.date(2026, 11, 26))
TREATY = Document("t", "A treaty", "treaty", date="2000")


def place(locator: str, text: str, words: str) -> str:
    """The pinpoint of words in a text, as OSCOLA writes it."""
    found = find_words(text, words)
    assert found, words
    pinpoint = narrowed(parse_locator(locator), text, excerpt_ranges(text, found))
    return format_pinpoint(pinpoint, PINS)


PINS: PinpointForms = {"article": ("art {}", ""), "paragraph": ("para {}", "paras {}"), "page": ("p {}", "")}


@table(
    ("locator", "text", "words", "expected"),
    [
        ("art 6", ARTICLE, "protect victims", "art 6(1)"),
        ("art 6", ARTICLE, "shall consider", "art 6(2)"),
        ("art 6", ARTICLE, "housing", "art 6(2)(a)"),
        ("art 6", ARTICLE, "free of charge", "art 6(2)(b)(ii)"),
        ("art 6", ARTICLE, "language; (ii) free", "art 6(2)(b)(i)–(ii)"),
        ("art 6", ARTICLE, "housing; (b) counselling", "art 6(2)(a)–(b)"),
        ("art 6", ARTICLE, "free of charge; (c) medical", "art 6(2)(b)–(c)"),
        ("art 6", ARTICLE, "consider: (a) housing", "art 6(2)"),
        ("art 6", ARTICLE, "medical help. These", "art 6(2)"),
        ("art 6", ARTICLE, "These are rights", "art 6(2)"),
        ("art 6", ARTICLE, "victims. 2. Each", "art 6(1)–(2)"),
        ("art 6", ARTICLE, ARTICLE, "art 6"),
        ("art 6 Assistance to victims", ARTICLE, "housing", "art 6(2)(a)"),
        ("art 6(2)", "Each State shall:\n(a) one;\n(b) two.", "two", "art 6(2)(b)"),
        ("para 12", "The Committee urges:\n(a) States;\n(b) others.", "States", "para 12(a)"),
        ("para 12", "12. The Committee urges:\n(a) States;\n(b) others.", "others", "para 12(b)"),
        ("para 12(b)", "(b) others:\n(i) one;\n(ii) two.", "two", "para 12(b)(ii)"),
        ("para 1", "1. One.\n2. Two.", "Two", "para 1"),
        ("art 1", "1. One.\n2. Two.", "One", "art 1(1)"),
        ("art 5", "5.1 One.\n5.2 Two.", "Two", "art 5.2"),
        ("para 7", "no number in these words", "number", "para 7"),
        ("paras 4-6", "4. One.\n5. Two.\n6. Three.", "Two", "paras 4–6"),
        ("Guideline 9", "States should:\n(a) ask;\n(b) answer.", "ask", "Guideline 9(a)"),
        ("Annex", "1. One.\n2. Two.", "Two", "Annex (2)"),
        ("p 12", "1. One.\n2. Two.", "Two", "p 12"),
        ("art 5", "١- تلتزم الدول.\n٢- على كل دولة حماية الضحايا.", "حماية", "art 5(2)"),
        ("มาตรา 6", "๑. คุ้มครอง\n๒. ช่วยเหลือ", "เหลือ", "มาตรา 6(2)"),
        ("", "1. One.\n2. Two.", "Two", ""),
    ],
)
def test_a_pinpoint_is_as_narrow_as_the_words(locator: str, text: str, words: str, expected: str) -> None:
    assert place(locator, text, words) == expected


@table(
    ("label", "value", "style", "written"),
    [
        ("article", "6(2)–(4)", "oscola", "art 6(2)–(4)"),
        ("paragraph", "12(a)–(b)", "oscola", "para 12(a)–(b)"),
        ("paragraph", "12(a)–(b)", "bluebook", "¶ 12(a)–(b)"),
        ("paragraph", "12(a)–(b)", "aglc", "[12(a)–(b)]"),
        ("paragraph", "12(b)–13(a)", "aglc", "[12(b)]–[13(a)]"),
        ("paragraph", "12(b)–13(a)", "bluebook", "¶¶ 12(b)–13(a)"),
        ("article", "6(2)–8", "un", "arts. 6 (2)–8"),
        ("article", "6(2)–(4)", "un", "art. 6 (2)–(4)"),
    ],
)
def test_styles_write_parts_of_one_place_in_the_singular(
    label: str, value: str, style: str, written: str
) -> None:
    kind, number = {"article": "art", "paragraph": "para"}[label], value.replace("–", "-")
    passage = Passage("t", "p", "Words.", locator=f"{kind} {number}")
    assert written in cite(RECORDS(TREATY, passage), STYLES[style]).plain


def test_words_over_passages_are_cited_from_part_to_part() -> None:
    first = Passage("t", "p4", "States shall:\n(a) one;\n(b) two.", locator="para 4")
    last = Passage("t", "p5", "They shall also:\n(a) three;\n(b) four.", locator="para 5")
    text = f"{first.text}\n{last.text}"
    words = find_words(text, "two. They shall also: (a) three")
    assert words
    made = RECORDS.of_excerpt(TREATY, (first, last), words)
    assert (made["locator"], made["custom"]["label"]) == ("4(b)–5", "paragraph")
    assert made["abstract"] == "two.\nThey shall also:\n(a) three"
    one = find_words(text, "three")
    assert one
    assert RECORDS.of_excerpt(TREATY, (first, last), one)["locator"] == "5(a)"


def test_words_left_out_have_an_ellipsis_in_the_quotation() -> None:
    passage = Passage("t", "a6", ARTICLE, locator="art 6")
    words = find_words(ARTICLE, "Each State shall consider ... medical help")
    assert words
    made = RECORDS.of_excerpt(TREATY, (passage,), words)
    assert made["abstract"] == "Each State shall consider … medical help"
    assert made["custom"]["pieces"] == made["abstract"].split(" … ")


TEXTS = st.lists(
    st.sampled_from(
        [
            *(
                "States shall",
                "help — “all” victims",
                "(a) one;",
                "(b) two;",
                "(i) x",
                "(ii) y.",
                "1.",
                "2.",
                "\n",
            ),
            *(
                "[their]",
                "[see above]",
                "…",
                "art 5 (a)",
                "re-\nvictimised",
                "’s",
                "٢-",
                "الضحايا",
                "ผู้เสียหาย",
            ),
            *("人口贩运", "e.g.", "5,000", "*", "12", "I", "not"),
        ]
    ),
    min_size=1,
    max_size=16,
).map(" ".join)


Drawn = st.DataObject


@given(TEXTS, st.data())
def test_any_words_of_a_passage_are_verbatim_and_within_their_pinpoint(
    text: str, data: st.DataObject
) -> None:
    whole = word_range(text, 0, len(text))
    if whole is None:
        return
    first = data.draw(st.integers(1, whole.last))
    last = data.draw(st.integers(first, whole.last))
    gaps = ()
    if last - first > 1 and data.draw(st.booleans()):
        start = data.draw(st.integers(first + 1, last - 1))
        gaps = ((start, data.draw(st.integers(start, last - 1))),)
    words = WordRange(first, last, gaps)
    passage = Passage("t", "a6", text, locator="art 6")
    made = RECORDS.of_excerpt(TREATY, (passage,), words)
    assert is_verbatim(made["abstract"], text)
    steps = re.findall(r"\(([^)]+)\)", made["locator"].partition("–")[0])
    ranges = excerpt_ranges(text, words)
    for part in outline(text):
        if any(text[max(a, part.start) : min(b, part.end)].strip() for a, b in ranges):
            labels = [step.label for step in part.path]
            shared = steps[:-1] if "–" in made["locator"] else steps
            assert labels[: len(shared)] == shared


def test_a_place_that_is_no_number_keeps_its_words() -> None:
    assert narrowed(Pinpoint("", "Preamble"), "Recalling X,", [(0, 9)]) == Pinpoint("", "Preamble")
