"""A brief's page and files: what they show, what changes it, what is refused, and that nothing is stored."""

from __future__ import annotations

import io
import json
import logging
import re
from collections.abc import Callable, Mapping
from html import unescape
from urllib.parse import parse_qsl, urlencode, urlsplit

import docx
import mammoth
import pybtex.database
import pytest
import rispy
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from lxml.html import HtmlElement
from werkzeug.test import TestResponse

from kb.briefs.address import brief_query, pack_brief, parse_brief
from kb.briefs.brief import Brief, ChosenPassage
from kb.citing.styles.registry import STYLES
from kb.model import Collection
from kb.text.fingerprint import fingerprint
from tests.tables import table
from tests.web import site_samples
from tests.web.dom import attributes, one, page, parsed, said, select, texts, tree_of
from web.briefs import carried
from web.briefs.files import FILES

D = "bali-process-symposium-2015"
TWO = f"p={D}/p7~Check+this.%0ATwice.&p=victim-assistance-protection/aftercare"
FOUR = f"group=theme&p={D}/p7&p={D}/p8&p={D}/p5&p={D}/p6"


LINK = "input#site:link"
"""The field with the address to share."""


def text(client: FlaskClient, address: str) -> str:
    """A file that is text."""
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def note(tree: HtmlElement, number: int) -> str:
    """The reader's note on a passage, as the form has it; a browser drops a line feed at the beginning."""
    return str(one(tree, f"textarea[name='n{number}']").text).removeprefix("\n")


def reason(client: FlaskClient, address: str) -> str:
    """Why an address is refused."""
    return said(one(page(client, address, 400), "p.reason"))


def led(answer: TestResponse) -> str:
    """Where a change leads, without the style, which is said in every address."""
    assert answer.status_code == 303
    return str(answer.location).replace("style=oscola&", "")


def test_a_brief_holds_spans_and_excerpts_with_their_own_citations(client: FlaskClient) -> None:
    print_ = client.get(f"/api/passages/{D}/p4").get_json()["fingerprint"][:12]
    query = f"p={D}/p4..p6&p={D}/p4:4-7@{print_}~Key.&p=legislative-frameworks/introduction"
    tree = page(client, f"/brief?{query}")
    span, excerpt, _ = select(tree, "ol.chosen > li")
    assert len(select(span, "blockquote.source")) == 3
    assert "paras 4–6" in said(one(span, "p.citation"))
    assert texts(excerpt, "blockquote.source > mark") == ["awareness-raising in supporting prevention"]
    assert attributes(excerpt, "p.meta > a", "href")[0].startswith(f"/passages/{D}/p4:4-7?brief=")
    written = text(client, f"/brief.md?{query}")
    assert "“awareness-raising in supporting prevention”" in written
    assert "need for more training" in written
    parted = text(client, f"/brief.md?p={D}/p4:1-2,5-7&p={D}/p4..p6:30-60")
    assert "“the importance … in supporting prevention”" in parted
    assert "paras 4–5" in parted
    added = client.get(f"/brief?p={D}/p7&add={D}/p4:4-7@{print_}")
    assert f"p={D}/p4%3A4-7%40{print_}" in led(added)
    assert f"/brief?add={D}/p4:4-7@{print_}" in attributes(
        page(client, f"/passages/{D}/p4:4-7"), "a.add", "href"
    )
    assert f"/brief?add={D}/p4..p6" in attributes(page(client, f"/passages/{D}/p4..p6"), "a.add", "href")


