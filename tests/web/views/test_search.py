"""The results page: counts, chips, facets, notices, pages, and what to do where nothing is found."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient


def text_of(client: FlaskClient, address: str) -> str:
    """The page's words, tags left out and white space folded."""
    html = client.get(address).get_data(as_text=True)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def test_extradition_is_found_in_the_communique_and_marked(client: FlaskClient) -> None:
    html = client.get("/search?q=extradition").get_data(as_text=True)
    opened = "/documents/bali-process-symposium-2015?q=extradition#site%3Amatch%3Ap7"
    assert f'<h3><a href="{opened}">' in html
    assert 'href="/passages/bali-process-symposium-2015/p7?q=extradition#site%3Acite">Cite' in html
    assert "<mark>extradition</mark> mechanisms" in html


def test_a_count_of_one_is_singular(client: FlaskClient) -> None:
    assert "1 passage in 1 document" in text_of(client, "/search?q=extradition&kind=communique")


def test_an_empty_query_lists_every_passage(client: FlaskClient) -> None:
    assert "45 passages in 8 documents" in text_of(client, "/search")


def test_every_filter_has_a_chip_that_removes_it_alone(client: FlaskClient) -> None:
    html = client.get("/search?q=victims&theme=victim-assistance-protection&kind=note").get_data(as_text=True)
    assert 'href="/search?q=victims&amp;kind=note"' in html
    assert 'href="/search?q=victims&amp;theme=victim-assistance-protection"' in html
    assert 'class="clear" href="/search?q=victims"' in html
    assert "Filters (2)" in html


def test_a_chip_of_a_sub_point_carries_its_title(client: FlaskClient) -> None:
    page = text_of(client, "/search?theme=international-crime-cooperation/extradition")
    assert "Remove the filter Theme: Extradition ×" in page


def test_a_range_of_years_stays_in_force_when_the_form_is_sent_again(client: FlaskClient) -> None:
    html = client.get("/search?q=extradition&year=2010..2015").get_data(as_text=True)
    assert 'value="2010..2015"' in html
    assert "Year: 2010" in html


def test_page_size_and_status_stay_in_force_when_the_form_is_sent_again(samples: FlaskClient) -> None:
    html = samples.get("/search?per=25&status=all").get_data(as_text=True)
    assert '<input type="hidden" name="per" value="25">' in html
    assert '<input type="hidden" name="status" value="all">' in html


def test_values_that_would_give_nothing_come_last(client: FlaskClient) -> None:
    html = client.get("/search?q=extradition&kind=communique").get_data(as_text=True)
    themes = html.split("<summary>Theme</summary>")[1].split("</fieldset>")[0]
    counts = [int(count) for count in re.findall(r'^<li><label.*?class="n">(\d+)<', themes, re.MULTILINE)]
    assert counts == sorted(counts, key=lambda count: not count)


def test_more_than_eight_values_are_folded_away(samples: FlaskClient) -> None:
    html = samples.get("/search").get_data(as_text=True)
    assert "Show 12 more" in html
    assert "more not listed" in html


def test_a_chosen_value_among_the_folded_unfolds_them(samples: FlaskClient) -> None:
    assert "<details open><summary>Show" in samples.get("/search?document=small-7").get_data(as_text=True)


def test_many_sub_points_are_shown_once_their_theme_is_chosen(samples: FlaskClient) -> None:
    assert 'value="many/s1"' not in samples.get("/search?q=smuggling").get_data(as_text=True)
    assert 'value="many/s1"' in samples.get("/search?q=smuggling&theme=many").get_data(as_text=True)


def test_superseded_and_withdrawn_passages_are_counted_and_can_be_shown(samples: FlaskClient) -> None:
    page = text_of(samples, "/search?q=extradition")
    assert "2 passages from superseded or withdrawn documents are not shown. Show them" in page
    shown = samples.get("/search?q=extradition&status=all").get_data(as_text=True)
    assert '<span class="badge warning">Superseded</span>' in shown
    assert '<span class="badge warning">Withdrawn</span>' in shown


def test_one_hidden_passage_is_spoken_of_as_one(samples: FlaskClient) -> None:
    assert "1 passage from a superseded or withdrawn document is not shown. Show it" in text_of(
        samples, "/search?q=stated"
    )


def test_a_hit_with_nothing_marked_says_why_it_was_found(client: FlaskClient) -> None:
    assert "Why it matches:" in text_of(client, "/search?q=para+7&kind=communique")


def test_pages_of_results_are_linked_and_bounded(samples: FlaskClient) -> None:
    html = samples.get("/search?q=smuggling&page=3").get_data(as_text=True)
    assert "Page 3 of 7" in html
    assert 'rel="prev" href="/search?q=smuggling&amp;page=2"' in html
    assert 'rel="next" href="/search?q=smuggling&amp;page=4"' in html
    assert 'rel="next"' not in samples.get("/search?q=smuggling&page=7").get_data(as_text=True)


