"""The citing panel, the files beside a permalink, and what a page tells reference managers about itself."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import bibtexparser
import pytest
import rispy
from bibtexparser.bparser import BibTexParser
from flask.testing import FlaskClient
from lxml.html import HtmlElement
from playwright.sync_api import Browser, Page, expect

from kb.citing.exports.registry import BY_SUFFIX
from kb.citing.labels import SITE_NAME
from kb.citing.styles.registry import STYLES
from kb.model import NOTE, Collection, Document, Passage, Theme
from kb.published import Withdrawal
from kb.text.fingerprint import fingerprint
from tests.engines import build, open_engine
from tests.tables import table
from tests.web import dom, site_samples
from tests.web.dom import attributes, one, parsed, said, select, texts, tree_of
from tests.web.embedded_metadata import Embedded, read
from web.app import create_app

COMMUNIQUE = "/passages/bali-process-symposium-2015/p7"
NOTE_PAGE = "/passages/international-crime-cooperation/extradition"
BODY = "Ministry of Labour, Invalids and Social Affairs"
TREATY = "/passages/crc/a16"

DOCUMENTS = (
    Document(
        "report",
        "Work & {play} “quoted” 人身取引",
        "report",
        date="2016-07-06",
        issuers=(BODY, "Office of the Attorney-General"),
        language="en",
        url="https://ministry.example/r.pdf",
        further=(("symbol", "A/61/122"),),
    ),
    Document("crc", "Convention on the Rights of the Child", "treaty", date="1989?"),
    Document("old", "Old plan", "report", status="superseded", superseded_by="report"),
    Document("theme", "Crime cooperation", NOTE),
)
PASSAGES = {
    "report": (
        Passage("report", "p7", "Plain words & “more”.", "para 7"),
        Passage("report", "p7.ris", "Words of an id that ends so.", "para 8"),
        Passage("report", "v1.2", "Words of an id with a dot.", "para 9"),
    ),
    "crc": (Passage("crc", "a16", "</script><b>No child</b>", "art 16"),),
    "old": (Passage("old", "p1", "Old words.", "para 1"),),
    "theme": (Passage("theme", "extradition", "Our words.", "Extradition"),),
}


@pytest.fixture(scope="module")
def cited(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    folder = tmp_path_factory.mktemp("cited") / "index"
    gone = Withdrawal("report", "p9", fingerprint("lost"), "2026-01-02")
    build(Collection((Theme("theme", "Crime", "Crime", 1),), DOCUMENTS, PASSAGES, (gone,)), folder)
    return create_app(open_engine(folder), today=lambda: date(2026, 11, 23)).test_client()


CITED = "section.cite > div.in-style"
"""The citation that the page shows; those in other styles wait in a template."""


def text(client: FlaskClient, address: str) -> str:
    """A file that is text."""
    response = client.get(address)
    assert response.status_code == 200, address
    return response.get_data(as_text=True)


def shown(tree: HtmlElement) -> str:
    """The citation that the page shows."""
    return " ".join(texts(one(tree, CITED), "p[class='citation']"))


def chosen(tree: HtmlElement) -> list[str | None]:
    """The style that the panel has selected."""
    return attributes(tree, "#site:style > option[selected]", "value")


def files(tree: HtmlElement) -> list[str]:
    """The addresses of the files that the panel offers."""
    return [address or "" for address in attributes(tree, "p.files > a", "href")]


def data(tree: HtmlElement) -> dict[str, Any]:
    """What the page tells search engines."""
    found: dict[str, Any] = json.loads(one(tree, "script[type='application/ld+json']").text or "")
    return found


@table("style", STYLES)
def test_the_page_shows_the_citation_in_the_style_of_its_address(client: FlaskClient, style: str) -> None:
    tree = dom.page(client, f"{COMMUNIQUE}?style={style}")
    wanted = client.get(f"{COMMUNIQUE}/cite?style={style}")
    assert shown(tree) == " ".join(wanted.get_data(as_text=True).split())
    assert wanted.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert chosen(tree) == [style]
    assert select(tree, "p.citation em") != []


@pytest.mark.parametrize(
    "address", [COMMUNIQUE, f"{COMMUNIQUE}/cite", f"{COMMUNIQUE}.txt", f"{COMMUNIQUE}.ris"]
)
def test_a_style_that_is_none_is_refused_with_those_there_are(client: FlaskClient, address: str) -> None:
    tree = dom.page(client, f"{address}?style=<b>", 400)
    reason = said(one(tree, "p.reason"))
    assert "“<b>”" in reason
    assert "use one of: oscola, aglc" in reason
    assert select(tree, "b") == []


def test_a_style_is_remembered_only_where_the_reader_chooses_it(shipped_client: FlaskClient) -> None:
    looked = shipped_client.get(f"{COMMUNIQUE}?style=apa")
    assert "Set-Cookie" not in looked.headers
    answer = shipped_client.get(f"{COMMUNIQUE}?q=labour+law&style=apa&remember=yes")
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"{COMMUNIQUE}?q=labour+law&style=apa#site%3Acite"
    assert re.match(
        "style=apa; .*Max-Age=31536000; HttpOnly; Path=/; SameSite=Lax$", answer.headers["Set-Cookie"]
    )
    assert chosen(dom.page(shipped_client, NOTE_PAGE)) == ["apa"]
    assert chosen(dom.page(shipped_client, f"{NOTE_PAGE}?style=mla")) == ["mla"]
    assert shipped_client.get(f"{COMMUNIQUE}?style=none&remember=yes").status_code == 400


@pytest.fixture
def shipped_client(client: FlaskClient) -> FlaskClient:
    assert client.application
    return client.application.test_client()


def test_a_remembered_style_that_is_none_counts_for_nothing(shipped_client: FlaskClient) -> None:
    shipped_client.set_cookie("style", "<script>")
    assert chosen(dom.page(shipped_client, COMMUNIQUE)) == ["oscola"]


def test_what_depends_on_the_remembered_style_is_kept_apart_by_caches(shipped_client: FlaskClient) -> None:
    first = shipped_client.get(COMMUNIQUE)
    assert "Cookie" in first.headers["Vary"]
    shipped_client.set_cookie("style", "mla")
    again = shipped_client.get(COMMUNIQUE, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 200
    assert chosen(tree_of(again)) == ["mla"]
    same = shipped_client.get(COMMUNIQUE, headers={"If-None-Match": again.headers["ETag"]})
    assert same.status_code == 304
    assert "Cookie" in same.headers["Vary"]
    for other in ("/search.csv?q=victims", "/api/search?q=victims", "/documents.csv"):
        assert "Cookie" not in shipped_client.get(other).headers.get("Vary", "")


def test_styles_that_were_not_checked_against_a_guide_say_so(client: FlaskClient) -> None:
    tree = dom.page(client, f"{COMMUNIQUE}?style=bluebook")
    names = texts(tree, "#site:style > option")
    assert "Bluebook (22nd ed.), unverified" in names
    assert "OSCOLA (4th ed.)" in names
    (hint,) = texts(tree, f"{CITED} > p.hint")
    assert hint.startswith("Unverified: the format for this kind of source")
    assert select(dom.page(client, COMMUNIQUE), f"{CITED} > p.hint") == []


def test_every_file_that_the_panel_offers_opens_as_what_it_says(cited: FlaskClient) -> None:
    links = files(dom.page(cited, "/passages/report/p7?style=apa"))
    for suffix, link in zip(BY_SUFFIX, links, strict=True):
        response = cited.get(link)
        written = response.get_data(as_text=True)
        assert response.status_code == 200
        assert response.mimetype == BY_SUFFIX[suffix].media_type
        assert "http://localhost/passages/report/p7" in written
        assert fingerprint("Plain words & “more”.")[:12] in written
        assert ("Content-Disposition" in response.headers) == BY_SUFFIX[suffix].saved
        assert '<http://localhost/passages/report/p7>; rel="describes"' in response.headers["Link"]
    assert cited.get("/passages/report/p7.bib").headers["Content-Disposition"].endswith('"report-p7.bib"')
    assert "(Ministry of Labour" in cited.get("/passages/report/p7.txt?style=apa").get_data(as_text=True)


def test_an_id_that_ends_like_a_file_goes_before_the_file(cited: FlaskClient) -> None:
    assert texts(dom.page(cited, "/passages/report/p7.ris"), ".cited .source") == [
        "Words of an id that ends so."
    ]
    assert cited.get("/passages/report/p7.ris").mimetype == "text/html"
    assert "AB  - Words of an id that ends so." in text(cited, "/passages/report/p7.ris.ris")
    assert "p7.ris" in text(cited, "/passages/report/p7.ris/cite")
    assert "AB  - Plain words" in text(cited, "/passages/report/p7/cite?format=ris")
    offered = files(dom.page(cited, "/passages/report/p7"))
    assert "/passages/report/p7/cite?format=ris" in offered
    assert "/passages/report/p7.bib" in offered
    assert cited.get("/passages/report/p7/cite?format=pdf").status_code == 400
    assert "v1.2" in text(cited, "/passages/report/v1.2.json")


def test_what_is_withdrawn_or_never_was_has_no_file(cited: FlaskClient) -> None:
    for end in ("", ".ris", ".json", "/cite"):
        assert cited.get(f"/passages/report/p9{end}").status_code == 410
        assert cited.get(f"/passages/report/p8{end}").status_code == 404
    assert cited.get("/passages/report/p7.pdf").status_code == 404
    assert cited.get("/passages/report/.ris").status_code == 404


def test_the_day_of_access_is_that_of_the_request(cited: FlaskClient) -> None:
    assert "accessed 23 November 2026" in text(cited, "/passages/report/p7/cite")
    assert "Accessed: 23 November 2026" in text(cited, "/passages/report/p7/cite?style=harvard")


def test_a_superseded_source_warns_in_the_panel_and_in_the_citation(cited: FlaskClient) -> None:
    tree = dom.page(cited, "/passages/old/p1")
    assert said(one(tree, "p.warn")).startswith("Superseded, as the citation says.")
    assert "[Superseded by Work & {play} “quoted” 人身取引; fingerprint" in shown(tree)


def embedded(tree: HtmlElement) -> Embedded:
    """The item that Zotero would make of the page, had it no unAPI."""
    assert "http://www.zotero.org/namespaces/export#" in attributes(tree, "link[rel='schema.z']", "href")
    metas = select(tree, "head > meta[name]")
    return read([(each.get("name", ""), each.get("content", "")) for each in metas])


def test_a_reference_manager_takes_no_body_for_a_person_and_splits_no_name(cited: FlaskClient) -> None:
    found = embedded(dom.page(cited, "/passages/report/p7"))
    assert (found.kind, found.creators) == ("report", ["Office of the Attorney-General"])
    assert found.fields["title"] == "Work & {play} “quoted” 人身取引"
    assert found.fields["institution"] == BODY
    assert found.fields["reportNumber"] == "A/61/122"
    tags = {
        each.get("name"): each.get("content")
        for each in select(dom.page(cited, "/passages/report/p7"), "meta")
    }
    assert tags["DC.date"] == "2016-07-06"
    assert tags["DC.identifier"] == "http://localhost/passages/report/p7"
    assert tags["DCTERMS.abstract"] == "Plain words & “more”."


def test_a_treaty_is_a_statute_and_no_web_page(cited: FlaskClient) -> None:
    tree = dom.page(cited, TREATY)
    found = embedded(tree)
    assert (found.kind, found.fields["nameOfAct"]) == ("statute", "Convention on the Rights of the Child")
    assert select(tree, "meta[name='DC.date']") == []  # the source's is in doubt


def test_a_note_is_a_page_of_this_site(cited: FlaskClient) -> None:
    found = embedded(dom.page(cited, "/passages/theme/extradition"))
    assert (found.kind, found.fields["title"]) == ("webpage", "Extradition: Crime cooperation")
    assert (found.fields["publisher"], found.creators) == (SITE_NAME, [SITE_NAME])


def test_search_engines_read_the_passage_and_its_document(cited: FlaskClient) -> None:
    passage = data(dom.page(cited, "/passages/report/p7"))
    assert passage["@type"] == "Quotation"
    assert passage["text"] == "Plain words & “more”."
    assert passage["@id"] == "http://localhost/passages/report/p7"
    assert passage["identifier"]["value"] == fingerprint("Plain words & “more”.")
    whole = passage["isPartOf"]
    assert (whole["@type"], whole["datePublished"]) == ("Report", "2016-07-06")
    assert [(body["@type"], body["name"]) for body in whole["publisher"]] == [
        ("Organization", BODY),
        ("Organization", "Office of the Attorney-General"),
    ]
    note = data(dom.page(cited, "/passages/theme/extradition"))
    assert note["author"] == [{"@type": "Organization", "name": SITE_NAME}]
    assert note["isPartOf"]["name"] == "Crime cooperation"


def test_words_cannot_end_the_data_that_they_stand_in(cited: FlaskClient) -> None:
    tree = dom.page(cited, TREATY)
    assert data(tree)["text"] == "</script><b>No child</b>"
    assert select(tree, "b") == []


def test_signposts_lead_to_the_permanent_address_and_to_every_file(cited: FlaskClient) -> None:
    header = cited.get("/passages/report/p7?q=words&style=apa").headers["Link"]
    posts = re.findall(r'<([^>]+)>; rel="([^"]+)"(?:; type="([^"]+)")?', header)
    assert posts[0] == ("http://localhost/passages/report/p7", "cite-as", "")
    described = {address: kind for address, rel, kind in posts if rel == "describedby"}
    assert len(described) == len(BY_SUFFIX)
    for address, kind in described.items():
        assert cited.get(address).mimetype == kind


def test_a_whole_result_list_is_read_by_reference_managers(client: FlaskClient) -> None:
    total = client.get("/api/search?q=victims").get_json()["total"]
    ris = client.get("/search.ris?q=victims").get_data(as_text=True)
    assert len(rispy.loads(ris.replace("\r\n", "\n"))) == total
    parser = BibTexParser(ignore_nonstandard_types=False)
    entries = bibtexparser.loads(client.get("/search.bib?q=victims").get_data(as_text=True), parser).entries
    assert len({entry["ID"] for entry in entries}) == total
    records = json.loads(client.get("/search.csl.json?q=victims").data)
    assert len(records) == total
    assert all(record["custom"]["fingerprint"] in record["note"] for record in records)


def test_a_hostile_document_cannot_break_its_panel(samples: FlaskClient) -> None:
    tree = dom.page(samples, "/passages/hostile/main?style=chicago")
    assert data(tree)["text"].startswith(site_samples.HOSTILE)
    scripts = select(tree, "script")
    assert sum(not script.get("src") for script in scripts) == 1  # the data
    assert select(tree, "img, *[onerror]") == []


def test_another_style_is_shown_at_once_and_remembered(page: Page) -> None:
    page.goto(f"{COMMUNIQUE}?style=oscola")
    expect(page.locator(".styles button")).to_be_hidden()
    page.get_by_label("Style").select_option("apa")
    expect(page.locator(".citation").first).to_contain_text("para. 7 [numbering added by this site])")
    expect(page.locator(".in-style .part")).to_have_text(["In the text", "Reference list"])
    assert page.url.endswith("?style=apa")
    page.reload()
    expect(page.get_by_label("Style")).to_have_value("apa")
    page.goto(NOTE_PAGE)
    expect(page.get_by_label("Style")).to_have_value("apa")
    expect(page.locator(".citation").last).to_contain_text("Retrieved November 23, 2026, from")


def test_a_bibliography_entry_is_copied_apart_from_the_note(page: Page) -> None:
    page.goto(COMMUNIQUE)
    button = page.get_by_role("button", name="Copy Bibliography")
    expect(button).to_be_hidden()
    page.get_by_label("Style").select_option("chicago")
    button.click()
    expect(page.locator(".copied")).to_have_text("Bibliography entry copied")
    entry = page.locator(".citation.further").inner_text()
    assert page.evaluate("navigator.clipboard.readText()") == entry
    page.get_by_role("button", name="Copy Citation").click()
    expect(page.locator(".copied")).to_have_text("Citation copied")
    assert page.evaluate("navigator.clipboard.readText()") == page.locator(".citation").first.inner_text()


def test_a_copied_citation_keeps_its_italics(page: Page) -> None:
    page.goto(f"{COMMUNIQUE}?style=aglc")
    page.get_by_role("button", name="Copy quotation and citation").click()
    expect(page.locator(".copied")).to_contain_text("copied")
    html = page.evaluate(
        "navigator.clipboard.read().then(([item]) => item.getType('text/html')).then((blob) => blob.text())"
    )
    copied = parsed(html)
    assert any("Bali Process Regional Symposium" in words for words in texts(copied, "em"))
    assert "“the need for robust mechanisms" in said(copied)


def test_a_style_is_chosen_and_remembered_without_javascript(browser: Browser, site: str) -> None:
    context = browser.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{COMMUNIQUE}?q=extradition")
    page.get_by_label("Style").select_option("mla")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".citation").last).to_contain_text("Accessed 23 Nov. 2026.")
    assert page.url.endswith(f"{COMMUNIQUE}?q=extradition&style=mla#site%3Acite")
    expect(page.locator(".cited mark")).to_have_text("extradition")
    page.goto(NOTE_PAGE)
    expect(page.get_by_label("Style")).to_have_value("mla")
    context.close()
