"""Did you mean: over the shipped content, common and rare words, and random collections."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis.analyzer import STOP_WORDS
from index.analysis.analyzer import tokenize as words_of
from index.analysis.stemming import stem
from index.engines.whoosh.generation import open_index
from index.engines.whoosh.suggest.spellcheck import MAX_WORDS_PER_DISTANCE, SimilarWordFinder
from index.query.typed_words import typed_words
from index.request import FacetName, Request
from index.suggest.did_you_mean import MAX_SUGGESTIONS, suggestions
from index.suggest.spellcheck.similar_stretches import Spot
from index.vocabulary.term_source import SimilarWord
from tests.engines import Snapshot, build, open_engine, snapshot_of
from tests.index.engines.whoosh.matching.test_evaluator import segments_kept
from tests.index.engines.whoosh.test_edit_distance import distance
from tests.index.samples import collection, document, passage
from tests.tables import table


@pytest.fixture(scope="module")
def shipped(shipped_index: Path) -> Snapshot:
    return open_engine(shipped_index).snapshot()


COMMON = collection(
    document("a", kind="report"),
    document("b", kind="treaty"),
    document("gone", status="superseded", superseded_by="a"),
    a=[
        *["The government decided on the primary school."] * 400,
        "One goverment alone, and a primacy.",
        "A dirm view of the extradation.",
        *["Victims need protection."] * 3,
        "Hearing of witnesses.",
        *["Herring of the sea."] * 60,
    ],
    b=[
        "Extradition is a duty.",
        "Teachers teach.",
        "Human beings and human trafficking.",
        "Overstay of a day.",
    ],
    gone=["Repatriation was voluntary."],
)


@pytest.fixture(scope="module")
def common(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return snapshot_of(COMMON, tmp_path_factory.mktemp("index"))


def meant(snapshot: Snapshot, text: str, **filters: tuple[str, ...]) -> tuple[str, ...]:
    chosen: dict[FacetName, tuple[str, ...]] = filters  # type: ignore[assignment]
    return snapshot.search(Request(text=text, filters=chosen)).suggestions


@pytest.mark.slow
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("extradtion", "extradition"),
        ("xtradition", "extradition"),
        ("Extradtion", "Extradition"),
        ("wictim", "victim"),
        ("vitcims", "victims"),
        ("victm's protection", "victim's protection"),
        ("victm protction", "victim protection"),
        ("traficking in person", "trafficking in person"),
        ("trafficking fo persons", "trafficking of persons"),
        ("teh victims", "the victims"),
        ("(traficking OR smugling) -childern", "(trafficking OR smuggling) -children"),
        ("victms kind:note", "victims kind:note"),
        ('"mutual legl assistance"~2', '"mutual legal assistance"~2'),
        ('kind:"note" "mutual legl assistance"', 'kind:"note" "mutual legal assistance"'),
        ("exploitaton, recruit*", "exploitation, recruit*"),
        ("re-victmisation", "re-victimisation"),
        ('traficking "of persons', 'trafficking "of persons'),
        ("humantrafficking", "human trafficking"),
        ("civilsociety", "civil society"),
        ("lawenforcement", "law enforcement"),
        ("re patriation", "repatriation"),
        ("extra dition", "extradition"),
        ("vic tims", "victims"),
        ("complain mecanism", "complain mechanism"),
        ("zzzz extradtion", "zzzz extradition"),
    ],
)
def test_a_misspelt_query_is_corrected_and_the_rest_of_it_stays(
    shipped: Snapshot, query: str, expected: str
) -> None:
    assert meant(shipped, query)[0] == expected


@table(
    "query",
    [
        "",
        "victims",
        "organisation",
        "labour",
        "P030",
        "article 3(f)",
        "ASEN",
        "ASEN’s NGOOs",
        "MLATs",
        "traficking*",
        "traf?cing",
        "extradtion~1",
        "kind:communque",
        "theme:traficking extradition",
        "gt",
        "xqzwv",
        "人身取引",
        "extradtion kind:speech",
        "x " * 20 + "extradtion " + "y " * 20,
        "extradtion" + " " * 1000,
    ],
)
def test_nothing_is_suggested_if_nothing_is_misspelt_or_nothing_would_be_found(
    shipped: Snapshot, query: str
) -> None:
    assert meant(shipped, query) == ()


@table(
    ("query", "expected"),
    [
        ("goverment", ("government",)),
        ('"goverment"', ()),
        ("primacy", ()),
        ("primari", ()),
        ("government primacy", ()),
        ("goverment decides on teachr", ()),
        ("heering", ("herring",)),
        ("heering witneses", ("hearing witnesses",)),
        ("heering OR witneses", ("herring OR witnesses",)),
        ("exradition", ("extradition",)),
        ("humantrafficking", ("human trafficking",)),
        ("teachersteach", ("teachers teach",)),
        ("overstaying", ()),
        ("schoolofgovernment", ()),
        ("repatriaton", ()),
    ],
)
def test_suggestions_prefer_frequent_words_and_words_found_together(
    common: Snapshot, query: str, expected: tuple[str, ...]
) -> None:
    assert meant(common, query) == expected


def test_suggestions_depend_on_the_current_filters(common: Snapshot) -> None:
    assert meant(common, "extradtion", kind=("treaty",)) == ("extradition",)
    assert meant(common, "extradtion", kind=("report",)) == ("extradation",)
    assert meant(common, "goverment", kind=("treaty",)) == ()


def test_hidden_words_are_suggested_only_if_hidden_documents_are_shown(common: Snapshot) -> None:
    assert meant(common, "repatriaton") == ()
    assert common.search(Request("repatriaton", hidden=True)).suggestions == ("repatriation",)


class Common:
    """Words that are all found often; to ask more than that is a fault."""

    corrects_words = True

    def passages(self, form: str) -> int:
        return 4

    def stems(self, form: str) -> tuple[str, ...]:
        return (stem(form),)

    def is_stop_word(self, form: str) -> bool:
        return form in STOP_WORDS

    def written(self, words: str) -> str:
        raise AssertionError(words)

    def finds(self, query: str) -> int:
        raise AssertionError(query)

    def neighbours(self, form: str, edits: int) -> Sequence[SimilarWord]:
        raise AssertionError(form)

    def pair_frequencies(self, forms: Sequence[str]) -> Sequence[int]:
        raise AssertionError(forms)

    def similar_texts(self, forms: Sequence[str], spot: Spot) -> Sequence[str]:
        raise AssertionError(forms)


class Found(NamedTuple):
    total: int
    total_some: int = 0


def test_frequent_words_are_never_looked_up() -> None:
    query = 'victims "of trafficking" -law'
    assert suggestions(query, Common(), lambda text: Found(Common().finds(text))) == ()


PIECES = (
    'traficking victm extradtion of OR NOT - ( ) " * ~ kind:note re teh patriation humantrafficking ’s 2(d)'
)
pieces = st.lists(st.sampled_from([*PIECES.split(), "\u0e01\u0e32", "\ud800"]), max_size=10).map(" ".join)


def test_a_word_found_by_a_related_term_is_not_misspelt(shipped: Snapshot) -> None:
    found = shipped.search(Request("labor brokers"))
    assert found.total
    assert "recruitment agency" in found.expansions
    assert found.suggestions == ()
    assert meant(shipped, "labor brokers extradtion") == ("labor brokers extradition",)


@given(st.text(max_size=40) | pieces)
def test_every_suggestion_differs_and_finds_something_whatever_is_typed(shipped: Snapshot, text: str) -> None:
    offered = meant(shipped, text)
    assert len(set(offered)) == len(offered) <= MAX_SUGGESTIONS
    for other in offered:
        assert other != text
        found = shipped.search(Request(other))
        assert found.total + found.total_some > 0


CHANCE = Random(1)  # noqa: S311
WORDS = sorted({"".join(CHANCE.choices("abcdeg語𝒳", k=CHANCE.randint(2, 6))) for _ in range(300)})


@pytest.mark.slow
def test_similar_words_are_all_those_within_the_distance_in_any_segment(tmp_path: Path) -> None:
    words = [passage("words", f"p{n}", word) for n, word in enumerate(WORDS)]
    with segments_kept():
        build(collection(words=words, gone=[passage("gone", "p1", "bbbbbb aaaaab")]), tmp_path)
        build(collection(words=words, more=[passage("more", "p1", "ab", heading="ac")]), tmp_path)
    near = SimilarWordFinder(open_index(tmp_path).segments)
    known = {word.form for text in WORDS for word in words_of(text)} | {"ab", "ac"}
    for form in (*WORDS[:40], "ba", "bbbbbb", "x", "\ud800a"):
        for edits in (1, 2):
            found = {other.form: other.edits for other in near.of(form, edits)}
            far = {other: distance(other, form, swaps=True) for other in known if other != form}
            wanted = {other: edits_of for other, edits_of in far.items() if edits_of <= edits}
            assert found.items() <= wanted.items()
            for least in range(1, edits + 1):
                there = list(wanted.values()).count(least)
                assert list(found.values()).count(least) >= min(there, MAX_WORDS_PER_DISTANCE)


def test_an_index_without_words_has_no_similar_words(tmp_path: Path) -> None:
    build(collection(a=["..."]), tmp_path)
    assert SimilarWordFinder(open_index(tmp_path).segments).of("law", 2) == ()


@table(
    ("query", "expected"),
    [
        ("law AND order", ["law", "order"]),
        ("law OR -order", ["law", "order"]),
        ('the "rule of law"~3', ["the", "rule*", "of*", "law*"]),
        ('the "rule of law', ["the", "rule", "of", "law"]),
        ("theme:law kind:“a report” order", ["order"]),
        ('kind: "a report"', ["a*", "report*"]),
        ("state's co-operation", ["state", "co", "operation"]),
        ("law* l?w law~ 2(d) P029 UN NGOs McDonald", []),
        ("(law) order, peace.", ["law", "order", "peace"]),
    ],
)
def test_the_words_of_a_query_keep_their_offsets(query: str, expected: list[str]) -> None:
    found = [query[word.start : word.end] + "*" * word.quoted for word in typed_words(query)]
    assert found == expected


@table(
    ("query", "searched"),
    [
        ("is a child in a factory trafficked", ""),  # it has no factors
        ("does ACTIP bind Australia", ""),
        ("what is extradtion", "what is extradition"),
        ("what is traffickin", "what is trafficking"),  # nothing else is found
    ],
)
def test_in_a_question_a_word_with_another_ending_is_not_taken_for_a_slip(
    shipped: Snapshot, query: str, searched: str
) -> None:
    found = shipped.search(Request(text=query))
    assert (found.corrected, found.suggestions[:1]) == (searched, (searched,) if searched else ())


@table(
    ("query", "searched"),
    [
        ("counter trafficking", ""),
        ("trafficking counter", ""),
        ("counter", ""),
        ("fishing", ""),
        ("justify", ""),
        ("victimm", "victims"),
        ("traffickin victims", "trafficking victims"),
        ("exploitatiob", "exploitation"),
        ("protectoin", "protection"),
        ("traffickign", "trafficking"),
    ],
)
def test_an_english_word_with_another_ending_is_suggested_but_never_replaces_what_was_typed(
    shipped: Snapshot, query: str, searched: str
) -> None:
    found = shipped.search(Request(text=query))
    assert found.corrected == searched
    assert found.suggestions
    assert searched in ("", found.suggestions[0])


@table("query", ["victm protection", " extradtion", "teh traficking"])
def test_the_notice_of_a_correction_compares_whole_queries(shipped: Snapshot, query: str) -> None:
    found = shipped.search(Request(text=query))
    (notice,) = (dict(each.values) for each in found.notices if each.code == "query-corrected")
    assert notice == {"typed": query.strip(), "meant": found.corrected.strip()}


def test_the_notice_of_a_correction_quotes_the_beginning_of_a_pasted_quotation(tmp_path: Path) -> None:
    sentence = (
        "Immigration authorities responsible for identification procedures should immediately inform "
        "suspected victims about available accommodation, psychological assistance, interpretation, "
        "compensation mechanisms and residence permits"
    )
    meant = f'"{sentence}"'
    pasted = meant.replace("inform", "infrom")
    known = collection(document("a"), a=[sentence] * 400)  # often enough for no word to be doubtful
    found = snapshot_of(known, tmp_path).search(Request(text=pasted))
    (notice,) = (dict(each.values) for each in found.notices if each.code == "query-corrected")
    assert found.corrected == meant
    for text, quoted in ((pasted, notice["typed"]), (meant, notice["meant"])):
        assert text.startswith(str(quoted).removesuffix("…") + " ")
        assert 180 < len(str(quoted)) <= 201