def test_a_page_beyond_the_end_leads_back_to_the_first(samples: FlaskClient) -> None:
    response = samples.get("/search?q=smuggling&page=99")
    assert response.status_code == 200
    assert '<a href="/search?q=smuggling">Go to the first page</a>' in response.get_data(as_text=True)


def test_nothing_found_names_the_missing_words_and_the_next_steps(client: FlaskClient) -> None:
    address = "/search?q=extradition+AND+zzzz&theme=regional-cooperation&kind=note"
    page = text_of(client, address)
    assert "No passages found" in page
    assert "Leave out or respell this word, which is not in the collection: zzzz" in page
    assert "Search for any of the words" in page
    assert "Search without the filter Theme: Regional cooperation" in page
    assert "Search without filters" in page
    assert "International crime cooperation" in page


def test_any_of_the_words_then_finds_something(client: FlaskClient) -> None:
    html = client.get("/search?q=extradition+AND+zzzz").get_data(as_text=True)
    found = re.search(r'href="([^"]+)">Search for any of the words', html)
    assert found
    assert "extradition</mark>" in client.get(unescape(found[1])).get_data(as_text=True)


def test_what_cannot_be_parsed_is_said(client: FlaskClient) -> None:
    assert 'class="notices"' in client.get("/search?q=(extradition").get_data(as_text=True)


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest", "document"])
def test_every_order_can_be_chosen(client: FlaskClient, sort: str) -> None:
    html = client.get(f"/search?q=extradition&sort={sort}").get_data(as_text=True)
    assert f'<option value="{sort}" selected>' in html


def test_the_words_of_a_source_are_escaped(samples: FlaskClient) -> None:
    html = samples.get("/search?q=extradition&document=hostile").get_data(as_text=True)
    assert "<script>alert" not in html
    assert "onerror=alert(1)>" not in html
    assert "&lt;script&gt;alert(" in html


def test_the_query_is_escaped(client: FlaskClient) -> None:
    html = client.get('/search?q="><script>alert(1)</script>').get_data(as_text=True)
    assert "<script>alert" not in html


def test_a_snippet_says_which_language_it_is_in(samples: FlaskClient) -> None:
    assert 'class="snippet" lang="fr"' in samples.get("/search?document=plan").get_data(as_text=True)


def test_all_of_the_themes_chosen_can_be_asked_for(samples: FlaskClient) -> None:
    themes = "theme=cooperation&theme=many"
    assert "65 passages in 2 documents" in text_of(samples, f"/search?{themes}")
    assert "1 passage in 1 document" in text_of(samples, f"/search?{themes}&match=all")
    html = samples.get(f"/search?{themes}&match=all").get_data(as_text=True)
    assert 'name="match" value="all" checked' in html
    assert 'href="/search?theme=cooperation&amp;theme=many"' in html
    assert "Remove the filter Themes: all selected" in text_of(samples, f"/search?{themes}&match=all")
    assert "Themes: all selected" not in text_of(samples, "/search?theme=many&match=all")


def test_grouped_by_document_each_hit_leads_to_the_others_of_its_document(samples: FlaskClient) -> None:
    address = "/search?q=smuggling&group=document"
    page = text_of(samples, address)
    assert "1 document with 64 passages" in page
    html = samples.get(address).get_data(as_text=True)
    assert html.count('<li class="hit') == 1
    assert (
        '<a class="others" href="/search?q=smuggling&amp;document=long">and 63 more passages in this document'
        in html
    )
    assert '<input type="hidden" name="group" value="document">' in html
    assert '<a href="/search?q=smuggling">Show all passages</a>' in html


def test_an_ungrouped_hit_says_nothing_of_others(samples: FlaskClient) -> None:
    html = samples.get("/search?q=smuggling").get_data(as_text=True)
    assert 'class="others"' not in html
    assert '<a href="/search?q=smuggling&amp;group=document">Group by document</a>' in html


def test_pages_of_groups_count_documents(samples: FlaskClient) -> None:
    assert "Page 1 of 12" in text_of(samples, "/search?group=document")
    assert 'href="/search?group=document&amp;page=12"' in samples.get(
        "/search?group=document&page=11"
    ).get_data(as_text=True)


def test_a_hit_has_a_link_that_holds_no_query(client: FlaskClient) -> None:
    html = client.get("/search?q=extradition&kind=communique").get_data(as_text=True)
    assert '<a href="/passages/bali-process-symposium-2015/p7">Link<' in html


