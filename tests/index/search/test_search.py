from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from index.request import FacetName, Request, Sort
from index.results import Results, Snippet
from kb.errors import BadRequest
from kb.messages import Message
from tests.engines import Snapshot, build, open_engine, snapshot_of
from tests.index.samples import collection, document, passage
from tests.tables import table

SAMPLE = collection(
    document("old", date="1998", kind="report"),
    document("new", date="2015-03", kind="treaty"),
    document("span", date="2014/2016", kind="treaty"),
    document("undated"),
    document("notes", kind="note"),
    document("gone", date="2001", status="superseded", superseded_by="new"),
    old=[
        passage(
            "old", "p1", "Extradition of offenders.", "crime-cooperation", "crime-cooperation/extradition"
        ),
        passage("old", "p2", "Protection of victims and aftercare.", "protection", "protection/aftercare"),
    ],
    new=[
        passage("new", "p1", "States extradite; extraditing is a duty.", "crime-cooperation"),
        passage(
            "new", "p2", "To prevent re-victimisation of a victim’s family, see article 2(d).", "protection"
        ),
    ],
    span=[
        passage("span", "p1", "Mutual legal assistance. Legal and mutual assistance.", "crime-cooperation")
    ],
    undated=[passage("undated", "p1", "The law of the sea costs 1,400.", heading="Aftercare")],
    notes=[passage("notes", "n1", "Extradition of offenders.", "crime-cooperation/extradition")],
    gone=[passage("gone", "p1", "Extradition as it once was.", "crime-cooperation")],
)


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return snapshot_of(SAMPLE, tmp_path_factory.mktemp("index"))


Ask = Callable[..., Results]


@pytest.fixture
def ask(snapshot: Snapshot) -> Ask:
    def search(text: str = "", sort: Sort = "relevance", **filters: tuple[str, ...]) -> Results:
        hidden = bool(filters.pop("hidden", ()))
        chosen: dict[FacetName, tuple[str, ...]] = filters  # type: ignore[assignment]
        return snapshot.search(Request(text=text, filters=chosen, sort=sort, per=50, hidden=hidden))

    return search


def found(results: Results) -> list[str]:
    """The passages with all the words."""
    return [hit.passage.address for hit in results.hits if hit.matched == "all"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("extradition", {"old/p1", "new/p1", "notes/n1"}),
        ("EXTRADITED", {"old/p1", "new/p1", "notes/n1"}),
        ("victim", {"old/p2", "new/p2"}),
        ("victim's", {"old/p2", "new/p2"}),
        ("victim’s", {"old/p2", "new/p2"}),
        ("the victims", {"old/p2", "new/p2"}),
        ("victims aftercare", {"old/p2"}),
        ("victims OR offenders", {"old/p1", "old/p2", "new/p2", "notes/n1"}),
        ("victims -aftercare", {"new/p2"}),
        ("NOT extradition", {"old/p2", "new/p2", "span/p1", "undated/p1"}),
        ("victims (aftercare OR article)", {"old/p2", "new/p2"}),
        ('"mutual legal"', {"span/p1"}),
        ('"legal mutual"', set()),
        ('"legal mutual"~1', {"span/p1"}),
        ("re-victimisation", {"new/p2"}),
        ("revictimisation", {"new/p2"}),
        ("re victimisation", {"new/p2"}),
        ('"prevent revictimisation"', {"new/p2"}),
        ("2(d)", {"new/p2"}),
        ("article 2(d)", {"new/p2"}),
        ("1,400", {"undated/p1"}),
        ("1400", {"undated/p1"}),
        ("extrad*", {"old/p1", "new/p1", "notes/n1"}),
        ("re-vict*", {"new/p2"}),
        ("vict?m", {"new/p2"}),
        ("v*s", {"old/p2"}),
        ("aftercre~", {"old/p2", "undated/p1"}),
        ("aftercar*", {"old/p2", "undated/p1"}),
        ("extradtion~", {"old/p1", "notes/n1"}),
        ("nothing~1", set()),
        ("theme:protection", {"old/p2", "new/p2"}),
        ("theme:crime-cooperation/extradition offenders", {"old/p1", "notes/n1"}),
        ("kind:treaty victim", {"new/p2"}),
        ("document:span", {"span/p1"}),
        ("year:2015", {"new/p1", "new/p2", "span/p1"}),
        ("year:..1999", {"old/p1", "old/p2"}),
        ("year:2016..", {"span/p1"}),
        ("year:undated", {"undated/p1", "notes/n1"}),
        ("aftercare", {"old/p2", "undated/p1"}),
        ("the", {"undated/p1"}),
        ("offenders kind:note", {"notes/n1"}),
        ("kind:note OR kind:treaty", {"new/p1", "new/p2", "span/p1", "notes/n1"}),
    ],
)
def test_a_query_finds_what_it_asks_for(ask: Ask, query: str, expected: set[str]) -> None:
    results = ask(query)
    assert set(found(results)) == expected
    assert results.total == len(expected)
    listed = {hit.passage.document for hit in results.hits}
    assert results.total_documents == len(listed) >= len({each.partition("/")[0] for each in expected})


