"""Terms of the thesaurus are searched beside the words typed, named on the page, and left out on request."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from index.query import Word
from index.query.thesaurus_expansion import Synonyms
from index.request import Request
from index.results import Results
from kb.messages import Message
from kb.model import Collection, DistinctPair, Thesaurus
from tests.engines import Snapshot, open_engine, snapshot_of
from tests.index.samples import collection, document
from tests.tables import table

THESAURUS = Thesaurus(
    same=(("human trafficking", "trafficking in persons", "slave trade of now"),),
    acronyms={"MLA": "mutual legal assistance"},
    one_way={"victim": ("survivor",)},
    never_conflate=(DistinctPair("human trafficking", "smuggling"),),
)
CONTENT = replace(
    collection(
        document("a", title="Protection"),
        document("b", title="Other"),
        a=[
            "human trafficking",
            "of survivors",
            "trafficking in persons is a crime",
            "protection of a victim",
        ],
        b=["mutual legal assistance", "survivor protection", "law", "MLA"],
    ),
    thesaurus=THESAURUS,
)


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return snapshot_of(CONTENT, tmp_path_factory.mktemp("index"))


def ask(snapshot: Snapshot, text: str, expand: bool = True) -> Results:
    return snapshot.search(Request(text, expand=expand))


def all_of(results: Results) -> set[str]:
    return {hit.passage.address for hit in results.hits if hit.matched == "all"}


def test_related_terms_are_searched_and_said(snapshot: Snapshot) -> None:
    found = ask(snapshot, "human trafficking")
    assert all_of(found) == {"a/p1", "a/p3"}
    assert found.expansions == ("trafficking in persons",)  # the collection has no slave trade
    assert found.unexpanded == ()


def test_only_the_words_typed_are_searched_where_that_is_asked(snapshot: Snapshot) -> None:
    found = ask(snapshot, "human trafficking", expand=False)
    assert all_of(found) == {"a/p1"}
    assert found.expansions == ()
    assert found.unexpanded == ("trafficking in persons",)
    assert ask(snapshot, "law", expand=False).unexpanded == ()
    assert ask(snapshot, '"human trafficking"', expand=False).unexpanded == ()


@pytest.mark.parametrize("expand", [True, False])
def test_terms_not_to_be_confused_are_told_apart_either_way(snapshot: Snapshot, expand: bool) -> None:
    assert ask(snapshot, "human trafficking", expand).distinctions == (
        Message("terms-differ", term="human trafficking", others="smuggling", count=1),
    )


@pytest.mark.parametrize(
    ("query", "with_terms", "without"),
    [
        ("victim", {"a/p2", "a/p4", "b/p2"}, {"a/p4"}),
        ("victim OR law", {"a/p2", "a/p4", "b/p2", "b/p3"}, {"a/p4", "b/p3"}),
        ("MLA", {"b/p1", "b/p4"}, {"b/p4"}),
        ("mla", {"b/p4"}, {"b/p4"}),
        ("protection NOT victim", {"b/p2"}, {"b/p2"}),
        ('"victim"', {"a/p4"}, {"a/p4"}),
    ],
)
def test_a_query_of_any_kind_can_be_searched_without(
    snapshot: Snapshot, query: str, with_terms: set[str], without: set[str]
) -> None:
    assert all_of(ask(snapshot, query)) == with_terms
    assert all_of(ask(snapshot, query, expand=False)) == without


@pytest.mark.parametrize(
    "query", ["victim protection", "protection human trafficking", "(victim OR law) protection"]
)
def test_related_terms_take_nothing_away(snapshot: Snapshot, query: str) -> None:
    assert all_of(ask(snapshot, query, expand=False)) <= all_of(ask(snapshot, query))


def test_a_title_counts_beside_a_related_term_as_beside_a_word(snapshot: Snapshot) -> None:
    assert all_of(ask(snapshot, "victim protection")) == {"a/p2", "a/p4", "b/p2"}
    assert all_of(ask(snapshot, "protection trafficking in persons -survivor")) == {"a/p1", "a/p3"}
    assert all_of(ask(snapshot, "(human trafficking document:a) OR sea protection")) == {"a/p1", "a/p3"}


def test_marks_and_places_leave_related_terms_out_too(snapshot: Snapshot) -> None:
    (passage,) = (each for each in snapshot.passages("a") if each.id == "p2")
    assert snapshot.marks("victim", [passage]) == (((3, 12),),)
    assert snapshot.marks("victim", [passage], expand=False) == ((),)
    assert snapshot.found_in("a", "victim") == {"p2", "p4"}
    assert snapshot.found_in("a", "victim", expand=False) == {"p4"}


@table(
    "request_",
    [
        Request("victim"),
        Request("victim", expand=False),
        Request("human law"),
        Request("law", {"document": ("a",)}),
        Request("victim law protection", {"document": ("a", "b")}, per=25),
        Request(""),
        Request("xyzzy"),
        Request("law sea mutual legal assistance human victim", {"kind": ("report",)}),
    ],
)
def test_counting_alone_gives_the_counts_of_the_search(snapshot: Snapshot, request_: Request) -> None:
    found = snapshot.search(request_)
    assert snapshot.count(request_) == (found.total, found.total_some)


@pytest.fixture(scope="module")
def law(shipped_collection: Collection, tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """Texts with one form of each word, under the thesaurus that ships."""
    texts = ["liability of legal persons", "by coercion", "on ratification", "in detention", "is fraudulent"]
    content = replace(collection(document("a"), a=texts), thesaurus=shipped_collection.thesaurus)
    return snapshot_of(content, tmp_path_factory.mktemp("law"))


@table(
    ("typed", "found"),
    [
        ("liable", {"a/p1"}),
        ("coercive", {"a/p2"}),
        ("coerce", {"a/p2"}),
        ("ratify", {"a/p3"}),
        ("ratified", {"a/p3"}),
        ("detained", {"a/p4"}),
        ("fraud", {"a/p5"}),
        ("detainee", set()),  # a person is not what befalls them
    ],
)
def test_forms_of_a_word_of_the_law_are_found_for_one_another(
    law: Snapshot, typed: str, found: set[str]
) -> None:
    assert all_of(ask(law, typed)) == found


@pytest.fixture(scope="module")
def treaty(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    texts = [
        "Under article 6(3) of it",
        "See para 7 and section 5",
        "Article 16",
        "The art of 16 tales",
        "§ 16",
    ]
    return snapshot_of(collection(document("a"), a=texts), tmp_path_factory.mktemp("index"))


@table(
    ("query", "expected"),
    [
        ("art 16", {"a/p3", "a/p4"}),
        ("Art. 16", {"a/p3", "a/p4"}),
        ("arts. 16", {"a/p3", "a/p4"}),
        ("article 16", {"a/p3", "a/p4"}),
        ("articles 16", {"a/p3", "a/p4"}),
        ("art. 6(3)", {"a/p1"}),
        ("art.6(3)", {"a/p1"}),
        ("art.16", {"a/p3"}),
        ("paragraph 7", {"a/p2"}),
        ("paras 7", {"a/p2"}),
        ("sec. 5", {"a/p2"}),
        ("it AND (art 6(3))", {"a/p1"}),
        ("art of tales", {"a/p4"}),
        ("art", {"a/p4"}),
        ('"art 16"', set()),
    ],
)
def test_words_that_cite_a_place_stand_for_each_other_before_its_number(
    treaty: Snapshot, query: str, expected: set[str]
) -> None:
    assert all_of(ask(treaty, query)) == expected


def test_words_that_cite_a_place_are_said_and_can_be_left_out(treaty: Snapshot) -> None:
    assert ask(treaty, "paragraph 7").expansions == ("para 7",)
    alone = ask(treaty, "paragraph 7", expand=False)
    assert (all_of(alone), alone.unexpanded) == (set(), ("para 7",))


def test_words_that_cite_a_place_in_one_language_and_say_nothing_in_another_stand_beside_a_number(
    tmp_path: Path,
) -> None:
    texts = ["Una estrategia para 12 estados", "Doce estados, 12, para todos", "See paragraph 12", "Para. 12"]
    mixed = snapshot_of(
        collection(document("es", language="es"), document("en", language="en"), es=texts[:2], en=texts[2:]),
        tmp_path,
    )
    assert all_of(ask(mixed, "paragraph 12")) == {"en/p1", "en/p2", "es/p1"}
    assert all_of(ask(mixed, "language:es estrategia para 12")) == {"es/p1"}


@table(
    ("query", "language"),
    [("estrategia para 2025", "es"), ("divisé par 2", "fr"), ("hak para 12 korban", "id")],
)
def test_a_stop_word_cites_no_place(query: str, language: str) -> None:
    words = [Word(each, language) for each in query.split()]
    assert not list(Synonyms(Thesaurus()).find(words))


@table(
    ("query", "expected", "also"),
    [
        ("child", {"a/p1", "a/p2"}, ("children",)),
        ("Children", {"a/p1", "a/p2"}, ("child",)),
        ("child labour", {"a/p2"}, ("children",)),
        ("woman", {"a/p3"}, ("women",)),
        ("women", {"a/p3"}, ()),
        ("woman -labour", {"a/p3"}, ("women",)),
        ('"child labour"', set(), ()),
        ("people", {"a/p4"}, ()),
    ],
)
def test_an_irregular_plural_is_found_by_its_singular_and_the_other_way_round(
    tmp_path: Path, query: str, expected: set[str], also: tuple[str, ...]
) -> None:
    texts = ["A child", "Children in labour", "Of women", "People and persons"]
    found = ask(snapshot_of(collection(document("a"), a=texts), tmp_path), query)
    assert (all_of(found), found.expansions, found.corrected) == (expected, also, "")


@table(
    ("query", "also"),
    [
        ("people trafficking", "trafficking in persons"),
        ("trafficking in human beings", "human trafficking"),
        ("human smuggling", "smuggling of migrants"),
        ("migrant smuggling", "smuggling of migrants"),
    ],
)
def test_the_names_of_trafficking_and_of_smuggling_stand_for_each_other_but_not_one_for_the_other(
    shipped_index: Path, query: str, also: str
) -> None:
    found = ask(open_engine(shipped_index).snapshot(), query)
    assert also in found.expansions
    other = "smuggling" if "trafficking" in query else "trafficking"
    assert not any(other in term for term in found.expansions)
