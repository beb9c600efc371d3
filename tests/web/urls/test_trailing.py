"""Addresses copied from a text together with what followed them."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from kb.model import Collection, Document, Passage
from tests.engines import build, open_engine
from tests.tables import table
from web.app import create_app
from web.urls.trailing import MAX_TRAILING_CHARS

PASSAGE = "/passages/bali-process-symposium-2015/p7"
ADDRESSES = (
    PASSAGE,
    f"{PASSAGE}.ris",
    f"{PASSAGE}/cite",
    f"/api{PASSAGE}",
    "/documents/bali-process-symposium-2015",
    "/documents",
    "/themes/regional-cooperation",
    "/search",
    "/search.csv",
    "/about",
)
BEHIND = ("/", "//", ".", ",", ";", ":", "!", ")", "]", "}", ">", '"', "'", "”", "’", "»", "*", "_", "…")
BEHIND += (").", "/.", "),", "]).", " ", "\xa0", "\u200b", "。", "，", "」", "）", "،", "۔")
BEHIND += ("\n", "\r\n", "\t", ").\n")


def led(client: FlaskClient, address: str) -> tuple[int, str]:
    response = client.get(address)
    return response.status_code, response.headers.get("Location", "")


@table("address", ADDRESSES)
def test_an_address_with_a_slash_or_punctuation_behind_it_leads_to_the_right_one(
    client: FlaskClient, address: str
) -> None:
    for behind in BEHIND:
        assert led(client, address + quote(behind)) == (308, address), behind
        assert led(client, f"{address}{quote(behind)}?q=a+b&expand=off") == (
            308,
            f"{address}?q=a+b&expand=off",
        )


def test_head_is_led_on_as_get_is(client: FlaskClient) -> None:
    assert client.head(f"{PASSAGE}.").status_code == 308


@pytest.mark.parametrize("address", ["/passages/none/p1", "/documents/none", "/themes/none", "/none"])
def test_what_was_never_published_is_not_found_whatever_is_behind_it(
    client: FlaskClient, address: str
) -> None:
    for behind in ("", *BEHIND):
        assert client.get(address + quote(behind)).status_code == 404, behind


def test_a_passage_that_moved_or_was_withdrawn_is_found_too(samples: FlaskClient) -> None:
    assert led(samples, "/passages/plan/p0).") == (308, "/passages/plan/p0")
    assert led(samples, "/passages/plan/p9/") == (308, "/passages/plan/p9")
    assert led(samples, "/themes/states,") == (308, "/themes/states")
    assert led(samples, "/documents/vanished.") == (308, "/documents/vanished")


def test_letters_and_long_tails_are_part_of_an_address(client: FlaskClient) -> None:
    for behind in ("x", "é", "́", "." * (MAX_TRAILING_CHARS + 1), "/other"):
        assert client.get(PASSAGE + quote(behind)).status_code == 404


@table("behind", [".", ")", "/", ",", "%5D.", "%E3%80%82", "…"])
def test_a_fingerprint_with_something_behind_it_is_read_without_it(client: FlaskClient, behind: str) -> None:
    right = f"{PASSAGE}?v=1570a3d4ef60"
    assert led(client, f"{right}{behind}") == (308, right)
    longer = f"{PASSAGE}?q=a&v=1570a3d4ef60"
    assert led(client, f"{longer}{behind}") == (308, longer)


def test_what_is_not_a_fingerprint_is_still_refused(client: FlaskClient) -> None:
    for query in ("v=soon.", "v=.", "v=1570a3d4ef60x", "v=1570a3d4ef60.&q=a", "q=v=1570a3d4ef60.&v=x"):
        assert client.get(f"{PASSAGE}?{query}").status_code == 400, query


def test_an_id_that_ends_with_punctuation_keeps_its_address(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    passages = (Passage("d", "p1", "One."), Passage("d", "p1.", "Two."), Passage("d", "p1-", "Three."))
    build(Collection(documents=(Document("d", "D", "report"),), passages={"d": passages}), folder)
    client = create_app(open_engine(folder)).test_client()
    assert [client.get(f"/passages/d/{id}").status_code for id in ("p1", "p1.", "p1-")] == [200] * 3
    assert led(client, "/passages/d/p1.)") == (308, "/passages/d/p1.")
    assert led(client, "/passages/d/p1-/") == (308, "/passages/d/p1-")


def test_no_address_leads_to_another_site(client: FlaskClient) -> None:
    for address in (
        "//evil.example/.",
        "//evil.example/search/",
        "/\\evil.example/.",
        "/%2Fevil.example/search.",
    ):
        status, to = led(client, address)
        assert status == 404 or to.startswith(("/", "http://localhost/")), address
        assert "//evil" not in to


@pytest.mark.parametrize("place", ["p7", "p4..p6", "p7:1-3"])
def test_a_reference_with_its_fingerprint_leads_to_that_version(client: FlaskClient, place: str) -> None:
    address = f"/passages/bali-process-symposium-2015/{place}"
    assert led(client, f"{address}@1a2b3c4d") == (308, f"{address}?v=1a2b3c4d")
    for path in (
        f"{address}@xyz",
        f"{address}x@1a2b3c4d",
        f"/api{address}@1a2b3c4d",
        f"{address}@1a2b3c4d/cite",
    ):
        assert client.get(path).status_code == 404, path
