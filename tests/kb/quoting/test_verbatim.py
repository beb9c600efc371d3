from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.quoting.pattern import MAX_JOINTS, read_pattern
from kb.quoting.verbatim import VerbatimMatch, find_verbatim
from kb.text.folding import foldings
from tests.tables import table

SOURCE = (
    "The States Parties shall, in accordance with their law, co-operate. Victims’ rights—and “torture”—"
    "means (a) inter-\nnational trafficking [sic] of persons, under resolution [A/3673] of the Assembly."
)


def found(quotation: str, source: str = SOURCE) -> VerbatimMatch | None:
    pattern = read_pattern(quotation)
    return next((match for each in foldings(source) if (match := find_verbatim(pattern, each))), None)


@table(
    "quotation",
    [
        "The States Parties shall, in accordance with their law",
        "the States Parties",
        "states Parties",
        "in  accordance\nwith their law, co-operate",
        "co-\noperate. Victims' rights",
        "Victims' rights - and ‘torture’ — means",
        "international trafficking",
        "inter-national trafficking",
        "inter-\nnational traf-\nficking",
        "States ... law",
        "States … law",
        "States . . . law",
        "States [...] law",
        "States [. . .] law",
        "States (...) law",
        "... States ... law ...",
        "[T]he States",
        "shall, ... [V]ictims",
        "with [T]heir law",
        "States [and others] shall",
        "States [Parties] shall",
        "State[s] Parties",
        "Part[ner]s shall [emphasis added]",
        "trafficking [sic] of",
        "trafficking of persons"[:11],
        "resolution [A/3673] of",
        "[sic]",
        "victims’",
        "torture",
    ],
)
def test_what_quoting_may_change_is_verbatim(quotation: str) -> None:
    assert found(quotation)


@table(
    "quotation",
    [
        "The states Parties",
        "the States parties",
        "States Parties shall in accordance",
        "cooperate",
        "coop-\nerate",
        "Victim",
        "he States Parties",
        "traffic",
        "law ... States",
        "States [...] nothing",
        "States [x] trafficking",
        "traffick[ed] of persons",
        "resolution [A/9] of",
        "[t]he Assembly ... States",
        "torture means",
        "trafficing",
        "...",
        "[...]",
        "—",
        "",
        " ",
    ],
)
def test_what_it_may_not_change_is_not(quotation: str) -> None:
    assert found(quotation) is None


@pytest.mark.parametrize(
    "quotation", ["law [of] 人口贩运", "人口 [the] 贩运", "law [of] the [x] 人口", "[一] 人口贩运"]
)
def test_a_bracket_beside_a_script_without_spaces_is_no_letter_of_a_word(quotation: str) -> None:
    assert found(quotation, "The law of the sea: law of the 人口贩运")


def test_every_part_says_what_the_source_has_there() -> None:
    match = found("[T]he States ... law [of theirs], co-operate")
    assert match
    assert [(part.kind, part.quoted, part.source) for part in match.parts] == [
        ("same", "[T]he States ", "The States"),
        ("skipped", "... ", " Parties shall, in accordance with their "),
        ("same", "law ", "law"),
        ("inserted", "[of theirs]", ""),
        ("same", ", co-operate", ", co-operate"),
    ]


def test_a_bracket_of_the_sources_own_is_the_same() -> None:
    match = found("trafficking [sic] of persons")
    assert match
    assert [part.kind for part in match.parts] == ["same"]


def test_the_nearest_words_are_taken_before_an_ellipsis() -> None:
    match = found("law ... sea", "law of the land, law of the air and the sea")
    assert match
    assert "".join(part.source for part in match.parts) == "law of the air and the sea"


_SOME = "law Law sea. the [of] co-op inter- ’s “a” … -- ก人 é"
WORDS = st.lists(st.sampled_from(_SOME.split()), max_size=12)
SPACES = st.sampled_from([" ", "  ", "\n", " \n ", "\u00a0"])


@given(WORDS, st.data())
def test_any_words_of_a_text_stand_in_it_however_they_are_set(words: list[str], data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(words)))
    chosen = words[first : data.draw(st.integers(first, len(words)))]
    quotation = "".join(word + data.draw(SPACES) for word in chosen)
    other = quotation.translate(str.maketrans("’“”", '\'""')).replace("--", "—")
    for each in (quotation, other):
        match = found(each, " ".join(words))
        assert match or not read_pattern(each).pieces


@given(
    st.text(st.sampled_from("ab A.[]…-\n“'"), max_size=40),
    st.text(st.sampled_from("ab A.[]…-\n“'"), max_size=40),
)
def test_parts_join_to_the_quotation_and_to_the_words_of_the_source(quotation: str, source: str) -> None:
    pattern = read_pattern(quotation)
    for folded in foldings(source):
        if match := find_verbatim(pattern, folded):
            assert "".join(part.source for part in match.parts) == folded.cut(match.start, match.end)
            whole = pattern.folded.cut(0, len(pattern.folded.text))
            assert "".join(part.quoted for part in match.parts) == whole


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_can_be_looked_for_in_any_other(quotation: str, source: str) -> None:
    found(quotation, source)


@pytest.mark.slow
@pytest.mark.parametrize(
    "quotation",
    ["a-\n" * 5_000, "the ... " * 3_000, "[x] a " * 3_000, "[" * 20_000, ". " * 20_000, "law " * 5_000],
)
def test_of_what_was_made_to_take_long_only_so_much_is_heeded(quotation: str) -> None:
    pattern = read_pattern(quotation)
    assert len(pattern.pieces) <= MAX_JOINTS + 1
    assert find_verbatim(pattern, foldings("a-a the x " * 500)[0]) is None or pattern.pieces
