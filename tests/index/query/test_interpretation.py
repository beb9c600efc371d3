"""What a query asks for: all of its words, some of them, and related terms of a thesaurus."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.query import And, Node, Or, PartOfRun, Phrase, Related, Word, parse_query
from index.query.interpretation import Interpretation, interpret
from index.query.thesaurus_expansion import Synonyms
from index.tuning import Tuning
from kb.model import DistinctPair, Thesaurus
from tests.tables import table

THESAURUS = Thesaurus(
    same=(
        ("trafficking in persons", "human trafficking"),
        ("TIP Protocol", "Palermo Protocol"),
        ("people smuggling", "smuggling of migrants"),
        ("labour", "labor"),
    ),
    acronyms={"TIP": "trafficking in persons", "NGO": "non-governmental organisation"},
    one_way={"civil society": ("NGO",), "victim": ("survivor", "smuggling of migrants")},
    never_conflate=(
        DistinctPair("trafficking in persons", "smuggling of migrants"),
        DistinctPair("victim", "smuggling of migrants"),
    ),
)
SYNONYMS = Synonyms(THESAURUS)


def reading(text: str) -> Interpretation:
    return interpret(parse_query(text), SYNONYMS)


def terms(text: str) -> list[str]:
    return [span.term for span in SYNONYMS.find(nodes(text))]


def nodes(text: str) -> tuple[Node, ...]:
    node = parse_query(text).node
    return node.nodes if isinstance(node, And) else (node,) if node else ()


@table(
    ("text", "expected"),
    [
        ("human trafficking", ["human trafficking"]),
        ("Human Trafficking!", ["human trafficking"]),
        ("trafficking in persons", ["trafficking in persons"]),
        ("trafficking persons", []),
        ("victims", ["victim"]),
        ("TIP", ["TIP"]),
        ("TIP’s", ["TIP"]),
        ("NGOs", ["NGO"]),
        ("tip", []),
        ("Tip", []),
        ("ngo", []),
        ("TIP Protocol", ["TIP Protocol"]),
        ("tip protocol", ["TIP Protocol"]),
        ("TIP report", ["TIP"]),
        ("smuggling of migrants victims", ["smuggling of migrants", "victim"]),
        ('"human trafficking"', []),
        ("human -trafficking", []),
        ("labor", ["labour"]),
    ],
)
def test_the_longest_term_is_met_short_forms_in_capitals_and_nothing_in_quotation_marks(
    text: str, expected: list[str]
) -> None:
    assert terms(text) == expected


@table(
    ("text", "also"),
    [
        ("human trafficking", ("trafficking in persons",)),
        ("TIP", ("trafficking in persons", "human trafficking")),
        ("NGO", ("non-governmental organisation",)),
        ("non-governmental organisation", ()),
        ("civil society", ("NGO",)),
        ("survivor", ()),
        ("victim", ("survivor",)),  # never what it must be told from, though it is listed
        ("labor", ()),  # the same word in another spelling is found anyhow
        ("NOT human trafficking", ()),
        ("human trafficking OR victim", ("trafficking in persons", "survivor")),
    ],
)
def test_terms_are_searched_besides(text: str, also: tuple[str, ...]) -> None:
    assert reading(text).related == also


def test_a_reader_who_may_confuse_terms_is_told_both_ways() -> None:
    told = {
        span.term: span.distinct_from
        for span in SYNONYMS.find(nodes("human trafficking smuggling of migrants"))
    }
    assert told == {
        "human trafficking": ("smuggling of migrants",),
        "smuggling of migrants": ("trafficking in persons", "victim"),
    }


def test_few_words_are_all_wanted_and_some_are_asked_for_besides() -> None:
    found = reading("sea law victims")
    assert found.node == And((Word("sea"), Word("law"), Or((Word("victims"), Related("survivor")))))
    assert found.some == Or((Word("sea"), Word("law"), Word("victims"), Related("survivor")))
    assert not found.any_word


def test_more_words_mean_any_of_them() -> None:
    text = " ".join(f"word{at}" for at in range(Tuning.MAX_REQUIRED_WORDS + 1))
    found = reading(f"what is the {text} of")
    assert found.any_word
    assert found.some is None
    assert found.node == Or(tuple(Word(f"word{at}") for at in range(Tuning.MAX_REQUIRED_WORDS + 1)))


def test_a_word_typed_twice_is_one_of_the_words_and_counts_twice() -> None:
    text = " ".join([*(f"word{at}" for at in range(Tuning.MAX_REQUIRED_WORDS)), "word0"])
    assert not reading(text).any_word
    assert reading("law sea law").some == Or((Word("law"), Word("sea"), Word("law")))


@pytest.mark.parametrize("text", ["law OR sea", "law AND sea", "law -sea", "law NOT sea", "a (b OR c)"])
def test_operators_are_obeyed_strictly(text: str) -> None:
    assert reading(text).some is None
    assert reading(text).node == parse_query(text).node


@pytest.mark.parametrize(
    "text", ["law", "the of", '"law of the sea"', "theme:law", "law theme:sea", "the law of"]
)
def test_where_there_are_not_several_words_there_is_no_some(text: str) -> None:
    assert reading(text).some is None


def test_phrases_and_filters_stay_wanted_when_some_words_will_do() -> None:
    found = reading('"law of the sea" victim rights document:a')
    assert isinstance(found.some, And)
    assert Phrase("law of the sea") in found.some.nodes
    assert isinstance(found.some.nodes[0], Or)


@pytest.mark.parametrize(
    ("text", "some"),
    [
        ("high-speed law", ["high", "speed", "law"]),
        ("2(d) law", ["2(d)", "law"]),
        ("第3条 law", ["第3条", "law"]),
        ("state-of-the-art law", ["state", "art", "law"]),
    ],
)
def test_words_typed_as_one_may_be_found_apart_where_each_says_something(text: str, some: list[str]) -> None:
    assert reading(text).some == Or(tuple(map(Word, some)))


def test_a_run_in_a_script_without_spaces_may_be_there_in_part() -> None:
    assert reading("人口贩运 law").some == Or((PartOfRun("人口贩运"), Word("law")))
    assert reading("ILO公约").some == Or((Word("ILO"), PartOfRun("公约")))
    assert reading("인신매매피해자").some == Or((PartOfRun("인신매매피해자"),))
    assert reading("人口").some is None


def test_nothing_asks_for_nothing() -> None:
    assert reading("") == Interpretation(None)
    assert reading("!!!").node is None


TEXTS = st.lists(
    st.sampled_from(
        [
            "TIP",
            "Protocol",
            "human",
            "trafficking",
            "in",
            "persons",
            "the",
            "victim",
            "OR",
            '"',
            "(",
            ")",
            "-",
            "a*",
        ]
    )
    | st.text(max_size=6),
    max_size=12,
).map(" ".join)


@given(TEXTS)
def test_any_text_is_read_and_nothing_typed_is_lost(text: str) -> None:
    parsed = parse_query(text)
    found = interpret(parsed, SYNONYMS)
    assert (found.node is None) == (parsed.node is None)
    for span in found.spans:
        assert span.first <= span.last
        assert not set(span.related) & set(span.distinct_from)


@table(
    ("text", "parts"),
    [
        ("anti-trafficking", ["anti", "trafficking"]),
        ("victim/survivor", ["victim", "survivor"]),
        ("victim,protection", ["victim", "protection"]),
        ("victim;protection", ["victim", "protection"]),
        ("victim.protection", ["victim", "protection"]),
        ("victim_protection", ["victim", "protection"]),
        ("victim|protection", ["victim", "protection"]),
        ("victim^2", ["victim"]),
        ("covid-19", ["covid"]),
        ("CTOC-2020", ["ctoc"]),
        ("don't", []),
        ("victim-centred kind:note", ["victim", "centred"]),
        ("2(d)", []),
        ("A/HRC/61/42", []),
        ('"anti-trafficking"', []),
        ("anti-trafficking OR police", []),
    ],
)
def test_some_of_a_single_compound_are_its_parts_where_no_passage_has_it_whole(
    text: str, parts: list[str]
) -> None:
    read = reading(text)
    words = [each[0].text for each in read.weighed if isinstance(each[0], Word)]
    assert words == parts
    assert read.needs_some(0, 10) == read.parts_alone == bool(parts)
    assert not read.needs_some(1, 10)
