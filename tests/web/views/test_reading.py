"""Documents and passages: the words, their permanent address, their citation."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest
from flask.testing import FlaskClient

from kb.citing.csl_item import passage_item
from kb.citing.styles.registry import STYLES, cite
from kb.model import Collection
from kb.text.fingerprint import fingerprint
from tests.web import site_samples

DOCUMENT = "bali-process-symposium-2015"


def test_every_shipped_passage_opens_at_its_address_word_for_word(
    client: FlaskClient, shipped: Collection
) -> None:
    for passage in shipped.all_passages():
        response = client.get(f"/passages/{passage.document}/{passage.id}")
        assert response.status_code == 200
        assert fingerprint(passage.text) in response.get_data(as_text=True)


def test_a_document_shows_each_passage_at_its_anchor(client: FlaskClient, shipped: Collection) -> None:
    html = client.get(f"/documents/{DOCUMENT}").get_data(as_text=True)
    for passage in shipped.passages[DOCUMENT]:
        assert f'id="{passage.id}"' in html
        assert passage.text in unescape(html)


def test_every_supplied_field_is_marked_as_supplied(client: FlaskClient, shipped: Collection) -> None:
    document = shipped.documents[0]
    html = client.get(f"/documents/{DOCUMENT}").get_data(as_text=True)
    assert html.count('<span class="supplied">supplied by this site</span>') == len(document.supplied)


def test_the_query_is_marked_and_matches_lead_to_each_other(client: FlaskClient) -> None:
    html = client.get(f"/documents/{DOCUMENT}?q=victims").get_data(as_text=True)
    assert '<mark id="site:match:p8">victims</mark>' in html
    assert "Match 1 of 2" in html
    assert '<a href="#site:match:p8">Next' in html
    assert '<a href="#site:match:p6">Previous' in html
    assert '<a href="#site:match:p6">Go to the first match' in html


def test_a_match_without_a_mark_is_reached_at_its_passage(client: FlaskClient) -> None:
    html = client.get(f"/documents/{DOCUMENT}?q=para+7").get_data(as_text=True)
    assert '<a href="#p7">Go to the first match' in html


def test_only_the_first_mark_of_a_passage_has_an_id(samples: FlaskClient) -> None:
    html = samples.get("/documents/long", query_string={"q": "item smuggling"}).get_data(as_text=True)
    assert html.count("<mark") == 2 * site_samples.MANY
    assert re.findall(r'<mark id="site:match:(\w+)">Item', html) == [
        f"p{n}" for n in range(site_samples.MANY)
    ]
    assert html.count("<mark id") == site_samples.MANY


def test_of_two_marks_that_touch_the_first_alone_has_an_id(samples: FlaskClient) -> None:
    html = samples.get("/passages/small-1/p1", query_string={"q": "letter 1"}).get_data(as_text=True)
    assert html.count('id="site:match:p1"') == 1


def test_a_document_without_a_match_says_so(client: FlaskClient) -> None:
    assert "No passage here matches" in client.get(f"/documents/{DOCUMENT}?q=zzzz").get_data(as_text=True)


def test_line_breaks_of_the_source_are_kept(samples: FlaskClient) -> None:
    assert "extradition:\n(a) of suspects;\n(b) of convicts." in samples.get("/documents/plan").get_data(
        as_text=True
    )


def test_headings_stand_once_above_their_passages(samples: FlaskClient) -> None:
    assert samples.get("/documents/long").get_data(as_text=True).count("<h2>Part 1</h2>") == 1


def test_a_hostile_document_cannot_break_its_page(samples: FlaskClient) -> None:
    for address in ("/documents/hostile", "/passages/hostile/main?q=extradition", "/documents"):
        html = samples.get(address).get_data(as_text=True)
        assert "<script>alert" not in html
        assert 'href="javascript:' not in html
        assert "<b>" not in html


def test_notes_on_a_theme_are_read_on_its_page(client: FlaskClient) -> None:
    response = client.get("/documents/regional-cooperation?q=forums")
    assert response.status_code == 302
    assert response.headers["Location"] == "/themes/regional-cooperation?q=forums"


def test_a_note_on_no_theme_is_read_as_a_document(samples: FlaskClient) -> None:
    html = samples.get("/documents/loose-note").get_data(as_text=True)
    assert "Editorial note: our words" in html
    assert "Plain words of ours." in html


def test_the_list_has_every_document_a_page_at_a_time(samples: FlaskClient) -> None:
    pages = [samples.get(f"/documents?page={n}").get_data(as_text=True) for n in (1, 2)]
    wanted = {document.id for document in site_samples.collection().documents}
    assert {
        each for html in pages for each in re.findall(r'<h3><a href="/documents/([^"]+)"', html)
    } == wanted
    assert 'href="/documents?page=2"' in pages[0]
    assert 'href="/documents?page=1"' in pages[1]
    assert samples.get("/documents?page=3").status_code == 404
    assert samples.get("/documents?page=0").status_code == 404


def test_a_passage_is_cited_with_its_absolute_address_and_the_day(
    client: FlaskClient, shipped: Collection
) -> None:
    html = client.get(f"/passages/{DOCUMENT}/p7", base_url="http://kb.example:81").get_data(as_text=True)
    passage = shipped.passages[DOCUMENT][6]
    address = f"http://kb.example:81/passages/{DOCUMENT}/p7"
    record = passage_item(shipped.documents[0], passage, address, date(2026, 11, 23))
    assert cite(record, STYLES["oscola"]).plain in unescape(html)


def test_a_passage_shows_its_neighbours_themes_and_fingerprint(
    client: FlaskClient, shipped: Collection
) -> None:
    html = client.get(f"/passages/{DOCUMENT}/p7").get_data(as_text=True)
    assert "identifying and protecting victims" in html
    assert "a focus on aftercare" in html
    assert 'href="/themes/international-crime-cooperation#extradition"' in html
    assert fingerprint(shipped.passages[DOCUMENT][6].text) in html


def test_the_first_and_the_last_passage_have_one_neighbour(client: FlaskClient) -> None:
    assert "Previous:" not in client.get(f"/passages/{DOCUMENT}/p1").get_data(as_text=True)
    assert "Next:" not in client.get(f"/passages/{DOCUMENT}/p10").get_data(as_text=True)


def test_a_note_shows_the_source_words_it_refers_to(client: FlaskClient) -> None:
    html = client.get("/passages/international-crime-cooperation/extradition?q=treaty").get_data(as_text=True)
    assert '<mark class="named">extradition mechanisms</mark>' in html
    assert '<mark id="site:match:extradition">treaty</mark>' in html
    assert "Editorial note: our words" in html


def test_superseded_and_withdrawn_documents_are_marked_wherever_they_are_read(samples: FlaskClient) -> None:
    for address in ("/documents/old-plan", "/passages/old-plan/p1"):
        html = samples.get(address).get_data(as_text=True)
        assert "<strong>Superseded.</strong>" in html
        assert '<a href="/documents/plan">Work plan</a>' in html
    assert "<strong>Withdrawn.</strong>" in samples.get("/passages/statement/p1").get_data(as_text=True)


def test_a_withdrawn_passage_answers_410_with_its_fingerprint(samples: FlaskClient) -> None:
    response = samples.get("/passages/plan/p9")
    assert response.status_code == 410
    html = response.get_data(as_text=True)
    assert site_samples.GONE.fingerprint in html
    assert "2 January 2026" in html


def test_a_date_that_cannot_be_read_is_shown_as_it_is_written(samples: FlaskClient) -> None:
    assert "not a date" in samples.get("/documents/statement").get_data(as_text=True)


def test_a_document_that_is_gone_answers_410_with_what_is_left_of_its_passages(samples: FlaskClient) -> None:
    response = samples.get("/documents/vanished")
    assert response.status_code == 410
    html = response.get_data(as_text=True)
    assert "3 February 2026" in html
    for gone in site_samples.VANISHED:
        assert gone.fingerprint in html
        assert f"<dt>{gone.passage}, withdrawn" in html
    assert samples.get("/documents/plan").status_code == 200


def test_a_note_stands_under_its_theme_and_not_among_the_documents(client: FlaskClient) -> None:
    html = client.get("/passages/international-crime-cooperation/extradition").get_data(as_text=True)
    crumbs = html.split('<nav class="crumbs"')[1].split("</nav>")[0]
    assert re.findall(r'<a href="([^"]+)">', crumbs) == [
        "/#site:themes",
        "/themes/international-crime-cooperation",
        "/themes/international-crime-cooperation#extradition",
    ]
    assert html.count('class="neighbour note"') == 2


def test_the_neighbours_of_a_source_look_like_a_source(client: FlaskClient) -> None:
    html = client.get(f"/passages/{DOCUMENT}/p7").get_data(as_text=True)
    assert html.count('class="neighbour"') == 2
    assert '<li><a href="/documents">Documents</a></li>' in html


def test_what_an_imported_passage_brought_along_is_shown_where_it_stands(samples: FlaskClient) -> None:
    html = samples.get("/passages/plan/p1").get_data(as_text=True)
    stands = html.split(">Context</h2>")[1]
    assert "<dt>Symbol</dt><dd>&lt;b&gt;A/1&lt;/b&gt;</dd>" in stands
    assert "<dt>Session</dt><dd>12th</dd>" in stands


def test_a_document_with_headings_has_an_outline_that_is_bounded(samples: FlaskClient) -> None:
    html = samples.get("/documents/long").get_data(as_text=True)
    outline = html.split('<nav class="contents"')[1].split("</nav>")[0]
    assert re.findall(r'<a href="#(\w+)">(.*?)</a>', outline) == [
        ("p0", "Part 0"),
        ("p20", "Part 1"),
        ("p40", "Part 2"),
        ("p60", "Part 3"),
    ]
    most = samples.get("/documents/headed").get_data(as_text=True)
    assert most.count('<li><a href="#a') == 200
    assert f"First 200 of {site_samples.HEADED} headings" in most


VAST = "/documents/vast"


def passages_on(html: str) -> list[str]:
    return re.findall(r'<article class="passage[^"]*" id="(\w+)"', html)


def test_a_hit_of_a_long_document_opens_the_part_of_it_where_it_stands(samples: FlaskClient) -> None:
    found = unescape(samples.get("/search?q=tribute&sort=document").get_data(as_text=True))
    opened = re.findall(r'<h3><a href="(/documents/vast[^"]+)"', found)
    assert opened[3] == f"{VAST}?q=tribute&at=c350#site%3Amatch%3Ac350"
    html = samples.get(opened[3]).get_data(as_text=True)
    assert passages_on(html) == [f"c{n}" for n in range(310, 510)]
    assert "Passages 311 to 510 of 620." in html
    assert 'id="site:match:c350"' in html
    why = unescape(samples.get("/search/why?q=tribute&passage=vast/c350").get_data(as_text=True))
    assert f'href="{opened[3]}"' in why


def test_parts_of_a_document_lead_to_each_other_and_to_the_whole(samples: FlaskClient) -> None:
    html = unescape(samples.get(f"{VAST}?at=c350").get_data(as_text=True))
    assert html.count(f'<a href="{VAST}?at=c309#c309">Earlier passages</a>') == 2
    assert html.count(f'<a href="{VAST}?at=c510#c510">Later passages</a>') == 2
    assert html.count(f'<a href="{VAST}">Whole document</a>') == 2
    assert len(passages_on(samples.get(VAST).get_data(as_text=True))) == site_samples.VAST
    assert "Whole document" not in samples.get(VAST).get_data(as_text=True)


@pytest.mark.parametrize(("at", "first", "last"), [("c0", 0, 199), ("c20", 0, 199), ("c619", 420, 619)])
def test_a_part_at_either_end_is_as_long_as_others(
    samples: FlaskClient, at: str, first: int, last: int
) -> None:
    html = samples.get(f"{VAST}?at={at}").get_data(as_text=True)
    assert passages_on(html) == [f"c{n}" for n in range(first, last + 1)]
    assert ("Earlier passages" in html) == (first > 0)
    assert ("Later passages" in html) == (last < 619)


def test_matches_and_contents_of_other_parts_are_counted_and_led_to(samples: FlaskClient) -> None:
    html = unescape(samples.get(f"{VAST}?q=tribute&at=c350").get_data(as_text=True))
    assert "6 passages here match" in html
    assert f'<a href="{VAST}?q=tribute&at=c50#c50">Go to the first match' in html
    assert "Match 4 of 6" in html
    assert f'<a href="{VAST}?q=tribute&at=c250#c250">Previous' in html
    assert '<a href="#site:match:c450">Next' in html
    assert f'<a href="{VAST}?q=tribute&at=c550#c550">Next' in html
    outline = html.split('<nav class="contents"')[1].split("</nav>")[0]
    assert re.findall(r'<li><a href="([^"]+)">', outline) == [
        f"{VAST}?q=tribute&at=c0#c0",
        f"{VAST}?q=tribute&at=c200#c200",
        "#c400",
        f"{VAST}?q=tribute&at=c600#c600",
    ]


def test_a_part_can_be_asked_for_of_any_document(samples: FlaskClient) -> None:
    assert samples.get("/documents/plan?at=p1").status_code == 200
    assert "Whole document" not in samples.get("/documents/plan?at=p1").get_data(as_text=True)
    assert samples.get("/documents/plan?at=p7").status_code == 404
    assert samples.get("/documents/plan?at=<b>").status_code == 400


def test_a_document_without_headings_has_no_outline(client: FlaskClient, samples: FlaskClient) -> None:
    assert 'class="contents"' not in client.get(f"/documents/{DOCUMENT}").get_data(as_text=True)
    assert 'class="contents"' not in samples.get("/documents/plan").get_data(as_text=True)


def test_a_note_without_formatting_is_shown_on_the_page_of_its_theme(samples: FlaskClient) -> None:
    html = samples.get("/themes/cooperation").get_data(as_text=True)
    assert '<div class="note-text plain">Plain words\nof introduction.</div>' in html


def test_square_brackets_are_explained_only_where_there_are_any(client: FlaskClient) -> None:
    assert "Square brackets" in client.get(f"/passages/{DOCUMENT}/p7").get_data(as_text=True)
    assert "Square brackets" not in client.get("/passages/regional-cooperation/value").get_data(as_text=True)


def test_a_document_counts_the_passages_that_the_search_counts(client: FlaskClient) -> None:
    for query in (
        "trafficking extradition",
        "labour trafficking",
        "trafficking NOT extradition",
        "kind:communique",
    ):
        asked = {"q": query, "document": DOCUMENT}
        total = client.get("/api/search", query_string=asked).get_json()["total"]
        html = client.get(f"/documents/{DOCUMENT}", query_string={"q": query}).get_data(as_text=True)
        assert f"{total} passage{'' if total == 1 else 's'} here match" in html


@pytest.mark.parametrize("address", [f"/documents/{DOCUMENT}", "/themes/regional-cooperation"])
def test_print_has_the_address_and_the_day_of_access(client: FlaskClient, address: str) -> None:
    html = client.get(address).get_data(as_text=True)
    assert re.search(rf'class="printed">http://localhost{address}, accessed \d+ \w+ 20\d\d<', html)


def answer(samples: FlaskClient, address: str) -> str:
    """The part of the page that tells what became of what was cited, as text."""
    html = samples.get(address).get_data(as_text=True)
    part = html.split('<section class="verdict')[1].split("</section>")[0]
    return " ".join(unescape(re.sub("<[^>]+>", "", part.partition(">")[2])).split())


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
    html = unescape(samples.get(address).get_data(as_text=True))
    removed = '<del><span class="unseen">(removed: </span>surrender:<span class="unseen">)</span></del>'
    added = '<ins><span class="unseen">(added: </span>extradition:<span class="unseen">)</span></ins>'
    assert f"The parties agree on {removed} {added}\n(a) of suspects;\n(b) of convicts.</div>" in html
    assert "agree on (removed: surrender:) (added: extradition:) (a) of suspects;" in shown
    assert site_samples.EARLIER[1] in html


def test_words_cited_under_a_former_id_are_named_by_it_and_cannot_break_the_page(
    samples: FlaskClient,
) -> None:
    first = samples.get("/passages/plan/p0" + v(site_samples.EARLIER[0]))
    assert first.status_code == 301
    assert first.headers["Location"] == "/passages/plan/p1" + v(site_samples.EARLIER[0])
    shown = answer(samples, first.headers["Location"])
    assert "Amended on 4 March 2025" in shown
    assert "were published on 2 January 2025 as plan/p0." in shown
    assert "<b>" not in samples.get(first.headers["Location"]).get_data(as_text=True)


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
    assert "words no longer here" not in samples.get("/passages/plan/p9").get_data(as_text=True)
    lost = answer(samples, "/passages/vanished/p1" + v("lost words 1"))
    assert lost.startswith("What was cited Words with the fingerprint")
    assert "but no copy was kept." in lost


@pytest.mark.parametrize("value", ["abc", "g" * 12, "a" * 65, "12345678%00", "sha1:12345678"])
@pytest.mark.parametrize("address", ["/passages/plan/p1", "/passages/plan/p9", "/passages/plan/p0"])
def test_what_is_no_fingerprint_is_refused(samples: FlaskClient, address: str, value: str) -> None:
    response = samples.get(f"{address}?v={value}")
    assert response.status_code == 400
    assert "is not a fingerprint: a fingerprint has 8 to 64 digits" in response.get_data(as_text=True)


def test_without_a_fingerprint_nothing_is_compared(samples: FlaskClient) -> None:
    for address in ("/passages/plan/p1", "/passages/plan/p1?v=", "/passages/plan/p9"):
        assert 'class="verdict' not in samples.get(address).get_data(as_text=True)


def test_earlier_words_are_linked_where_the_passage_stands(samples: FlaskClient) -> None:
    html = samples.get("/passages/plan/p1").get_data(as_text=True)
    links = re.findall(r'<a href="([^"]+)">Published on ([^:]+): see what changed</a>', html)
    assert links == [
        ("/passages/plan/p1" + v(site_samples.EARLIER[0]), "2 January 2025"),
        ("/passages/plan/p1" + v(site_samples.EARLIER[1]), "4 March 2025"),
    ]
    own = re.search(r'<a href="([^"]+)">Check whether the words are still the same</a>', html)
    assert own
    assert answer(samples, own[1]).startswith("Unchanged")
    assert "Earlier versions" not in samples.get("/passages/old-plan/p1").get_data(as_text=True)


@pytest.mark.parametrize(
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
@pytest.mark.parametrize("asked", ["", "?q=a+b%20c&v=12345678&x=%C3%A9%2F%26", "?q=%22a%22&utm=é"])
def test_a_former_address_leads_to_the_new_one_with_what_was_asked(
    samples: FlaskClient, old: str, new: str, asked: str
) -> None:
    response = samples.get(old + asked)
    assert response.status_code == 301
    assert response.headers["Location"] == new + asked.replace("é", "%C3%A9")
    assert response.headers["Cache-Control"] == "no-cache"
    assert samples.get(response.headers["Location"], follow_redirects=True).status_code == 200


@pytest.mark.parametrize(
    "address", ["/passages/former-plan/p7", "/passages/taken-apart/p7", "/themes/former"]
)
def test_an_address_that_never_was_one_answers_404(samples: FlaskClient, address: str) -> None:
    assert samples.get(address).status_code == 404


def test_a_former_address_cannot_be_made_to_lead_away(samples: FlaskClient) -> None:
    response = samples.get("/passages/plan/p0?x=%0d%0aSet-Cookie:%20a=b")
    assert response.headers["Location"] == "/passages/plan/p1?x=%0d%0aSet-Cookie:%20a=b"
    assert "Set-Cookie" not in response.headers


def test_a_document_taken_apart_names_where_its_passages_are(samples: FlaskClient) -> None:
    response = samples.get("/documents/taken-apart")
    assert response.status_code == 410
    html = response.get_data(as_text=True)
    assert "This document has moved" in html
    assert '<li>p10: <a href="/passages/plan/p1">plan/p1</a></li>' in html
    assert '<li>p2: <a href="/passages/old-plan/p1">old-plan/p1</a></li>' in html


def test_a_document_partly_withdrawn_and_partly_moved_says_both(samples: FlaskClient) -> None:
    html = samples.get("/documents/half-gone").get_data(as_text=True)
    assert "This document was withdrawn" in html
    assert f'<dt>p2</dt><dd class="code">{site_samples.UNDATED.fingerprint}</dd>' in html
    assert '<li>p1: <a href="/passages/plan/p1">plan/p1</a></li>' in html
    gone = samples.get("/passages/half-gone/p2")
    assert gone.status_code == 410
    assert "was published here and is no longer part of the knowledge base" in gone.get_data(as_text=True)
