from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kb.text import folding
from kb.text.folding import fold, folded_words, foldings
from kb.text.note_marks import without_labels, without_marks
from kb.text.scripts import cuts_word
from tests.tables import table

SIGNS = "ab Cé-–—‐\u00ad\u200b\n\t \u00a0\u3000“”‘’'\"«»…ﬁﬃ.,[]()ก人\u0301"
TEXTS = st.text(st.sampled_from(SIGNS) | st.characters(codec="utf-8"), max_size=60)


@table(
    ("text", "folded"),
    [
        ("  The \u00a0 law\n of\tthe sea ", "The law of the sea"),
        ("“torture” ‘x’ `y´ „z“ ‹w›", "'torture' 'x' 'y' 'z' 'w'"),
        ("« mot »", "'mot'"),
        ("law – and — order -- now-here", "law-and-order-now-here"),
        ("1990–1995 co‐operation", "1990-1995 co-operation"),
        ("traﬃcking ﬁrst", "trafficking first"),
        ("so…", "so..."),
        ("traf\u00adficking traf\u00ad\nficking", "trafficking trafficking"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("cafe\u0301", "café"),
        ("cafe\u00ad\u0301 caf\u200be\u0301", "café café"),
        ("ха\u200d\u0306й", "хӑй"),
        ("\u1112\u200b\u1161\u11ab", "한"),
        ("« \u2060mot\u200b »", "'mot'"),
        ("law \u2060–\u200b and", "law-and"),
        ("a\ufe0fb\u034fc", "abc"),
        ("victims\u00ad. end", "victims. end"),
        ("İı ßs ١1 ةه", "İı ßs ١1 ةه"),
        ("Law, law; LAW", "Law, law; LAW"),
        ("criminalise criminalize", "criminalise criminalize"),
        ("", ""),
        (" \n ", ""),
    ],
)
def test_what_typesetting_changes_is_folded_and_nothing_else(text: str, folded: str) -> None:
    assert fold(text).text == folded


@table(
    ("text", "kept", "joined"),
    [
        ("inter-\nnational law", "inter-national law", "international law"),
        ("inter- national law", "inter-national law", "international law"),
        ("inter-\u200b\n\u2060national", "inter-national", "international"),
        ("traf\u00ad ficking", "traf ficking", "trafficking"),
        ("तस्-\nकरी", "तस्-करी", "तस्करी"),
        ("inter‐\n  national", "inter-national", "international"),
        ("pre- and post-war", "pre-and post-war", "preand post-war"),
    ],
)
def test_a_hyphen_at_a_line_end_may_part_a_word(text: str, kept: str, joined: str) -> None:
    assert [each.text for each in foldings(text)] == [kept, joined]


@pytest.mark.parametrize(
    "text", ["co-operation", "law -\nand", "law—\nand", "2010-\n2015", "x-\nRay", "-\nx"]
)
def test_other_dashes_part_no_word(text: str) -> None:
    assert len(foldings(text)) == 1


@given(TEXTS)
@example(" «\u00ad a")
@example("a \n- ")
@example("·0")
def test_stretches_of_a_folded_text_join_to_what_it_was_made_from(text: str) -> None:
    for folded in foldings(text):
        assert folded.original == unicodedata.normalize("NFC", text)
        places = [folded.place(at) for at in range(len(folded.text) + 1)]
        assert places == sorted(places)
        assert places[-1] == len(folded.original)
        pieces = [folded.cut(at, at + 1) for at in range(len(folded.text))]
        assert "".join(pieces) == folded.original[places[0] :]
        left_out = without_labels(without_marks(folded.original))[: places[0]]
        assert fold(left_out).text == ""


@given(TEXTS)
def test_a_folded_text_has_no_margins_and_single_spaces(text: str) -> None:
    folded = fold(text).text
    assert folded == folded.strip(" ")
    assert "  " not in folded


@given(TEXTS)
def test_words_are_all_of_a_folded_text_but_its_spaces(text: str) -> None:
    folded = fold(text).text
    found = folded_words(folded)
    assert "".join(word.text for word in found) == folded.replace(" ", "")
    assert all(folded[word.start : word.end] == word.text for word in found)


def test_words_alike_but_for_case_and_signs_have_one_form() -> None:
    assert {word.form for word in folded_words("Law, law (LAW) l-aw")} == {"law"}
    assert [word.form for word in folded_words("- ...")] == ["-", "..."]


def test_scripts_without_spaces_have_a_word_a_character_and_may_be_cut_anywhere() -> None:
    assert [word.text for word in folded_words("打击, law")] == ["打", "击", ",", "law"]
    assert not cuts_word("打击", 1)
    assert cuts_word("law", 1)
    assert not cuts_word("law", 3)


@given(st.text(st.sampled_from(" \t\n-–…«»‹ﬁa1é'\u2060\xad\u200b\u2011\xa0"), max_size=16))
def test_the_fast_search_for_what_is_folded_finds_what_the_plain_one_does(text: str) -> None:
    found = [
        [one.span() for one in each.finditer(text)] for each in (folding._SPECIAL, folding._SPECIAL_RARE)
    ]
    assert found[0] == found[1]
