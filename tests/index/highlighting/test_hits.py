"""Every hit shows why it was found: by marks in its snippet, or in words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.request import Request
from index.results import Hit
from kb.messages import Message
from kb.model import Collection, Thesaurus
from tests.engines import Snapshot, snapshot_of
from tests.index.samples import collection, document, passage

THESAURUS = Thesaurus(
    same=(("people smuggling", "smuggling of migrants"),),
    acronyms={"MLA": "mutual legal assistance"},
    one_way={"victim": ("survivor", "trafficked person")},
)
SAMPLE = replace(
    collection(
        document("plan", title="Work plan on extradition"),
        document("act", title="The Migrants Act"),
        document("other", title="Other matters"),
        plan=[passage("plan", "p1", "Requests are answered within a month.", locator="para 1")],
        act=[
            passage("act", "p1", "Survivors and trafficked persons are heard."),
            passage("act", "p2", "It is an offence.", heading="Smuggling of migrants"),
            passage("act", "p3", "Help is mutual.", "crime-cooperation/mla", heading="Requests"),
        ],
        other=[
            passage("other", "p1", "Article 2 (e), or d; requests."),
            passage("other", "p2", "Legal assistance."),
        ],
    ),
    thesaurus=THESAURUS,
)


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return snapshot_of(SAMPLE, tmp_path_factory.mktemp("index"))


def hits(snapshot: Snapshot, query: str) -> dict[str, Hit]:
    return {hit.passage.address: hit for hit in snapshot.search(Request(text=query)).hits}


def marked(hit: Hit) -> list[str]:
    return [hit.snippet.text[start:end] for start, end in hit.snippet.ranges]


def test_a_word_that_stands_in_the_title_of_the_document_alone_is_a_reason(snapshot: Snapshot) -> None:
    hit = hits(snapshot, "extradition requests")["plan/p1"]
    assert hit.matched == "all"
    assert marked(hit) == ["Requests"]
    assert hit.reasons == (Message("found-by-title", text="Work plan on extradition"),)


def test_a_title_is_no_reason_where_the_passage_has_all_words_itself(snapshot: Snapshot) -> None:
    assert hits(snapshot, "requests month")["plan/p1"].reasons == ()
    assert hits(snapshot, "extradition OR requests")["plan/p1"].reasons == ()


def test_a_title_is_no_reason_for_a_hit_that_has_some_of_the_words(snapshot: Snapshot) -> None:
    hit = hits(snapshot, "extradition requests nowhere")["plan/p1"]
    assert (hit.matched, marked(hit), hit.reasons) == ("some", ["Requests"], ())


def test_terms_of_the_thesaurus_are_marked_in_every_wording(snapshot: Snapshot) -> None:
    assert marked(hits(snapshot, "victims")["act/p1"]) == ["Survivors", "trafficked persons"]


def test_a_term_of_the_thesaurus_in_a_heading_or_a_sub_point_is_a_reason(snapshot: Snapshot) -> None:
    assert hits(snapshot, "people smuggling")["act/p2"].reasons == (
        Message("found-by-heading", text="Smuggling of migrants"),
    )
    assert hits(snapshot, "MLA")["act/p3"].reasons == (
        Message("found-by-subpoint", text="Mutual legal assistance"),
    )


def test_a_locator_is_a_reason(snapshot: Snapshot) -> None:
    assert hits(snapshot, "para 1 month")["plan/p1"].reasons == (Message("found-by-locator", text="para 1"),)


def test_what_the_marks_show_needs_no_reason(snapshot: Snapshot) -> None:
    hit = hits(snapshot, "mutual requests")["act/p3"]
    assert (marked(hit), hit.reasons) == (
        ["mutual"],
        (Message("found-by-heading", text="Requests"),),
    )


def test_parts_of_what_was_typed_as_one_word_are_marked_where_the_whole_is_not_found(
    snapshot: Snapshot,
) -> None:
    hit = hits(snapshot, "article-requests extradition")["other/p1"]
    assert (hit.matched, marked(hit)) == ("some", ["Article", "requests"])
    assert snapshot.marks("article-requests extradition", [hit.passage]) == (((0, 7), (21, 29)),)


WORDS = ["victim", "survivors", "people", "smuggling", "of", "migrants", "MLA", "mutual", "legal", "2(d)",
         "re", "victimisation", "re-victimisation", "revictimised", "labour", "labors", "2", "d"]  # fmt: skip
TEXTS = st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join)
PASSAGES = st.lists(st.tuples(TEXTS, TEXTS, st.booleans()), min_size=1, max_size=4)
QUERIES = st.lists(
    st.sampled_from([*WORDS, '"legal assistance"', "vict*", "labor~", "assistance", "(victim OR migrants)"]),
    min_size=1,
    max_size=8,
).map(" ".join)


Drawn = list[tuple[str, str, bool]]
"""The text and heading of each passage, and whether it is on a sub-point."""


def drawn(title: str, other: str, first: Drawn, second: Drawn) -> Collection:
    """Two documents of these titles and passages, with the thesaurus."""
    content = collection(
        document("a", title=title),
        document("b", title=other),
        **{
            name: [
                passage(name, f"p{at}", text, *(["crime-cooperation/mla"] if named else []), heading=heading)
                for at, (text, heading, named) in enumerate(passages)
            ]
            for name, passages in (("a", first), ("b", second))
        },
    )
    return replace(content, thesaurus=THESAURUS)


@pytest.mark.slow
@settings(max_examples=min(40, settings.default.max_examples))
@given(TEXTS, TEXTS, PASSAGES, PASSAGES, st.lists(QUERIES, min_size=5, max_size=12))
def test_every_hit_is_marked_or_says_why(
    tmp_path_factory: pytest.TempPathFactory,
    title: str,
    other: str,
    first: Drawn,
    second: Drawn,
    queries: list[str],
) -> None:
    snapshot = snapshot_of(drawn(title, other, first, second), tmp_path_factory.mktemp("index"))
    for query in queries:
        for hit in snapshot.search(Request(text=query)).hits:
            assert hit.snippet.ranges or hit.reasons, (query, hit)
            # what a page of results marks, the page of the document marks as well
            assert bool(hit.snippet.ranges) <= bool(snapshot.marks(query, [hit.passage])[0])