def test_a_hit_opens_where_its_first_mark_stands(client: FlaskClient, samples: FlaskClient) -> None:
    for site, query in (
        (client, "victims"),
        (client, "para 7"),
        (samples, "introduction"),
        (samples, "plain"),
    ):
        html = site.get("/search", query_string={"q": query}).get_data(as_text=True)
        opened = re.findall(r'<h3><a href="([^"]+)">', html)
        assert opened
        for address in map(unescape, opened):
            page, _, anchor = address.partition("#")
            answer = site.get(page)
            assert answer.status_code == 200, address
            assert answer.get_data(as_text=True).count(f' id="{unquote(anchor)}"') == 1, address


def test_a_hit_with_nothing_marked_opens_at_the_passage(client: FlaskClient) -> None:
    html = client.get("/search?q=para+7&kind=communique").get_data(as_text=True)
    assert 'href="/documents/bali-process-symposium-2015?q=para+7#p7"' in html


def test_a_note_opens_on_the_page_of_its_theme(client: FlaskClient, samples: FlaskClient) -> None:
    html = client.get("/search?q=extradition&kind=note").get_data(as_text=True)
    opened = "/themes/international-crime-cooperation?q=extradition#site%3Amatch%3Aextradition"
    assert f'<h3><a href="{opened}">' in html
    assert 'href="/themes/cooperation?q=plain#site%3Amatch%3Aintroduction"' in samples.get(
        "/search?q=plain"
    ).get_data(as_text=True)


def test_a_hit_says_why_where_words_were_searched_for(client: FlaskClient) -> None:
    html = unescape(client.get("/search?q=extradition&kind=communique&per=25").get_data(as_text=True))
    asked = "q=extradition&kind=communique&per=25&passage=bali-process-symposium-2015/p7"
    assert f'<a href="/search/why?{asked}">Why?' in html
    assert "/search/why" not in client.get("/search?kind=communique").get_data(as_text=True)


def test_our_notes_are_named_as_notes_among_the_documents_and_kinds(client: FlaskClient) -> None:
    page = text_of(client, "/search?q=victims&document=victim-assistance-protection&kind=note")
    assert "Document: Notes: Assistance for and protection of victims" in page
    assert "Kind: Editorial note" in page
    assert "Notes: Bali Process" not in text_of(client, "/search")


def test_showing_hidden_documents_is_a_choice_that_can_be_taken_back(samples: FlaskClient) -> None:
    shown = samples.get("/search?status=all").get_data(as_text=True)
    assert "Including: superseded and withdrawn documents" in shown
    assert 'href="/search">Clear all' in shown or re.search(r'class="clear" href="/search"', shown)


def test_advice_after_no_hits_keeps_the_filters(client: FlaskClient) -> None:
    html = unescape(client.get("/search?q=extradition+AND+zxqwv&kind=communique").get_data(as_text=True))
    assert 'href="/search?q=extradition+OR+zxqwv&kind=communique"' in html


def test_where_nothing_is_found_a_misspelt_word_is_set_right_and_that_is_said(client: FlaskClient) -> None:
    page = text_of(client, "/search?q=victm+protction&kind=note&sort=newest")
    assert "No results for “victm”, “protction”; showing results for “victim protection” instead." in page
    meant = client.get("/api/search?q=victim+protection&kind=note&sort=newest").get_json()
    found = client.get("/api/search?q=victm+protction&kind=note&sort=newest").get_json()
    assert [hit["url"] for hit in found["hits"]] == [hit["url"] for hit in meant["hits"]]


def test_a_doubtful_correction_is_offered_and_not_taken(client: FlaskClient) -> None:
    html = client.get("/search?q=brokrs+AND+labour").get_data(as_text=True)
    assert "showing results for" not in html


def test_where_something_is_found_the_suggestion_stands_above_the_hits(client: FlaskClient) -> None:
    page = text_of(client, "/search?q=extradtion+OR+victims")
    assert "Did you mean extradition OR victims ?" in page
    assert "Did you mean" not in text_of(client, "/search?q=extradition+OR+victims")


def test_suggestions_are_in_the_json(client: FlaskClient) -> None:
    assert client.get("/api/search?q=extradtion").get_json()["suggestions"] == ["extradition"]


def divided(client: FlaskClient, address: str) -> tuple[int, int]:
    """How many hits of a page stand before its divider and behind it; all before where there is none."""
    before, _, behind = client.get(address).get_data(as_text=True).partition('<h2 class="divider">')
    return before.count('<li class="hit'), behind.count('<li class="hit')


def test_passages_with_some_of_the_words_are_counted_apart_and_divided_off(samples: FlaskClient) -> None:
    some = samples.get("/api/search?q=smuggling+43").get_json()["total_some"]
    assert some > 60
    page = text_of(samples, "/search?q=smuggling+43")
    assert f"1 passage with all the words, {some} with some, in " in page
    assert f"With some of the words: {some} passages" in page
    assert divided(samples, "/search?q=smuggling+43") == (1, 9)


