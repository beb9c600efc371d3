"""Addresses: what the site links to is what it reads back."""

from __future__ import annotations

from dataclasses import replace
from unicodedata import normalize
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from index.request import FACETS, PER_PAGE, SORTS, FacetName, Request
from kb.model import Document, Passage, Theme
from kb.tags import ThemeNames
from kb.text.diff import differences
from kb.text.fingerprint import fingerprint
from tests.web.dom import attributes, page, select, texts, tree_of
from web.languages.catalogue import ENGLISH
from web.languages.dates import moment
from web.presenters.labels import compared, segments
from web.urls import links, parameters, query_strings, refinements, search_links

KEYS = (
    "query total total_some total_sources total_notes summary cut took_ms generation hits facets instruments "
    "suggestions corrected missing set_aside ways_out expansions notices years help"
)
HIT_KEYS = (
    "document passage locator title kind heading themes unit page page_end ocr text snippet score matched "
    "fingerprint url"
)

WORDS = st.text(st.characters(codec="utf-8"), max_size=40)
VALUES = st.lists(WORDS.filter(bool), unique=True, min_size=1, max_size=3).map(tuple)
LANGUAGES = st.lists(st.sampled_from(["th", "zh-hant", "und", "English"]), unique=True, min_size=1).map(tuple)
REQUESTS = st.builds(
    Request,
    text=WORDS.map(str.strip),
    filters=st.dictionaries(st.sampled_from(FACETS[:-1]), VALUES)
    | st.fixed_dictionaries({"language": LANGUAGES}),
    sort=st.sampled_from(SORTS),
    page=st.integers(1, 99_999),
    per=st.sampled_from(PER_PAGE),
    hidden=st.booleans(),
    all_themes=st.booleans(),
    grouped=st.booleans(),
    expand=st.booleans(),
)


def read(address: str) -> Request:
    return parameters.search_request(MultiDict(parse_qsl(urlsplit(address).query)))


@given(REQUESTS)
def test_an_address_asks_what_it_was_made_from(request: Request) -> None:
    assert read(search_links.search(request)) == request


def test_a_language_is_written_in_one_way() -> None:
    assert read("/search?language=TH&language=zh-Hant&language=iw&language=he").filters == {
        "language": ("th", "zh-hant", "he")
    }


@given(REQUESTS)
def test_the_address_that_explains_a_hit_asks_the_same_and_names_the_passage(request: Request) -> None:
    address = search_links.explaining(request)(Passage("a-document", "p.7", "text"))
    assert read(address) == request
    assert parameters.passage(MultiDict(parse_qsl(urlsplit(address).query))) == ("a-document", "p.7")


def with_value(request: Request, facet: FacetName, value: str) -> Request:
    """The request with one more filter, from its first page."""
    chosen = request.filters.get(facet, ())
    values = chosen if value in chosen else (*chosen, value)
    return replace(request, filters={**request.filters, facet: values}, page=1)


@given(REQUESTS, st.sampled_from(FACETS), WORDS.filter(bool))
def test_a_filter_added_and_removed_leaves_the_search_as_it_was(
    request: Request, facet: FacetName, value: str
) -> None:
    once = refinements.without_value(request, facet, value)
    again = refinements.without_value(with_value(once, facet, value), facet, value)
    assert again == once
    assert value not in again.filters[facet]
    assert again.page == 1


@given(REQUESTS, st.sampled_from(FACETS), WORDS.filter(bool))
def test_an_address_written_in_parts_is_the_one_of_the_whole_request(
    request: Request, facet: FacetName, value: str
) -> None:
    narrowed = search_links.narrowing(request, facet)
    for each in (value, *request.filters.get(facet, ())):
        assert narrowed(each) == search_links.search(with_value(request, facet, each))


@given(REQUESTS, st.sampled_from(["2015", "2010..2014"]))
def test_a_year_chosen_by_its_bar_takes_the_place_of_those_chosen(request: Request, value: str) -> None:
    before, behind = search_links.year_filter(request)
    alone = replace(request, filters={**request.filters, "year": (value,)}, page=1)
    assert f"{before}{value}{behind}" == search_links.search(alone)


@given(REQUESTS, st.integers(2, 99), st.sampled_from(PER_PAGE[1:]))
def test_pages_and_their_sizes_are_written_after_the_rest(request: Request, page: int, per: int) -> None:
    first = replace(request, page=1)
    paged = query_strings.appended(search_links.search(first), "page", page)
    assert paged == search_links.search(replace(request, page=page))
    default = search_links.search(replace(first, per=PER_PAGE[0]))
    assert query_strings.appended(default, "per", per) == search_links.search(replace(first, per=per))