def test_an_empty_query_lists_everything_in_collection_order_notes_last(ask: Ask) -> None:
    everything = ["old/p1", "old/p2", "new/p1", "new/p2", "span/p1", "undated/p1", "notes/n1"]
    assert found(ask("")) == found(ask("*")) == everything


def test_the_exact_form_ranks_above_other_forms_of_the_word(ask: Ask) -> None:
    assert found(ask("extradition"))[0] == "old/p1"
    assert found(ask("extraditing"))[0] == "new/p1"


def test_at_equal_score_a_source_stands_before_a_note(ask: Ask) -> None:
    results = ask("offenders")
    assert found(results) == ["old/p1", "notes/n1"]
    assert results.hits[0].score == results.hits[1].score


def test_a_filter_beside_words_leaves_their_scores_alone(ask: Ask) -> None:
    plain = {hit.passage.address: hit.score for hit in ask("offenders").hits}
    chosen = {hit.passage.address: hit.score for hit in ask("offenders kind:note").hits}
    assert chosen["notes/n1"] == pytest.approx(plain["notes/n1"], abs=1e-12)


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("newest", ["new/p1", "new/p2", "span/p1", "old/p1", "old/p2", "undated/p1", "notes/n1"]),
        ("oldest", ["old/p1", "old/p2", "span/p1", "new/p1", "new/p2", "undated/p1", "notes/n1"]),
        ("document", ["old/p1", "old/p2", "new/p1", "new/p2", "span/p1", "undated/p1", "notes/n1"]),
    ],
)
def test_hits_can_be_sorted_by_date_and_document(ask: Ask, sort: Sort, expected: list[str]) -> None:
    assert found(ask("", sort=sort)) == expected


def test_superseded_documents_are_hidden_counted_and_can_be_shown(ask: Ask) -> None:
    assert ask("extradition").total_hidden == 1
    shown = ask("extradition", hidden=("yes",))
    assert "gone/p1" in found(shown)
    assert shown.total_hidden == 0


def test_values_of_one_facet_are_alternatives_and_facets_narrow_together(ask: Ask) -> None:
    assert found(ask("", document=("old", "span"))) == ["old/p1", "old/p2", "span/p1"]
    assert found(ask("", document=("old", "span"), theme=("protection",))) == ["old/p2"]


def counts(results: Results, name: FacetName) -> dict[str, int]:
    values = results.facets[name]
    return {value.value: value.count for parent in values for value in (parent, *parent.children)}


def test_a_count_is_what_choosing_that_value_alone_would_give(ask: Ask) -> None:
    chosen = {"theme": ("crime-cooperation",), "kind": ("treaty",), "year": ("2014..2016",)}
    for query in ("", "extradition"):
        results = ask(query, **chosen)
        for name in ("theme", "document", "kind", "year"):
            for value, count in counts(results, name).items():  # type: ignore[arg-type]
                assert ask(query, **(chosen | {name: (value,)})).total == count, (query, name, value)


def test_subpoints_are_counted_under_their_theme(ask: Ask) -> None:
    theme = next(value for value in ask("").facets["theme"] if value.value == "crime-cooperation")
    assert theme.label == "International crime cooperation"
    assert [(child.value, child.label, child.count) for child in theme.children] == [
        ("crime-cooperation/extradition", "Extradition", 2),
        ("crime-cooperation/mla", "Mutual legal assistance", 0),
    ]


