"""The list of documents: filtered, sorted, as a file."""

from __future__ import annotations

import csv
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from kb.model import Document, SubPoint, Theme
from kb.sources.person_name import PersonName
from tests.engines import build, open_engine
from tests.index.samples import collection
from tests.web.dom import attributes, one, parsed, said, texts
from web.app import create_app

SOURCES = (
    Document("fees", "Réport on fees", "report", "2014", issuers=("ILO",), language="en"),
    Document("wages", "Decision on wages", "case", "2019-05-03", authors=(PersonName("Öztürk", "Ann"),)),
    Document("aid", "Aid for workers", "report", issuers=("=Example Aid",)),
)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    folder: Path = tmp_path_factory.mktemp("index")
    made = collection(fees=["one", "two"], wages=["three"], aid=["four", "five", "six"])
    passages = {
        name: tuple(replace(each, themes=("pay", "pay/late") if name == "wages" else ()) for each in given)
        for name, given in made.passages.items()
    }
    theme = Theme("pay", "Pay", "Pay", 1, subpoints=(SubPoint("late", "Paid late"),))
    build(replace(made, documents=SOURCES, passages=passages, themes=(theme,)), folder)
    return create_app(open_engine(folder)).test_client()


def listed(client: FlaskClient, asked: str = "") -> list[str]:
    return [
        str(address).removeprefix("/documents/")
        for address in attributes(parsed(client.get(f"/documents{asked}").text), "h3 > a", "href")
    ]


@pytest.mark.parametrize(
    ("asked", "ids"),
    [
        ("", ["fees", "wages", "aid"]),
        ("?q=report", ["fees"]),
        ("?q=REPORT+ilo", ["fees"]),
        ("?q=ozturk", ["wages"]),
        ("?q=report+wages", []),
        ("?theme=pay", ["wages"]),
        ("?theme=pay/late", ["wages"]),
        ("?kind=report", ["fees", "aid"]),
        ("?year=2014", ["fees"]),
        ("?year=2015..", ["wages"]),
        ("?year=undated", ["aid"]),
        ("?kind=report&year=2014&q=fees", ["fees"]),
        ("?kind=report&year=2019", []),
        ("?sort=title", ["aid", "wages", "fees"]),
        ("?sort=newest", ["wages", "fees", "aid"]),
        ("?sort=oldest", ["fees", "wages", "aid"]),
        ("?sort=passages", ["aid", "fees", "wages"]),
        ("?sort=title&kind=report&unknown=1", ["aid", "fees"]),
    ],
)
def test_the_list_is_narrowed_and_sorted(client: FlaskClient, asked: str, ids: list[str]) -> None:
    assert listed(client, asked) == ids


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("sort=first", "unknown sort order"),
        ("year=soon", "“soon” is not a year"),
        ("theme=other", "“other” is not a theme"),
        ("theme=pay/early", "“pay/early” is not a theme"),
        (f"kind={'a' * 201}", "is not a kind"),
    ],
)
def test_a_bad_value_is_refused_with_the_reason(client: FlaskClient, asked: str, words: str) -> None:
    for address in (f"/documents?{asked}", f"/documents.csv?{asked}"):
        answer = client.get(address)
        assert answer.status_code == 400
        assert words in answer.text


def test_the_form_keeps_what_was_asked_and_the_way_back(client: FlaskClient) -> None:
    page = parsed(client.get("/documents?q=fees&kind=report&sort=title").text)
    assert attributes(page, ".catalogue option[selected]", "value") == ["report", "title"]
    assert one(page, "input[id='site:title']").get("value") == "fees"
    assert said(one(page, ".total")) == "1 document found"
    assert one(page, ".export a").get("href") == "/documents.csv?q=fees&kind=report&sort=title"
    nothing = parsed(client.get("/documents?q=nothing").text)
    assert texts(nothing, ".nothing") == ["No document matches. Show all documents"]


def test_the_file_has_the_documents_asked_for(client: FlaskClient) -> None:
    answer = client.get("/documents.csv?kind=report")
    rows = list(csv.DictReader(StringIO(answer.data.decode("utf-8-sig"))))
    assert [row["document"] for row in rows] == ["fees", "aid"]
    assert (rows[0]["issuers"], rows[0]["date"], rows[0]["passages"]) == ("ILO", "2014", "2")
    assert rows[1]["issuers"] == "'=Example Aid"
    assert rows[0]["permalink"].endswith("/documents/fees")
    assert "documents.csv" in answer.headers["Content-Disposition"]


def test_what_somebody_looked_for_stays_in_no_cache(client: FlaskClient) -> None:
    assert "no-store" in client.get("/documents?q=fees").headers["Cache-Control"]
    assert "no-store" in client.get("/documents.csv?q=fees").headers["Cache-Control"]
    assert "no-store" not in client.get("/documents").headers["Cache-Control"]