@pytest.mark.parametrize("page", [2, 3, 6])
def test_a_page_that_begins_with_some_of_the_words_says_so_first(samples: FlaskClient, page: int) -> None:
    address = f"/search?q=smuggling+43&page={page}"
    assert divided(samples, address) == (0, 10)
    assert samples.get(address).get_data(as_text=True).count('<ol class="hit-list">') == 1


@pytest.mark.parametrize("sort", ["newest", "oldest", "document"])
def test_in_every_order_those_with_all_the_words_stand_first(samples: FlaskClient, sort: str) -> None:
    assert divided(samples, f"/search?q=smuggling+43&sort={sort}") == (1, 9)


def test_where_enough_passages_have_all_the_words_there_is_no_divider(samples: FlaskClient) -> None:
    assert divided(samples, "/search?q=smuggling+item") == (10, 0)
    assert "64 passages in 1 document" in text_of(samples, "/search?q=smuggling+item")


def test_where_none_has_all_the_words_it_is_said_with_those_that_stand_nowhere(client: FlaskClient) -> None:
    page = text_of(client, "/search?q=extradition+zzzz+yyyy")
    assert "No passage has all the words. 5 have some of them, in 4 documents." in page
    assert "in 4 documents. Not in the collection: zzzz , yyyy ." in page
    assert divided(client, "/search?q=extradition+zzzz+yyyy") == (5, 0)
    assert "1 has some of them, in 1 document." in text_of(
        client, "/search?q=extradition+zzzz&kind=communique"
    )


def test_grouped_by_document_the_two_are_counted_apart_too(samples: FlaskClient) -> None:
    page = text_of(samples, "/search?q=smuggling+43&group=document")
    some = samples.get("/api/search?q=smuggling+43").get_json()["total_some"]
    assert f" documents : 1 passage with all the words, {some} with some" in page
    assert "Documents with some of the words" in page
    before, behind = divided(samples, "/search?q=smuggling+43&group=document")
    assert before == 1
    assert behind >= 2
    none = text_of(samples, "/search?q=smuggling+zzzz&group=document")
    assert (
        "No passage has all the words. 64 have some of them, in 1 document. Not in the collection: zzzz"
        in none
    )


def test_nothing_stands_before_the_words_of_a_snippet(client: FlaskClient) -> None:
    html = client.get("/search?q=victims").get_data(as_text=True)
    assert html.count('class="snippet"') == 10
    assert not re.search(r'class="snippet">\s', html)


def test_a_long_query_means_any_of_its_words_and_says_so_once(client: FlaskClient) -> None:
    address = "/search?q=how+can+officials+and+others+prevent+exploitation+of+migrant+workers+abroad+early"
    page = text_of(client, address)
    assert (
        page.count("so passages with any of them are shown, best match first") == 2
    )  # also where it unfolds
    assert divided(client, address) == (10, 0)


def test_operators_are_obeyed_to_the_letter(samples: FlaskClient) -> None:
    assert "1 passage in 1 document" in text_of(samples, "/search?q=smuggling+AND+43")


def test_related_terms_are_named_with_a_link_that_leaves_them_out(client: FlaskClient) -> None:
    html = client.get("/search?q=aftercare&kind=note&page=1").get_data(as_text=True)
    assert (
        "<p>Also searched: reintegration, recovery, rehabilitation. "
        '<a href="/search?q=aftercare&amp;kind=note&amp;expand=off">Search only my words</a></p>' in html
    )
    only = client.get("/search?q=aftercare&kind=note&expand=off").get_data(as_text=True)
    assert "Also searched" not in only
    assert (
        '<p><a href="/search?q=aftercare&amp;kind=note">Search related terms too</a>: '
        "reintegration, recovery, rehabilitation</p>" in only
    )
    assert "elated terms" not in client.get("/search?q=zzzz&expand=off").get_data(as_text=True)


def test_many_related_terms_are_named_in_part(client: FlaskClient) -> None:
    page = text_of(client, "/search?q=aftercare+victims+%22x%22+labour+trafficking+frontline+officials+MLA")
    assert re.search(r"Also searched: ([^,.]+, ){7}[^,.]+ and \d more\. Search only my words", page)


def test_a_choice_of_several_years_is_named_in_words(client: FlaskClient) -> None:
    for value, words in (("2010..2015", "2010 to 2015"), ("2010..", "from 2010"), ("..2015", "until 2015")):
        assert f"Remove the filter Year: {words} ×" in text_of(client, f"/search?year={value}")