def test_a_selected_value_is_listed_even_where_it_gives_nothing(ask: Ask) -> None:
    results = ask("victims", kind=("note",), theme=("nowhere",), document=("unknown",))
    assert any(value.value == "note" and value.selected for value in results.facets["kind"])
    assert results.facets["theme"][-1].value == "nowhere"
    assert any(value.value == "unknown" for value in results.facets["document"])


def test_years_are_listed_newest_first_and_undated_last(ask: Ask) -> None:
    assert [value.value for value in ask("").facets["year"]] == [
        "2016",
        "2015",
        "2014",
        "1998",
        "undated",
        "2001",
    ]


def test_only_the_largest_values_are_listed_and_the_rest_is_counted(tmp_path: Path) -> None:
    many = collection(**{f"d{n}": ["word"] * (n + 1) for n in range(25)})
    results = snapshot_of(many, tmp_path).search(Request(filters={"document": ("d0",)}))
    listed = [value.value for value in results.facets["document"]]
    assert len(listed) == 21
    assert listed[0] == "d24"
    assert "d0" in listed
    assert results.more["document"] == 4


def test_a_hit_without_a_mark_says_why_it_was_found(ask: Ask) -> None:
    hits = {hit.passage.address: hit for hit in ask("aftercare").hits}
    assert hits["undated/p1"].reasons == (Message("found-by-heading", text="Aftercare"),)
    assert hits["undated/p1"].snippet.ranges == ()
    assert hits["old/p2"].reasons == ()


def test_a_search_without_hits_says_which_words_stand_nowhere(ask: Ask) -> None:
    results = ask('xyzzy victims "plugh law" qux* wo?dd grault~ re-xyz')
    assert results.total == 0
    assert results.missing == ("xyzzy", "plugh", "qux*", "wo?dd", "grault~", "re-xyz")


def test_ways_out_keep_filters_and_exclusions_and_find_something(ask: Ask) -> None:
    (narrower,) = ask("xyzzy victims kind:treaty -law").ways_out
    assert (narrower.kind, narrower.request.text) == ("without-words", "victims kind:treaty -law")
    assert narrower.left_out == ("xyzzy",)
    assert narrower.total == ask(narrower.request.text).total > 0
    (either,) = ask('"xyzzy victims"').ways_out
    assert (either.kind, either.request.text) == ("any-words", "xyzzy OR victims")
    assert ask("xyzzy").ways_out == ask("xyzzy AND plugh").ways_out == ()


def test_an_unknown_theme_is_said(ask: Ask) -> None:
    results = ask("theme:nowhere")
    assert results.total == 0
    assert results.notices == (Message("unknown-filter-value", facet="theme", value="nowhere"),)


@table(
    ("typed", "near"),
    [
        ("theme:aftercare", "theme:victim-assistance-protection/aftercare"),
        ("theme:aftercaer", "theme:victim-assistance-protection/aftercare"),
        ('theme:"victim assistance"', "theme:victim-assistance-protection, "),
        ("document:bali*", "document:bali-process-symposium-2015"),
        ("document:symposium", "document:bali-process-symposium-2015"),
        ("kind:communiques", "kind:communique"),
    ],
)
def test_the_values_nearest_to_an_unknown_one_are_named(shipped_index: Path, typed: str, near: str) -> None:
    (notice,) = open_engine(shipped_index).snapshot().search(Request(typed)).notices
    values = dict(notice.values)
    assert notice.code == "filter-value-near"
    assert str(values["near"]).startswith(near)
    assert str(values["value"]) in typed


def test_of_many_unknown_values_only_the_first_are_compared_with_others(shipped_index: Path) -> None:
    typed = " OR ".join(f"theme:aftercare{number}" for number in range(1000))
    notices = open_engine(shipped_index).snapshot().search(Request(typed[:9_000])).notices
    named = [notice.code for notice in notices if notice.code.endswith(("-near", "-value"))]
    assert named[:3] == ["filter-value-near"] * 3
    assert set(named[3:]) == {"unknown-filter-value"}


def test_a_pattern_that_stands_for_too_many_words_is_capped_and_said(tmp_path: Path) -> None:
    content = collection(d=[" ".join(f"w{n:03}" for n in range(300)), "w299"])
    results = snapshot_of(content, tmp_path).search(Request(text="w*"))
    assert results.total == 2
    assert results.notices == (Message("pattern-too-broad", pattern="w*", count=300, limit=256),)