def test_what_cannot_be_quoted_any_more_is_missing_with_the_reason(samples: FlaskClient) -> None:
    query = "&".join(
        f"p={each}"
        for each in (
            "long/p5..p3",
            "long/p3:1-2@00000000",
            "long/p3:1-99",
            "plan/p1..p9",
            "long/p1..p2:1-999",
        )
    )
    lost = texts(page(samples, f"/brief?{query}"), "li.lost")
    assert "runs backwards; write long/p3..p5" in lost[0]
    assert "have changed since they were cited" in lost[1]
    assert "asks for word 99, but there are only 5" in lost[2]
    assert "withdrawn on 2 January 2026. Fingerprint of the words of plan/p9: " in lost[3]
    assert "asks for word 999, but there are only" in lost[4]
    written = text(samples, f"/brief.md?p=long/p4&{query}")
    assert "Omitted: long/p5..p3 (the span “long/p5..p3” runs backwards; write long/p3..p5)." in written
    assert f"{fingerprint('words no longer here')} of plan/p9)." in written
    assert "runs from one document into another" in reason(samples, "/brief?p=long/p1..plan/p1")


def test_spans_do_not_make_a_brief_longer_than_a_page_can_be(samples: FlaskClient) -> None:
    query = "&".join(f"p=vast/c{at}..c{at + 99}" for at in (0, 100, 200, 300))
    tree = page(samples, f"/brief?{query}")
    assert len(select(tree, "ol.chosen blockquote")) == 300
    assert "at most 300 passages" in texts(tree, "li.lost")[0]


def test_a_brief_shows_passages_in_order_with_citations_and_notes(client: FlaskClient) -> None:
    tree = page(client, f"/brief?title=For+the+minister&{TWO}")
    assert texts(tree, "h1") == ["For the minister"]
    first, second = texts(tree, "ol.chosen > li")
    assert "international crime cooperation" in first
    assert "Aftercare is support" in second
    assert [note(tree, 1), note(tree, 2)] == ["Check this.\nTwice.", ""]
    citation, _ = texts(tree, ".chosen p.citation")
    assert "Fingerprint sha256:1570a3d4ef60" in citation
    assert texts(tree, ".badge.note") == ["Editorial note: our words"]


def test_an_empty_brief_says_how_to_fill_it(client: FlaskClient) -> None:
    tree = page(client, "/brief")
    assert "Choose Add to brief next to a passage." in texts(tree, ".empty li")
    assert len(select(tree, "form[role='search']")) == 1
    assert select(tree, LINK) == []


@pytest.mark.parametrize(
    ("group", "headings"),
    [
        ("none", []),
        ("theme", ["International crime cooperation", "Assistance for and protection of victims"]),
        (
            "document",
            [
                "Communique of the Bali Process Regional Symposium on Trafficking for the Purposes of "
                "Labour Exploitation",
                "Assistance for and protection of victims",
            ],
        ),
    ],
)
def test_a_brief_is_grouped(client: FlaskClient, group: str, headings: list[str]) -> None:
    assert texts(page(client, f"/brief?group={group}&{TWO}"), ".heading > h2") == headings


def test_a_passage_on_several_themes_stands_once_under_the_first_and_names_the_others(
    samples: FlaskClient,
) -> None:
    tree = page(samples, "/brief?group=theme&p=plan/p1&p=headed/a1")
    assert texts(tree, ".heading > h2") == ["Cooperation between States", "No theme"]
    assert texts(tree, "ol.chosen .meta")[0].endswith("Also on: A theme of many")
    assert said(one(tree, "main")).count("The parties agree on extradition") == 1


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        ("down.1", "p8 p7 p5 p6"),
        ("up.2", "p8 p7 p5 p6"),
        ("up.1", "p7 p8 p5 p6"),
        ("down.4", "p7 p8 p5 p6"),
        ("remove.3", "p7 p8 p6"),
        ("save", "p7 p8 p5 p6"),
    ],
)
def test_a_button_leads_to_the_changed_brief(client: FlaskClient, change: str, wanted: str) -> None:
    answer = client.get(f"/brief?{FOUR.replace('group=theme&', '')}&do={change}")
    made = parse_brief(urlsplit(led(answer)).query)
    assert " ".join(each.passage for each in made.passages) == wanted
    assert client.get(led(answer)).status_code == 200


