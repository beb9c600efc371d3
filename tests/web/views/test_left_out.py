"""What a build left out, as readers and programs see it."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from kb.collection.leaving_out.rest import survey_rest
from kb.collection.loader import survey
from kb.collection.publication import pending_entries
from kb.settings import shipped_content
from kb.text.fingerprint import fingerprint
from tests.engines import build, open_engine
from tests.kb.folders import interchange
from tests.tables import table
from web.app import create_app

WORDS = "States shall protect every victim of trafficking."
PRINT = fingerprint(WORDS)
RECORD = {"document": "d", "id": "p2", "text": WORDS}
SOUND: list[dict[str, Any]] = [
    {"document": "d", "id": "p1", "text": "The first passage of the document."},
    {"document": "e", "id": "q1", "text": "The only passage of another."},
]
DOCUMENTS = [{"id": "d", "title": "The document"}, {"id": "e", "title": "Another"}]
REASON = "“no tag!” is not a theme or sub-point"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index without p2 of d, whose tag is wrong, and without e, whose date is; p3 has moved to p2."""
    folder = tmp_path_factory.mktemp("content")
    former = RECORD | {"id": "p3"}
    for passages in ([*SOUND, former], [*SOUND, RECORD | {"formerly": ["p3"]}]):
        interchange(folder, documents=DOCUMENTS, passages=passages)
        for one in pending_entries(survey([folder]), datetime.date(2026, 1, 1)):
            one.write()
    faulty = [*SOUND, RECORD | {"formerly": ["p3"], "themes": ["no tag!"]}]
    interchange(folder, documents=[DOCUMENTS[0], DOCUMENTS[1] | {"date": "yesterday"}], passages=faulty)
    made = tmp_path_factory.mktemp("index")
    build(survey_rest([folder]).collection, made)
    return made


@pytest.fixture(scope="module")
def site(index: Path) -> FlaskClient:
    return create_app(open_engine(index)).test_client()


PASSAGE = "/passages/d/p2"
FORMS = (
    *(PASSAGE + tail for tail in ("", ".ris", ".bib", ".json", ".md", ".txt", ".jsonld", "/cite")),
    f"{PASSAGE}?v={PRINT[:12]}",
    f"{PASSAGE}/cite?format=ris",
    "/api/passages/d/p2",
)


@table("address", FORMS)
def test_the_address_answers_503_in_every_form_with_the_reason_and_the_fingerprint(
    site: FlaskClient, address: str
) -> None:
    answer = site.get(address)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "3600"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "ETag" not in answer.headers
    for words in (PRINT, "no tag!", "left out at present"):
        assert words in answer.text
    assert "was withdrawn" not in answer.text


def test_a_fingerprint_in_the_address_shows_the_words_that_were_published(site: FlaskClient) -> None:
    page = site.get(f"{PASSAGE}?v={PRINT[:12]}").text
    assert "were published on 1 January 2026" in page
    assert WORDS in page
    assert "no longer part of" not in page
    assert "was ever published at this address" in site.get(f"{PASSAGE}?v=00000000").text


def test_a_head_request_is_told_the_same(site: FlaskClient) -> None:
    answer = site.head(PASSAGE)
    assert (answer.status_code, answer.text) == (503, "")


def test_a_former_address_leads_there(site: FlaskClient) -> None:
    answer = site.get("/passages/d/p3")
    assert (answer.status_code, answer.headers["Location"]) == (308, PASSAGE)
    assert site.get("/passages/d/p3", follow_redirects=True).status_code == 503


def test_a_passage_of_a_document_left_out_names_the_fault_of_the_document(site: FlaskClient) -> None:
    answer = site.get("/api/passages/e/q1")
    assert answer.status_code == 503
    assert answer.json == {
        "error": "This passage is left out at present.",
        "parameter": None,
        "document": "e",
        "passage": "q1",
        "fingerprint": fingerprint("The only passage of another."),
        "published": "2026-01-01",
        "reason": "its document “e” is left out: “yesterday” is not a date",
    }


@pytest.mark.parametrize("address", ["/documents/e", "/themes/e"])
def test_a_document_left_out_answers_503_with_its_passages(site: FlaskClient, address: str) -> None:
    answer = site.get(address)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "3600"
    assert "“yesterday” is not a date" in answer.text
    assert fingerprint("The only passage of another.") in answer.text


