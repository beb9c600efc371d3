"""The whole list of results in one file: CSV, JSON, RIS."""

from __future__ import annotations

import csv
import io
import re

import pytest
from flask.testing import FlaskClient

from index import request
from kb.model import Collection
from kb.text.fingerprint import fingerprint
from tests.web import site_samples
from tests.web.dom import one, page, said, select
from web.views import search
from web.views.export import COLUMNS, FORMATS

RIS_LINE = re.compile(r"[A-Z][A-Z0-9]  - .*")


def rows(client: FlaskClient, address: str) -> list[dict[str, str]]:
    text = client.get(address).data.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def order(client: FlaskClient, query: str) -> list[tuple[str, str]]:
    pages = (client.get(f"/api/search?{query}&per=50&page={n}").get_json()["hits"] for n in (1, 2))
    return [(hit["document"], hit["passage"]) for hits in pages for hit in hits]


@pytest.mark.parametrize(
    "query", ["q=smuggling", "q=extradition&status=all", "group=document", "sort=oldest"]
)
def test_a_file_holds_the_hits_of_all_pages_in_their_order(samples: FlaskClient, query: str) -> None:
    wanted = order(samples, query)
    found = rows(samples, f"/search.csv?{query}&page=2&per=25")
    assert [(row["document"], row["passage"]) for row in found][:100] == wanted[:100]
    report = samples.get(f"/search.json?{query}&page=2").get_json()
    assert [(hit["document"], hit["passage"]) for hit in report["hits"]][:100] == wanted[:100]
    records = samples.get(f"/search.ris?{query}").get_data(as_text=True)
    assert records.count("TY  - ") == records.count("\r\nER  - \r\n") == len(found)


@pytest.mark.parametrize(
    "query", ["q=smuggling+3", "q=smuggling+3&group=document", "q=letter+smuggling+7&per=25"]
)
def test_passages_with_all_the_words_come_first_then_those_with_some(
    samples: FlaskClient, query: str
) -> None:
    found = rows(samples, f"/search.csv?{query}")
    assert [row["matched"] for row in found] == sorted(row["matched"] for row in found)
    assert {row["matched"] for row in found} <= {"all", "some"}
    report = samples.get(f"/search.json?{query}").get_json()
    assert [hit["matched"] for hit in report["hits"]] == [row["matched"] for row in found]
    if "group" not in query:
        assert [row["matched"] for row in found].count("all") == report["total"]
        assert [row["matched"] for row in found].count("some") == report["total_some"] > 60
    assert samples.get(f"/search.ris?{query}").get_data(as_text=True).count("TY  - ") == len(found)


def test_a_row_has_the_passage_word_for_word_and_where_it_is_found(
    client: FlaskClient, shipped: Collection
) -> None:
    passage = shipped.passages["bali-process-symposium-2015"][6]
    (row,) = rows(client, "/search.csv?q=extradition&kind=communique")
    assert tuple(row) == COLUMNS
    assert row["text"] == passage.text
    assert row["fingerprint"] == fingerprint(passage.text)
    assert row["date"] == "2015"
    assert "International crime cooperation; " in row["themes"]
    assert row["permalink"] == "http://localhost/passages/bali-process-symposium-2015/p7"
    assert client.get(row["permalink"]).status_code == 200


def test_a_spreadsheet_runs_nothing_that_a_source_says(samples: FlaskClient) -> None:
    (row,) = rows(samples, "/search.csv?q=spreadsheet")
    assert row["text"] == f"'{site_samples.FORMULA}"
    assert row["locator"] == "'-1"
    assert row["heading"] == "'@risk"


def test_a_spreadsheet_is_told_the_encoding(client: FlaskClient) -> None:
    response = client.get("/search.csv")
    assert response.data.startswith("\ufeffdocument,passage".encode())
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_is_saved_under_a_name_that_tells_nothing_of_the_search(
    client: FlaskClient, name: str
) -> None:
    response = client.get(f"/search.{name}?q=extradition")
    assert response.headers["Content-Disposition"] == f'attachment; filename="passages.{name}"'
    assert response.mimetype == FORMATS[name].media_type


def test_json_is_the_report_of_the_search(client: FlaskClient) -> None:
    whole = client.get("/search.json?q=victims").get_json()
    page = client.get("/api/search?q=victims&per=50").get_json()
    assert {**whole, "took_ms": 0} == {**page, "took_ms": 0}


def test_every_line_of_ris_is_a_field_and_every_record_opens_and_closes(client: FlaskClient) -> None:
    text = client.get("/search.ris").get_data(as_text=True)
    records = text.removesuffix("\r\n\r\n").split("\r\n\r\n")
    assert len(records) == 45
    for lines in (record.split("\r\n") for record in records):
        assert all(RIS_LINE.fullmatch(line) for line in lines)
        assert lines[0] in ("TY  - RPRT", "TY  - ELEC")
        assert lines[-1] == "ER  - "
        assert "Y2  - 2026/11/23/" in lines


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_found_is_a_file_without_hits(client: FlaskClient, name: str) -> None:
    response = client.get(f"/search.{name}?q=zzzz")
    assert response.status_code == 200
    assert b"zzzz,," not in response.data
    assert b"ER  - " not in response.data


@pytest.mark.parametrize("name", FORMATS)
def test_a_value_that_cannot_be_used_is_refused(client: FlaskClient, name: str) -> None:
    response = client.get(f"/search.{name}?per=3")
    assert response.status_code == 400
    assert (response.mimetype == "application/json") == (name == "json")
    assert "Content-Disposition" not in response.headers


def test_the_results_page_links_the_files_with_its_own_filters(client: FlaskClient) -> None:
    asked = "q=victims&kind=note&expand=off&sort=oldest&per=25"
    linked = {said(each): each.get("href") for each in select(page(client, f"/search?{asked}"), ".export a")}
    assert linked == {name.upper(): f"/search.{name}?{asked}" for name in FORMATS}
    assert select(page(client, "/search?q=zzzz"), "a[href^='/search.']") == []


def test_where_not_all_fits_the_page_says_how_much_is_exported(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert request.MAX_HITS == search.MAX_HITS
    monkeypatch.setattr(search, "MAX_HITS", 7)
    assert said(one(page(client, "/search"), ".export")).startswith("Download the first 7 of 45: ")


def test_a_file_is_compressed_for_whoever_takes_it(client: FlaskClient) -> None:
    packed = client.get("/search.ris", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.data) < len(client.get("/search.ris").data)