def test_headings_of_ones_own_are_added_moved_and_removed(client: FlaskClient) -> None:
    query = f"p={D}/p7&p={D}/p8~Note"
    added = led(client.get(f"/brief?{query}&do=heading.2"))
    assert added == f"/brief?p={D}/p7&h=New+heading&p={D}/p8~Note#site%3Ah1"
    named = led(client.get(f"/brief?p={D}/p7&h=New&p={D}/p8~Note&h1=+Second++part&do=save"))
    assert named == f"/brief?p={D}/p7&h=Second+part&p={D}/p8~Note"
    tree = page(client, named)
    assert texts(tree, ".heading > h2") == ["Second part"]
    assert attributes(tree, "input[name='h1']", "value") == ["Second part"]
    assert len(select(tree, "ol.chosen")) == 2
    assert led(client.get(f"{named}&do=heading-up.1")) == f"/brief?h=Second+part&p={D}/p7&p={D}/p8~Note"
    up = f"/brief?p={D}/p7&p={D}/p8~Note&h=Second+part#site%3Ap2"
    assert led(client.get(f"{named}&do=up.2")) == up
    assert led(client.get(f"{named}&do=heading-remove.1")) == f"/brief?{query}"
    assert led(client.get(f"{named}&h1=&do=save")) == f"/brief?{query}"
    for suffix, heading in (("docx", "Second part\n"), ("md", "## Second part"), ("html", "Second part")):
        assert heading in READERS[suffix](client.get(named.replace("/brief", f"/brief.{suffix}")))


def test_headings_of_ones_own_wait_while_passages_are_grouped(client: FlaskClient) -> None:
    tree = page(client, f"/brief?group=document&p={D}/p7&h=Second&p={D}/p8")
    assert len(select(tree, "ol.chosen")) == 1
    assert attributes(tree, "input[name='h']", "value") == ["Second"]


def test_groups_move_whole(client: FlaskClient) -> None:
    query = f"group=theme&p={D}/p7&p={D}/p8&p=international-crime-cooperation/extradition&p={D}/p99"
    made = parse_brief(urlsplit(led(client.get(f"/brief?{query}&do=group-up.2"))).query)
    assert [each.passage for each in made.passages] == ["p8", "p7", "extradition", "p99"]
    again = parse_brief(urlsplit(led(client.get(f"/brief?{brief_query(made)}&do=group-down.1"))).query)
    assert [each.passage for each in again.passages] == ["p7", "extradition", "p8", "p99"]


def test_what_a_form_sends_is_kept_in_one_short_address(client: FlaskClient) -> None:
    sent = [("p", f"{D}/p7"), ("p", f"{D}/p8"), ("title", " A  title "), ("group", "none"), ("style", "apa")]
    notes = [("do", "save"), ("n2", "Two\r\nlines ~ & more"), ("n1", "")]
    answer = client.get("/brief?" + urlencode(sent + notes))
    assert answer.location == f"/brief?title=A+title&style=apa&p={D}/p7&p={D}/p8~Two%0Alines+~+%26+more"


def test_what_was_removed_is_put_back_with_its_note_where_it_stood(client: FlaskClient) -> None:
    removed = led(client.get(f"/brief?{TWO}&do=remove.1"))
    tree = page(client, removed)
    assert texts(tree, ".notices p") == [f"Removed {D}/p7. Undo"]
    undo = one(tree, "a.undo").get("href", "")
    assert parse_brief(urlsplit(undo).query).passages == parse_brief(TWO).passages
    empty = page(client, led(client.get(f"/brief?p={D}/p7&do=remove.1")))
    assert len(select(empty, "a.undo")) == 1


def test_a_passage_is_added_once(client: FlaskClient) -> None:
    first = led(client.get(f"/brief?add={D}/p7"))
    assert first == f"/brief?p={D}/p7&added={D}/p7"
    assert texts(page(client, first), ".notices p") == [f"Added {D}/p7. The brief now has 1 passage."]
    assert parse_brief(urlsplit(led(client.get(f"{first}&add={D}/p7"))).query).passages == (
        ChosenPassage(D, "p7"),
    )


