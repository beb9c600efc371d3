"""Spans of passages and whole documents: their pages, panels, files and JSON."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser, expect

from kb.citing.exports.registry import BY_SUFFIX
from kb.citing.styles.registry import STYLES
from kb.model import Collection, Document, Passage
from kb.published import Move, Published, Withdrawal
from kb.text.fingerprint import fingerprint
from tests.engines import build, open_engine
from tests.tables import table
from tests.web import dom
from tests.web.dom import attributes, one, said, texts
from web.app import create_app

COMMUNIQUE = "bali-process-symposium-2015"
SPAN = f"/passages/{COMMUNIQUE}/p4..p6"
WHOLE = f"/documents/{COMMUNIQUE}"


def citation(client: FlaskClient, address: str) -> str:
    return said(one(dom.page(client, address), "section.cite > div.in-style p.citation"))


def test_a_span_shows_its_passages_in_order_and_is_cited_with_its_places(client: FlaskClient) -> None:
    tree = dom.page(client, SPAN)
    assert attributes(tree, "article.passage", "id") == ["p4", "p5", "p6"]
    assert said(one(tree, "h1 .where")) == "Para 4 to para 6"
    assert attributes(tree, "link[rel='canonical']", "href") == [f"http://localhost{SPAN}"]
    words = "\n".join(text.strip() for text in texts(tree, "article.passage .source"))
    assert fingerprint(words) in said(one(tree, ".verify .facts"))
    assert "paras 4–6 (numbering added by this site)" in citation(client, SPAN)
    assert "[4]–[6]" in citation(client, f"{SPAN}?style=aglc")
    assert said(one(tree, "section.cite h2")) == "Cite these passages"


def test_a_document_is_cited_as_a_whole_on_its_page_without_words_or_place(client: FlaskClient) -> None:
    tree = dom.page(client, WHOLE)
    assert said(one(tree, "section.cite h2")) == "Cite this document"
    assert "para" not in citation(client, WHOLE)
    assert f"<http://localhost{WHOLE}> accessed" in citation(client, WHOLE)
    assert texts(tree, "section.cite .quotation, section.cite [data-copy='both'], section.cite .facts") == []
    assert attributes(tree, ".to-cite a", "href") == ["#site:cite"]


@pytest.mark.parametrize("address", [SPAN, WHOLE])
def test_every_file_that_the_panel_offers_opens(client: FlaskClient, address: str) -> None:
    links = attributes(dom.page(client, address), "p.files > a", "href")
    for suffix, link in zip(BY_SUFFIX, links, strict=True):
        answer = client.get(link)
        assert (answer.status_code, answer.mimetype) == (200, BY_SUFFIX[suffix].media_type)
        assert f"http://localhost{address}" in answer.get_data(as_text=True)
    for style in STYLES:
        assert client.get(f"{address}/cite?style={style}").mimetype == "text/plain"
    assert '"' not in client.get(f"{WHOLE}.txt").get_data(as_text=True)
    assert 'rel="cite-as"' in client.get(address).headers["Link"]


def test_a_style_chosen_on_a_document_is_remembered_and_leads_back_to_its_part(client: FlaskClient) -> None:
    answer = client.get(f"{WHOLE}?style=apa&remember=yes&q=law&at=p7")
    assert answer.headers["Location"] == f"{WHOLE}?q=law&style=apa&at=p7#site%3Acite"
    assert "style=apa" in answer.headers["Set-Cookie"]
    answer = client.get(f"{SPAN}?style=mla&remember=yes")
    assert answer.headers["Location"] == f"{SPAN}?style=mla#site%3Acite"


def test_a_reader_chooses_where_a_span_ends_without_a_script(client: FlaskClient) -> None:
    tree = dom.page(client, f"/passages/{COMMUNIQUE}/p4")
    form = one(tree, "form.span")
    ends = attributes(form, "option", "value")
    assert ends[:3] == ["p4", "p5", "p6"]
    assert form.get("action") == f"/passages/{COMMUNIQUE}/p4"
    assert client.get(f"/passages/{COMMUNIQUE}/p4?last=p6").headers["Location"] == f"{SPAN}#site%3Acite"
    only = client.get(f"/passages/{COMMUNIQUE}/p4?last=p4").headers["Location"]
    assert only == f"/passages/{COMMUNIQUE}/p4#site%3Acite"
    again = one(dom.page(client, SPAN), "form.span")
    assert attributes(again, "option[selected]", "value") == ["p6"]
    assert client.get(f"/passages/{COMMUNIQUE}/p4?last=a/b").status_code == 400


@pytest.mark.parametrize(
    ("query", "location"),
    [
        ("first=p4&last=p6", f"{SPAN}#site%3Acite"),
        ("first=p6&last=p4", f"{SPAN}#site%3Acite"),
        ("first=p4&last=p4", f"/passages/{COMMUNIQUE}/p4#site%3Acite"),
        ("last=p4", f"/passages/{COMMUNIQUE}/p4#site%3Acite"),
    ],
)
def test_two_passages_of_a_document_lead_to_their_span(
    client: FlaskClient, query: str, location: str
) -> None:
    answer = client.get(f"{WHOLE}?{query}")
    assert (answer.status_code, answer.headers["Location"]) == (303, location)


def test_passages_that_are_not_in_the_document_make_no_span(client: FlaskClient) -> None:
    assert client.get(f"{WHOLE}?first=p4&last=p99").status_code == 404


@pytest.mark.parametrize(
    ("query", "status", "location"),
    [
        ("first=p0&last=p1", 303, "/passages/plan/p1#site%3Acite"),
        ("first=p1&last=p9", 302, "/passages/plan/p9"),
        ("first=p9&last=p0", 302, "/passages/plan/p9"),
        ("first=p20", 302, "/passages/plan/p20"),
    ],
)
def test_ends_chosen_on_an_older_page_lead_to_what_became_of_them(
    samples: FlaskClient, query: str, status: int, location: str
) -> None:
    answer = samples.get(f"/documents/plan?{query}")
    assert (answer.status_code, answer.headers["Location"]) == (status, location)


@table("tail", ["", ".ris", "/cite"])
@table(
    ("place", "status", "to"),
    [
        ("plan/p0..p1", 308, "plan/p1"),
        ("former-plan/p1..p1", 308, "plan/p1"),
        ("long/p3..p3", 308, "long/p3"),
        ("plan/p1..p9", 410, ""),
        ("plan/p1..p20", 503, ""),
        ("plan/p1..p99", 404, ""),
        ("long/p5..p3", 400, ""),
    ],
)
def test_a_span_becomes_what_became_of_its_ends(
    samples: FlaskClient, place: str, tail: str, status: int, to: str
) -> None:
    answer = samples.get(f"/passages/{place}{tail}")
    assert answer.status_code == status
    assert answer.headers.get("Location", "") == (f"/passages/{to}{tail}" if to else "")


def test_a_span_that_runs_backwards_says_what_to_write(samples: FlaskClient) -> None:
    assert "write long/p3..p5" in samples.get("/passages/long/p5..p3").get_data(as_text=True)
    error = samples.get("/api/passages/long/p5..p3").get_json()["error"]
    assert "runs backwards; write long/p3..p5" in error


def test_a_document_is_not_longer_than_a_span_may_be(samples: FlaskClient) -> None:
    assert samples.get("/passages/vast/c1..c100").status_code == 200
    answer = samples.get("/passages/vast/c1..c101")
    assert answer.status_code == 400
    assert "has more than 100 passages" in answer.get_data(as_text=True)


def test_a_span_says_whether_its_words_changed(samples: FlaskClient) -> None:
    today = samples.get("/api/passages/long/p2..p4").get_json()
    assert today["text"].count("\n") == 2
    unchanged = dom.page(samples, f"/passages/long/p2..p4?v={today['fingerprint'][:12]}")
    assert said(one(unchanged, ".verdict > h2")) == "Unchanged"
    before = today["text"].replace(today["passages"][1]["text"], "Item 3 was about smuggling.")
    amended = dom.page(samples, f"/passages/long/p2..p4?v={fingerprint(before)[:12]}")
    assert said(one(amended, ".verdict > h2")).startswith("Amended")
    assert any("was" in words for words in texts(amended, ".difference del"))


def test_spans_of_notes_are_read_and_cited_too(client: FlaskClient) -> None:
    address = "/passages/legislative-frameworks/introduction..criminalisation"
    assert "Editorial notes on Effective legislative frameworks" in citation(client, address)
    whole = client.get("/documents/legislative-frameworks/cite").get_data(as_text=True)
    assert "‘Effective legislative frameworks’ (Editorial notes" in whole
    assert client.get("/documents/legislative-frameworks.bib").status_code == 200


@pytest.mark.parametrize(
    ("slug", "status"),
    [("plan", 200), ("former-plan", 308), ("vanished", 410), ("faulty", 404), ("none", 404)],
)
def test_a_document_as_json_and_as_files_answers_as_its_page_does(
    samples: FlaskClient, slug: str, status: int
) -> None:
    addresses = (
        f"/documents/{slug}",
        f"/documents/{slug}.ris",
        f"/documents/{slug}/cite",
        f"/api/documents/{slug}",
    )
    answers = [samples.get(address) for address in addresses]
    assert [answer.status_code for answer in answers] == [status] * 4
    if status == 200:
        found = answers[-1].get_json()
        assert list(found["citations"]) == list(STYLES)
        assert found["csl"]["id"] == slug
        assert found["document"]["title"] == "Work plan"


def test_a_span_as_json_has_its_passages(samples: FlaskClient) -> None:
    found = samples.get("/api/passages/long/p2..p4").get_json()
    assert [each["passage"] for each in found["passages"]] == ["p2", "p3", "p4"]
    assert (found["first"], found["last"], found["gone"]) == ("p2", "p4", [])
    assert found["fingerprint"] == fingerprint(found["text"])
    assert found["url"] == "/passages/long/p2..p4"
    moved = samples.get("/api/passages/plan/p0..p1")
    assert (moved.status_code, moved.headers["Location"]) == (308, "/api/passages/plan/p1")


def test_one_passage_is_compared_not_several(client: FlaskClient) -> None:
    page = client.get(f"/compare?a={COMMUNIQUE}/p4..p6").get_data(as_text=True)
    assert "This names several passages. Choose one of them to compare." in page


def test_some_words_of_a_passage_are_found_marked_and_cited_alone(client: FlaskClient) -> None:
    whole = client.get(f"/api/passages/{COMMUNIQUE}/p4").get_json()
    answer = client.get(f"/passages/{COMMUNIQUE}/p4?words=awareness-raising in  supporting prevention")
    version = f"v={whole['fingerprint'][:12]}"
    address = f"/passages/{COMMUNIQUE}/p4:4-7"
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{address}?{version}#site:cite")
    tree = dom.page(client, address)
    assert texts(tree, ".source mark") == ["awareness-raising in supporting prevention"]
    assert said(one(tree, "section.cite h2")) == "Cite these words"
    assert attributes(tree, ".copy", "data-quotation") == ["awareness-raising in supporting prevention"]
    assert f"para 4 (numbering added by this site) <http://localhost{address}?{version}>" in citation(
        client, address
    )
    assert client.get(f"{address}.txt").get_data(as_text=True).startswith("“awareness-raising in")
    assert client.get(f"{address}/cite").status_code == 200
    excerpt = client.get(f"/api{address}").get_json()
    assert excerpt["excerpt"] == {
        "first": 4,
        "last": 7,
        "text": "awareness-raising in supporting prevention",
    }
    assert excerpt["text"] == whole["text"]
    assert client.get(f"{address}.").headers["Location"] == address


@table(
    ("address", "why"),
    [
        (f"/passages/{COMMUNIQUE}/p4?words=never+said", "does not have the words “never said”"),
        (f"/passages/{COMMUNIQUE}/p4:7-4", "runs backwards"),
        (f"/passages/{COMMUNIQUE}/p4:7-999", "asks for word 999, but there are only 39"),
        (f"/passages/{COMMUNIQUE}/p4..p6:1-999", "asks for word 999, but there are only 110"),
        (f"/api/passages/{COMMUNIQUE}/p4..p6:1-999", "asks for word 999, but there are only 110"),
        (f"/passages/{COMMUNIQUE}/p4:7-9,8-12", "runs backwards"),
        (f"/api/passages/{COMMUNIQUE}/p4:7-999", "asks for word 999, but there are only 39"),
        (f"/passages/{COMMUNIQUE}/p4:7-999/cite", "asks for word 999, but there are only 39"),
    ],
)
def test_words_that_are_not_there_are_refused(client: FlaskClient, address: str, why: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 400
    assert why in answer.get_data(as_text=True)


def test_an_excerpt_of_words_that_changed_or_went_leads_to_what_became_of_them(samples: FlaskClient) -> None:
    changed = samples.get("/passages/long/p3:1-3?v=00000000")
    assert (changed.status_code, changed.headers["Location"]) == (302, "/passages/long/p3?v=00000000")
    moved = samples.get("/passages/plan/p0:1-3.ris")
    assert (moved.status_code, moved.headers["Location"]) == (308, "/passages/plan/p1:1-3.ris")
    assert samples.get("/passages/plan/p9:1-3").status_code == 410
    assert samples.get("/passages/plan/p20:1-3/cite").status_code == 503
    assert samples.get("/passages/plan/p99:1-3").status_code == 404


@pytest.mark.slow
def test_a_span_is_made_and_its_style_kept_without_javascript(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=site)
    page = context.new_page()
    page.goto(f"/passages/{COMMUNIQUE}/p4")
    page.get_by_label("Cite up to").select_option("p6")
    page.locator("form.span").get_by_role("button", name="Cite").click()
    assert page.url == f"{site}{SPAN}#site%3Acite"
    page.get_by_label("Style").select_option("aglc")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("section.cite > .in-style .citation")).to_contain_text("[4]–[6]")
    page.goto(f"/documents/{COMMUNIQUE}")
    page.get_by_label("From").select_option("p6")
    page.get_by_label("up to", exact=True).select_option("p8")
    page.get_by_role("button", name="Cite").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Para 6 to para 8")
    page.goto(f"/passages/{COMMUNIQUE}/p4")
    page.get_by_text("Quote part of this passage").click()
    page.get_by_label("The words, copied from the passage").fill("awareness-raising in supporting prevention")
    page.locator("form.only").get_by_role("button", name="Quote").click()
    expect(page.locator(".source mark")).to_have_text("awareness-raising in supporting prevention")
    context.close()


@pytest.fixture(scope="module")
def gaps(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A report whose second passage was withdrawn, and whose fourth went to another."""
    folder = tmp_path_factory.mktemp("gaps") / "index"
    ids = {"report": ("p1", "p3", "p5"), "other": ("o1",)}
    passages = {
        document: tuple(Passage(document, id, f"Words of {id}.", f"para {id[1:]}") for id in some)
        for document, some in ids.items()
    }
    documents = (Document("report", "A report", "report"), Document("other", "Another", "report"))
    gone = (Withdrawal("report", "p2", fingerprint("lost"), "2026-01-02"),)
    moves = (Move("report", "p4", "other/o1"),)
    published = {"report/p2": (Published("report", "p2", fingerprint("lost"), "2025-01-02", "lost"),)}
    build(Collection((), documents, passages, gone, moves, published), folder)
    return create_app(open_engine(folder)).test_client()


