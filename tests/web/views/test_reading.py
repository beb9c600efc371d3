"""Documents and passages: the words, their permanent address, their citation."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import quote_plus

import pytest
from flask.testing import FlaskClient
from lxml.html import HtmlElement

from kb.citing.csl_item import passage_item
from kb.citing.labels import CitedSite
from kb.citing.styles.registry import STYLES, cite
from kb.model import Collection, Passage
from kb.text.fingerprint import fingerprint
from tests.index.memory_engine import memory_engine
from tests.index.samples import collection, document
from tests.tables import table
from tests.web import site_samples
from tests.web.dom import attributes, one, page, parsed, said, select, text_of, texts
from web.app import create_app

DOCUMENT = "bali-process-symposium-2015"


def test_every_shipped_passage_opens_at_its_address_word_for_word(
    client: FlaskClient, shipped: Collection
) -> None:
    for passage in shipped.all_passages():
        tree = page(client, f"/passages/{passage.document}/{passage.id}")
        assert texts(tree, ".verify dd > .code") == [fingerprint(passage.text)]


def test_a_document_shows_each_passage_at_its_anchor(client: FlaskClient, shipped: Collection) -> None:
    tree = page(client, f"/documents/{DOCUMENT}")
    for passage in shipped.passages[DOCUMENT]:
        assert one(tree, f"article#{passage.id} blockquote").text_content() == passage.text


def test_a_document_says_first_what_readers_must_know_of_it(client: FlaskClient) -> None:
    (told,) = texts(page(client, f"/documents/{DOCUMENT}"), "p.remarks")
    assert told.startswith("This is not the Co-Chairs’ Summary of the same symposium")


def test_every_supplied_field_is_marked_as_supplied(client: FlaskClient, shipped: Collection) -> None:
    document = shipped.documents[0]
    marks = texts(page(client, f"/documents/{DOCUMENT}"), "dl.facts .supplied")
    assert marks == ["supplied by this site"] * len(document.supplied)


def test_the_query_is_marked_and_matches_lead_to_each_other(client: FlaskClient) -> None:
    tree = page(client, f"/documents/{DOCUMENT}?q=victims")
    assert said(one(tree, "mark#site:match:p8")) == "victims"
    assert texts(tree, ".match-bar > span") == ["Match 1 of 2", "Match 2 of 2"]
    assert links(tree, ".match-bar a") == [
        ("Next match", "#site:match:p8"),
        ("Previous match", "#site:match:p6"),
    ]
    assert links(tree, ".matches a")[0] == ("Go to the first match", "#site:match:p6")


def test_a_match_without_a_mark_is_reached_at_its_passage(client: FlaskClient) -> None:
    tree = page(client, f"/documents/{DOCUMENT}?q=para+7")
    assert links(tree, ".matches a")[0] == ("Go to the first match", "#p7")


def test_only_the_first_mark_of_a_passage_has_an_id(samples: FlaskClient) -> None:
    tree = page(samples, "/documents/long?q=item+smuggling")
    assert len(select(tree, "mark")) == 2 * site_samples.MANY
    named = [(each.get("id"), said(each)) for each in select(tree, "mark[id]")]
    assert named == [(f"site:match:p{n}", "Item") for n in range(site_samples.MANY)]


def test_of_two_marks_that_touch_the_first_alone_has_an_id(samples: FlaskClient) -> None:
    assert len(select(page(samples, "/passages/small-1/p1?q=letter+1"), "#site:match:p1")) == 1


def test_a_document_without_a_match_says_so(client: FlaskClient) -> None:
    (summary,) = texts(page(client, f"/documents/{DOCUMENT}?q=zzzz"), ".matches")
    assert summary.startswith("No passage here matches zzzz.")


def test_line_breaks_of_the_source_are_kept(samples: FlaskClient) -> None:
    assert one(page(samples, "/documents/plan"), "article blockquote").text_content() == site_samples.LINES


def test_headings_stand_once_above_their_passages(samples: FlaskClient) -> None:
    assert texts(page(samples, "/documents/long"), ".text > h2") == [f"Part {n}" for n in range(4)]


def test_a_hostile_document_cannot_break_its_page(samples: FlaskClient) -> None:
    for address in ("/documents/hostile", "/passages/hostile/main?q=extradition", "/documents"):
        main = one(page(samples, address), "main")
        assert select(main, "script, b, i, img, a[href^='javascript:']") == []
        assert '<script>alert("x")</script>' in main.text_content()


def test_notes_on_a_theme_are_read_on_its_page(client: FlaskClient) -> None:
    response = client.get("/documents/regional-cooperation?q=forums")
    assert response.status_code == 302
    assert response.headers["Location"] == "/themes/regional-cooperation?q=forums"


def test_a_note_on_no_theme_is_read_as_a_document(samples: FlaskClient) -> None:
    tree = page(samples, "/documents/loose-note")
    assert texts(tree, ".badge.note") == ["Editorial note: our words"]
    assert texts(tree, ".note-text") == ["Plain words of ours."]


def test_the_list_has_every_document_a_page_at_a_time(samples: FlaskClient) -> None:
    pages = [page(samples, f"/documents?page={n}") for n in (1, 2)]
    wanted = {f"/documents/{document.id}" for document in site_samples.collection().documents}
    assert {address for tree in pages for address in attributes(tree, "h3 > a", "href")} == wanted
    assert attributes(pages[0], "a[rel='next']", "href") == ["/documents?page=2"]
    assert attributes(pages[1], "a[rel='prev']", "href") == ["/documents?page=1"]
    assert samples.get("/documents?page=3").status_code == 404
    assert samples.get("/documents?page=0").status_code == 404


def test_a_passage_is_cited_with_its_absolute_address_and_the_day(
    client: FlaskClient, shipped: Collection
) -> None:
    tree = parsed(client.get(f"/passages/{DOCUMENT}/p7", base_url="http://kb.example:81").text)
    passage = shipped.passages[DOCUMENT][6]
    address = f"http://kb.example:81/passages/{DOCUMENT}/p7"
    record = passage_item(shipped.documents[0], passage, address, date(2026, 11, 23), CitedSite(local=True))
    assert texts(tree, ".in-style p.citation")[0] == cite(record, STYLES["oscola"]).plain


def test_a_passage_shows_its_neighbours_themes_and_fingerprint(
    client: FlaskClient, shipped: Collection
) -> None:
    tree = page(client, f"/passages/{DOCUMENT}/p7")
    before, after = texts(tree, ".neighbour")
    assert before.startswith("Previous: para 6")
    assert "identifying and protecting victims" in before
    assert after.startswith("Next: para 8")
    assert "a focus on aftercare" in after
    assert "/themes/international-crime-cooperation#extradition" in attributes(tree, "ul.tags a", "href")
    assert fingerprint(shipped.passages[DOCUMENT][6].text) in texts(tree, "dd > .code")


def test_the_first_and_the_last_passage_have_one_neighbour(client: FlaskClient) -> None:
    assert texts(page(client, f"/passages/{DOCUMENT}/p1"), ".neighbour .meta") == ["Next: para 2"]
    assert texts(page(client, f"/passages/{DOCUMENT}/p10"), ".neighbour .meta") == ["Previous: para 9"]


def test_a_note_shows_the_source_words_it_refers_to(client: FlaskClient) -> None:
    tree = page(client, "/passages/international-crime-cooperation/extradition?q=treaty")
    assert texts(tree, "mark.named") == ["extradition mechanisms"]
    assert texts(tree, "mark#site:match:extradition") == ["treaty"]
    assert texts(tree, ".badge.note") == ["Editorial note: our words"]


def test_superseded_and_withdrawn_documents_are_marked_wherever_they_are_read(samples: FlaskClient) -> None:
    for address in ("/documents/old-plan", "/passages/old-plan/p1"):
        tree = page(samples, address)
        assert texts(tree, ".banner > strong") == ["Superseded."]
        assert links(tree, ".banner a") == [("Work plan", "/documents/plan")]
    assert texts(page(samples, "/passages/statement/p1"), ".banner > strong") == ["Withdrawn."]


def test_a_withdrawn_passage_answers_410_with_its_fingerprint(samples: FlaskClient) -> None:
    tree = page(samples, "/passages/plan/p9", 410)
    assert texts(tree, "dd > .code") == [site_samples.GONE.fingerprint]
    assert "withdrawn on 2 January 2026" in said(one(tree, "p.lead"))


def test_a_date_that_cannot_be_read_is_shown_as_it_is_written(samples: FlaskClient) -> None:
    assert "not a date" in texts(page(samples, "/documents/statement"), "dl.facts dd")


def test_a_document_that_is_gone_answers_410_with_what_is_left_of_its_passages(samples: FlaskClient) -> None:
    tree = page(samples, "/documents/vanished", 410)
    left = [
        (f"{gone.passage}, withdrawn on 3 February 2026", gone.fingerprint) for gone in site_samples.VANISHED
    ]
    assert list(zip(texts(tree, "main dl dt"), texts(tree, "main dl dd"), strict=True)) == left
    assert samples.get("/documents/plan").status_code == 200


def test_a_note_stands_under_its_theme_and_not_among_the_documents(client: FlaskClient) -> None:
    tree = page(client, "/passages/international-crime-cooperation/extradition")
    assert attributes(tree, ".crumbs a", "href") == [
        "/#site:themes",
        "/themes/international-crime-cooperation",
        "/themes/international-crime-cooperation#extradition",
    ]
    assert len(select(tree, ".neighbour.note")) == 2


def test_the_neighbours_of_a_source_look_like_a_source(client: FlaskClient) -> None:
    tree = page(client, f"/passages/{DOCUMENT}/p7")
    assert attributes(tree, ".neighbour", "class") == ["neighbour"] * 2
    assert links(tree, ".crumbs a")[0] == ("Documents", "/documents")


def test_what_an_imported_passage_brought_along_is_shown_where_it_stands(samples: FlaskClient) -> None:
    context = one(page(samples, "/passages/plan/p1"), "section.stands")
    facts = dict(zip(texts(context, "dt"), texts(context, "dd"), strict=True))
    assert (facts["Document symbol"], facts["Session"]) == ("<b>A/1</b>", "12th")


def test_a_document_with_headings_has_an_outline_that_is_bounded(samples: FlaskClient) -> None:
    assert links(page(samples, "/documents/long"), "nav.contents a") == [
        ("Part 0", "#p0"),
        ("Part 1", "#p20"),
        ("Part 2", "#p40"),
        ("Part 3", "#p60"),
    ]
    most = page(samples, "/documents/headed")
    assert len(select(most, "nav.contents a[href^='#a']")) == 200
    assert texts(most, "nav.contents .hint")[0].startswith(f"First 200 of {site_samples.HEADED} headings")


VAST = "/documents/vast"


def links(tree: HtmlElement, css: str) -> list[tuple[str, str | None]]:
    """The text and target of each link."""
    return [(said(link), link.get("href")) for link in select(tree, css)]


def passages_on(tree: HtmlElement) -> list[str | None]:
    return attributes(tree, "article.passage", "id")


def test_a_hit_of_a_long_document_opens_the_part_of_it_where_it_stands(samples: FlaskClient) -> None:
    opened = attributes(page(samples, "/search?q=tribute&sort=document"), ".hit-document", "href")
    assert opened[3] == f"{VAST}?q=tribute&at=c350#site%3Amatch%3Ac350"
    tree = page(samples, opened[3])
    assert passages_on(tree) == [f"c{n}" for n in range(310, 510)]
    assert all(part.startswith("Passages 311 to 510 of 620.") for part in texts(tree, "nav.parts"))
    one(tree, "mark#site:match:c350")
    why = page(samples, "/search/why?q=tribute&passage=vast/c350")
    assert opened[3] in attributes(why, "main a", "href")


def test_parts_of_a_document_lead_to_each_other_and_to_the_whole(samples: FlaskClient) -> None:
    parts = links(page(samples, f"{VAST}?at=c350"), "nav.parts a")
    assert parts == 2 * [
        ("Earlier passages", f"{VAST}?at=c309#c309"),
        ("Later passages", f"{VAST}?at=c510#c510"),
        ("Whole document", VAST),
    ]
    whole = page(samples, VAST)
    assert len(passages_on(whole)) == site_samples.VAST
    assert select(whole, "nav.parts") == []


@pytest.mark.parametrize(("at", "first", "last"), [("c0", 0, 199), ("c20", 0, 199), ("c619", 420, 619)])
def test_a_part_at_either_end_is_as_long_as_others(
    samples: FlaskClient, at: str, first: int, last: int
) -> None:
    tree = page(samples, f"{VAST}?at={at}")
    assert passages_on(tree) == [f"c{n}" for n in range(first, last + 1)]
    named = texts(tree, "nav.parts a")
    assert ("Earlier passages" in named) == (first > 0)
    assert ("Later passages" in named) == (last < 619)


def test_matches_and_contents_of_other_parts_are_counted_and_led_to(samples: FlaskClient) -> None:
    tree = page(samples, f"{VAST}?q=tribute&at=c350")
    assert said(one(tree, ".matches")).startswith("6 passages here match")
    assert links(tree, ".matches a")[0] == ("Go to the first match", f"{VAST}?q=tribute&at=c50#c50")
    bar = one(tree, "article#c350 .match-bar")
    assert said(bar).startswith("Match 4 of 6")
    assert links(bar, "a") == [
        ("Previous match", f"{VAST}?q=tribute&at=c250#c250"),
        ("Next match", "#site:match:c450"),
    ]
    later = ("Next match", f"{VAST}?q=tribute&at=c550#c550")
    assert later in links(tree, "article#c450 .match-bar a")
    assert attributes(tree, "nav.contents li > a", "href") == [
        f"{VAST}?q=tribute&at=c0#c0",
        f"{VAST}?q=tribute&at=c200#c200",
        "#c400",
        f"{VAST}?q=tribute&at=c600#c600",
    ]


def test_a_part_can_be_asked_for_of_any_document(samples: FlaskClient) -> None:
    assert select(page(samples, "/documents/plan?at=p1"), "nav.parts") == []
    assert samples.get("/documents/plan?at=p7").status_code == 404
    assert samples.get("/documents/plan?at=<b>").status_code == 400


def test_a_document_without_headings_has_no_outline(client: FlaskClient, samples: FlaskClient) -> None:
    assert select(page(client, f"/documents/{DOCUMENT}"), ".contents") == []
    assert select(page(samples, "/documents/plan"), ".contents") == []


def test_a_note_without_formatting_is_shown_on_the_page_of_its_theme(samples: FlaskClient) -> None:
    note = one(page(samples, "/themes/cooperation"), ".note-text.plain")
    assert note.text_content() == "Plain words\nof introduction."


def test_square_brackets_are_explained_only_where_there_are_any(client: FlaskClient) -> None:
    assert "Square brackets" in text_of(client, f"/passages/{DOCUMENT}/p7")
    assert "Square brackets" not in text_of(client, "/passages/regional-cooperation/value")


def test_a_document_counts_the_passages_that_the_search_counts(client: FlaskClient) -> None:
    for query in (
        "trafficking extradition",
        "labour trafficking",
        "trafficking NOT extradition",
        "kind:communique",
    ):
        asked = {"q": query, "document": DOCUMENT}
        total = client.get("/api/search", query_string=asked).get_json()["total"]
        (summary,) = texts(page(client, f"/documents/{DOCUMENT}?q={quote_plus(query)}"), ".matches")
        assert summary.startswith(f"{total} passage{'' if total == 1 else 's'} here match")


@pytest.mark.parametrize("address", [f"/documents/{DOCUMENT}", "/themes/regional-cooperation"])
def test_print_has_the_address_and_the_day_of_access(client: FlaskClient, address: str) -> None:
    (printed,) = texts(page(client, address), ".printed")
    assert re.fullmatch(rf"http://localhost{address}, accessed \d+ \w+ 20\d\d", printed)


def answer(samples: FlaskClient, address: str) -> str:
    """The part of the page that tells what became of what was cited, as text."""
    status = samples.get(address).status_code
    return said(one(page(samples, address, status), "section.verdict"))


def v(text: str, size: int = 12) -> str:
    return f"?v={fingerprint(text)[:size]}"


@pytest.mark.parametrize("size", [8, 12, 64])
def test_what_was_cited_and_still_stands_is_unchanged(samples: FlaskClient, size: int) -> None:
    shown = answer(samples, "/passages/plan/p1" + v(site_samples.LINES, size))
    assert shown.startswith("Unchanged The words below are the ones that were cited, with the fingerprint")


def test_what_was_cited_and_amended_since_is_shown_with_its_differences(samples: FlaskClient) -> None:
    address = "/passages/plan/p1" + v(site_samples.EARLIER[1])
    shown = answer(samples, address)
    assert shown.startswith("Amended on 6 May 2025 The cited words")
    assert "were published on 4 March 2025. They have changed since." in shown
    difference = one(page(samples, address), ".difference")
    words = difference.text_content()
    assert words == (
        "The parties agree on (removed: surrender:) (added: extradition:)\n(a) of suspects;\n(b) of convicts."
    )
    assert texts(difference, "del") == ["(removed: surrender:)"]
    assert texts(difference, "ins") == ["(added: extradition:)"]
    assert "agree on (removed: surrender:) (added: extradition:) (a) of suspects;" in shown
    assert one(page(samples, address), ".verdict blockquote").text_content() == site_samples.EARLIER[1]


def test_words_cited_under_a_former_id_are_named_by_it_and_cannot_break_the_page(
    samples: FlaskClient,
) -> None:
    first = samples.get("/passages/plan/p0" + v(site_samples.EARLIER[0]))
    assert first.status_code == 308
    assert first.headers["Location"] == "/passages/plan/p1" + v(site_samples.EARLIER[0])
    shown = answer(samples, first.headers["Location"])
    assert "Amended on 4 March 2025" in shown
    assert "were published on 2 January 2025 as plan/p0." in shown
    assert select(page(samples, first.headers["Location"]), "main b") == []


def test_a_change_not_yet_published_is_told_without_a_day(samples: FlaskClient) -> None:
    shown = answer(samples, "/passages/long/p3" + v("Item 3 was about smuggling."))
    assert shown.startswith("Amended since The cited words")
    assert "(the ledger does not show the date yet)" in shown


def test_words_never_published_here_are_told_so(samples: FlaskClient) -> None:
    for address in ("/passages/plan/p1", "/passages/plan/p9", "/passages/long/p4"):
        shown = answer(samples, address + v("never published"))
        assert shown.startswith("Not published here No text with the fingerprint")


def test_what_was_cited_and_withdrawn_answers_410_with_the_words(samples: FlaskClient) -> None:
    address = "/passages/plan/p9" + v("words no longer here")
    assert samples.get(address).status_code == 410
    shown = answer(samples, address)
    assert "were published on 2 January 2025 and withdrawn on 2 January 2026." in shown
    assert "words no longer here" in shown
    assert "words no longer here" not in text_of(samples, "/passages/plan/p9", 410)
    lost = answer(samples, "/passages/vanished/p1" + v("lost words 1"))
    assert lost.startswith("What was cited Words with the fingerprint")
    assert "but no copy was kept." in lost


@table("value", ["abc", "g" * 12, "a" * 65, "1234%005678", "sha1:12345678"])
@table("address", ["/passages/plan/p1", "/passages/plan/p9", "/passages/plan/p0"])
def test_what_is_no_fingerprint_is_refused(samples: FlaskClient, address: str, value: str) -> None:
    reason = said(one(page(samples, f"{address}?v={value}", 400), "p.reason"))
    assert "is not a fingerprint: a fingerprint has 8 to 64 digits" in reason


def test_without_a_fingerprint_nothing_is_compared(samples: FlaskClient) -> None:
    for address in ("/passages/plan/p1", "/passages/plan/p1?v=", "/passages/plan/p9"):
        status = 410 if address.endswith("p9") else 200
        assert select(page(samples, address, status), ".verdict") == []


def test_earlier_words_are_linked_where_the_passage_stands(samples: FlaskClient) -> None:
    tree = page(samples, "/passages/plan/p1")
    assert links(tree, ".verify .tags a") == [
        ("Published on 2 January 2025: see what changed", "/passages/plan/p1" + v(site_samples.EARLIER[0])),
        ("Published on 4 March 2025: see what changed", "/passages/plan/p1" + v(site_samples.EARLIER[1])),
    ]
    ((name, own),) = links(tree, ".verify .hint a")
    assert name == "Check whether the words are still the same"
    assert answer(samples, own or "").startswith("Unchanged")
    assert "Earlier versions" not in texts(page(samples, "/passages/old-plan/p1"), "dt")


@table(
    ("old", "new"),
    [
        ("/passages/plan/p0", "/passages/plan/p1"),
        ("/passages/taken-apart/p10", "/passages/plan/p1"),
        ("/passages/plan/p0.ris", "/passages/plan/p1.ris"),
        ("/passages/plan/p0/cite", "/passages/plan/p1/cite"),
        ("/passages/former-plan/p1.bib", "/passages/plan/p1.bib"),
        ("/passages/former-plan/p1", "/passages/plan/p1"),
        ("/passages/former-plan/p0", "/passages/plan/p1"),
        ("/passages/states/introduction", "/passages/cooperation/introduction"),
        ("/documents/former-plan", "/documents/plan"),
        ("/documents/states", "/documents/cooperation"),
        ("/themes/states", "/themes/cooperation"),
    ],
)
@table("asked", ["", "?q=a+b%20c&v=12345678&x=%C3%A9%2F%26", "?q=%22a%22&utm=é"])
def test_a_former_address_leads_to_the_new_one_with_what_was_asked(
    samples: FlaskClient, old: str, new: str, asked: str
) -> None:
    response = samples.get(old + asked)
    assert response.status_code == 308
    assert response.headers["Location"] == new + asked.replace("é", "%C3%A9")
    assert response.headers["Cache-Control"] == ("private, no-store" if asked else "no-cache")
    assert samples.get(response.headers["Location"], follow_redirects=True).status_code == 200


@pytest.mark.parametrize(
    "address", ["/passages/former-plan/p7", "/passages/taken-apart/p7", "/themes/former"]
)
def test_an_address_that_never_was_one_answers_404(samples: FlaskClient, address: str) -> None:
    assert samples.get(address).status_code == 404


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/documents/plan?at=p0", "/documents/plan?at=p1#p1"),
        ("/documents/plan?q=law&at=p0", "/documents/plan?q=law&at=p1#p1"),
        ("/documents/former-plan?at=p0", "/documents/plan?at=p1#p1"),
        ("/documents/half-gone?at=p1", "/documents/plan?at=p1#p1"),
    ],
)
def test_a_document_opened_at_a_former_id_opens_at_the_new_one(
    samples: FlaskClient, old: str, new: str
) -> None:
    response = samples.get(old)
    assert (response.status_code, response.headers["Location"]) == (308, new)


def test_a_document_opened_at_an_id_that_never_was_one_answers_404(samples: FlaskClient) -> None:
    assert samples.get("/documents/plan?at=p99").status_code == 404


def test_a_former_address_cannot_be_made_to_lead_away(samples: FlaskClient) -> None:
    response = samples.get("/passages/plan/p0?x=%0d%0aSet-Cookie:%20a=b")
    assert response.headers["Location"] == "/passages/plan/p1?x=%0d%0aSet-Cookie:%20a=b"
    assert "Set-Cookie" not in response.headers


def test_a_document_taken_apart_names_where_its_passages_are(samples: FlaskClient) -> None:
    tree = page(samples, "/documents/taken-apart", 410)
    assert texts(tree, "h1") == ["This document has moved"]
    assert texts(tree, "main li") == ["p10: plan/p1", "p2: old-plan/p1"]
    assert attributes(tree, "main li > a", "href") == ["/passages/plan/p1", "/passages/old-plan/p1"]


def test_a_document_partly_withdrawn_and_partly_moved_says_both(samples: FlaskClient) -> None:
    tree = page(samples, "/documents/half-gone", 410)
    assert texts(tree, "h1") == ["This document was withdrawn"]
    assert (texts(tree, "main dt"), texts(tree, "main dd")) == (["p2"], [site_samples.UNDATED.fingerprint])
    assert (texts(tree, "main li"), links(tree, "main li > a")) == (
        ["p1: plan/p1"],
        [("plan/p1", "/passages/plan/p1")],
    )
    gone = "was published here and is no longer part of the knowledge base"
    assert gone in text_of(samples, "/passages/half-gone/p2", 410)


@pytest.mark.parametrize("address", ["/documents/plan", "/passages/plan/p1"])
def test_the_language_of_a_document_is_shown_by_its_name(samples: FlaskClient, address: str) -> None:
    facts = select(page(samples, address), "aside dl.facts")[-1]
    assert dict(zip(texts(facts, "dt"), texts(facts, "dd"), strict=True))["Language"] == "French"


def test_what_ocr_read_and_nobody_checked_is_marked_wherever_it_is_read_found_or_cited(
    samples: FlaskClient,
) -> None:
    said = "read by OCR, unchecked"
    for address in ("/documents/small-3", "/passages/small-3/p1"):
        tree = page(samples, address)
        assert texts(tree, ".banner > strong") == ["Read by OCR, unchecked."]
        assert texts(tree, ".label .supplied") == [said]
    assert f"1 ({said})" in text_of(samples, "/passages/small-3/p1")
    found = "/search?q=letter&document=small-3&document=small-4"
    assert texts(page(samples, found), ".hit .unchecked") == [said]
    hits = samples.get(f"/api{found}").get_json()["hits"]
    assert {hit["document"]: hit["ocr"] for hit in hits} == {"small-3": "unchecked", "small-4": "checked"}
    assert samples.get("/api/documents/small-3").get_json()["document"]["ocr"] == "unchecked"
    assert "Read by OCR, unchecked" in samples.get("/passages/small-3/p1.ris").get_data(as_text=True)
    assert "read by OCR" not in text_of(samples, "/passages/small-4/p1")
    table = samples.get(found.replace("/search", "/search.csv")).get_data(as_text=True)
    assert [line.rstrip("\r").rsplit(",", 1)[-1] for line in table.split("\n")[:3]] == [
        *("ocr", "unchecked", "checked"),
    ]


def test_headings_that_are_passages_are_shown_once_and_lead_the_contents() -> None:
    passages = [
        Passage("d", "h1", "Scope", unit="heading", locator="heading I"),
        Passage("d", "p1", "All workers.", heading="Scope", unit="paragraph"),
        Passage("d", "n1", "A note.", unit="footnote", page=4, page_end=5),
        Passage("d", "p2", "Others, too.", heading="Scope"),
        Passage("d", "h2", "Exceptions", heading="Scope", unit="heading"),
        Passage("d", "p3", "None.", heading="Scope > Exceptions"),
        Passage("d", "p4", "An end.", heading="Annex"),
    ]
    client = create_app(memory_engine(collection(document("d"), d=passages))).test_client()
    tree = page(client, "/documents/d")
    assert texts(tree, ".text h2") == ["Scope", "Exceptions", "Annex"]
    assert [one(tree, f"article#{id} h2").text_content() for id in ("h1", "h2")] == ["Scope", "Exceptions"]
    assert links(tree, "nav.contents a") == [("Scope", "#h1"), ("Exceptions", "#h2"), ("Annex", "#p4")]
    facts = texts(page(client, "/passages/d/n1"), "dl.facts dd")
    assert any("4" in fact and "5" in fact for fact in facts), facts
    assert texts(page(client, "/passages/d/h1"), "article.cited blockquote") == ["Scope"]
