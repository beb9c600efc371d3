"""The results page: counts, chips, facets, notices, pages, and what to do if nothing is found."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote_plus, unquote

import pytest
from flask.testing import FlaskClient
from lxml.html import HtmlElement

from kb.model import Document
from tests.engines import build, open_engine
from tests.index.samples import collection
from tests.web.dom import attributes, one, page, said, select, text_of, texts
from web.app import create_app

TITLES = ".hit .hit-title > a"
DOCUMENTS = ".hit .hit-source > a.hit-document"
CHIPS = "ul.chips a"


def links_named(tree: HtmlElement, name: str) -> list[str | None]:
    """Where the links of a page with this name lead."""
    return [link.get("href") for link in select(tree, "a") if said(link) == name]


def form_fields(tree: HtmlElement) -> dict[str | None, str | None]:
    """The hidden fields of the search form."""
    return {each.get("name"): each.get("value") for each in select(tree, "form.search input[type='hidden']")}


def test_extradition_is_found_in_the_communique_and_marked(client: FlaskClient) -> None:
    tree = page(client, "/search?q=extradition&kind=communique")
    assert attributes(tree, TITLES, "href") == ["/passages/bali-process-symposium-2015/p7?q=extradition"]
    opened = "/documents/bali-process-symposium-2015?q=extradition#site%3Amatch%3Ap7"
    assert attributes(tree, DOCUMENTS, "href") == [opened]
    cited = "/passages/bali-process-symposium-2015/p7?q=extradition#site%3Acite"
    assert links_named(tree, "Cite para 7") == [cited]
    assert texts(tree, ".snippet mark") == ["extradition"]
    assert "and extradition mechanisms" in said(one(tree, ".snippet"))


def test_a_count_of_one_is_singular(client: FlaskClient) -> None:
    assert "1 passage in 1 document" in text_of(client, "/search?q=extradition&kind=communique")


def test_an_empty_query_lists_every_passage(client: FlaskClient) -> None:
    assert "10 passages in 1 document, 35 notes" in text_of(client, "/search")


def test_every_filter_has_a_chip_that_removes_it_alone(client: FlaskClient) -> None:
    tree = page(client, "/search?q=victims&theme=victim-assistance-protection&kind=note")
    assert attributes(tree, CHIPS, "href") == [
        "/search?q=victims&kind=note",
        "/search?q=victims&theme=victim-assistance-protection",
        "/search?q=victims",
    ]
    assert texts(tree, ".filters-fold summary") == ["Filters (2)"]


def test_a_chip_of_a_sub_point_carries_its_title(client: FlaskClient) -> None:
    tree = page(client, "/search?theme=international-crime-cooperation/extradition")
    assert texts(tree, CHIPS)[0] == "Remove the filter Theme: Extradition ×"


def test_a_range_of_years_stays_in_force_when_the_form_is_sent_again(client: FlaskClient) -> None:
    tree = page(client, "/search?q=extradition&year=2010..2015")
    kept = attributes(tree, "[name='year'][value='2010..2015']", "form")
    assert len(kept) == 1
    assert texts(tree, CHIPS)[0] == "Remove the filter Year: 2010 to 2015 ×"


def test_page_size_and_status_stay_in_force_when_the_form_is_sent_again(samples: FlaskClient) -> None:
    assert form_fields(page(samples, "/search?per=25&status=all")) == {"per": "25", "status": "all"}


def test_values_that_would_give_nothing_come_last(client: FlaskClient) -> None:
    theme = select(page(client, "/search?q=extradition&kind=communique"), "fieldset")[0]
    assert texts(theme, "legend") == ["Theme"]
    counts = [int(count) for count in texts(theme, "> ul > li > label .n")]
    assert counts
    assert counts == sorted(counts, key=lambda count: not count)


def test_more_than_eight_values_are_folded_away(samples: FlaskClient) -> None:
    tree = page(samples, "/search")
    assert "Show all 20" in texts(tree, "fieldset details > summary")
    assert any("more not listed" in hint for hint in texts(tree, "fieldset > p.hint"))


def test_a_chosen_value_among_the_folded_unfolds_them(samples: FlaskClient) -> None:
    folded = select(page(samples, "/search?document=small-7"), "fieldset details[open]")
    assert [texts(each, "input[checked]") for each in folded] == [[""]]


def test_many_sub_points_are_shown_once_their_theme_is_chosen(samples: FlaskClient) -> None:
    box = "input[value='many/s1']"
    assert select(page(samples, "/search?q=smuggling"), box) == []
    assert len(select(page(samples, "/search?q=smuggling&theme=many"), box)) == 1


def test_superseded_and_withdrawn_passages_are_counted_and_can_be_shown(samples: FlaskClient) -> None:
    remark = "2 passages from superseded or withdrawn documents are not shown. Show them"
    assert texts(page(samples, "/search?q=extradition"), ".notices p") == [remark]
    shown = page(samples, "/search?q=extradition&status=all")
    assert sorted(texts(shown, ".hit .badge.warning")) == ["Superseded", "Withdrawn"]


def test_one_hidden_passage_is_spoken_of_as_one(samples: FlaskClient) -> None:
    assert "1 passage from a superseded or withdrawn document is not shown. Show it" in text_of(
        samples, "/search?q=stated"
    )


def test_a_hit_with_nothing_marked_says_why_it_was_found(client: FlaskClient) -> None:
    assert "Why it matches:" in text_of(client, "/search?q=para+7&kind=communique")


def test_pages_of_results_are_linked_and_bounded(samples: FlaskClient) -> None:
    tree = page(samples, "/search?q=smuggling&page=3")
    assert "Page 3 of 7" in texts(tree, ".pager p")
    assert attributes(tree, "a[rel='prev']", "href") == ["/search?q=smuggling&page=2"]
    assert attributes(tree, "a[rel='next']", "href") == ["/search?q=smuggling&page=4"]
    assert select(page(samples, "/search?q=smuggling&page=7"), "a[rel='next']") == []


def test_a_page_beyond_the_end_leads_back_to_the_first(samples: FlaskClient) -> None:
    tree = page(samples, "/search?q=smuggling&page=99")
    assert links_named(tree, "Go to the first page") == ["/search?q=smuggling"]


def test_nothing_found_names_the_missing_words_and_the_next_steps(client: FlaskClient) -> None:
    address = "/search?q=extradition+AND+zzzz&theme=regional-cooperation&kind=note"
    found = text_of(client, address)
    assert "No passages found" in found
    assert "Search without zzzz, which no passage has." in found
    assert "International crime cooperation" in found
    nowhere = text_of(client, "/search?q=zzzz+AND+yyyy")
    assert "Leave out or respell these words, which no passage has: zzzz, yyyy" in nowhere


@pytest.mark.parametrize("words", ["communique", "Bangkok", "Bangkok+AND+communique", "communique&kind=note"])
def test_a_word_of_no_passage_leads_to_the_document_that_it_describes(
    client: FlaskClient, words: str
) -> None:
    tree = page(client, f"/search?q={words}")
    assert "No passages found" in texts(tree, "main .total")
    (described,) = (line for line in texts(tree, ".nothing li") if "title or details of a document" in line)
    title = described.partition(": ")[2]
    assert title.startswith("Communique of the Bali Process Regional Symposium")
    assert links_named(tree, title) == ["/documents/bali-process-symposium-2015"]


@pytest.mark.parametrize(
    ("words", "dated", "named"),
    [
        ("smuggling+1998", 1, 1),
        ("smuggling+1998", 3, 3),
        ("smuggling+1998", 4, 0),
        ("smuggling+1998", 9, 0),
        ("smuggling+1998+zzzz", 3, 3),
        ("smuggling+1998+zzzz", 9, 0),
        ("smuggling+1998+21884", 9, 1),
        ("1998", 9, 3),
    ],
)
def test_documents_that_a_missing_word_describes_are_named_only_if_they_are_few(
    tmp_path: Path, words: str, dated: int, named: int
) -> None:
    names = [f"d{number}" for number in range(dated)]
    old = tuple(Document(name, f"Letter {name}", "report", "1998-02-03") for name in names)
    case = Document("case", "Case 21884", "report", "2001")
    made = collection(**{name: ["On smuggling."] for name in (*names, "case")})
    build(replace(made, documents=(*old, case)), tmp_path / "index")
    tree = page(create_app(open_engine(tmp_path / "index")).test_client(), f"/search?q={words}")
    lines = texts(tree, "p.meant, .nothing li")
    assert sum("title or details of a document" in line for line in lines) == named


@pytest.mark.parametrize("words", ["zzzz", "Bangkok+AND+zzzz", "extradition"])
def test_no_document_is_named_that_lacks_a_word_or_where_passages_are_found(
    client: FlaskClient, words: str
) -> None:
    assert "title or details of a document" not in text_of(client, f"/search?q={words}")


@pytest.mark.parametrize(
    "address",
    [
        "/search?q=extradition+AND+zzzz",
        "/search?q=extradition+AND+zzzz&theme=regional-cooperation&kind=note",
        '/search?q="aftercare+extradition"',
        "/search?q=extradition&theme=legislative-frameworks&kind=communique&year=1999",
        "/search?q=aftercare&year=1999&kind=communique",
    ],
)
def test_every_way_out_of_a_search_without_hits_finds_something(client: FlaskClient, address: str) -> None:
    tree = page(client, address)
    ways = [link.get("href") for link in select(select(tree, ".nothing > ul")[0], "a[href^='/search']")]
    assert ways
    for way in ways:
        assert select(page(client, way), "li.hit"), way


def test_what_cannot_be_parsed_is_said(client: FlaskClient) -> None:
    (notice,) = texts(page(client, "/search?q=(extradition"), ".notices p")
    assert "has no matching “)”" in notice


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest", "document"])
def test_every_order_can_be_chosen(client: FlaskClient, sort: str) -> None:
    tree = page(client, f"/search?q=extradition&sort={sort}")
    assert attributes(tree, "select[name='sort'] option[selected]", "value") == [sort]


def test_the_words_of_a_source_are_escaped(samples: FlaskClient) -> None:
    main = one(page(samples, "/search?q=extradition&document=hostile"), "main")
    assert select(main, "script, img, blockquote") == []
    assert '<script>alert("x")</script>' in said(one(main, ".snippet"))


def test_the_query_is_escaped(client: FlaskClient) -> None:
    tree = page(client, '/search?q="><script>alert(1)</script>')
    assert attributes(tree, "#site:q", "value") == ['"><script>alert(1)</script>']
    assert select(one(tree, "body"), "script") == []


def test_a_snippet_says_which_language_it_is_in(samples: FlaskClient) -> None:
    assert attributes(page(samples, "/search?document=plan"), ".snippet", "lang") == ["fr"]


def test_all_of_the_themes_chosen_can_be_asked_for(samples: FlaskClient) -> None:
    themes = "theme=cooperation&theme=many"
    assert "65 passages in 2 documents" in text_of(samples, f"/search?{themes}")
    assert "1 passage in 1 document" in text_of(samples, f"/search?{themes}&match=all")
    tree = page(samples, f"/search?{themes}&match=all")
    assert attributes(tree, "input[name='match']", "checked") == ["checked"]
    assert links_named(tree, "Remove the filter Themes: all selected ×") == [f"/search?{themes}"]
    assert "Themes: all selected" not in text_of(samples, "/search?theme=many&match=all")


def test_grouped_by_document_each_hit_leads_to_the_others_of_its_document(samples: FlaskClient) -> None:
    address = "/search?q=smuggling&group=document"
    tree = page(samples, address)
    assert texts(tree, ".total") == ["64 passages in 1 document"]
    assert len(select(tree, "li.hit")) == 1
    others = "and 63 more passages in this document"
    assert links_named(tree, others) == ["/search?q=smuggling&document=long"]
    assert form_fields(tree) == {"group": "document"}
    assert links_named(tree, "Show all passages") == ["/search?q=smuggling"]


def test_an_ungrouped_hit_says_nothing_of_others(samples: FlaskClient) -> None:
    tree = page(samples, "/search?q=smuggling")
    assert select(tree, ".others") == []
    assert links_named(tree, "Group by document") == ["/search?q=smuggling&group=document"]


def test_pages_of_groups_count_documents(samples: FlaskClient) -> None:
    assert "Page 1 of 12" in text_of(samples, "/search?group=document")
    tree = page(samples, "/search?group=document&page=11")
    assert attributes(tree, "a[rel='next']", "href") == ["/search?group=document&page=12"]


def test_a_hit_has_a_link_that_holds_no_query(client: FlaskClient) -> None:
    tree = page(client, "/search?q=extradition&kind=communique")
    assert links_named(tree, "Copy link to para 7") == ["/passages/bali-process-symposium-2015/p7"]


def test_the_document_of_a_hit_opens_where_its_first_mark_is(
    client: FlaskClient, samples: FlaskClient
) -> None:
    for site, query in (
        (client, "victims"),
        (client, "para 7"),
        (samples, "introduction"),
        (samples, "plain"),
    ):
        opened = attributes(page(site, f"/search?q={quote_plus(query)}"), DOCUMENTS, "href")
        assert opened
        for address in opened:
            path, _, anchor = address.partition("#")
            one(page(site, path), f"[id='{unquote(anchor)}']")


def test_the_document_of_a_hit_with_nothing_marked_opens_at_the_passage(client: FlaskClient) -> None:
    opened = "/documents/bali-process-symposium-2015?q=para+7#p7"
    assert attributes(page(client, "/search?q=para+7&kind=communique"), DOCUMENTS, "href")[0] == opened


def test_a_note_leads_to_the_page_of_its_theme(client: FlaskClient, samples: FlaskClient) -> None:
    opened = "/themes/international-crime-cooperation?q=extradition#site%3Amatch%3Aextradition"
    assert opened in attributes(page(client, "/search?q=extradition&kind=note"), DOCUMENTS, "href")
    opened = "/themes/cooperation?q=plain#site%3Amatch%3Aintroduction"
    assert opened in attributes(page(samples, "/search?q=plain"), DOCUMENTS, "href")


def test_a_hit_says_why_where_words_were_searched_for(client: FlaskClient) -> None:
    asked = "q=extradition&kind=communique&per=25"
    tree = page(client, f"/search?{asked}")
    why = f"/search/why?{asked}&passage=bali-process-symposium-2015/p7"
    assert links_named(tree, "Why it was found: para 7") == [why]
    assert select(page(client, "/search?kind=communique"), "a[href^='/search/why']") == []


def test_our_notes_are_named_as_notes_among_the_documents_and_kinds(client: FlaskClient) -> None:
    chips = texts(page(client, "/search?q=victims&document=victim-assistance-protection&kind=note"), CHIPS)
    assert chips[0] == "Remove the filter Document: Notes: Assistance for and protection of victims ×"
    assert chips[1] == "Remove the filter Kind: Editorial note ×"
    assert "Notes: Bali Process" not in text_of(client, "/search")


def test_a_theme_has_one_name_in_facets_chips_and_json(client: FlaskClient) -> None:
    title = "Assistance for and protection of victims"
    tree = page(client, "/search?theme=victim-assistance-protection")
    assert texts(tree, CHIPS)[0] == f"Remove the filter Theme: {title} ×"
    chosen = select(tree, "input[name='theme'][value='victim-assistance-protection']")
    assert [said(each.getparent()).startswith(title) for each in chosen] == [True]
    themes = client.get("/api/search").get_json()["facets"]["theme"]
    assert {each["value"]: each["label"] for each in themes}["victim-assistance-protection"] == title


def test_a_note_names_its_theme_once(client: FlaskClient) -> None:
    title = "Assistance for and protection of victims"
    hits = select(page(client, "/search?q=aftercare&kind=note"), ".hit.note")
    about = [hit for hit in hits if title in said(hit)]
    assert "Aftercare" in [said(one(hit, "h3")) for hit in about]
    assert {said(hit).count(title) for hit in about} == {1}


def test_a_source_links_each_of_its_themes(client: FlaskClient) -> None:
    tree = page(client, "/search?q=extradition&kind=communique")
    assert links_named(one(tree, ".hit"), "International crime cooperation") == [
        "/search?q=extradition&theme=international-crime-cooperation&kind=communique"
    ]


def test_showing_hidden_documents_is_a_choice_that_can_be_taken_back(samples: FlaskClient) -> None:
    tree = page(samples, "/search?status=all")
    chip = "Remove the filter Including: superseded and withdrawn documents ×"
    assert texts(tree, CHIPS) == [chip, "Clear all filters"]
    assert attributes(tree, CHIPS, "href") == ["/search", "/search"]


def test_advice_after_no_hits_keeps_the_filters(client: FlaskClient) -> None:
    tree = page(client, "/search?q=extradition+AND+zxqwv&kind=communique")
    assert links_named(tree, "Search without zxqwv") == ["/search?q=extradition&kind=communique"]
    tree = page(client, "/search?q=%22aftercare+extradition%22&kind=communique")
    any_words = "/search?q=aftercare+OR+extradition&kind=communique"
    assert links_named(tree, "Search for any of the words") == [any_words]


def test_where_nothing_is_found_a_misspelt_word_is_set_right_and_that_is_said(client: FlaskClient) -> None:
    words = text_of(client, "/search?q=victm+protction&kind=note&sort=newest")
    assert "Showing results for victim protection. Search instead for victm protction" in words
    assert words.count("victim protection") == 1
    meant = client.get("/api/search?q=victim+protection&kind=note&sort=newest").get_json()
    found = client.get("/api/search?q=victm+protction&kind=note&sort=newest").get_json()
    assert [hit["url"] for hit in found["hits"]] == [hit["url"] for hit in meant["hits"]]


def test_a_doubtful_correction_is_offered_and_not_taken(client: FlaskClient) -> None:
    assert "showing results for" not in text_of(client, "/search?q=brokrs+AND+labour")


def test_where_something_is_found_the_suggestion_stands_above_the_hits(client: FlaskClient) -> None:
    words = text_of(client, "/search?q=extradtion+OR+victims")
    assert "Did you mean extradition OR victims?" in words
    assert "Did you mean" not in text_of(client, "/search?q=extradition+OR+victims")


def test_suggestions_are_in_the_json(client: FlaskClient) -> None:
    assert client.get("/api/search?q=extradtion").get_json()["suggestions"] == ["extradition"]


def divided(client: FlaskClient, address: str) -> tuple[int, int]:
    """How many hits of a page come before its divider and after it; all before if there is none."""
    behind = page(client, address).xpath("//h2[@class='divider']/following::li[starts-with(@class, 'hit')]")
    return len(select(page(client, address), "li.hit")) - len(behind), len(behind)


def test_passages_with_some_of_the_words_are_counted_apart_and_divided_off(samples: FlaskClient) -> None:
    some = samples.get("/api/search?q=smuggling+43").get_json()["total_some"]
    assert some > 60
    words = text_of(samples, "/search?q=smuggling+43")
    assert f"1 passage with all the words, {some} passages with some, in " in words
    assert f"With some of the words: {some} passages" in words
    assert divided(samples, "/search?q=smuggling+43") == (1, 9)


@pytest.mark.parametrize("number", [2, 3, 6])
def test_a_page_that_begins_with_some_of_the_words_says_so_first(samples: FlaskClient, number: int) -> None:
    address = f"/search?q=smuggling+43&page={number}"
    assert divided(samples, address) == (0, 10)
    assert len(select(page(samples, address), "ol.hit-list")) == 1


@pytest.mark.parametrize("sort", ["newest", "oldest", "document"])
def test_in_every_order_those_with_all_the_words_stand_first(samples: FlaskClient, sort: str) -> None:
    assert divided(samples, f"/search?q=smuggling+43&sort={sort}") == (1, 9)


def test_where_enough_passages_have_all_the_words_there_is_no_divider(samples: FlaskClient) -> None:
    assert divided(samples, "/search?q=smuggling+item") == (10, 0)
    assert "64 passages in 1 document" in text_of(samples, "/search?q=smuggling+item")


def test_where_none_has_all_the_words_it_is_said_with_those_that_stand_nowhere(client: FlaskClient) -> None:
    words = text_of(client, "/search?q=extradition+zzzz+yyyy")
    assert "No passage has all the words; 1 passage and 4 notes have some of them, in 1 document" in words
    assert "Closest passages No passage has: zzzz, yyyy." in words
    assert divided(client, "/search?q=extradition+zzzz+yyyy") == (5, 0)
    assert "1 passage has some of them, in 1 document" in text_of(
        client, "/search?q=extradition+zzzz&kind=communique"
    )


def test_grouped_by_document_the_two_are_counted_apart_too(samples: FlaskClient) -> None:
    words = text_of(samples, "/search?q=smuggling+43&group=document")
    some = samples.get("/api/search?q=smuggling+43").get_json()["total_some"]
    assert f"1 passage with all the words, {some} passages with some, in " in words
    assert "Documents with some of the words" in words
    before, behind = divided(samples, "/search?q=smuggling+43&group=document")
    assert before == 1
    assert behind >= 2
    none = text_of(samples, "/search?q=smuggling+zzzz&group=document")
    assert "No passage has all the words; 64 passages have some of them, in 1 document" in none
    assert "Closest documents No passage has: zzzz" in none


def test_nothing_stands_before_the_words_of_a_snippet(client: FlaskClient) -> None:
    snippets = [each.text_content() for each in select(page(client, "/search?q=victims"), ".snippet")]
    assert len(snippets) == 10
    assert not any(snippet[0].isspace() for snippet in snippets)


def test_a_long_query_means_any_of_its_words_and_says_so_once(client: FlaskClient) -> None:
    address = "/search?q=how+can+officials+and+others+prevent+exploitation+of+migrant+workers+abroad+early"
    words = text_of(client, address)
    assert words.count("so passages with any of them") == 2  # also where it unfolds
    assert divided(client, address) == (10, 0)


def test_operators_are_obeyed_to_the_letter(samples: FlaskClient) -> None:
    assert "1 passage in 1 document" in text_of(samples, "/search?q=smuggling+AND+43")


def test_related_terms_are_named_with_a_link_that_leaves_them_out(client: FlaskClient) -> None:
    terms = "reintegration, recovery, rehabilitation"
    tree = page(client, "/search?q=aftercare&kind=note&page=1")
    assert texts(tree, ".notices p") == [f"Also searched: {terms}. Search only my words"]
    assert links_named(tree, "Search only my words") == ["/search?q=aftercare&kind=note&expand=off"]
    only = page(client, "/search?q=aftercare&kind=note&expand=off")
    assert texts(only, ".notices p") == [f"Search related terms too: {terms}"]
    assert links_named(only, "Search related terms too") == ["/search?q=aftercare&kind=note"]
    assert "elated terms" not in text_of(client, "/search?q=zzzz&expand=off")


def test_many_related_terms_are_named_in_part(client: FlaskClient) -> None:
    words = text_of(client, "/search?q=aftercare+victims+%22x%22+labour+trafficking+frontline+officials+MLA")
    assert re.search(r"Also searched: ([^,.]+, ){7}[^,.]+ and \d more\. Search only my words", words)


def test_a_choice_of_several_years_is_named_in_words(client: FlaskClient) -> None:
    for value, words in (("2010..2015", "2010 to 2015"), ("2010..", "from 2010"), ("..2015", "until 2015")):
        assert f"Remove the filter Year: {words} ×" in text_of(client, f"/search?year={value}")


def _facet(tree: HtmlElement, name: str) -> list[str]:
    return [said(each.getparent()) for each in select(tree, f".filters input[name='{name}']")]


def test_languages_are_offered_where_there_are_several(samples: FlaskClient, client: FlaskClient) -> None:
    tree = page(samples, "/search?q=extradition")
    offered = {text.rstrip("0123456789,() ") for text in _facet(tree, "language")}
    assert offered == {"French", "Language not given"}
    assert _facet(page(client, "/search?q=extradition"), "language") == []


def test_a_language_is_a_filter_like_any_other(samples: FlaskClient) -> None:
    tree = page(samples, "/search?q=extradition&language=FR&language=und")
    assert texts(tree, CHIPS)[:2] == [
        "Remove the filter Language: French ×",
        "Remove the filter Language: Language not given ×",
    ]
    assert attributes(tree, CHIPS, "href")[:2] == [
        "/search?q=extradition&language=und",
        "/search?q=extradition&language=fr",
    ]
    exported = [href for href in attributes(tree, "a", "href") if href and href.startswith("/search.")]
    assert exported
    assert all("language=fr&language=und" in href for href in exported)


def test_a_language_narrows_json_and_files(samples: FlaskClient) -> None:
    found = samples.get("/api/search?q=extradition&language=fr").get_json()
    assert {hit["document"] for hit in found["hits"]} == {"plan"}
    chosen = [value for value in found["facets"]["language"] if value["selected"]]
    assert chosen == [{"value": "fr", "label": "French", "count": found["total"], "selected": True}]
    listed = samples.get("/search.csv?q=extradition&language=fr").get_data(as_text=True)
    assert listed.count("\r\n") == found["total"] + 1


def test_the_query_names_a_language_too(samples: FlaskClient) -> None:
    for value in ("fr", "FR", "French"):
        found = samples.get(f"/api/search?q=extradition+language:{value}").get_json()
        assert {hit["document"] for hit in found["hits"]} == {"plan"}
        assert found["notices"] == []
