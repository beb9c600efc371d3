"""A brief's page and files: what they show, what changes it, what is refused, and that nothing is kept."""

from __future__ import annotations

import io
import json
import logging
import re
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
from werkzeug.test import TestResponse

from kb.brief import Brief, ChosenPassage, brief_query, pack_brief, parse_brief
from kb.citing.styles.registry import STYLES
from kb.model import Collection
from kb.text.fingerprint import fingerprint
from web.briefs import carried
from web.briefs.files import FILES

D = "bali-process-symposium-2015"
TWO = f"p={D}/p7~Check+this.%0ATwice.&p=victim-assistance-protection/aftercare"
FOUR = f"group=theme&p={D}/p7&p={D}/p8&p={D}/p5&p={D}/p6"


def text(client: FlaskClient, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return answer.get_data(as_text=True)


def led(answer: TestResponse) -> str:
    """Where a change leads, without the style, which is said in every address."""
    assert answer.status_code == 303
    return str(answer.location).replace("style=oscola&", "")


def test_a_brief_shows_passages_in_order_with_citations_and_notes(client: FlaskClient) -> None:
    html = text(client, f"/brief?title=For+the+minister&{TWO}")
    assert "<h1>For the minister</h1>" in html
    assert html.index("international crime cooperation") < html.index("Aftercare is support")
    assert "Check this.\nTwice.</textarea>" in html
    assert html.count('class="citation"') == 2
    assert "Fingerprint sha256:1570a3d4ef60" in html
    assert html.count("Editorial note: our words") == 1


def test_an_empty_brief_says_how_to_fill_it(client: FlaskClient) -> None:
    html = text(client, "/brief")
    assert "Choose <strong>Add</strong> next to a passage" in html
    assert 'role="search"' in html
    assert "Link to this brief" not in html


@pytest.mark.parametrize(
    ("group", "headings"),
    [
        ("none", []),
        ("theme", ["International crime cooperation", "Assistance for and protection of victims"]),
        (
            "document",
            [
                "Bali Process Regional Symposium on Trafficking for the Purposes of Labour Exploitation",
                "Assistance for and protection of victims",
            ],
        ),
    ],
)
def test_a_brief_is_grouped(client: FlaskClient, group: str, headings: list[str]) -> None:
    html = text(client, f"/brief?group={group}&{TWO}")
    assert re.findall(r'<h2 id="site:g\d">(.*?)</h2>', html) == headings


def test_a_passage_on_several_themes_stands_once_under_the_first_and_names_the_others(
    samples: FlaskClient,
) -> None:
    html = text(samples, "/brief?group=theme&p=plan/p1&p=headed/a1")
    assert re.findall(r'<h2 id="site:g\d">(.*?)</h2>', html) == ["Cooperation between States", "No theme"]
    assert "Also on: A theme of many" in html
    assert html.count("The parties agree on extradition") == 1


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
    html = text(client, removed)
    assert f"Removed {D}/p7" in html
    undo = re.search(r'class="undo" href="([^"]+)"', html)
    assert undo
    assert parse_brief(urlsplit(unescape(undo[1])).query).passages == parse_brief(TWO).passages
    empty = text(client, led(client.get(f"/brief?p={D}/p7&do=remove.1")))
    assert 'class="undo"' in empty


def test_a_passage_is_added_once(client: FlaskClient) -> None:
    first = led(client.get(f"/brief?add={D}/p7"))
    assert first == f"/brief?p={D}/p7&added={D}/p7"
    assert "The brief now has 1 passage." in text(client, first)
    assert parse_brief(urlsplit(led(client.get(f"{first}&add={D}/p7"))).query).passages == (
        ChosenPassage(D, "p7"),
    )


def test_adding_to_a_full_brief_is_refused_with_the_reason_and_the_brief_unharmed(
    client: FlaskClient,
) -> None:
    full = Brief(tuple(ChosenPassage("d", f"p{n}") for n in range(99))).holding(ChosenPassage(D, "p7"))
    html = text(client, f"/brief?{brief_query(full)}&add={D}/p8", 400)
    assert f"Not added: {D}/p8. A brief can hold 100 passages" in html
    assert html.count('name="p"') == 100
    assert "Link to this brief" in html
    assert client.get(f"/brief?{brief_query(full)}&add={D}/p7").status_code == 303


def test_a_note_that_is_too_long_stays_in_the_form_with_the_reason(client: FlaskClient) -> None:
    query = urlencode([("p", f"{D}/p7"), ("n1", "word " * 2_000), ("do", "save")])
    html = text(client, f"/brief?{query}", 400)
    assert "has room for 8,000 characters; this one needs 10,0" in html
    assert "word word" in html
    assert "Link to this brief" not in html
    refused = client.get(f"/brief.docx?{query}")
    assert refused.status_code == 400
    assert "room for 8,000" in refused.get_data(as_text=True)


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("p=<script>", "p: “&lt;script&gt;” is not a passage"),
        ("add=x", "add: “x” is not a passage"),
        ("p=a/b&do=up.2", "do: “up.2” is not a change that can be made"),
        ("p=a/b&do=explode", "do: “explode”"),
        ("p=a/b&style=none", "style: unknown citation style “none”"),
        ("p=a/b&group=x", "group: unknown grouping “x”"),
        ("p=a/b~%01", "p: the text contains a control character (U+0001)"),
        ("brief=garbage", "brief: this brief was cut short"),
        ("p=a/b&removed=1.x", "removed: “x” is not a passage"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_name(client: FlaskClient, query: str, reason: str) -> None:
    assert reason in text(client, f"/brief?{query}", 400)


def test_hostile_words_are_shown_as_words(samples: FlaskClient) -> None:
    bad = '</textarea><script>alert("x")</script>'
    query = urlencode([("title", bad), ("p", f"hostile/main~{bad}"), ("p", "headed/a1")])
    for address in (f"/brief?{query}", f"/brief.html?{query}"):
        html = text(samples, address)
        assert "<script>alert" not in html
        assert "&lt;script&gt;alert" in html


def test_passages_that_are_not_there_are_listed_with_the_reason(samples: FlaskClient) -> None:
    html = text(samples, "/brief?p=plan/p9~my+note&p=plan/p77&p=plan/p1")
    assert "withdrawn on 2 January 2026" in html
    assert fingerprint("words no longer here") in html
    assert "<strong>plan/p77</strong>: no such passage" in html
    assert "my note</textarea>" in html


def test_a_passage_that_moved_is_followed(samples: FlaskClient) -> None:
    html = text(samples, "/brief?p=former-plan/p0~my+note")
    assert "no such passage" not in html
    assert "my note</textarea>" in html
    assert "The parties agree on extradition" in html
    words = samples.get("/brief.md?p=plan/p0").get_data(as_text=True)
    assert "Left out" not in words
    assert "http://localhost/passages/plan/p1" in words.replace("\\", "")


@pytest.mark.parametrize("suffix", ["docx", "md", "html"])
def test_files_to_read_say_what_is_left_out(samples: FlaskClient, suffix: str) -> None:
    answer = samples.get(f"/brief.{suffix}?p=plan/p9~my+note&p=plan/p77&p=plan/p1")
    if suffix == "docx":
        words = "\n".join(each.text for each in docx.Document(io.BytesIO(answer.data)).paragraphs)
    else:
        words = unescape(answer.get_data(as_text=True)).replace("\\", "")
    assert "Omitted: plan/p9 (withdrawn on 2 January 2026, fingerprint" in words
    assert "Reader’s note: my note" in words
    assert "Omitted: plan/p77 (no such passage)." in words
    assert "The parties agree on extradition" in words


@pytest.mark.parametrize("suffix", FILES)
def test_a_file_is_named_for_nothing_in_it_and_kept_by_no_cache(client: FlaskClient, suffix: str) -> None:
    answer = client.get(f"/brief.{suffix}?title=Secret&{TWO}")
    assert answer.status_code == 200
    assert answer.mimetype == FILES[suffix].media_type
    named = answer.headers.get("Content-Disposition", "")
    assert named == ("" if suffix == "html" else f'attachment; filename="brief.{suffix}"')
    assert answer.headers["Cache-Control"] == "no-store"
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
    assert paragraphs[3] == ("Quote", f"“{words}”")
    assert paragraphs[4] == ("Heading 1", "Assistance for and protection of victims")
    assert paragraphs[5] == ("Normal", "Editorial note: our words")
    notes = re.findall(r'<li id="footnote-\d+">(.*?)</li>', mammoth.convert_to_html(io.BytesIO(data)).value)
    assert len(notes) == 2
    assert f"http://localhost/passages/{D}/p7" in notes[0]
    assert "<em>" in notes[0]


@pytest.mark.parametrize("style", STYLES)
def test_the_page_to_print_has_all_that_checking_needs(client: FlaskClient, style: str) -> None:
    html = text(client, f"/brief.html?style={style}&{TWO}")
    assert "accessed 23 November 2026" in html
    assert html.count("<blockquote") == 2
    assert "<strong>Reader’s note:</strong> Check this.\nTwice." in html
    assert html.count("Editorial note: our words") == 1
    assert html.count('href="#site:f') == (0 if STYLES[style].in_text else 2)
    assert (len(STYLES[style].parts) > 1) == ('id="site:references"' in html)
    for address in (f"{D}/p7", "victim-assistance-protection/aftercare"):
        assert f'href="http://localhost/passages/{address}"' in html
    assert html.count("<br>") == 2
    assert not re.search(r"<style|\sstyle=|<script", html)


def test_reference_managers_read_the_records_with_the_readers_notes(client: FlaskClient) -> None:
    records = rispy.loads(text(client, f"/brief.ris?{TWO}"))
    assert [record.get("research_notes") for record in records] == ["Check this. Twice.", None]
    entries = pybtex.database.parse_string(text(client, f"/brief.bib?{TWO}"), "bibtex").entries
    assert [entry.fields.get("annote") for entry in entries.values()] == ["Check this. Twice.", None]
    items = json.loads(text(client, f"/brief.json?{TWO}"))
    assert [each["id"] for each in items] == [f"{D}/p7", "victim-assistance-protection/aftercare"]
    assert items[0]["annote"] == "Check this.\nTwice."


def test_files_follow_the_order_of_the_page(client: FlaskClient) -> None:
    query = f"group=theme&p={D}/p7&p={D}/p8&p=international-crime-cooperation/extradition"
    ids = [each["id"].rpartition("/")[2] for each in json.loads(text(client, f"/brief.json?{query}"))]
    assert ids == ["p7", "extradition", "p8"]


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
            assert answer.headers["Cache-Control"] == "no-store"
            assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
            assert answer.headers["Referrer-Policy"] == "same-origin"
            assert "Set-Cookie" not in answer.headers
            assert "ETag" not in answer.headers
    assert caplog.records == []
    assert "Disallow: /brief" in text(client, "/robots.txt")


CODE = pack_brief(parse_brief(TWO))


def links_of(html: str) -> list[str]:
    return [unescape(each) for each in re.findall(r'<a [^>]*?href="([^"]+)"', html)]


@pytest.mark.parametrize(
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
    plain = text(client, address)
    carrying_ = text(client, f"{address}{'&' if '?' in address else '?'}brief={CODE}")
    inside = [each for each in links_of(carrying_) if re.match(r"/(?!api/)[a-z]*(/|\?|#|$)", each)]
    assert len(inside) > 5
    assert all(("brief", CODE) in parse_qsl(urlsplit(each).query) for each in inside)
    assert carrying_.count("<form ") == carrying_.count(f'<input type="hidden" name="brief" value="{CODE}">')
    assert "Brief (2)</a>" in carrying_
    bare = carrying_.replace(f"&amp;brief={CODE}", "").replace(f"?brief={CODE}", "")
    bare = bare.replace(f'<input type="hidden" name="brief" value="{CODE}">', "").replace(
        "Brief (2)", "Brief"
    )
    assert bare == plain


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
    shown = text(client, f"/brief?p={D}/p7&added={D}/p7&from=/search?q=a")
    assert 'class="back" href="/search?q=a&amp;brief=' in shown
    for bad in ("//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"):
        assert 'class="back"' not in text(client, f"/brief?p={D}/p7&added={D}/p7&from={bad}")


@given(st.text(max_size=30))
def test_no_address_but_one_of_this_site_is_offered(address: str) -> None:
    offered = carried.page(address)
    assert offered in ("", address)
    if offered:
        parts = urlsplit(f"http://localhost{offered}")
        assert parts.netloc == "localhost"
        assert offered[:2] != "//"