def test_what_is_missing_between_the_ends_is_told(gaps: FlaskClient) -> None:
    tree = dom.page(gaps, "/passages/report/p1..p5")
    assert attributes(tree, "article.passage", "id") == ["p1", "p3", "p5"]
    withdrawn, moved = texts(tree, "p.banner")
    assert withdrawn == (
        "Withdrawn. Passage p2 was here and was withdrawn on 2 January 2026. "
        "Only the remaining passages are shown below."
    )
    assert moved.startswith("Moved. Passage p4 was here and is now other/o1.")
    assert gaps.get("/api/passages/report/p1..p5").get_json()["gone"] == ["p2", "p4"]


@pytest.mark.parametrize(
    ("place", "words", "status", "verdict"),
    [
        ("p1..p3", "Words of p1. lost Words of p3.", 200, "Amended on 2 January 2026"),
        ("p1..p3", "Words of p1. Words of p3.", 200, "Unchanged"),
        ("p1..p3", "Never so.", 200, "Not published here"),
        ("p1..p2", "Words of p1. lost", 410, "What was cited"),
        ("p2..p3", "lost Words of p3.", 410, "What was cited"),
    ],
)
def test_words_cited_from_a_span_before_a_part_of_it_was_withdrawn_are_known(
    gaps: FlaskClient, place: str, words: str, status: int, verdict: str
) -> None:
    answer = gaps.get(f"/passages/report/{place}?v={fingerprint(words)[:12]}")
    assert answer.status_code == status
    assert f'<h2 id="site:verdict">{verdict}</h2>' in answer.get_data(as_text=True)


def test_a_span_that_lost_an_end_does_not_say_what_was_never_published(gaps: FlaskClient) -> None:
    for place in ("p1..p2", "p2..p3", "p2..p5"):
        answer = gaps.get(f"/passages/report/{place}?v=abcdef12")
        assert answer.status_code == 410
        assert "Not published here" not in answer.get_data(as_text=True)
    assert "Not published here" in gaps.get("/passages/report/p2?v=abcdef12").get_data(as_text=True)
