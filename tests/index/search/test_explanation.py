"""Why a passage was found: its forms, how and where each matches, and what its score is made of."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.explanation import FIELDS, MATCH_KINDS, MATCHED, SCORE_PARTS, Explanation
from index.request import SORTS, Request, Sort
from kb.errors import BadRequest
from tests.engines import Snapshot, snapshot_of
from tests.index.highlighting.test_hits import PASSAGES, QUERIES, SAMPLE, TEXTS, THESAURUS, Drawn, drawn
from tests.index.samples import collection, document, passage

TEXT = (
    "Labour and labor, labourers and anti-labour laws; re-victimisation or revictimisation; article 2(d). "
    "Legal and mutual assistance, mutual legal assistance."
)
KINDS = replace(
    collection(
        document("a", title="Labour in the Gulf"),
        document("b", kind="treaty", status="superseded"),
        document("c"),
        a=[
            passage("a", "p1", TEXT, "crime-cooperation/mla", heading="On labourers", locator="article 2"),
            passage("a", "p2", "The law of the sea."),
        ],
        b=[passage("b", "p1", "The law of the air.")],
        c=["Of labour: laws that are mutual and legal.", "One.", "Two.", "Three."],
    ),
    thesaurus=THESAURUS,
)


@pytest.fixture(scope="module")
def kinds(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return snapshot_of(KINDS, tmp_path_factory.mktemp("kinds"))


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return snapshot_of(SAMPLE, tmp_path_factory.mktemp("sample"))


def explain(snapshot: Snapshot, query: str, address: str, **asked: object) -> Explanation:
    found = snapshot.explain(Request(query, **asked), *address.split("/"))  # type: ignore[arg-type]
    assert found
    return found


def forms(snapshot: Snapshot, query: str, address: str = "a/p1") -> dict[str, set[tuple[str, ...]]]:
    """What was searched for, with the form, count, kind and place of each match."""
    return {
        each.text: {(one.form, str(one.count), one.how, one.place) for one in each.forms}
        for each in explain(snapshot, query, address).terms
    }


def test_a_word_is_found_as_typed_in_other_forms_and_spellings_and_as_part_of_a_compound(
    kinds: Snapshot,
) -> None:
    assert forms(kinds, "labour law") == {
        "labour": {
            ("Labour", "1", "typed", "text"),
            ("labor", "1", "spelling", "text"),
            ("labourers", "1", "form", "text"),
            ("anti-labour", "1", "part", "text"),
            ("labourers", "1", "form", "heading"),
            ("Labour", "1", "typed", "title"),
        },
        "law": {("laws", "1", "form", "text")},
    }


def test_a_word_with_a_hyphen_is_found_together_and_apart(kinds: Snapshot) -> None:
    together = ("revictimisation", "1", "joined", "text")
    assert forms(kinds, "re-victimisation") == {
        "re-victimisation": {("re-victimisation", "1", "typed", "text"), together}
    }
    assert forms(kinds, "re victimisation") == {
        "re": {("re-victimisation", "1", "joined", "text"), together},
        "victimisation": {("re-victimisation", "1", "joined", "text"), together},
    }


def test_a_phrase_is_found_as_typed_or_with_words_between(kinds: Snapshot) -> None:
    assert forms(kinds, '"mutual legal"') == {
        '"mutual legal"': {("mutual legal", "1", "typed", "text"), ("Mutual legal", "1", "typed", "subpoint")}
    }
    assert forms(kinds, '"legal assistance"~2')['"legal assistance"~2'] == {
        ("Legal and mutual assistance", "1", "apart", "text"),
        ("legal assistance", "1", "typed", "text"),
        ("legal assistance", "1", "typed", "subpoint"),
    }
    assert forms(kinds, '"or re-victimisation"')['"or re-victimisation"'] == {
        ("or revictimisation", "1", "joined", "text")
    }


def test_patterns_references_and_locators_are_explained(kinds: Snapshot) -> None:
    assert forms(kinds, "assist*")["assist*"] == {
        ("assistance", "2", "pattern", "text"),
        ("assistance", "1", "pattern", "subpoint"),
    }
    assert forms(kinds, "2(d)") == {"2(d)": {("2(d)", "1", "typed", "text")}}
    assert forms(kinds, "article")["article"] == {
        ("article", "1", "typed", "text"),
        ("article", "1", "typed", "locator"),
    }


def test_terms_of_the_thesaurus_say_beside_what_they_were_searched(sample: Snapshot) -> None:
    found = explain(sample, "victims", "act/p1")
    assert [(each.text, each.related_to) for each in found.terms] == [
        ("victims", ""),
        ("survivor", "victim"),
        ("trafficked person", "victim"),
    ]
    assert [(one.form, one.how) for each in found.terms for one in each.forms] == [
        ("Survivors", "related"),
        ("trafficked persons", "related"),
    ]
    assert (found.matched, found.missing) == ("all", ("victims",))
    assert [part.name for part in found.parts] == ["related"]


def test_without_the_thesaurus_its_terms_are_not_spoken_of(sample: Snapshot) -> None:
    found = explain(sample, "victims", "act/p1", expand=False)
    assert [each.text for each in found.terms] == ["victims"]
    assert found.matched == "none"


def test_what_is_missing_is_said_of_a_passage_that_has_some_of_the_words(sample: Snapshot) -> None:
    found = explain(sample, "extradition requests nowhere*", "plan/p1")
    assert found.matched == "some"
    assert found.missing == ("nowhere*",)
    assert [one.place for each in found.terms for one in each.forms] == ["title", "text"]


def test_parts_of_what_was_typed_as_one_word_are_explained_where_the_whole_is_not_found(
    sample: Snapshot,
) -> None:
    found = explain(sample, "article-requests extradition", "other/p1").terms
    assert [each.text for each in found][:2] == ["article", "requests"]


@pytest.mark.parametrize(
    "query", ["re 2(d) re victimisation", "re victimisation nowhere", "nowhere re victimisation"]
)
def test_words_beside_each_other_are_one_word_where_a_passage_has_only_some(
    tmp_path: Path, query: str
) -> None:
    one = passage("a", "p1", "labour revictimised", heading="On victimisation")
    snapshot = snapshot_of(collection(a=[one, "re-victimisation", "2", "sea"]), tmp_path)
    (hit,) = [each for each in snapshot.search(Request(query)).hits if each.passage.id == "p1"]
    assert hit.matched == "some"
    assert [hit.snippet.text[start:end] for start, end in hit.snippet.ranges] == ["revictimised"]
    found = explain(snapshot, query, "a/p1")
    assert "revictimised" in [one.form for each in found.terms for one in each.forms]


def test_a_passage_that_the_search_does_not_list_has_no_score(kinds: Snapshot) -> None:
    for query, address, filters in (
        ("extradition", "a/p1", {}),
        ("law", "b/p1", {}),
        ("law -sea", "a/p2", {}),
        ("sea", "a/p2", {"kind": ("treaty",)}),
    ):
        found = explain(kinds, query, address, filters=filters)
        assert (found.matched, found.score, found.parts) == ("none", 0.0, ())
    assert explain(kinds, "law", "b/p1", hidden=True).matched == "all"


def test_a_search_without_words_has_nothing_to_explain(kinds: Snapshot) -> None:
    empty = explain(kinds, "", "a/p1")
    assert (empty.matched, empty.terms, empty.score, empty.parts) == ("all", (), 0.0, ())
    filtered = explain(kinds, "kind:report", "a/p1")
    assert (filtered.terms, [part.name for part in filtered.parts]) == ((), ["chosen"])


def test_there_is_no_explanation_of_what_is_not_there(kinds: Snapshot) -> None:
    assert kinds.explain(Request("law"), "a", "p9") is None
    assert kinds.explain(Request("law"), "nowhere", "p1") is None
    with pytest.raises(BadRequest):
        kinds.explain(Request("law", per=11), "a", "p1")


def test_every_part_of_a_score_is_named(kinds: Snapshot) -> None:
    found = explain(kinds, "mutual legal labour laws", "a/p1")
    assert [part.name for part in found.parts] == ["words", "exact", "heading", "title", "near", "feedback"]
    assert all(part.points > 0 for part in found.parts)


def test_everything_that_is_said_has_words() -> None:
    for table in (MATCH_KINDS, MATCHED, SCORE_PARTS, FIELDS):
        assert all(table.values())


def test_passages_behind_those_ranked_again_are_explained_as_well(tmp_path: Path) -> None:
    texts = [f"law {'of the sea ' * (n % 7)} number {n}" for n in range(330)]
    snapshot = snapshot_of(collection(d=[*texts, "sea"]), tmp_path)
    asked = Request("law sea", per=50, page=6)
    hits = snapshot.search(asked).hits
    assert hits
    for hit in hits:
        found = snapshot.explain(asked, "d", hit.passage.id)
        assert found
        assert sum(part.points for part in found.parts) == pytest.approx(hit.score, abs=1e-9)


@pytest.mark.slow
@settings(max_examples=min(40, settings.default.max_examples))
@given(TEXTS, TEXTS, PASSAGES, PASSAGES, st.lists(QUERIES, min_size=5, max_size=10), st.sampled_from(SORTS))
def test_the_parts_add_up_to_the_score_and_the_forms_are_those_that_are_marked(
    tmp_path_factory: pytest.TempPathFactory,
    title: str,
    other: str,
    first: Drawn,
    second: Drawn,
    queries: list[str],
    sort: Sort,
) -> None:
    snapshot = snapshot_of(drawn(title, other, first, second), tmp_path_factory.mktemp("index"))
    for query in queries:
        asked = Request(text=query, sort=sort)
        for hit in snapshot.search(asked).hits:
            found = snapshot.explain(asked, hit.passage.document, hit.passage.id)
            assert found
            assert found.matched == hit.matched
            assert found.score == pytest.approx(hit.score, abs=1e-9)
            assert sum(part.points for part in found.parts) == pytest.approx(hit.score, abs=1e-9)
            in_text = [one for each in found.terms for one in each.forms if one.place == "text"]
            assert bool(in_text) == bool(hit.snippet.ranges), (query, hit)
            assert any(each.forms for each in found.terms)
