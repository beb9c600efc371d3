from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.quoting.aligning.alignment import Alignment, align
from kb.quoting.pattern import read_pattern
from kb.text.folding import foldings
from tests.tables import table

SOURCE = (
    "The States Parties shall, in accordance with their law, co-operate fully. Victims’ rights—and "
    "“torture”—means inter-\nnational trafficking of persons, under resolution [A/3673] of the Assembly."
)
MOST = 10_000


def aligned(quotation: str, source: str = SOURCE) -> Alignment | None:
    found = [one for each in foldings(source) if (one := align(read_pattern(quotation), each, MOST))]
    return max(found, key=lambda one: one.likeness, default=None)


@table(
    ("quotation", "true", "differences"),
    [
        (
            "the States shall in accordance with our law",
            "The States Parties shall, in accordance with their law",
            [("missing", "", "Parties"), ("replaced", "shall", "shall,"), ("replaced", "our", "their")],
        ),
        (
            "in accordance with all their own law, cooperate",
            "in accordance with their law, co-operate",
            [("added", "all", ""), ("added", "own", ""), ("replaced", "cooperate", "co-operate")],
        ),
        ("with THEIR law", "with their law", [("replaced", "THEIR", "their")]),
        ("foo bar shall, in baz", "States Parties shall, in accordance",
         [("replaced", "foo bar", "States Parties"), ("replaced", "baz", "accordance")]),
        ("States ... accord with their laws", "States Parties shall, in accordance with their law",
         [("replaced", "accord", "accordance"), ("replaced", "laws", "law")]),
        ("their [own] law, cooperated fully", "their law, co-operate fully",
         [("replaced", "cooperated", "co-operate")]),
        ("[t]he States party shall,", "The States Parties shall,", [("replaced", "party", "Parties")]),
        ("traf-\nficking of person", "trafficking of persons", [("replaced", "person", "persons")]),
        ("international trafic of persons", "inter-\nnational trafficking of persons",
         [("replaced", "trafic", "trafficking")]),
        ("under resolutions [A/3673] of", "under resolution [A/3673] of",
         [("replaced", "resolutions", "resolution")]),
        ("under resolution [A/1] of", "under resolution [A/3673] of", [("replaced", "[A/1]", "[A/3673]")]),
    ],
)  # fmt: skip
def test_what_differs_is_marked_word_by_word(
    quotation: str, true: str, differences: list[tuple[str, str, str]]
) -> None:
    found = aligned(quotation)
    assert found
    assert "".join(part.source for part in found.parts) == true
    marked = [part for part in found.parts if part.kind in ("replaced", "added", "missing")]
    assert [(part.kind, part.quoted.strip(), part.source.strip()) for part in marked] == differences


def test_likeness_is_the_share_of_words_that_are_the_same() -> None:
    likeness = {
        quotation: found.likeness
        for quotation in (
            "accordance with their law",
            "accordance with our law",
            "accordance with theirs law",
        )
        if (found := aligned(quotation))
    }
    assert list(likeness.values()) == [1.0, 0.75, 0.875]


@pytest.mark.parametrize("quotation", ["xyzzy plugh", "...", "[States]"[:0], "—"])
def test_what_has_no_word_of_the_text_is_aligned_nowhere(quotation: str) -> None:
    assert aligned(quotation) is None
    assert align(read_pattern("law"), foldings("")[0], MOST) is None


def test_long_quotations_are_aligned_piece_by_piece() -> None:
    words = [f"w{number}" for number in range(1_500)]
    quoted = words.copy()
    quoted[7] = quoted[399] = quoted[400] = "other"
    del quoted[800], quoted[1_000]
    found = aligned(" ".join(quoted), " ".join(words))
    assert found
    assert "".join(part.source for part in found.parts) == " ".join(words)
    marked = [part.source.split() for part in found.parts if part.kind != "same"]
    assert marked == [["w7"], ["w399", "w400"], ["w800"], ["w1001"]]


def test_scripts_without_spaces_are_compared_sign_by_sign() -> None:
    found = aligned("打击人物贩运", "我们打击人口贩运问题")
    assert found
    assert [(part.kind, part.quoted, part.source) for part in found.parts] == [
        ("same", "打击人", "打击人"),
        ("replaced", "物", "口"),
        ("same", "贩运", "贩运"),
    ]


SIGNS = st.text(st.sampled_from("ab A.[]…-\n“ก"), max_size=40)


@given(SIGNS, SIGNS)
def test_parts_join_to_the_quotation_and_to_the_words_of_the_text(quotation: str, source: str) -> None:
    pattern = read_pattern(quotation)
    for folded in foldings(source):
        if found := align(pattern, folded, MOST):
            assert 0 < found.likeness <= 1
            assert "".join(part.source for part in found.parts) == folded.cut(found.start, found.end)
            whole = pattern.folded.cut(0, len(pattern.folded.text))
            assert "".join(part.quoted for part in found.parts) == whole


@table(
    ("quotation", "source", "left_out"),
    [
        ("shall prosecute", "States shall not prosecute victims", "not"),
        ("shall prosecute", "They shall. States shall not prosecute victims, shall", "not"),
        ("prosecute victims", "shall not prosecute trafficking victims", "trafficking"),
        (
            "victims shall be detained in",
            "victims shall never, in any case, be detained in",
            "never, in any case,",
        ),
        ("may be punished", "may not be punished, but may be", "not"),
        ("unless they consent", "except unless they do not consent", "do not"),
        ("应当起诉", "国家应当不起诉被害人", "不"),
    ],
)
def test_words_left_out_are_marked_themselves_and_not_a_word_beside_them(
    quotation: str, source: str, left_out: str
) -> None:
    found = aligned(quotation, source)
    assert found
    differences = [part for part in found.parts if part.kind != "same"]
    assert [(part.kind, part.quoted.strip(), part.source.strip()) for part in differences] == [
        ("missing", "", left_out)
    ]


def test_words_that_differ_in_capitals_alone_are_nearly_the_same() -> None:
    found = aligned("IN ACCORDANCE WITH THEIR LAW, Co-Operate")
    assert found
    assert found.likeness == pytest.approx(0.9)
    assert [part.kind for part in found.parts] == ["replaced"]
