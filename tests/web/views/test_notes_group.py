"""Our own notes are a group of their own on the results page, which lists each hit once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from kb.model import Collection
from kb.site import Site
from tests.engines import build, open_engine
from tests.index.samples import collection, document
from tests.web.dom import attributes, one, page, said, select, texts
from web.app import create_app

NOTES = collection(
    document("plan", title="A plan", date="2015", supplied=("title", "date")),
    document("mine", kind="note", title="Our notes"),
    plan=["law of the sea and of fish"] * 12,
    mine=["law of the sea in our words"] * 14,
)


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    return _client(NOTES, tmp_path_factory.mktemp("few"))


def _client(content: Collection, folder: Path) -> FlaskClient:
    build(content, folder)
    return create_app(open_engine(folder), budget=0).test_client()


def listed(client: FlaskClient, address: str) -> list[str | None]:
    return [
        link.partition("?")[0] for link in attributes(page(client, address), ".hit > .hit-title > a", "href")
    ]


@pytest.mark.parametrize(
    "asked", ["q=law", "q=law&per=25", "q=law&sort=newest", "q=law&group=document", "q=law+ship"]
)
def test_pages_list_each_hit_once_in_the_order_of_the_json(few: FlaskClient, asked: str) -> None:
    found = few.get(f"/api/search?{asked}").get_json()
    every = few.get(f"/search.json?{asked}").get_json()["hits"]
    pages = -(-len(every) // (25 if "per=25" in asked else 10))
    shown = [each for n in range(1, pages + 1) for each in listed(few, f"/search?{asked}&page={n}")]
    assert shown == [hit["url"] for hit in every]
    assert listed(few, f"/search?{asked}") == [hit["url"] for hit in found["hits"]]


def test_notes_are_in_a_group_under_the_sources_of_their_page(few: FlaskClient) -> None:
    tree = page(few, "/search?q=law&page=2")
    group = one(tree, "section.notes-group")
    assert texts(group, "h2") == ["Notes by this site (14)"]
    assert len(select(group, ".hit.note")) == 8
    assert texts(group, "details.more-notes > summary") == ["5 more notes on this page"]
    assert len(select(group, "details.more-notes .hit")) == 5
    assert select(group, ".hit-list > .hit")[0].getparent().getparent() is group
    assert len(select(tree, ".hit")) - len(select(group, ".hit")) == 2


def test_the_group_leads_to_the_notes_alone(few: FlaskClient) -> None:
    (link,) = select(page(few, "/search?q=law&page=2&sort=newest"), ".notes-group .onward a")
    assert said(link) == "Show all 14 notes"
    assert link.get("href") == "/search?q=law&kind=note&sort=newest"
    alone = page(few, link.get("href"))
    assert texts(alone, ".total") == ["14 notes"]
    assert len(select(alone, ".notes-group .hit")) == 10
    assert select(alone, ".more-notes, .notes-group .onward") == []


def test_where_sources_fill_the_first_page_the_first_notes_are_named_under_them(few: FlaskClient) -> None:
    tree = page(few, "/search?q=law")
    group = one(tree, ".notes-group")
    assert texts(group, "h2") == ["Notes by this site (14)"]
    assert len(select(group, ".note-leads > li")) == 3
    assert select(group, ".hit") == []
    assert len(select(tree, ".hit")) == 10
    assert select(page(few, "/search?q=law&page=4"), ".notes-group") == []
    assert select(page(few, "/search?q=fish"), ".notes-group") == []


def test_a_collection_may_mix_notes_with_sources(tmp_path: Path) -> None:
    client = _client(replace(NOTES, site=Site(notes="mixed")), tmp_path)
    tree = page(client, "/search?q=law&per=50")
    assert select(tree, ".notes-group") == []
    assert len(select(tree, ".hit.note")) == 14
    assert all(said(note).startswith("Our note on") for note in select(tree, ".hit.note .hit-source"))


def test_what_this_site_supplied_has_a_dotted_line_that_one_sentence_explains(few: FlaskClient) -> None:
    tree = page(few, "/search?q=fish")
    explained = one(tree, "[id='site:supplied']")
    assert said(explained).startswith("Words with a dotted line under them were supplied by this site")
    first = select(tree, ".hit")[0]
    assert attributes(first, "a.supplied-words", "aria-describedby") == ["site:supplied"]
    assert texts(first, ".supplied-words") == ["A plan", "2015 (supplied)"]
    assert "supplied by this site" not in said(first)
    assert select(page(few, "/search?q=law&kind=note"), "[id='site:supplied']") == []


FEW = collection(
    document("plan", title="A plan", date="2015"),
    document("mine", kind="note", title="Our notes"),
    plan=["wages withheld by an agency are owed", *["the law of the sea"] * 3],
    mine=["an agency that withheld the wages of a worker", *["nothing of this kind but the law"] * 2],
)


def test_sources_with_few_of_the_words_are_under_the_notes_that_have_more(tmp_path: Path) -> None:
    tree = page(_client(FEW, tmp_path), "/search?q=law+wages+withheld+agency+worker")
    dividers = "h2.divider, .notes-group > h2"
    assert texts(tree, dividers) == [
        "Notes by this site (3)",
        "With few of the words",
        "More notes by this site",
    ]
    assert [len(select(each, ".hit")) for each in select(tree, ".hit-list")] == [1, 1, 3, 2]
    assert select(tree, ".onward") == []


MANY = collection(
    document("plan", title="A plan", date="2015"),
    document("mine", kind="note", title="Our notes"),
    plan=["wages withheld by an agency are owed", *["the law of the sea"] * 12],
    mine=[*["an agency that withheld the wages of a worker"] * 9, *["nothing of this kind but the law"] * 2],
)


def test_a_later_page_that_begins_with_few_of_the_words_says_so(tmp_path: Path) -> None:
    client = _client(MANY, tmp_path)
    headings = ("h2.divider, .notes-group > h2", "/search?q=law+wages+withheld+agency+worker&page=")
    shown = [texts(page(client, f"{headings[1]}{number}"), headings[0]) for number in (1, 2, 3)]
    assert shown == [
        ["Notes by this site (11)"],
        ["With few of the words"],
        ["With few of the words", "More notes by this site"],
    ]


def test_a_label_names_a_document_and_is_said_to_be_ours(tmp_path: Path) -> None:
    labelled = document("plan", title="A long title", further=(("label", "The plan"),))
    tree = page(_client(collection(labelled, plan=["law of the sea"]), tmp_path), "/search?q=law")
    assert texts(tree, ".hit a.supplied-words") == ["The plan"]
    assert one(tree, "[id='site:supplied']") is not None


def test_a_label_names_a_document_among_the_filters_and_completions_its_title_beside_it(
    tmp_path: Path,
) -> None:
    labelled = document("plan", title="A long title of a plan", further=(("label", "The plan of 2015"),))
    others = [document("other", title="Another title"), document("mine", kind="note", title="Ours")]
    words = ["law of the sea"]
    client = _client(collection(labelled, *others, plan=words, other=words, mine=words), tmp_path)
    tree = page(client, "/search?q=law&document=plan")
    (box,) = select(tree, "[id='site:facet-document'] bdi[title]")
    assert (said(box), box.get("title")) == ("The plan of 2015", labelled.title)
    (chip,) = select(tree, ".chips a[title]")
    assert "Document: The plan of 2015" in said(chip)
    assert chip.get("title") == labelled.title
    offered = [
        client.get(f"/api/suggest?q={typed}").json["completions"] for typed in ("plan", "2015", "long")
    ]
    assert [(each["text"], each["title"]) for (each,) in offered] == [
        ("The plan of 2015", labelled.title),
        ("The plan of 2015", labelled.title),
        (labelled.title, None),  # what was typed is not in the label
    ]
