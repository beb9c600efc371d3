"""Which words of a question only frame it, and what is never set aside."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from index.query import parse_query
from index.query.interpretation import interpret
from index.query.question_words import is_question
from index.query.thesaurus_expansion import Synonyms
from kb.model import Thesaurus
from tests.tables import table

SYNONYMS = Synonyms(
    Thesaurus(one_way={"took my passport": ("identity document",), "after rescue": ("aftercare",)})
)


TYPED = ("how", "get", "I", "passport", "took", "my", "after", "rescue", "what", "is", "it", "-x", '"a', 'b"')


def set_aside(text: str, *, expand: bool = True) -> tuple[str, ...]:
    return interpret(parse_query(text), SYNONYMS, expand).set_aside


@table(
    ("text", "aside"),
    [
        ("what happens to victims after rescue", ("happens",)),
        ("what happens to victims after rescue?", ("happens",)),
        ("how do I get my passport back from my employer", ("get", "back")),
        (
            "Could somebody tell me what debt bondage might mean",
            ("Could", "somebody", "tell", "might", "mean"),
        ),
        ("what's the way to find a lawyer", ("way", "find")),
        ("I don't know what's going on", ()),  # nothing else would be left
        ("a child said yes is it still trafficking", ("said", "still")),
        ("what does the Protocol require of us even so", ("us", "even")),
        ("the US law on trafficking, is it", ()),  # a country
        ("he took my passport", ()),  # a term, which the thesaurus knows
        ("finding victims", ()),  # no question
        ("victims taken away", ()),
        ("how do I reach the WAY foundation", ()),  # a name
        ("how do I get", ()),
        ("what", ()),
        ('how can I "get out"', ()),
        ("how can I get* help", ()),
        ("how AND get AND passport", ()),
        ("how do I get -passport help", ()),
        ("come ottengo il mio passaporto", ()),
    ],
)
def test_words_that_only_frame_a_question_are_set_aside(text: str, aside: tuple[str, ...]) -> None:
    assert set_aside(text) == aside


@table(
    ("text", "asked"),
    [("is a child in a factory trafficked", True), ("my boss", True), ("child labour", False), ("", False)],
)
def test_a_query_reads_as_a_question(text: str, asked: bool) -> None:
    assert is_question(parse_query(text).node) is asked


def test_an_exact_search_sets_nothing_aside() -> None:
    assert set_aside("how do I get my passport back", expand=False) == ()


def test_terms_are_found_in_what_is_left() -> None:
    asked = interpret(parse_query("what would happen to me after rescue by police"), SYNONYMS)
    (span,) = asked.searched
    assert asked.typed is not None
    assert [node.text for node in asked.typed.nodes[span.first : span.last + 1]] == ["after", "rescue"]
    assert asked.related == ("aftercare",)


@given(st.lists(st.sampled_from(TYPED), max_size=80))
def test_something_is_always_left_to_search(words: list[str]) -> None:
    parsed = parse_query(" ".join(words))
    assert (interpret(parsed, SYNONYMS).typed is None) == (parsed.node is None)