def test_other_addresses_answer_as_ever(site: FlaskClient) -> None:
    assert site.get("/passages/d/p1").status_code == 200
    assert site.get("/passages/d/p9").status_code == 404
    assert site.get("/documents/x").status_code == 404
    assert site.get("/passages/d/p2.").status_code == 308


def test_what_is_left_out_is_not_found(site: FlaskClient) -> None:
    found = site.get("/api/search?q=victim").json
    assert found is not None
    assert found["total"] == 0


def test_the_page_on_the_site_says_how_much_is_left_out_and_why(site: FlaskClient) -> None:
    page = site.get("/about").text
    assert "Left out at present" in page
    assert "1 document, 2 passages, until a fault is corrected." in page
    for name, reason in (
        ("d/p2", REASON),
        ("e/q1", "its document “e” is left out: “yesterday” is not a date"),
    ):
        assert f'<dt><bdi dir="auto">{name}</bdi></dt><dd dir="auto" lang="en">{reason}</dd>' in page


@pytest.mark.parametrize("address", ["/api", "/api/collection"])
def test_the_api_says_how_much_is_left_out_and_why(site: FlaskClient, address: str) -> None:
    answer = site.get(address).json
    assert answer is not None
    assert answer["left_out"]["total"] == 3
    assert answer["left_out"]["by_kind"] == {"document": 1, "passage": 2}
    assert answer["left_out"]["records"][2] == {
        "kind": "passage",
        "name": "e/q1",
        "file": "passages.jsonl",
        "line": 2,
        "code": "document-left-out",
        "reason": "its document “e” is left out: “yesterday” is not a date",
    }


def test_a_collection_with_nothing_left_out_says_nothing_of_it(client: FlaskClient) -> None:
    assert "Left out" not in client.get("/about").text
    answer = client.get("/api").json
    assert answer is not None
    assert answer["left_out"] == {"total": 0, "by_kind": {}, "records": []}


@pytest.mark.parametrize("asked", ["d/p2", "d/p3", PRINT])
def test_a_citation_of_it_is_resolved_and_said_to_be_left_out(site: FlaskClient, asked: str) -> None:
    answer = site.get("/api/resolve", query_string={"q": asked}).json
    assert answer is not None
    (match,) = answer["matches"]
    assert match["url"] == PASSAGE
    assert "left out at present, not withdrawn" in match["why"] or asked == "d/p3"


def test_compared_with_another_it_is_said_to_be_left_out(site: FlaskClient) -> None:
    answer = site.get("/compare?a=d/p1&b=d/p2")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "3600"
    assert "d/p2 is left out at present" in answer.text
    assert "The first passage of the document." in answer.text


def test_a_brief_with_it_says_so_and_keeps_the_rest(site: FlaskClient) -> None:
    page = site.get("/brief?p=d/p1&p=d/p2").text
    assert "left out at present, not withdrawn" in page
    assert "Omitted: d/p2 (left out at present" in site.get("/brief.md?p=d/p1&p=d/p2").text


def test_a_quotation_from_it_is_said_to_be_left_out(site: FlaskClient) -> None:
    page = site.post("/check", data={"text": WORDS}).text
    assert "Words quoted here were published in d/p2, which is left out at present, not withdrawn." in page


def test_the_page_of_a_document_says_that_a_passage_of_it_is_left_out(site: FlaskClient) -> None:
    assert "1 published passage of this document is <a" in site.get("/documents/d").text


def test_the_page_of_a_theme_says_which_note_is_left_out(tmp_path: Path) -> None:
    content, index = tmp_path / "content", tmp_path / "index"
    shutil.copytree(shipped_content(), content)
    theme = content / "themes/05-international-crime-cooperation.md"
    before, mark, after = theme.read_text(encoding="utf-8").partition("\n## Extradition")
    heading, _, note = after.partition("\n")
    theme.write_text(f"{before}{mark}{heading}\n\n<b>Bold.</b>\n{note}", encoding="utf-8")
    build(survey_rest([content]).collection, index)
    site = create_app(open_engine(index)).test_client()
    address = "/passages/international-crime-cooperation/extradition"
    page = site.get("/themes/international-crime-cooperation")
    assert page.status_code == 200
    assert f'<a href="{address}">left out at present</a>' in page.text
    assert site.get(address).status_code == 503
