"""The contract that every engine must pass: one suite for the registered engine and the one in memory.

To test another engine, add it to `ENGINES`. It must not declare a capability that it lacks.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.query import compiled as q
from index.request import FACETS, SORTS, FacetName, Request, Sort
from index.results import Results
from index.search.engine import SearchEngine
from kb.errors import BadRequest
from kb.model import Collection, Document, Passage
from kb.site import Site
from tests.cluster.live import on_cluster
from tests.engines import build, open_engine
from tests.index.memory_engine import MemoryGenerations
from tests.index.samples import collection, document, passage

Publish = Callable[[Collection], SearchEngine]


def _in_memory(folder: Path) -> Publish:
    generations = MemoryGenerations()
    engine = SearchEngine(generations)

    def publish(content: Collection) -> SearchEngine:
        generations.publish(content)
        return engine

    return publish


def _registered(folder: Path) -> Publish:
    engine = open_engine(folder)

    def publish(content: Collection) -> SearchEngine:
        build(content, folder)
        return engine

    return publish


ENGINES: dict[str, Callable[[Path], Publish]] = {
    "memory": _in_memory,
    "registered": _registered,
    "opensearch": on_cluster,
}
_PARAMETERS = [
    pytest.param(name, marks=[pytest.mark.live] if name == "opensearch" else []) for name in ENGINES
]


@pytest.fixture(params=_PARAMETERS)
def publish(request: pytest.FixtureRequest, tmp_path: Path) -> Publish:
    return ENGINES[request.param](tmp_path)


MORE = "Many more words here. " * 5
CONTENT = collection(
    document("a", title="The Palermo protocol", date="2000", kind="treaty"),
    document("b", title="Report on extradition", date="2015-03"),
    document("c", title="A speech", date="1999/2001", kind="speech"),
    document("d", title="Superseded report", status="superseded"),
    document("n", title="Our note", kind="note"),
    a=[
        passage("a", "p1", "Extradition of traffickers and of smugglers.", "crime-cooperation/extradition"),
        passage("a", "p2", "Mutual legal assistance; co-operation of states.", "crime-cooperation/mla"),
        passage("a", "p3", "Victims are protected.", "protection", heading="Aftercare", locator="art 3"),
    ],
    b=[
        passage(
            "b", "p1", "No extradition without a treaty. " + "Many more words here. " * 5, "crime-cooperation"
        ),
        passage("b", "p2", "Labour exploitation and forced labor; legal cooperation."),
    ],
    c=["The law of the sea.", "Victims, victims and protection of victims."],
    d=["Extradition as it was before."],
    n=["Extradition in our own words."],
)


def ids(results: Results) -> list[str]:
    return [hit.passage.address for hit in results.hits]


def search(engine: SearchEngine, text: str, **fields: Any) -> Results:
    return engine.snapshot().search(Request(text=text, **fields))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("extradition", {"a/p1", "b/p1", "n/p1"}),
        ("Extradited traffickers", {"a/p1"}),
        ('"legal assistance"', {"a/p2"}),
        ('"assistance legal"', set()),
        ('"mutual assistance"~1', {"a/p2"}),
        ("cooperation", {"a/p2", "b/p2"}),
        ("co-operation", {"a/p2", "b/p2"}),
        ('"legal cooperation"', {"b/p2"}),
        ("labor", {"b/p2"}),
        ("traffick*", {"a/p1"}),
        ("smug?lers", {"a/p1"}),
        ("extraditoin~", {"a/p1", "b/p1", "n/p1"}),
        ("victims -protection", set()),
        ("treaty OR sea", {"b/p1", "c/p1"}),
        ("extradition NOT treaty", {"a/p1", "n/p1"}),
        ("kind:treaty victims", {"a/p3"}),
        ("year:2000 extradition", {"a/p1"}),
        ("year:1999..2000 victims", {"a/p3", "c/p2"}),
        ("aftercare", {"a/p3"}),
        ('"art 3"', {"a/p3"}),
    ],
)
def test_queries_match_exactly_these_passages(publish: Publish, text: str, found: set[str]) -> None:
    results = search(publish(CONTENT), text, per=50)
    assert {hit.passage.address for hit in results.hits if hit.matched == "all"} == found
    assert results.total == len(found)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("人口贩远受害者", ("人口贩运受害者",)),
        ("ตำรวด protocol", ("ตำรวจ protocol",)),
        ("人口贩运受害者", ()),
        ("外星人", ()),
    ],
)
def test_a_misspelt_run_is_corrected(publish: Publish, text: str, meant: tuple[str, ...]) -> None:
    texts = [
        "各国应当保护人口贩运的受害者。",
        "人口贩运是犯罪。",
        "ตำรวจต้องคัดแยกผู้เสียหายตาม protocol",
        "ตำรวจและอัยการ",
    ]
    assert search(publish(collection(a=texts)), text).suggestions == meant


def test_an_empty_query_finds_everything_in_collection_order_with_notes_last(publish: Publish) -> None:
    results = search(publish(CONTENT), "")
    assert ids(results) == ["a/p1", "a/p2", "a/p3", "b/p1", "b/p2", "c/p1", "c/p2", "n/p1"]
    assert (results.total, results.total_documents, results.total_hidden) == (8, 4, 1)


def test_hits_are_ranked_by_falling_scores_with_short_texts_first(publish: Publish) -> None:
    mixed = replace(CONTENT, site=Site(notes="mixed"))
    results = search(publish(mixed), "extradition", per=50)
    assert ids(results)[-1] == "b/p1"  # the longest text
    scores = [hit.score for hit in results.hits]
    assert scores == sorted(scores, reverse=True)
    assert scores[-1] > 0


@pytest.mark.parametrize("sort", SORTS)
def test_notes_come_after_sources_however_well_they_match(publish: Publish, sort: Sort) -> None:
    results = search(publish(CONTENT), "extradition", sort=sort)
    assert ids(results)[-1] == "n/p1"
    assert (results.total_sources, results.total_notes) == (2, 1)


@pytest.mark.parametrize(("sort", "first"), [("newest", "b/p1"), ("oldest", "a/p1"), ("document", "a/p1")])
def test_hits_are_sorted_as_requested(publish: Publish, sort: Sort, first: str) -> None:
    assert ids(search(publish(CONTENT), "extradition", sort=sort))[0] == first


def test_pages_are_consecutive_slices_of_one_list(publish: Publish) -> None:
    texts = [f"law {'sea ' * (at % 7)} {'fish ' * (at % 5)} un" for at in range(33)]
    engine = publish(collection(a=texts[:20], b=texts[20:]))
    whole = [hit.passage.address for hit in engine.snapshot().every_hit(Request(text="law sea"))]
    pages = [ids(search(engine, "law sea", page=page)) for page in range(1, 6)]
    assert [each for page in pages for each in page] == whole
    assert len(set(whole)) == len(whole) == 28


def test_grouped_hits_are_the_best_of_each_document_with_a_count_of_the_others(publish: Publish) -> None:
    results = search(publish(CONTENT), "victims", grouped=True)
    assert sorted(ids(results)) == ["a/p3", "c/p2"]
    results = search(publish(CONTENT), "", grouped=True)
    assert {hit.document.id: hit.others for hit in results.hits} == {"a": 2, "b": 1, "c": 1, "n": 0}


def test_passages_with_some_of_the_words_come_after_and_are_counted_separately(publish: Publish) -> None:
    results = search(publish(CONTENT), "extradition traffickers sea")
    assert [hit.matched for hit in results.hits] == sorted(hit.matched for hit in results.hits)
    assert (results.total, results.total_some) == (0, 4)
    results = search(publish(CONTENT), "extradition traffickers")
    assert (results.total, results.total_some, ids(results)[0]) == (1, 2, "a/p1")


def test_a_facet_count_is_what_filtering_by_that_value_finds(publish: Publish) -> None:
    engine = publish(CONTENT)
    results = search(engine, "extradition")
    for name in FACETS:
        for value in results.facets[name]:
            chosen = search(engine, "extradition", filters={name: (value.value,)})
            assert chosen.total == value.count, (name, value.value)
            assert all(other.total <= results.total for other in [chosen])
    chosen = search(engine, "extradition", filters={"kind": ("treaty",), "year": ("2000",)})
    assert ids(chosen) == ["a/p1"]
    counts = {value.value: value.count for value in chosen.facets["kind"]}
    assert counts["treaty"] == 1  # of the year 2000 alone: facets narrow each other
    assert counts.get("report", 0) == 0


LANGUAGES_OF = {"a": "en", "b": "zh-Hant", "c": "zh-Hans-CN", "d": "", "e": "iw"}


def test_languages_are_counted_and_filtered_by_the_beginning_of_their_tags(publish: Publish) -> None:
    documents = [document(name, language=tag) for name, tag in LANGUAGES_OF.items()]
    engine = publish(collection(*documents, **{name: ["law"] for name in LANGUAGES_OF}))
    listed = search(engine, "law").facets["language"]
    assert {value.value: (value.label, value.count) for value in listed} == {
        "en": ("English", 1),
        "zh": ("Chinese", 2),
        "und": ("Language not given", 1),
        "he": ("Hebrew", 1),
    }
    chosen = {
        "zh": ["b/p1", "c/p1"],
        "ZH-hant": ["b/p1"],
        "zh-hans": ["c/p1"],
        "zh-hant-cn": [],
        "und": ["d/p1"],
        "iw": ["e/p1"],
        "he": ["e/p1"],
        "fr": [],
    }
    for value, found in chosen.items():
        results = search(engine, "law", filters={"language": (value,)})
        assert ids(results) == found, value
        assert [each.count for each in results.facets["language"] if each.selected][:1] == [len(found)]
        typed = search(engine, f"law language:{value}")
        assert ids(typed) == found, value
        assert [notice.code for notice in typed.notices] == ([] if found else ["unknown-filter-value"])
    both: dict[FacetName, tuple[str, ...]] = {"language": ("en", "zh-hant")}
    assert ids(search(engine, "law", filters=both)) == ["a/p1", "b/p1"]
    assert ids(search(engine, "law language:Chinese")) == ["b/p1", "c/p1"]


def test_all_themes_or_any_of_them(publish: Publish) -> None:
    engine = publish(CONTENT)
    both: dict[FacetName, tuple[str, ...]] = {"theme": ("crime-cooperation/mla", "protection")}
    assert ids(search(engine, "", filters=both)) == ["a/p2", "a/p3"]
    assert ids(search(engine, "", filters=both, all_themes=True)) == []


def test_superseded_documents_are_hidden_counted_and_shown_on_request(publish: Publish) -> None:
    engine = publish(CONTENT)
    results = search(engine, "extradition")
    assert results.total_hidden == 1
    assert "d/p1" in ids(search(engine, "extradition", hidden=True))


def test_matches_are_highlighted(publish: Publish) -> None:
    (hit,) = search(publish(CONTENT), "traffickers").hits
    marked = [hit.snippet.text[start:end] for start, end in hit.snippet.ranges]
    assert marked == ["traffickers"]


def test_the_parts_of_a_score_add_up_to_it(publish: Publish) -> None:
    snapshot = publish(CONTENT).snapshot()
    request = Request(text="extradition of traffickers treaty")
    for hit in snapshot.search(request).hits:
        told = snapshot.explain(request, hit.passage.document, hit.passage.id)
        assert told
        assert told.score == pytest.approx(hit.score)
        assert sum(part.points for part in told.parts) == pytest.approx(hit.score)


def test_a_matrix_counts_passages_of_each_document_by_theme(publish: Publish) -> None:
    matrix = publish(CONTENT).snapshot().matrix(Request(text="extradition"), "crime-cooperation")
    rows = {row.document: row for row in matrix.rows}
    assert set(rows) == {"a", "b", "c"}
    assert rows["a"].counts[list(matrix.values).index("crime-cooperation/extradition")] == 1
    assert rows["c"].total == 0


def test_passages_are_read_by_address_and_in_document_order(publish: Publish) -> None:
    snapshot = publish(CONTENT).snapshot()
    found = snapshot.passage("a", "p2")
    assert found
    assert found.text.startswith("Mutual")
    before, after = snapshot.around(found)
    assert (before and before.id, after and after.id) == ("p1", "p3")
    assert snapshot.passage("a", "p9") is None
    assert snapshot.passages("x") == ()
    assert snapshot.found_in("a", "extradition") == {"p1"}


def test_autocomplete_offers_themes_and_documents(publish: Publish) -> None:
    offered = {(one.kind, one.text) for one in publish(CONTENT).snapshot().complete("pro")}
    assert ("theme", "Protection of victims") in offered
    assert ("document", "The Palermo protocol") in offered


LABELLED = collection(
    document(
        "p", title="Protocol to prevent trafficking in persons", further=(("label", "Palermo Protocol"),)
    ),
    document("h", title="Handbook for police", further=(("short_title", "Toolkit"), ("symbol", "T/1"))),
    document("same", title="Guide", further=(("label", "Guide"),)),
    document("old", title="Draft", status="superseded", further=(("label", "Palermo draft"),)),
    **{name: ["The law of the sea."] for name in ("p", "h", "same", "old")},
)


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("paler", [("Palermo Protocol", "p")]),
        ("palermo prot", [("Palermo Protocol", "p")]),
        ("palremo", [("Palermo Protocol", "p")]),
        ("trafficking", [("Protocol to prevent trafficking in persons", "p")]),
        ("protocol", [("Protocol to prevent trafficking in persons", "p")]),  # once, as its title begins so
        ("toolk", [("Toolkit", "h")]),
        ("guide", [("Guide", "same")]),
        ("draft", []),
        ("T/1", []),
    ],
)
def test_autocomplete_finds_a_document_by_its_label_as_by_its_title(
    publish: Publish, typed: str, offered: list[tuple[str, str]]
) -> None:
    found = publish(LABELLED).snapshot().complete(typed)
    assert [(each.text, each.value) for each in found if each.kind == "document"] == offered


def test_a_snapshot_never_changes_and_a_new_one_shows_what_was_published(publish: Publish) -> None:
    engine = publish(collection(a=["law"]))
    held = engine.snapshot()
    assert engine.snapshot() is held
    publish(collection(a=["sea"]))
    assert engine.snapshot() is not held
    assert engine.snapshot().generation != held.generation
    assert held.search(Request(text="law")).total == 1
    assert engine.snapshot().search(Request(text="law")).total == 0


@pytest.mark.parametrize(
    ("fields", "parameter"),
    [
        ({"sort": "best"}, "sort"),
        ({"page": 0}, "page"),
        ({"per": 7}, "per"),
        ({"filters": {"year": ("soon",)}}, "year"),
        ({"filters": {"language": ("th_TH",)}}, "language"),
        ({"filters": {"theme": ("a/b/c",)}}, "theme"),
        ({"text": "x" * 10_001}, "q"),
    ],
)
def test_bad_input_is_refused_with_the_name_of_its_parameter(
    publish: Publish, fields: dict[str, Any], parameter: str
) -> None:
    with pytest.raises(BadRequest) as refused:
        search(publish(CONTENT), **{"text": "law", **fields})
    assert refused.value.parameter == parameter


UNITS = collection(
    document("a", title="The Palermo protocol", kind="treaty"),
    document("b"),
    a=[
        passage("a", "h1", "Protection of refugees", "protection", unit="heading", locator="heading I"),
        passage("a", "p1", "States act.", "protection", heading="Protection of refugees", unit="paragraph"),
        passage("a", "l1", "Each State shall consider shelter for:", unit="lead-in"),
        passage("a", "b1", "Children and refugees", unit="bullet"),
    ],
    b=[passage("b", "h1", "Refugees", unit="heading"), passage("b", "p1", "Nothing of the kind.")],
)


def test_headings_and_lead_ins_are_read_but_are_no_hits(publish: Publish) -> None:
    engine = publish(UNITS)
    snapshot = engine.snapshot()
    found = snapshot.passage("a", "h1")
    assert found
    assert found.text == "Protection of refugees"
    assert [one.id for one in snapshot.passages("a")] == ["h1", "p1", "l1", "b1"]
    before, after = snapshot.around(found)
    assert (before, after and after.id) == (None, "p1")
    assert set(ids(search(engine, "refugees"))) == {"a/p1", "a/b1"}  # the heading helps what is below it
    for query in ("shelter", '"consider shelter"', "shelt*", "shelte~", "shelter OR considering"):
        assert search(engine, query).total == search(engine, query).total_some == 0, query
    assert ids(search(engine, "")) == ["a/p1", "a/b1", "b/p1"]
    assert ids(search(engine, "-act")) == ["a/b1", "b/p1"]
    assert snapshot.found_in("a", "refugees") == {"p1", "b1"}


def test_headings_and_lead_ins_are_quoted(publish: Publish) -> None:
    snapshot = publish(UNITS).snapshot()
    if "quotations" not in snapshot._backend.capabilities:  # type: ignore[attr-defined]
        pytest.skip("an engine without the places of quotations")
    for words, place in {
        "Protection of refugees": "h1",
        "Each State shall consider shelter for": "l1",
        "Each State shall consider a shelter for": "l1",
    }.items():
        verdict = snapshot.check(words)
        assert [one.id for one in verdict.places[0].passages] == [place], words


PHRASES = collection(
    a=["Trafficking in persons is a crime.", "The victims of trafficking in persons."] * 6,
    b=["Each party shall afford assistance.", "Forced labour, forced labour, forced labour."] * 2,
    c=[passage("c", f"p{at}", "Many more words here.", heading="Law of the sea") for at in range(5)],
)


def test_frequent_phrases_are_offered(publish: Publish) -> None:
    snapshot = publish(PHRASES).snapshot()
    backend = snapshot._backend  # type: ignore[attr-defined]
    if "phrases" not in backend.capabilities:
        pytest.skip("an engine without frequent phrases")
    longer = "victims of trafficking in persons"
    every = ["trafficking in persons", "forced labour", longer, "law of the sea"]
    assert list(backend.frequent_phrases(10)) == every
    assert list(backend.frequent_phrases(2)) == every[:2]
    assert [one.text for one in snapshot.complete("traff") if one.kind == "phrase"] == [every[0], longer]


def test_after_an_edit_phrases_are_counted_in_all_documents(publish: Publish) -> None:
    publish(PHRASES)
    more = collection(x=["Trafficking in persons."] * 2 + ["Debt bondage, debt bondage, debt bondage."] * 3)
    edited = replace(
        PHRASES,
        documents=(*PHRASES.documents, *more.documents),
        passages={**PHRASES.passages, **more.passages},
    )
    backend = publish(edited).snapshot()._backend  # type: ignore[attr-defined]
    if "phrases" not in backend.capabilities:
        pytest.skip("an engine without frequent phrases")
    assert list(backend.frequent_phrases(2)) == ["trafficking in persons", "debt bondage"]


def test_headings_and_lead_ins_are_not_counted(publish: Publish) -> None:
    engine = publish(UNITS)
    snapshot = engine.snapshot()
    assert (snapshot.size, dict(snapshot.sizes)) == (3, {"a": 2, "b": 1})
    results = search(engine, "")
    assert (results.total, results.total_documents) == (3, 2)
    counts = {name: {one.value: one.count for one in values} for name, values in results.facets.items()}
    assert counts["theme"]["protection"] == 1
    assert counts["document"] == {"a": 2, "b": 1}
    (protected,) = snapshot.search(Request(filters={"theme": ("protection",)})).hits
    assert protected.passage.id == "p1"
    rows = {row.document: row.total for row in snapshot.matrix(Request(text="refugees")).rows}
    assert rows == {"a": 2, "b": 0}
    assert not any(one.kind in ("word", "phrase") for one in snapshot.complete("shel"))
    assert search(engine, "sheltr").suggestions == ()


def test_headings_and_lead_ins_do_not_change_the_scores_of_others(publish: Publish) -> None:
    without = {name: [one for one in some if one.retrievable] for name, some in UNITS.passages.items()}
    texts = ["refugees", "children refugees", "act OR kind", "states"]
    with_them = [
        (ids(found), [hit.score for hit in found.hits])
        for found in map(partial(search, publish(UNITS)), texts)
    ]
    alone = publish(collection(*UNITS.documents, **without))
    for text, (order, scores) in zip(texts, with_them, strict=True):
        results = search(alone, text)
        assert ids(results) == order
        assert [hit.score for hit in results.hits] == pytest.approx(scores, abs=1e-9)


def test_an_empty_collection_finds_nothing(publish: Publish) -> None:
    results = search(publish(Collection()), "law")
    assert (results.total, results.hits, results.suggestions) == (0, (), ())


# The in-memory engine is the oracle for every other.

WORDS = ["law", "laws", "un", "co-operation", "cooperation", "the", "victim", "sea", "sea-law", "2(d)"]
WORDS += ["人口贩运", "贩运的人", "第3条", "UN公约", "การค้า", "피해자를"]
TEXTS = st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join)
TAGS = st.sampled_from([(), ("protection",), ("crime-cooperation", "crime-cooperation/mla")])
UNIT_KINDS_OF = st.sampled_from(["", "", "", "bullet", "heading", "lead-in"])
DATES = st.sampled_from(["", "1999", "2001-05", "1980/1982", "2015"])
KINDS = st.sampled_from(["report", "treaty", "note", ""])
LANGUAGES = st.sampled_from(["", "en", "fr", "fr-CA", "id", "th", "vi"])
QUERIES = st.lists(
    st.sampled_from(
        [
            *("law", "victim", "the", "OR", "NOT", '"law sea"', "co-operation", "la*", "-sea", "sea~"),
            *("人口贩运公约", "-贩运的", '"人口"', "UN公约", "第3条", "การค้าคน", "피해자의", "贩*"),
        ]
    ),
    min_size=1,
    max_size=5,
).map(" ".join)


@st.composite
def contents(draw: st.DrawFn) -> Collection:
    names = draw(st.lists(st.sampled_from("abcd"), unique=True, min_size=1))
    documents: list[Document] = []
    passages: dict[str, list[Passage]] = {}
    for name in names:
        status = draw(st.sampled_from(["current", "current", "superseded"]))
        fields = {"date": draw(DATES), "kind": draw(KINDS), "language": draw(LANGUAGES), "status": status}
        documents.append(document(name, **fields))
        texts = draw(st.lists(st.tuples(TEXTS, TAGS, UNIT_KINDS_OF), max_size=4))
        passages[name] = [
            passage(name, f"p{at}", text, *tags, unit=unit) for at, (text, tags, unit) in enumerate(texts)
        ]
    return collection(*documents, **passages)


@st.composite
def requests(draw: st.DrawFn) -> Request:
    filters: dict[FacetName, tuple[str, ...]] = {}
    values: dict[FacetName, list[str]] = {
        "theme": ["protection", "crime-cooperation", "crime-cooperation/mla"],
        "kind": ["report", "treaty"],
        "year": ["2001", "1980..1999", "undated"],
        "document": ["a", "b"],
        "language": ["fr", "fr-CA", "TH", "und", "de"],
    }
    for name in draw(st.lists(st.sampled_from(FACETS), unique=True, max_size=2)):
        filters[name] = tuple(draw(st.lists(st.sampled_from(values[name]), min_size=1, unique=True)))
    return Request(
        text=draw(QUERIES),
        filters=filters,
        sort=draw(st.sampled_from(SORTS)),
        hidden=draw(st.booleans()),
        all_themes=draw(st.booleans()),
        grouped=draw(st.booleans()),
    )


@pytest.mark.slow
@given(contents(), st.lists(requests(), min_size=5, max_size=12))
@settings(deadline=None)
def test_every_engine_agrees_with_the_one_in_memory(
    tmp_path_factory: pytest.TempPathFactory, content: Collection, asked: list[Request]
) -> None:
    oracle = _in_memory(Path())(content).snapshot()
    for name, engine in ENGINES.items():
        if name in ("memory", "opensearch"):
            continue
        snapshot = engine(tmp_path_factory.mktemp("index"))(content).snapshot()
        for request in asked:
            ours, theirs = snapshot.search(request), oracle.search(request)
            if ours.corrected:  # by similar words, which the in-memory engine does not have
                continue
            assert _outline(ours) == _outline(theirs), (name, request)
            scores = [hit.score for hit in theirs.hits]
            assert [hit.score for hit in ours.hits] == pytest.approx(scores, abs=1e-9), (name, request)
            assert snapshot.count(request) == oracle.count(request)


def _outline(results: Results) -> dict[str, Any]:
    """What two engines must agree on."""
    return {
        "hits": [(hit.passage.address, hit.matched, hit.others) for hit in results.hits],
        "totals": (results.total, results.total_some, results.total_documents, results.total_hidden),
        "facets": {
            name: sorted((value.value, value.count) for value in values if value.count or value.selected)
            for name, values in results.facets.items()
        },
        "years": (results.years, results.year_spans),
        "missing": results.missing,
    }


def test_undeclared_capabilities_are_never_used(tmp_path: Path) -> None:
    engine = _in_memory(tmp_path)(CONTENT)
    snapshot = engine.snapshot()
    assert search(engine, "extradtion").suggestions == ()
    assert snapshot.complete("extr")
    assert snapshot.check("Extradition of traffickers and of smugglers.").word == "verbatim"


@pytest.mark.parametrize(
    ("quotation", "word", "place"),
    [
        ("Extradition of traffickers and of smugglers.", "verbatim", "a/p1"),
        ("legal assistance; co-operation", "verbatim", "a/p2"),
        ("Extradition of the traffickers and of smugglers.", "nearly", "a/p1"),
        ("Nobody has said anything of this kind before", "not found", ""),
    ],
)
def test_quotations_are_checked_character_by_character(
    publish: Publish, quotation: str, word: str, place: str
) -> None:
    verdict = publish(CONTENT).snapshot().check(quotation)
    assert verdict.word == word
    assert [one.passages[0].address for one in verdict.places] == ([place] if place else [])


def test_compiled_queries_are_data(tmp_path: Path) -> None:
    tree = q.All((q.Term("text", "law", 2.0), q.Difference(q.Everything(), q.Nothing())))
    assert tree == replace(tree)
    assert hash(tree) == hash(replace(tree))
