"""Saved searches that use the former name of a document or theme, or the former id of a passage."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.web.dom import attributes, one, page, said, texts


@pytest.mark.parametrize(
    ("former", "present"),
    [
        ("document=former-plan", "document=plan"),
        ("document=former-plan&document=plan&document=long", "document=plan&document=long"),
        ("theme=states", "theme=cooperation"),
        ("theme=states&theme=many/s1&match=all", "theme=cooperation&theme=many/s1&match=all"),
        ("q=smuggling&theme=many&document=former-plan", "q=smuggling&theme=many&document=plan"),
    ],
)
def test_a_filter_by_a_former_name_finds_what_the_present_one_finds(
    samples: FlaskClient, former: str, present: str
) -> None:
    for address in ("/search?", "/search.csv?", "/search.ris?", "/search.json?", "/matrix.csv?"):
        answers = [samples.get(f"{address}{named}") for named in (former, present)]
        assert [each.status_code for each in answers] == [200, 200]
        told = [each.get_data(as_text=True) for each in answers]
        if address != "/search.json?":  # which says how long it took
            assert told[0] == told[1]
    found = [samples.get(f"/api/search?{named}").get_json() for named in (former, present)]
    for name in ("hits", "facets", "total", "summary", "notices"):
        assert found[0][name] == found[1][name]


def test_the_page_names_the_filter_as_it_is_called_now(samples: FlaskClient) -> None:
    tree = page(samples, "/search?theme=states&document=former-plan")
    assert texts(tree, "ul.chips a")[:2] == [
        "Remove the filter Theme: Cooperation between States ×",
        "Remove the filter Document: Work plan ×",
    ]
    assert attributes(tree, ".filters input[checked]", "value") == ["cooperation", "plan"]
    assert len(texts(tree, ".hit")) == 1


@pytest.mark.parametrize("typed", ["document:former-plan", "-document:former-plan smuggling", "theme:states"])
def test_so_does_one_typed_into_the_query(samples: FlaskClient, typed: str) -> None:
    present = typed.replace("former-plan", "plan").replace("states", "cooperation")
    former, now = (
        samples.get("/api/search", query_string={"q": each}).get_json() for each in (typed, present)
    )
    assert [hit["url"] for hit in former["hits"]] == [hit["url"] for hit in now["hits"]] != []
    assert (former["query"], former["notices"]) == (typed, now["notices"])


def test_a_name_that_nothing_ever_had_still_finds_nothing_and_says_so(samples: FlaskClient) -> None:
    assert samples.get("/api/search?document=never-there").get_json()["total"] == 0
    told = samples.get("/api/search?q=theme:never-there").get_json()["notices"]
    assert [each["code"] for each in told] == ["unknown-filter-value"]


def test_a_filter_by_a_withdrawn_document_says_so_and_leads_to_what_is_left(samples: FlaskClient) -> None:
    tree = page(samples, "/search?q=law&document=vanished&document=never-there")
    said_so = [line for line in texts(tree, ".nothing li") if "withdrawn" in line]
    assert said_so == ["vanished was withdrawn: read more about it."]
    assert "/documents/vanished" in attributes(tree, ".nothing li a", "href")
    assert samples.get("/documents/vanished").status_code == 410
    assert [
        line for line in texts(page(samples, "/search?q=zzzz"), ".nothing li") if "withdrawn" in line
    ] == []


@pytest.mark.parametrize(
    "address", ["/matrix?theme=states", "/matrix?silent=states", "/documents?theme=states"]
)
def test_tables_and_lists_open_at_a_theme_by_its_former_name(samples: FlaskClient, address: str) -> None:
    answers = [samples.get(named) for named in (address, address.replace("states", "cooperation"))]
    assert [each.status_code for each in answers] == [200, 200]
    assert answers[0].get_data() == answers[1].get_data()


@pytest.mark.parametrize("former", ["plan/p0", "former-plan/p1", "taken-apart/p10"])
def test_why_a_passage_is_found_is_told_by_its_former_address(samples: FlaskClient, former: str) -> None:
    tree = page(samples, f"/search/why?q=extradition&passage={former}")
    assert said(one(tree, "h1")) == "Why this passage was found"
    assert samples.get(f"/api/explain?q=extradition&passage={former}").get_json()["passage"] == "p1"
