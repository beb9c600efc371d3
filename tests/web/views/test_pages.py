"""Start page, themes, help, about."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

from index.query import And, Filter, Fuzzy, Not, Or, Phrase, Prefix, Wildcard, Word, parse_query
from index.query.ast import walk
from index.request import FACETS, Request
from kb.model import Collection, Document, Passage
from kb.sources.instrument import instrument_names
from tests.engines import Snapshot, build, open_engine
from tests.tables import table
from tests.web.dom import attributes, one, page, parsed, said, select, text_of, texts
from web.app import create_app
from web.presenters.help_examples import SECTIONS, HelpExample
from web.urls import search_links

EXAMPLES = [example for section in SECTIONS for example in section.examples]
PAGES = (
    "/",
    "/search",
    "/search?q=extradition",
    "/themes/international-crime-cooperation",
    "/documents",
    "/documents/bali-process-symposium-2015",
    "/passages/bali-process-symposium-2015/p7",
    "/passages/regional-cooperation/value",
    "/check",
    "/help",
    "/about",
    "/glossary",
)


def test_the_start_page_has_every_theme_and_sub_point(client: FlaskClient, shipped: Collection) -> None:
    tree = page(client, "/")
    listed = {(said(link), link.get("href")) for link in select(tree, "ul.themes a[href^='/themes/']")}
    themes = {(theme.title, f"/themes/{theme.slug}") for theme in shipped.themes}
    subpoints = {
        (each.title, f"/themes/{theme.slug}#{each.slug}")
        for theme in shipped.themes
        for each in theme.subpoints
    }
    assert listed == themes | subpoints


def test_the_start_page_tells_search_engines_what_the_collection_is(
    client: FlaskClient, samples: FlaskClient, shipped: Collection
) -> None:
    told = [attributes(page(each, "/"), "meta[name='description']", "content") for each in (client, samples)]
    assert told == [[shipped.site.lead], []]


def test_the_counts_of_the_start_page_are_what_their_links_show(client: FlaskClient) -> None:
    counts = select(page(client, "/"), "p.count > a")
    assert len(counts) == 7
    for count in counts:
        total = one(page(client, count.get("href")), ".total strong")
        passages, notes = re.fullmatch(
            r"(\d+ passages?) in \d+ documents?, (\d+ notes?)", said(total)
        ).groups()
        assert said(count).partition(" on ")[0] == f"{passages} and {notes}"


def test_the_start_page_tells_sources_from_notes(client: FlaskClient, shipped: Collection) -> None:
    figures = dict(zip(*(texts(page(client, "/"), f".figures {tag}") for tag in ("dt", "dd")), strict=True))
    notes = {each.id for each in shipped.documents if each.is_note}
    counts = Counter(name in notes for name, passages in shipped.passages.items() for _ in passages)
    assert figures == {
        "Source passages": str(counts[False]),
        "Document": "1",
        "Editorial notes": str(counts[True]),
        "Year": "2015",
    }


def test_the_start_page_draws_the_years_and_says_them(samples: FlaskClient) -> None:
    drawing = one(page(samples, "/"), "svg.histogram")
    assert drawing.get("aria-label").startswith("Passages by year: 1900 to 1904, ")
    assert len(select(drawing, "rect")) == drawing.get("aria-label").count("; ") + 1 > 2


def test_a_collection_without_themes_shows_its_documents_first(tmp_path: Path) -> None:
    build(Collection((), (Document("d", "Deed"),), {"d": (Passage("d", "p", "Words"),)}), tmp_path)
    tree = page(create_app(open_engine(tmp_path)).test_client(), "/")
    assert select(tree, "ul.themes") == []
    assert texts(tree, ".entries a[href='/documents/d']") == ["Deed"]


def test_a_site_without_content_says_so_on_every_page(tmp_path: Path) -> None:
    build(Collection(), tmp_path)
    client = create_app(open_engine(tmp_path)).test_client()
    assert "No themes have been set up" in text_of(client, "/")
    assert texts(page(client, "/documents"), ".entries") == ["None yet."]
    assert texts(page(client, "/search"), ".total") == ["No passages found"]
    page(client, "/about")


@table("order", range(7))
def test_a_theme_shows_notes_source_words_and_instruments(
    client: FlaskClient, shipped: Collection, order: int
) -> None:
    theme = shipped.themes[order]
    tree = page(client, f"/themes/{theme.slug}")
    notes = shipped.passages[theme.slug]
    assert texts(tree, ".badge.note") == ["Editorial note: our words"] * len(notes)
    named = texts(tree, "mark.named")
    quoted = {note.id: note.quotation.words for note in notes if note.quotation}
    assert sorted(named) == sorted(quoted.values())
    links = {link.get("href"): said(link) for link in select(tree, "mark.named > a")}
    assert links == {f"#{subpoint}": words for subpoint, words in quoted.items()}
    assert len(named) == len(theme.subpoints)
    (source,) = {note.quotation.passage for note in notes if note.quotation}
    sources = [each for each in shipped.passages["bali-process-symposium-2015"] if theme.slug in each.themes]
    assert texts(tree, "ul.sources blockquote") == [" ".join(each.text.split()) for each in sources]
    assert source in {each.id for each in sources}
    assert tree.text_content().index(said(one(tree, "[id='site:sources']"))) < tree.text_content().index(
        "Editorial"
    )
    assert texts(tree, ".note-text") == [said(parsed(note.html)) for note in notes]
    known = instrument_names(shipped.instruments.values())
    cited = {known[each.instrument].title for note in notes for each in note.provisions}
    assert set(texts(tree, "dl.instruments a[href^='/instruments/']")) == cited


def test_a_theme_marks_what_was_searched_for(client: FlaskClient) -> None:
    tree = page(client, "/themes/international-crime-cooperation?q=deportation")
    assert texts(tree, "mark#site:match:extradition") == ["Deportation"]
    assert said(one(tree, ".matches")).startswith("1 passage here matches")


def test_a_theme_without_notes_leads_to_its_passages(samples: FlaskClient) -> None:
    tree = page(samples, "/themes/many")
    assert "See all 65 source passages" in texts(tree, ".onward a")
    assert select(tree, ".badge.note") == []
    page(samples, "/themes/empty")


def counted(client: FlaskClient) -> dict[str, str]:
    """The examples of the help page: what each finds here, by its address."""
    rows = select(page(client, "/help"), "table.examples tbody tr")
    return {one(row, "th > a").get("href"): " ".join(one(row, "td.n").itertext()) for row in rows}


@table("example", EXAMPLES)
def test_an_example_of_the_help_page_does_what_it_says(client: FlaskClient, example: HelpExample) -> None:
    address = search_links.search(Request(example.query, expand=example.expand))
    found = client.get(f"/api{address}").get_json()
    codes = {notice["code"] for notice in found["notices"]}
    assert codes <= {"query-of-any-words", "query-corrected", "terms-differ", "words-set-aside"}
    assert found["total"] > 0 or not example.finds
    if "query-corrected" in codes:
        assert counted(client)[address] == "none"
        return
    count = f"{found['total']:,}" if found["total"] else "none"
    some = f" with all, {found['total_some']:,} with some" if found["total_some"] else ""
    assert counted(client)[address] == count + some


def test_in_another_collection_the_examples_are_of_its_own_words(samples: FlaskClient) -> None:
    found = counted(samples)
    assert found["/search?q=smuggli%2A"] == "64"
    assert found["/search?q=document%3Avast"] == "620"
    assert any(address.startswith("/search?q=kind%3A%22") for address in found)
    for address, count in found.items():
        answer = samples.get(f"/api{address}").get_json()
        corrected = any(notice["code"] == "query-corrected" for notice in answer["notices"])
        as_typed = 0 if corrected else answer["total"]
        assert count.startswith(f"{as_typed or 'none'}"), address


def test_what_a_collection_has_no_example_of_says_none(tmp_path: Path) -> None:
    build(Collection(), tmp_path)
    client = create_app(open_engine(tmp_path)).test_client()
    assert set(counted(client).values()) == {"none"}
    assert len(counted(client)) == len(EXAMPLES)


def test_examples_are_counted_once_in_a_generation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def content(text: str) -> Collection:
        return Collection((), (Document("d", "D"),), {"d": (Passage("d", "p", f"Extraditing {text}"),)})

    asked: list[Request] = []
    count = Snapshot.count
    monkeypatch.setattr(
        Snapshot, "count", lambda self, request: asked.append(request) or count(self, request)
    )
    build(content("nobody"), tmp_path)
    client = create_app(open_engine(tmp_path)).test_client()
    assert counted(client)["/search?q=extradite"] == "1"
    once = len(asked)
    assert counted(client)["/search?q=extradite"] == "1"
    assert len(asked) == once
    build(content("and aftercare"), tmp_path)
    assert counted(client)["/search?q=aftercare"] == "1"
    assert len(asked) > once


def test_the_help_page_teaches_every_form_of_the_query_language() -> None:
    leaves = {
        type(node) for each in EXAMPLES if (tree := parse_query(each.query).node) for node in walk(tree)
    }
    assert leaves == {Word, Phrase, Prefix, Wildcard, Fuzzy, Filter, And, Or, Not}
    facets = re.findall(r"\b(\w+):", " ".join(each.query for each in EXAMPLES))
    assert set(facets) == set(FACETS)


def test_about_counts_what_is_here(client: FlaskClient, shipped: Collection) -> None:
    tree = page(client, "/about")
    facts = texts(tree, "dl.facts dd")
    assert facts[0] == str(sum(1 for _ in shipped.all_passages()))
    assert "7, with 28 sub-points (narrower subjects)" in facts
    assert facts[-1] == client.get("/api/search").get_json()["generation"]
    assert texts(tree, ".entries a") == [shipped.documents[0].title]


def test_about_lists_the_first_fifty_sources(samples: FlaskClient) -> None:
    tree = page(samples, "/about")
    assert len(select(tree, ".entries > li")) == 50
    assert texts(tree, "main .onward a") == ["All 118 documents"]


def test_every_page_has_a_title_of_its_own_and_one_h1(client: FlaskClient) -> None:
    trees = [page(client, address) for address in PAGES]
    titles = [said(one(tree, "title")) for tree in trees]
    assert len(set(titles)) == len(PAGES)
    assert all(len(select(tree, "h1")) == 1 for tree in trees)


ALIKE = 3
"""Of files and of addresses with the same parameters, so many are followed in each part of the site."""


def shape(path: str) -> str:
    """What a path has in common with others that the same view answers in the same way; itself for a page."""
    parts = urlsplit(path)
    file = re.fullmatch(r"/([a-z]+)/.+(\.[a-z]+|/cite)", parts.path)
    if not (file or parts.query):
        return path
    names = sorted(pair.partition("=")[0] for pair in parts.query.split("&"))
    return " ".join([parts.path.split("/")[1], file[2] if file else "", *names])


@pytest.mark.slow
def test_no_link_of_the_site_is_broken(client: FlaskClient) -> None:
    seen: set[str] = set()
    shapes: Counter[str] = Counter()
    waiting = list(PAGES)
    while waiting:
        address = waiting.pop()
        response = client.get(address, follow_redirects=True, buffered=True)
        assert response.status_code == 200, address
        if urlsplit(address).path in ("/search", "/brief"):  # from there on, addresses have no end
            continue
        tree = parsed(response.text if response.mimetype == "text/html" else "<p></p>")
        ids = set(tree.xpath("//@id"))
        for link in tree.xpath("//@href | //@src"):
            if link.startswith("#"):
                assert link[1:] in ids, (address, link)
            path = link.partition("#")[0]
            if path.startswith("/") and path not in seen and shapes[shape(path)] < ALIKE:
                seen.add(path)
                shapes[shape(path)] += 1
                waiting.append(path)
    assert len(seen) > 100


def test_no_id_stands_twice_on_a_page(client: FlaskClient, samples: FlaskClient) -> None:
    for tree in (*(page(client, address) for address in PAGES), page(samples, "/documents/hostile?q=x")):
        ids = tree.xpath("//@id")
        assert len(ids) == len(set(ids))


@table(
    "address",
    [
        "/search?q=extradition+mechanisms",
        "/documents",
        "/documents/bali-process-symposium-2015",
        "/passages/bali-process-symposium-2015/p7",
        "/themes/international-crime-cooperation",
        "/about",
        "/search.csv?q=extradition",
    ],
)
def test_supplied_data_is_marked_wherever_it_is_shown(client: FlaskClient, address: str) -> None:
    page = client.get(address).text
    assert "supplied by this site" in page or ',"title, kind, ' in page


def test_the_glossary_has_every_term_that_is_defined_at_its_anchor(
    client: FlaskClient, shipped: Collection
) -> None:
    tree = page(client, "/glossary")
    assert sorted(texts(tree, ".term > h2")) == sorted(shipped.thesaurus.definitions)
    assert sorted(texts(tree, ".term > p[dir]")) == sorted(shipped.thesaurus.definitions.values())
    anchors = [each.get("id") for each in select(tree, ".term")]
    assert attributes(tree, ".contents ol a", "href") == [f"#{anchor}" for anchor in anchors]
    letters = [link.get("href") for link in select(tree, ".letters a")]
    assert letters[0] == f"#{anchors[0]}"
    assert {letter.removeprefix("#") for letter in letters} <= set(anchors)
    inside = {link.get("href") for link in select(tree, ".term a[href^='/glossary#']")}
    assert inside <= {f"/glossary#{anchor}" for anchor in anchors}


def test_the_glossary_tells_apart_what_must_never_be_mixed_up(client: FlaskClient) -> None:
    told = texts(page(client, "/glossary"), "#seizure dd")
    assert [each for each in told if each.startswith("confiscation. Seizure is temporary: ")]


def test_a_search_leads_to_what_its_terms_mean(client: FlaskClient) -> None:
    tree = page(client, "/search?q=deportation")
    assert [link.get("href") for link in select(tree, ".notices a[href^='/glossary']")] == [
        "/glossary#deportation"
    ]
    assert not select(page(client, "/search?q=passport"), ".notices a[href^='/glossary']")


def test_a_collection_whose_thesaurus_defines_nothing_says_so(tmp_path: Path) -> None:
    build(Collection(), tmp_path)
    client = create_app(open_engine(tmp_path)).test_client()
    tree = page(client, "/glossary")
    assert texts(tree, "p.lead") == ["No terms have been defined for this collection."]
    assert not select(tree, ".term")


def test_the_about_page_says_by_what_rule_notes_choose_their_provisions(
    client: FlaskClient, shipped: Collection
) -> None:
    assert shipped.site.selection
    assert shipped.site.selection in texts(page(client, "/about"), "section p")