@given(st.text(max_size=60), st.lists(st.integers(0, 60), max_size=8, unique=True))
def test_the_pieces_of_a_marked_text_join_to_the_text(text: str, cuts: list[int]) -> None:
    edges = sorted(min(cut, len(text)) for cut in cuts)
    ranges = list(zip(edges[::2], edges[1::2], strict=False))
    pieces = segments(text, ranges)
    assert "".join(piece for piece, _ in pieces) == text
    assert [piece for piece, marked in pieces if marked] == [text[a:b] for a, b in ranges if a < b]


@given(WORDS, WORDS)
def test_all_words_of_two_texts_stand_in_their_comparison(old: str, new: str) -> None:
    found = compared(differences(old, new))
    for other, text in (("ins", old), ("del", new)):
        words = "".join(words for mark, words in found if mark != other).split()
        assert [normalize("NFC", word) for word in words] == [normalize("NFC", word) for word in text.split()]
    assert all(words == words.rstrip() for mark, words in found if mark)


def test_a_moment_is_written_in_words() -> None:
    assert moment("2026-11-03T09:05:00+00:00", ENGLISH) == "3 November 2026, 09:05 UTC"


def test_related_terms_stay_switched_off_from_page_to_page(client: FlaskClient) -> None:
    seen = {"/search?q=aftercare&expand=off"}
    waiting = list(seen)
    pages = ("/search?", "/search.", "/documents/", "/passages/", "/themes/")
    while waiting and len(seen) < 60:
        tree = tree_of(client.get(waiting.pop()))
        for form in select(tree, "form"):
            if form.get("class") == "languages":
                continue  # it goes to the address of its page
            assert attributes(form, "input[type='hidden'][name='expand']", "value") == ["off"]
        found = {(each or "").partition("#")[0] for each in attributes(tree, "*[href]", "href")}
        asking = {each for each in found if each.startswith(pages) and "q=" in each and "also" not in each}
        for address in asking - seen:
            switched_on = address == "/search?q=aftercare"  # the link that does so
            assert switched_on or "expand=off" in address, address
            if not address.startswith("/search"):
                waiting.append(address)
        seen |= asking
    assert len(seen) > 20


@pytest.mark.parametrize(
    "path",
    [
        "/documents/victim-assistance-protection",
        "/themes/victim-assistance-protection",
        "/passages/victim-assistance-protection/aftercare",
    ],
)
def test_a_reading_page_marks_only_the_words_where_that_was_asked(client: FlaskClient, path: str) -> None:
    def marked(address: str) -> list[str]:
        return texts(tree_of(client.get(address, follow_redirects=True)), "mark")

    assert "recovery" in marked(f"{path}?q=aftercare")
    without = marked(f"{path}?q=aftercare&expand=off")
    assert "Aftercare" in without
    assert "recovery" not in without


def test_json_has_the_keys_promised_and_unescaped_characters(client: FlaskClient) -> None:
    response = client.get("/api/search?q=workers’")
    found = response.get_json()
    assert response.mimetype == "application/json"
    assert " ".join(found) == KEYS
    assert " ".join(found["hits"][0]) == HIT_KEYS
    assert "’".encode() in response.data
    for hit in found["hits"]:
        assert hit["fingerprint"] == fingerprint(hit["text"])
        checked = page(client, f"{hit['url']}?v={hit['fingerprint']}")
        assert texts(checked, "#site:verdict") == ["Unchanged"]
    assert client.get(found["hits"][0]["url"]).status_code == 200


def test_the_page_and_the_json_give_the_same_hits_in_the_same_order(client: FlaskClient) -> None:
    cards = select(page(client, "/search?q=victims&sort=oldest"), ".hit")
    cited = [attributes(card, ".actions > a", "href")[0] for card in cards]
    hits = client.get("/api/search?q=victims&sort=oldest").get_json()["hits"]
    assert len(hits) == 10
    assert cited == [f"{hit['url']}?q=victims#site%3Acite" for hit in hits]


def test_a_note_that_the_page_of_its_theme_does_not_show_is_read_alone() -> None:
    names = ThemeNames.of([Theme("extradition", "Extradition", "Extradition", 1)])
    note = Document("extradition", "Extradition", "note")
    for name, address in (
        ("introduction", "/themes/extradition?q=a+b#introduction"),
        ("further", "/passages/extradition/further?q=a+b"),
    ):
        assert links.in_context(Passage("extradition", name, "text"), note, names, "a b") == address
    source = Document("extradition", "A report")
    further = Passage("extradition", "further", "text")
    assert links.in_context(further, source, names, "a b") == "/documents/extradition?q=a+b#further"
    marked = links.in_context(further, note, names, "a b", marked=True)
    assert marked == "/passages/extradition/further?q=a+b#site%3Amatch%3Afurther"
