"""Which language a page is in, how a reader changes it, and what never changes with it."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from index.english import ENGLISH
from kb.errors import IndexMissing
from kb.messages import Message
from tests.engines import Snapshot
from tests.tables import table
from tests.web.languages.pseudo import LEFT_TO_RIGHT
from tests.web.languages.test_pseudo_locale import unmarked
from web.app import create_app

PASSAGE = "/passages/bali-process-symposium-2015/p4"
BROWSER = {"Accept-Language": LEFT_TO_RIGHT}


@pytest.fixture
def reader(pseudo_app: Flask) -> FlaskClient:
    return pseudo_app.test_client()


def language_of(html: str) -> str:
    return html.partition('<html lang="')[2].partition('"')[0]


@table(
    ("path", "headers", "cookie", "expected"),
    [
        ("/search", {}, "", "en"),  # nothing said
        ("/search", BROWSER, "", "el"),  # the browser's wish
        ("/search", {"Accept-Language": "fr, el;q=0.8, en;q=0.5"}, "", "el"),  # a browser with several wishes
        ("/search", {"Accept-Language": "el-CY"}, "", "el"),  # a regional wish
        ("/search", {"Accept-Language": "fr"}, "", "en"),  # none of the browser's wishes
        ("/search", BROWSER, "ar", "ar"),  # what was chosen before
        ("/search", {}, "xx", "en"),  # a choice that is no longer offered
        ("/search?lang=en", BROWSER, "ar", "en"),  # the address
        ("/search?lang=xx", {}, "ar", "ar"),  # an address with a language that is not offered
        ("/nowhere", BROWSER, "", "el"),  # an address that leads nowhere
    ],
)
def test_a_page_is_in_the_language_of(
    pseudo_app: Flask, path: str, headers: dict[str, str], cookie: str, expected: str
) -> None:
    reader = pseudo_app.test_client()
    if cookie:
        reader.set_cookie("lang", cookie)
    assert language_of(reader.get(path, headers=headers).text) == expected


def test_a_choice_leads_back_to_the_page_as_it_was_and_is_remembered(reader: FlaskClient) -> None:
    led = reader.post("/search?q=victim+protection&theme=a&theme=b&lang=en", data={"lang": "el"})
    assert (led.status_code, led.location) == (303, "/search?q=victim+protection&theme=a&theme=b")
    assert "lang=el; " in led.headers["Set-Cookie"]
    assert "HttpOnly" in led.headers["Set-Cookie"]
    assert language_of(reader.get(led.location).text) == "el"


@table(
    ("path", "cookie", "headers", "remembered"),
    [
        ("/help?lang=el", "", {}, "el"),
        ("/search?q=victims&lang=el", "", {}, "el"),
        ("/nowhere?lang=el", "", {}, "el"),
        ("/help?lang=el", "ar", BROWSER, "el"),  # the last one named counts
        ("/help?lang=en", "", BROWSER, "en"),
        ("/help?lang=el", "", BROWSER, ""),  # the browser’s own wish
        ("/help?lang=el", "el", {}, ""),  # remembered already
        ("/help?lang=xx", "", {}, ""),
        ("/help", "", BROWSER, ""),
        ("/api/search?q=victims&lang=el", "", {}, ""),
        ("/search.csv?q=victims&lang=el", "", {}, ""),
    ],
)
def test_a_language_that_a_link_names_is_remembered(
    pseudo_app: Flask, path: str, cookie: str, headers: dict[str, str], remembered: str
) -> None:
    reader = pseudo_app.test_client()
    if cookie:
        reader.set_cookie("lang", cookie)
    answer = reader.get(path, headers=headers)
    assert answer.headers.get("Set-Cookie", "").partition(";")[0] == (remembered and f"lang={remembered}")
    if remembered:
        assert "SameSite=Lax" in answer.headers["Set-Cookie"]
        assert "private" in answer.headers["Cache-Control"]
        assert language_of(reader.get("/", headers=headers).text) == remembered


def test_a_page_that_is_unchanged_remembers_the_language_of_its_address(pseudo_app: Flask) -> None:
    known = pseudo_app.test_client().get("/help?lang=el").headers["ETag"]
    reader = pseudo_app.test_client()
    assert reader.get("/help?lang=el", headers={"If-None-Match": known}).status_code == 304
    assert language_of(reader.get("/help").text) == "el"


def test_a_choice_leads_to_this_site_whatever_the_address(reader: FlaskClient) -> None:
    for path in ("//elsewhere.example/x", "/nowhere", "/search?brief=x"):
        assert not (reader.post(path, data={"lang": "el"}).location or "/").startswith(("//", "http"))


def test_a_language_that_is_not_offered_cannot_be_chosen(reader: FlaskClient) -> None:
    assert reader.post("/search", data={"lang": "xx"}).status_code == 405


def test_the_text_to_check_stays_when_a_language_is_chosen(reader: FlaskClient) -> None:
    page = reader.post("/check", data={"text": "“a text of mine”"})
    assert 'form="site:check" formaction="/check?lang=el"' in page.text
    page = reader.post("/check?lang=el", data={"text": "“a text of mine”"})
    assert language_of(page.text) == "el"
    assert "a text of mine" in page.text
    assert language_of(reader.get("/").text) == "el"


def test_the_languages_are_named_in_their_own_words(reader: FlaskClient) -> None:
    page = reader.get("/").text
    assert 'value="el" lang="el" dir="ltr">Ελληνικά</button>' in page
    assert 'value="ar" lang="ar" dir="rtl">العربية</button>' in page
    assert 'value="en" lang="en" dir="ltr" aria-current="true">English</button>' in page


def test_caches_are_told_what_a_page_depends_on_and_keep_each_language_apart(reader: FlaskClient) -> None:
    english, other = reader.get("/"), reader.get("/", headers=BROWSER)
    assert {"Accept-Language", "Cookie"} <= set(other.vary)
    assert english.headers["ETag"] != other.headers["ETag"]
    assert reader.get("/", headers=BROWSER).text == other.text
    assert reader.get("/").text == english.text
    unchanged = reader.get("/", headers={**BROWSER, "If-None-Match": english.headers["ETag"]})
    assert unchanged.status_code == 200


def test_a_site_in_one_language_offers_no_other(client: FlaskClient, samples: FlaskClient) -> None:
    page = samples.get("/", headers=BROWSER)
    assert "languages" not in page.text
    assert "Accept-Language" not in page.vary


@table(
    "path",
    [
        f"{PASSAGE}.ris",
        f"{PASSAGE}.md",
        f"{PASSAGE}.json",
        f"{PASSAGE}/cite",
        "/search.csv?q=victims",
        "/search.ris?q=victims",
        "/documents.csv",
        "/matrix.csv",
        "/brief.html?p=bali-process-symposium-2015/p4~note&p=bali-process-symposium-2015/p999",
        "/brief.md?p=bali-process-symposium-2015/p4~note",
        "/unapi?id=bali-process-symposium-2015/p4&format=ris",
        "/api/resolve?q=zzz",
        "/api/passages/bali-process-symposium-2015/p4",
        "/api/nowhere",
    ],
)
def test_citations_files_and_data_do_not_change_with_the_language(reader: FlaskClient, path: str) -> None:
    reader.set_cookie("lang", "el")
    assert reader.get(path, headers=BROWSER).data == reader.get(path, headers={"Cookie": ""}).data


def test_where_there_is_no_index_the_page_that_says_so_is_in_the_language_of_the_browser(
    pseudo_app: Flask,
) -> None:
    """What the collection offers is not known then, so all languages that have a catalogue are."""

    class WithoutIndex:
        def snapshot(self) -> Snapshot:
            raise IndexMissing(Message("no-index", folder="/srv/index"), ENGLISH)

        def condition(self) -> None: ...

    app = create_app(WithoutIndex(), translations=pseudo_app.extensions["translations"])
    answer = app.test_client().get("/search", headers=BROWSER)
    assert (answer.status_code, language_of(answer.text)) == (503, LEFT_TO_RIGHT)
    assert unmarked(answer.text.replace("index:", "")) == []  # the name of the folder
    assert "srv" not in answer.text


def test_data_speaks_another_language_where_the_address_asks_for_it(reader: FlaskClient) -> None:
    english, other = (reader.get(f"/api/search?q=victims&sort=x&lang={tag}").json for tag in ("en", "el"))
    assert english
    assert other
    assert english["parameter"] == other["parameter"] == "sort"
    assert english["error"] != other["error"]
