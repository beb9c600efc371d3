"""Searches for what only a document's details have: the number of a case or law, a symbol, a party."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient

from tests.engines import build, open_engine
from tests.index.samples import collection, document
from tests.web.dom import attributes, page, texts
from web.app import create_app

SAID = "Found in the title or details of a document: "
SAMPLE = collection(
    document("case", title="Chowdury and Others v. Greece", kind="case", further=(("docket", "21884/15"),)),
    document("law", title="Law on trafficking", kind="legislation", further=(("number", "64/2010"),)),
    document("un", title="Guidelines", kind="report", further=(("symbol", "E/2002/68/Add.1"),)),
    case=["The Court notes in paragraph 15 that forced labour is punishable.", "The Government disagree."],
    law=["Whoever traffics in persons is punished; see article 64."],
    un=["States should identify victims."],
)


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    folder = tmp_path_factory.mktemp("named") / "index"
    build(SAMPLE, folder)
    return create_app(open_engine(folder)).test_client()


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("21884/15", "Chowdury and Others v. Greece"),
        ("no. 21884/15", "Chowdury and Others v. Greece"),
        ("application no. 21884/15", "Chowdury and Others v. Greece"),
        ("Chowdury v Greece", "Chowdury and Others v. Greece"),
        ("application no. 21884/15 v. Ruritania", "Chowdury and Others v. Greece"),
        ("64/2010", "Law on trafficking"),
        ("law 64/2010", "Law on trafficking"),
        ("E/2002/68/Add.1", "Guidelines"),
        ("identify victims E/2002/68/Add.1", "Guidelines"),
    ],
)
def test_it_leads_to_the_document_also_beside_passages_with_some_of_the_words(
    named: FlaskClient, typed: str, title: str
) -> None:
    tree = page(named, f"/search?{urlencode({'q': typed})}")
    said = [line for line in texts(tree, ".nothing li, p.meant") if line.startswith(SAID)]
    assert said == [f"{SAID}{title}"]
    id = next(one.id for one in SAMPLE.documents if one.title == title)
    assert f"/documents/{id}" in attributes(tree, ".nothing li a, p.meant a", "href")


@pytest.mark.parametrize(
    "typed",
    ["73316/01", "21884/16", "labour", "labour Greece", "victims labour", "zzzz/15", "15/64"],
)
def test_no_document_is_named_by_other_numbers_or_where_passages_have_all_words(
    named: FlaskClient, typed: str
) -> None:
    tree = page(named, f"/search?{urlencode({'q': typed})}")
    assert [line for line in texts(tree, ".nothing li, p.meant") if line.startswith(SAID)] == []


@pytest.mark.parametrize(
    ("typed", "missing"), [("21884/15", ["21884/15"]), ("64/15", []), ("15/xyzzy", ["15/xyzzy"])]
)
def test_a_number_of_two_parts_is_missing_unless_passages_have_both(
    named: FlaskClient, typed: str, missing: list[str]
) -> None:
    found = named.get("/api/search", query_string={"q": typed}).get_json()
    assert found["total"] == 0
    assert found["missing"] == missing


@pytest.mark.parametrize(
    ("typed", "document"), [("21884/15", "case"), ("64/2010", "law"), ("21884/16", ""), ("case/p1", "case")]
)
def test_what_looks_like_an_address_is_resolved_as_a_number_where_nothing_is_there(
    named: FlaskClient, typed: str, document: str
) -> None:
    matches = named.get("/api/resolve", query_string={"q": typed}).get_json()["matches"]
    assert [match["document"] for match in matches] == ([document] if document else [])
