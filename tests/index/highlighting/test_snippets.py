"""Which window of a passage is shown."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.highlighting.highlighter import Highlight
from index.highlighting.query_terms import highlighter_for
from index.highlighting.snippets import SNIPPET_CHARS, make_note_snippet, make_snippet
from index.query import parse_query
from index.results import Snippet
from kb.model import Provision
from tests.index.samples import FakeVocabulary

FILL = "lorem ipsum " * 40


def shown(query: str, text: str, *forms: str, rarity: dict[str, float] | None = None) -> Snippet:
    wanted = highlighter_for(parse_query(query).node, FakeVocabulary(*forms, rarity=rarity))
    return make_snippet(text, wanted.matches(text), wanted.weights)


PROVISIONS = (
    Provision("UNTOC (2000)", "16", "Extradition"),
    Provision("Palermo", "9", "Prevention"),
)
LISTED = "\nUNTOC (2000), article 16: Extradition\nPalermo, article 9: Prevention"


def of_note(query: str, prose: str, *forms: str) -> Snippet:
    text = f"{prose}\n{LISTED}"
    wanted = highlighter_for(parse_query(query).node, FakeVocabulary(*forms))
    return make_note_snippet(text, PROVISIONS, wanted.matches(text), wanted.weights)


@pytest.mark.parametrize("prose", ["It is a duty. Extradition is one.", f"{FILL} extradition {FILL}"])
@pytest.mark.parametrize("query", ["extradition", "prevention extradition", "UNTOC OR extradition"])
def test_the_snippet_of_a_note_is_from_its_prose(query: str, prose: str) -> None:
    found = of_note(query, prose)
    assert "article 16" not in found.text
    assert not found.provision
    assert {each.casefold() for each in marked(found)} == {"extradition"}


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("extradition", "UNTOC (2000), article 16: Extradition"),
        ("prevention", "Palermo, article 9: Prevention"),
        ("untoc 16", "UNTOC (2000), article 16: Extradition"),
    ],
)
def test_where_only_a_provision_matches_it_is_shown_as_one(query: str, text: str) -> None:
    found = of_note(query, "States hand over offenders.")
    assert (found.text, found.provision) == (text, True)
    assert [each.casefold() for each in marked(found)] == query.split()


def test_without_a_match_a_note_begins_with_its_prose() -> None:
    assert of_note("nothing", "States extradite.") == Snippet("States extradite.")


def test_a_text_that_does_not_end_with_its_provisions_is_all_prose() -> None:
    text = "One line.\nAnother line.\nExtradition is a duty."
    wanted = highlighter_for(parse_query("extradition").node, FakeVocabulary())
    found = make_note_snippet(text, PROVISIONS, wanted.matches(text), wanted.weights)
    assert (found.text, found.provision) == (text, False)


def marked(found: Snippet) -> list[str]:
    return [found.text[start:end] for start, end in found.ranges]


def test_a_short_passage_is_shown_whole() -> None:
    assert shown("short", "short text") == Snippet("short text", ((0, 5),))


def test_a_snippet_without_a_match_is_the_beginning() -> None:
    found = shown("nothing", "word " * 200)
    assert found.text.startswith("word word")
    assert found.text.endswith(" …")


def test_the_window_with_the_most_different_words_is_shown() -> None:
    text = f"extradition {FILL}extradition of victims and protection {FILL}"
    assert marked(shown("extradition victims protection", text)) == ["extradition", "victims", "protection"]


def test_forms_and_spellings_of_a_word_are_one_word() -> None:
    text = f"labour, labourers and labor {FILL}exploitation of labour {FILL}"
    assert marked(shown("labour exploitation", text)) == ["exploitation", "labour"]


def test_forms_of_a_pattern_are_one_clue() -> None:
    text = f"victim, victims and victory {FILL}the law on victims {FILL}"
    found = shown("vict* law", text, "victim", "victims", "victory")
    assert marked(found) == ["law", "victims"]


def test_wordings_of_a_phrase_are_one_clue_and_it_is_marked_whole() -> None:
    text = (
        f"re-victimisation of, revictimisation of, re-victimisation of {FILL}law; re-victimisation of {FILL}"
    )
    assert marked(shown('"re-victimisation of" law', text)) == ["law", "re-victimisation of"]


def test_of_two_words_that_never_meet_the_rarer_is_shown() -> None:
    text = f"law {FILL}extradition {FILL}"
    assert marked(shown("law extradition", text, rarity={"law": 0.5, "extradition": 6.0})) == ["extradition"]
    assert marked(shown("law extradition", text, rarity={"law": 6.0, "extradition": 0.5})) == ["law"]


def test_two_common_words_are_shown_before_a_rare_one_that_weighs_less_than_both() -> None:
    text = f"extradition {FILL}the law of the sea {FILL}"
    rarity = {"law": 2.0, "sea": 2.0, "extradition": 3.0}
    assert marked(shown("law sea extradition", text, rarity=rarity)) == ["law", "sea"]


def test_of_windows_with_the_same_words_the_shortest_is_shown() -> None:
    text = f"law and, after a while and many further words, the sea {FILL}sea law {FILL}"
    assert marked(shown("law sea", text)) == ["sea", "law"]


def test_of_windows_as_short_the_one_with_most_matches_is_shown_and_of_these_the_first() -> None:
    text = f"law {FILL}law is law and law {FILL}law is law but law {FILL}"
    found = shown("law", text)
    assert marked(found) == ["law", "law", "law"]
    assert "law is law and law" in found.text


def test_a_phrase_counts_once_however_many_words_it_has() -> None:
    text = f"mutual legal assistance {FILL}law on victims {FILL}"
    assert marked(shown('"mutual legal assistance" law victims', text)) == ["law", "victims"]


def test_a_match_wider_than_the_window_is_cut_and_stands_alone() -> None:
    text = f"{FILL}law {'of many words ' * 16}sea {FILL}"
    found = shown('"law sea"~50', text)
    ((start, end),) = found.ranges
    assert found.text[start:end].startswith("law of many")
    assert SNIPPET_CHARS - 80 < len(found.text) < SNIPPET_CHARS + 80


def test_a_match_at_the_edge_of_the_window_is_not_cut_off() -> None:
    for gap in range(150, 260):
        text = f"{FILL}extradition {'x' * gap} surrender, {FILL}"
        found = marked(shown("extradition surrender", text))
        assert found in (["extradition", "surrender"], ["extradition"])
        assert found == ["extradition"] or gap < 230


def test_a_snippet_does_not_part_a_number_from_its_word() -> None:
    text = f"{FILL}see Article 2 of the Protocol of 2014, which is largely about the matter {FILL}"
    assert shown("matter", text).text.startswith("… Article 2 of")


def test_a_number_behind_an_endless_word_does_not_push_the_match_out() -> None:
    text = f"{FILL}{'x' * 400} 2 of the Protocol of 2014, which is largely about the matter {FILL}"
    assert marked(shown("matter", text)) == ["matter"]


@given(
    st.lists(st.sampled_from(["victim", "law", "of", "state.", "12", "x" * 400, "\n"]), max_size=200),
    st.sampled_from(["victim", "law victim", '"of law"', "state", "nothing", "law -victim", '"law law"~9']),
)
def test_a_snippet_marks_the_same_words_that_the_passage_has_there(pieces: list[str], query: str) -> None:
    text = " ".join(pieces)
    wanted = highlighter_for(parse_query(query).node, FakeVocabulary())
    found = shown(query, text)
    originals = {text[start:end] for start, end in wanted.ranges(text)}
    for word in marked(found):
        assert any(whole.startswith(word) for whole in originals)
    assert bool(originals) == bool(found.ranges)


MATCHES = st.lists(
    st.tuples(st.integers(1, 90), st.integers(1, 60), st.sets(st.integers(0, 3), min_size=1)),
    min_size=1,
    max_size=30,
)


def placed(steps: Sequence[tuple[int, int, set[int]]]) -> tuple[list[Highlight], int]:
    """Consecutive matches, each given by its distance from the last, its length and its terms."""
    at, found = 0, []
    for gap, size, terms in steps:
        found.append(Highlight(at + gap, at + gap + size, tuple(terms)))
        at += gap + size
    return found, at


@given(MATCHES, st.lists(st.integers(1, 9), min_size=4, max_size=4))
def test_no_other_window_weighs_more(steps: list[tuple[int, int, set[int]]], weights: list[int]) -> None:
    matches, size = placed(steps)
    found = make_snippet("x " * size, matches, weights)
    first = int(found.ranges[0][0])

    def weight(inside: Sequence[Highlight]) -> int:
        return sum(weights[term] for term in {term for match in inside for term in match.terms})

    heaviest = max(
        weight([each for each in matches[at:] if each.end <= one.start + SNIPPET_CHARS - 60])
        for at, one in enumerate(matches)
    )
    shown_from = [
        at for at, each in enumerate(matches) if each.end - each.start == found.ranges[0][1] - first
    ]
    assert any(weight(matches[at : at + len(found.ranges)]) >= heaviest for at in shown_from)


@pytest.mark.slow
@pytest.mark.parametrize("query", ["law", "law sea", '"law of" sea'])
def test_a_passage_of_ten_thousand_matches_is_cut_in_one_pass(query: str) -> None:
    text = "law of the sea " * 10_000
    assert marked(shown(query, text))[0].startswith("law")