@table(
    ("request_", "parameter"),
    [
        (Request(text="a" * 10_001), "q"),
        (Request(sort="best"), "sort"),  # type: ignore[arg-type]
        (Request(page=0), "page"),
        (Request(page=10**9), "page"),
        (Request(per=11), "per"),
        (Request(filters={"theme": ("a/b/c",)}), "theme"),
        (Request(filters={"document": ("../etc",)}), "document"),
        (Request(filters={"kind": ("",)}), "kind"),
        (Request(filters={"year": ("soon",)}), "year"),
        (Request(filters={"year": ("..",)}), "year"),
        (Request(filters={"year": ("2016..2015",)}), "year"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_by_name(
    snapshot: Snapshot, request_: Request, parameter: str
) -> None:
    with pytest.raises(BadRequest) as refused:
        snapshot.search(request_)
    assert refused.value.parameter == parameter


def test_pages_follow_one_another_without_gap_or_repeat(tmp_path: Path) -> None:
    content = collection(d=[f"victim number {n}" for n in range(37)])
    snapshot = snapshot_of(content, tmp_path)
    pages = [found(snapshot.search(Request(text="victim", page=page, per=10))) for page in (1, 2, 3, 4, 5)]
    assert [len(page) for page in pages] == [10, 10, 10, 7, 0]
    assert len({address for page in pages for address in page}) == 37


def test_passages_can_be_read_alone_in_order_and_with_their_neighbours(snapshot: Snapshot) -> None:
    second = snapshot.passage("old", "p2")
    assert second == SAMPLE.passages["old"][1]
    assert snapshot.around(second) == (SAMPLE.passages["old"][0], None)
    assert snapshot.passages("old") == SAMPLE.passages["old"]
    assert snapshot.passages("unknown") == ()
    assert snapshot.passage("old", "p9") is None
    assert snapshot.marks("victims", snapshot.passages("old")) == ((), ((14, 21),))
    assert snapshot.size == 8
    assert list(snapshot.documents) == ["old", "new", "span", "undated", "notes", "gone"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    ["", " ", "\0", "(" * 5000, '"' * 9999, "NOT " * 2000, "a " * 5000, "*" * 10_000, "?a" * 5000,
     "~" * 10_000, "\u202evictim\u202c", "theme:", "year:9999999..", "é" * 10_000, "a-" * 5000,
     "-" * 9_000, "a*b*c*" * 1600,
     "AND OR NOT ()", "x" * 10_000, "(a OR " * 1600],
)  # fmt: skip
def test_whatever_is_typed_is_answered(snapshot: Snapshot, text: str) -> None:
    assert snapshot.search(Request(text=text)).total >= 0


def test_many_different_words_are_answered(snapshot: Snapshot) -> None:
    words = [f"w{n}" for n in range(1500)]
    assert snapshot.search(Request(text=" ".join(words))).total == 0
    assert snapshot.search(Request(text=" OR ".join([*words[:900], "offenders"]))).total == 2


def test_a_repeated_word_counts_as_often_as_it_was_typed(ask: Ask) -> None:
    once, twice = ask("offenders").hits[0].score, ask("offenders offenders").hits[0].score
    assert twice == pytest.approx(2 * once)


def test_a_pattern_of_many_stars_is_answered_on_a_long_word(tmp_path: Path) -> None:
    snapshot = snapshot_of(collection(d=["a" * 200 + " other"]), tmp_path)
    assert snapshot.search(Request(text="a*a*a*a*a*a*a*a*a*a*a*a*b")).total == 0
    assert snapshot.search(Request(text="*a*a?a")).total == 1
    assert snapshot.search(Request(text="oth[er")).total == 0


def test_several_themes_can_be_asked_for_together(tmp_path: Path) -> None:
    content = collection(
        d=[
            passage("d", "both", "words", "crime-cooperation", "protection"),
            passage("d", "one", "words", "protection"),
        ]
    )
    snapshot = snapshot_of(content, tmp_path)
    chosen: dict[FacetName, tuple[str, ...]] = {"theme": ("crime-cooperation", "protection")}
    assert found(snapshot.search(Request(filters=chosen))) == ["d/both", "d/one"]
    assert found(snapshot.search(Request(filters=chosen, all_themes=True))) == ["d/both"]
    assert len(found(snapshot.search(Request(all_themes=True)))) == 2


def test_a_grouped_answer_has_the_best_passage_of_each_document_and_counts_the_others(
    snapshot: Snapshot,
) -> None:
    results = snapshot.search(Request(text="victims OR extradition", grouped=True))
    assert [(hit.passage.document, hit.others) for hit in results.hits] == [
        ("old", 1),
        ("new", 1),
        ("notes", 0),
    ]
    assert (results.total, results.total_documents) == (5, 3)


def test_every_hit_can_be_taken_at_once_in_the_order_of_the_pages(tmp_path: Path) -> None:
    snapshot = snapshot_of(collection(a=[f"victim {n}" for n in range(30)], b=["victim of b"]), tmp_path)
    pages = [hit for page in (1, 2, 3, 4) for hit in snapshot.search(Request(text="victim", page=page)).hits]
    assert list(snapshot.every_hit(Request(text="victim"))) == pages
    assert len(list(snapshot.every_hit(Request(text="victim", grouped=True)))) == 2


def test_hits_without_snippets_are_the_same_otherwise(snapshot: Snapshot) -> None:
    for request in (Request(text="victim"), Request(text="victims OR extradition", grouped=True), Request()):
        whole = list(snapshot.every_hit(request))
        bare = list(snapshot.every_hit(request, snippets=False))
        assert bare == [replace(hit, snippet=Snippet(""), reasons=()) for hit in whole] != []


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("law -un", {"b/p1"}),
        ("un (un OR document:a -un)", {"a/p1", "c/p1"}),
        ("co-operation xyzzy*", set()),
        ('co-operation "xyzzy"', set()),
        ("A/HRC*", {"d/p1"}),
        ("A/HRC/61*", {"d/p1"}),
        ("KIND:Report law", {"a/p1", "b/p1"}),
        ("kind:Report the", {"a/p1", "b/p1", "c/p1", "d/p1", "e/p1"}),
        ("(the OR of) revictimised", {"e/p1"}),
        ('"revictimisation of a victim"', {"e/p1"}),
        ('"UN Protocol"', {"c/p1"}),
        ('"re-victimisation of"', {"e/p1"}),
        ("new anti corruption", {"d/p1"}),
    ],
)
def test_what_a_review_found_wrong_stays_right(tmp_path: Path, query: str, expected: set[str]) -> None:
    snapshot = snapshot_of(
        collection(
            a=["un law"],
            b=["law for all and co-operation"],
            c=["the U.N. Protocol"],
            d=["A/HRC/61/42 on a new anticorruption body"],
            e=["re-victimisation of a victim¹"],
        ),
        tmp_path,
    )
    results = snapshot.search(Request(text=query))
    assert set(found(results)) == expected
    if results.total and not query.casefold().startswith("kind:report the"):
        assert all(hit.snippet.ranges or hit.reasons for hit in results.hits)


def test_an_unknown_value_of_any_filter_is_said(ask: Ask) -> None:
    assert ask("kind:xyz").notices == (Message("unknown-filter-value", facet="kind", value="xyz"),)
    assert ask("document:nope").notices == (Message("unknown-filter-value", facet="document", value="nope"),)


def test_words_found_in_different_places_are_all_accounted_for(ask: Ask) -> None:
    (hit,) = [hit for hit in ask("law aftercare").hits if hit.matched == "all"]
    assert hit.snippet.ranges
    assert hit.reasons == (Message("found-by-heading", text="Aftercare"),)


def test_a_word_that_was_removed_is_known_to_stand_nowhere(tmp_path: Path) -> None:
    build(collection(a=["extradition"], b=["law"]), tmp_path)
    results = snapshot_of(collection(a=["surrender"], b=["law"]), tmp_path).search(
        Request(text="extradition law")
    )
    assert results.missing == ("extradition",)


def test_documents_whose_ids_differ_by_capitals_alone_are_kept_apart(tmp_path: Path) -> None:
    snapshot = snapshot_of(collection(A=["law one"], a=["law two", "law three"]), tmp_path)
    assert found(snapshot.search(Request(text="document:A law"))) == ["A/p1"]
    assert snapshot.found_in("a", "law two") == {"p1"}