def test_adding_to_a_full_brief_is_refused_with_the_reason_and_the_brief_unharmed(
    client: FlaskClient,
) -> None:
    full = Brief(tuple(ChosenPassage("d", f"p{n}") for n in range(99))).holding(ChosenPassage(D, "p7"))
    tree = page(client, f"/brief?{brief_query(full)}&add={D}/p8", 400)
    assert f"Not added: {D}/p8. A brief can hold 100 passages" in said(one(tree, "p.reason"))
    assert len(select(tree, "input[name='p']")) == 100
    assert len(select(tree, LINK)) == 1
    assert client.get(f"/brief?{brief_query(full)}&add={D}/p7").status_code == 303


def test_a_note_that_is_too_long_stays_in_the_form_with_the_reason(client: FlaskClient) -> None:
    query = urlencode([("p", f"{D}/p7"), ("n1", "word " * 2_000), ("do", "save")])
    tree = page(client, f"/brief?{query}", 400)
    assert "has room for 8,000 characters; this one needs 10,0" in said(one(tree, "p.reason"))
    assert note(tree, 1).startswith("word word")
    assert select(tree, LINK) == []
    assert "room for 8,000" in reason(client, f"/brief.docx?{query}")


@table(
    ("query", "told"),
    [
        ("p=<script>", "p: “<script>” is not a passage"),
        ("add=x", "add: “x” is not a passage"),
        ("p=a/b&do=up.2", "do: “up.2” is not a change that can be made"),
        ("p=a/b&do=explode", "do: “explode”"),
        ("p=a/b&style=none", "style: unknown citation style “none”"),
        ("p=a/b&group=x", "group: unknown grouping “x”"),
        ("p=a/b&h=One&h2=Two", "h2: there are words for heading 2, but the brief has no such heading"),
        ("p=a/b&do=heading-up.1", "do: “heading-up.1” is not a change"),
        ("p=a/b&fingerprints=x", "fingerprints: unknown place for fingerprints “x”"),
        ("p=a/b~%01", "p: the text contains a control character (U+0001)"),
        ("brief=garbage", "brief: the link to this brief is incomplete"),
        ("p=a/b&removed=1.x", "removed: “x” is not a passage"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_name(client: FlaskClient, query: str, told: str) -> None:
    assert told in reason(client, f"/brief?{query}")


def test_hostile_words_are_shown_as_words(samples: FlaskClient) -> None:
    bad = '</textarea><script>alert("x")</script>'
    query = urlencode([("title", bad), ("p", f"hostile/main~{bad}"), ("p", "headed/a1")])
    for address in (f"/brief?{query}", f"/brief.html?{query}"):
        tree = page(samples, address)
        assert texts(tree, "h1") == [bad]
        assert all(each.get("src") for each in select(tree, "script"))
        assert site_samples.HOSTILE[:20] in said(one(tree, "main"))


def test_passages_that_are_not_there_are_listed_with_the_reason(samples: FlaskClient) -> None:
    tree = page(samples, "/brief?p=plan/p9~my+note&p=plan/p77&p=plan/p1")
    withdrawn, unknown = texts(tree, "li.lost")
    assert withdrawn.startswith("plan/p9: withdrawn on 2 January 2026.")
    assert fingerprint("words no longer here") in withdrawn
    assert unknown.startswith("plan/p77: no such passage.")
    assert note(tree, 1) == "my note"


def test_a_passage_that_moved_is_followed(samples: FlaskClient) -> None:
    tree = page(samples, "/brief?p=former-plan/p0~my+note")
    assert select(tree, "li.lost") == []
    assert note(tree, 1) == "my note"
    assert "The parties agree on extradition" in said(one(tree, "ol.chosen > li"))
    words = samples.get("/brief.md?p=plan/p0").get_data(as_text=True)
    assert "Left out" not in words
    assert "http://localhost/passages/plan/p1" in words.replace("\\", "")


READERS: Mapping[str, Callable[[TestResponse], str]] = {
    "docx": lambda answer: "\n".join(each.text for each in docx.Document(io.BytesIO(answer.data)).paragraphs),
    "md": lambda answer: unescape(answer.get_data(as_text=True)).replace("\\", ""),
    "html": lambda answer: said(one(tree_of(answer), "main")),
}


@pytest.mark.parametrize("suffix", READERS)
def test_files_to_read_say_what_is_left_out(samples: FlaskClient, suffix: str) -> None:
    answer = samples.get(f"/brief.{suffix}?p=plan/p9~my+note&p=plan/p77&p=plan/p1")
    words = READERS[suffix](answer)
    assert "Omitted: plan/p9 (withdrawn on 2 January 2026, fingerprint" in words
    assert "Reader’s note: my note" in words
    assert "Omitted: plan/p77 (no such passage)." in words
    assert "The parties agree on extradition" in words


@pytest.mark.parametrize("suffix", FILES)
def test_a_file_is_named_after_the_title_and_kept_by_no_cache(client: FlaskClient, suffix: str) -> None:
    answer = client.get(f"/brief.{suffix}?title=For+the+minister&{TWO}")
    assert answer.status_code == 200
    assert answer.mimetype == FILES[suffix].media_type
    named = answer.headers.get("Content-Disposition", "")
    assert named == ("" if suffix == "html" else f'attachment; filename="For the minister.{suffix}"')
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert "ETag" not in answer.headers
    assert client.get(f"/brief.{suffix}?p=no/such").status_code == 400
    assert client.get(f"/brief.{suffix}").status_code == 400


def test_word_has_headings_quotations_notes_and_footnotes(client: FlaskClient, shipped: Collection) -> None:
    data = client.get(f"/brief.docx?title=For+the+minister&group=theme&style=aglc&{TWO}").data
    paragraphs = [
        (each.style.name, each.text) for each in docx.Document(io.BytesIO(data)).paragraphs if each.style
    ]
    words = shipped.passages[D][6].text
    assert paragraphs[0] == ("Title", "For the minister")
    assert paragraphs[1] == ("Heading 1", "International crime cooperation")
    assert paragraphs[2] == ("Normal", "Check this.\nTwice.")
    assert paragraphs[3] == ("Quote", words)
    assert paragraphs[4] == ("Heading 1", "Assistance for and protection of victims")
    assert paragraphs[5] == ("Normal", "Editorial note: our words")
    notes = select(parsed(mammoth.convert_to_html(io.BytesIO(data)).value), "li[id^='footnote-']")
    assert len(notes) == 2
    assert f"http://localhost/passages/{D}/p7" in said(notes[0])
    assert select(notes[0], "em") != []


@pytest.mark.parametrize("suffix", ["docx", "html", "md"])
def test_files_list_the_provisions_of_a_note_behind_its_words(
    client: FlaskClient, shipped: Collection, suffix: str
) -> None:
    note = next(each for each in shipped.passages["legislative-frameworks"] if each.id == "criminalisation")
    listed = note.text.removeprefix(note.prose).split()
    assert "UN TIP Protocol (2000), article 3: Use of terms" in " ".join(listed)
    answer = client.get(f"/brief.{suffix}?p=legislative-frameworks/criminalisation")
    words = " ".join(READERS[suffix](answer).split())
    assert "is on criminalisation, too." in words
    assert "Use of terms”" not in words
    assert fingerprint(note.text) in words
    bare = words.replace("> ", "").replace("- ", "").replace("\\", "")
    assert " ".join(listed[-12:]) in bare
    assert bare.index(" ".join(note.prose.split()[-5:])) < bare.index(" ".join(listed[:8]))


def test_fingerprints_are_left_out_of_files_by_choice(client: FlaskClient) -> None:
    for suffix in ("docx", "html", "md"):
        kept = READERS[suffix](client.get(f"/brief.{suffix}?{TWO}"))
        assert "Annex: addresses and fingerprints" in kept
        left = READERS[suffix](client.get(f"/brief.{suffix}?fingerprints=none&{TWO}"))
        assert "ingerprint" not in left
        assert f"/passages/{D}/p7" in left
    assert (
        client.get(f"/brief?fingerprints=annex&do=save&p={D}/p7").location == f"/brief?style=oscola&p={D}/p7"
    )


@table("style", STYLES)
def test_the_page_to_print_has_all_that_checking_needs(client: FlaskClient, style: str) -> None:
    tree = page(client, f"/brief.html?style={style}&{TWO}")
    assert texts(tree, "main > .meta")[0].endswith("accessed 23 November 2026.")
    assert len(select(tree, "blockquote")) == 2
    assert one(tree, "p.own-words").text_content() == "Reader’s note: Check this.\nTwice."
    assert texts(tree, ".badge.note") == ["Editorial note: our words"]
    assert len(select(tree, "a[href^='#site:f']")) == (0 if STYLES[style].in_text else 2)
    assert len(select(tree, "#site:references p.citation")) == (0 if style == "un" else 2)
    addresses = (f"{D}/p7", "victim-assistance-protection/aftercare")
    assert attributes(tree, ".footnotes .code > a", "href") == [
        f"http://localhost/passages/{address}" for address in addresses
    ]
    assert len(select(tree, "br")) == 2
    assert select(tree, "style, script, *[style]") == []


def test_reference_managers_read_the_records_with_the_readers_notes(client: FlaskClient) -> None:
    records = rispy.loads(text(client, f"/brief.ris?{TWO}"))
    assert [record.get("research_notes") for record in records] == ["Check this. Twice.", None]
    entries = pybtex.database.parse_string(text(client, f"/brief.bib?{TWO}"), "bibtex").entries
    first, second = (entry.fields["annote"] for entry in entries.values())
    assert first.endswith("sha256:1570a3d4ef60) Check this. Twice.")
    assert second.startswith("“Aftercare is support")
    items = json.loads(text(client, f"/brief.json?{TWO}"))
    assert [each["id"] for each in items] == [D, "victim-assistance-protection/aftercare"]
    assert items[0]["annote"] == "Check this.\nTwice."


def test_a_reference_manager_gets_one_record_a_work_with_the_passages_quoted(client: FlaskClient) -> None:
    query = f"p={D}/p7~One.&p=victim-assistance-protection/aftercare&p={D}/p8~Two."
    work, _ = rispy.loads(text(client, f"/brief.ris?{query}"))
    quoted = [note for note in work["notes"] if "“" in note]
    assert [note.partition(":")[0] for note in quoted] == ["paragraph 7", "paragraph 8"]
    assert f"(http://localhost/passages/{D}/p7, sha256:1570a3d4ef60)" in quoted[0]
    assert work["research_notes"] == "paragraph 7: One. paragraph 8: Two."
    assert work["urls"] == [f"http://localhost/documents/{D}"]


def test_files_follow_the_order_of_the_page(client: FlaskClient) -> None:
    query = f"group=theme&p={D}/p7&p={D}/p8&p=international-crime-cooperation/extradition"
    printed = attributes(page(client, f"/brief.html?{query}"), ".footnotes .code > a", "href")
    assert [address.rpartition("/")[2] for address in printed] == ["p7", "extradition", "p8"]
    ids = [each["id"].rpartition("/")[2] for each in json.loads(text(client, f"/brief.json?{query}"))]
    assert ids == [D, "extradition"]


def test_the_style_chosen_before_counts_where_the_address_names_none(client: FlaskClient) -> None:
    client.set_cookie("style", "apa")
    assert "style=apa&p=" in str(client.get(f"/brief?add={D}/p7").location)
    assert "style=aglc&p=" in str(client.get(f"/brief?style=aglc&add={D}/p7").location)


def test_nothing_of_a_brief_is_logged_cached_or_indexed(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        for address in (
            f"/brief?{TWO}",
            f"/search?q=x&brief={pack_brief(parse_brief(TWO))}",
            "/brief?p=bad",
            "/brief",
        ):
            answer = client.get(address)
            assert answer.headers["Cache-Control"] == "private, no-store"
            assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
            assert answer.headers["Referrer-Policy"] == "same-origin"
            assert "Set-Cookie" not in answer.headers
            assert "ETag" not in answer.headers
    assert caplog.records == []
    assert "Disallow: /brief" in text(client, "/robots.txt")


CODE = pack_brief(parse_brief(TWO))


def links_of(tree: HtmlElement) -> list[str]:
    return [each or "" for each in attributes(tree, "a[href]", "href")]


def without_brief(tree: HtmlElement) -> str:
    """The page as it is without a carried brief."""
    for field in select(tree, "input[name='brief']"):
        field.drop_tree()
    for link in select(tree, "a[href]"):
        address = link.get("href", "")
        link.set("href", address.replace(f"&brief={CODE}", "").replace(f"?brief={CODE}", ""))
    one(tree, "a.to-brief").text = "Brief"
    return str(html.tostring(tree, encoding="unicode"))


@table(
    "address",
    [
        "/",
        "/search?q=extradition",
        "/search?q=victims&theme=victim-assistance-protection&group=document",
        f"/documents/{D}?q=victims",
        f"/passages/{D}/p7?q=extradition",
        "/themes/victim-assistance-protection",
        "/help",
        "/documents",
    ],
)
def test_every_link_and_form_of_a_page_takes_a_carried_brief_along(client: FlaskClient, address: str) -> None:
    plain = page(client, address)
    tree = page(client, f"{address}{'&' if '?' in address else '?'}brief={CODE}")
    inside = [each for each in links_of(tree) if re.match(r"/(?!api/)[a-z]*(/|\?|#|$)", each)]
    assert len(inside) > 5
    assert all(("brief", CODE) in parse_qsl(urlsplit(each).query) for each in inside)
    for form in select(tree, "form[action]"):
        assert attributes(form, "input[type='hidden'][name='brief']", "value") == [CODE]
    assert texts(tree, "a.to-brief") == ["Brief (2)"]
    assert without_brief(tree) == without_brief(plain)


def test_redirects_take_a_carried_brief_along(client: FlaskClient) -> None:
    theme = client.get(f"/documents/regional-cooperation?q=value&brief={CODE}")
    assert theme.location == f"/themes/regional-cooperation?q=value&brief={CODE}"
    style = client.get(f"/passages/{D}/p7?style=apa&remember=yes&brief={CODE}")
    assert style.location == f"/passages/{D}/p7?style=apa&brief={CODE}#site%3Acite"


def test_a_carried_brief_is_opened_and_added_to(client: FlaskClient) -> None:
    assert led(client.get(f"/brief?brief={CODE}")) == f"/brief?{brief_query(parse_brief(TWO))}"
    more = parse_brief(urlsplit(led(client.get(f"/brief?add={D}/p5&brief={CODE}"))).query)
    assert more.passages == (*parse_brief(TWO).passages, ChosenPassage(D, "p5"))


def test_the_page_that_led_here_is_offered_again_without_trusting_it(client: FlaskClient) -> None:
    def back(referrer: str) -> str:
        answer = client.get(f"/brief?add={D}/p7", headers={"Referer": referrer})
        return dict(parse_qsl(urlsplit(str(answer.location)).query)).get("from", "")

    assert back(f"http://localhost/search?q=a+b&brief={CODE}") == "/search?q=a+b"
    assert back("http://localhost/documents/x") == "/documents/x"
    for foreign in (
        "http://evil.example/search",
        "http://localhost/brief?p=a/b",
        "http://localhost//evil",
        "",
    ):
        assert back(foreign) == ""
    offered = attributes(page(client, f"/brief?p={D}/p7&added={D}/p7&from=/search?q=a"), "a.back", "href")
    assert [(each or "").partition("&brief=")[0] for each in offered] == ["/search?q=a"]
    for bad in ("//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"):
        tree = page(client, f"/brief?p={D}/p7&added={D}/p7&from={bad}")
        assert select(tree, "a.back") == []


@given(st.text(max_size=30))
def test_no_address_but_one_of_this_site_is_offered(address: str) -> None:
    offered = carried.own_page(address)
    assert offered in ("", address)
    if offered:
        parts = urlsplit(f"http://localhost{offered}")
        assert parts.netloc == "localhost"
        assert offered[:2] != "//"
