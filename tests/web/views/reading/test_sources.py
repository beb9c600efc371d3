"""A passage's page shows the pages of its source; sources are downloaded where the site allows."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient

from kb.errors import PageNotDrawn
from kb.kept_sources.drawing import AskedPage
from kb.kept_sources.store import SourceStore
from kb.messages import Message
from kb.site import Site
from tests.engines import open_engine
from tests.tables import table
from tests.web.dom import attributes, one, page, said, select, text_of, tree_of
from tests.web.source_samples import MEMO, MEMO_NAME, PICTURE, RESOLUTION, site_over
from web.admission.drawing_slots import is_picture
from web.admission.try_later import TryLater
from web.app import create_app
from web.views.reading.source_view import LARGE_PX, PICTURE_PX

PASSAGE = "/passages/resolution/para-9"
DOWNLOADS = Site(source_downloads=True)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sources")
    site_over(folder)
    return folder / "index"


@pytest.fixture(scope="module")
def client(index: Path, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    return site_over(tmp_path_factory.mktemp("pictures"), index=index).test_client()


@pytest.fixture(scope="module")
def offering(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    return site_over(tmp_path_factory.mktemp("offered"), DOWNLOADS).test_client()


def test_a_passage_over_two_pages_shows_both_in_words_too(client: FlaskClient) -> None:
    tree = page(client, PASSAGE)
    assert attributes(tree, ".in-source img", "src") == [f"{PASSAGE}/page-2.png", f"{PASSAGE}/page-3.png"]
    assert attributes(tree, ".in-source img", "alt")[0] == (
        "Page 2 of 3 of the source, with the words of this passage marked."
    )
    assert attributes(tree, ".in-source figure > a", "href")[1] == f"{PASSAGE}/page-3-large.png"
    assert [said(each) for each in select(tree, ".in-source figcaption")] == [
        f"Page {number} of 3 in un-ares-48-246-en.pdf. The words of this passage are marked."
        for number in (2, 3)
    ]


def test_a_picture_is_drawn_of_the_passage_and_the_page_asked_for(tmp_path: Path, index: Path) -> None:
    asked: list[AskedPage] = []

    def draw(store: SourceStore, page: AskedPage) -> bytes:
        asked.append(page)
        return PICTURE

    made = site_over(tmp_path, draw=draw, index=index).test_client()
    for name in ("page-3.png", "page-2-large.png", "page-3.png"):
        answer = made.get(f"{PASSAGE}/{name}")
        assert (answer.status_code, answer.mimetype, answer.data) == (200, "image/png", PICTURE)
    assert [(one.page, one.width_px, one.passage) for one in asked] == [
        (3, PICTURE_PX, "para-9"),
        (2, LARGE_PX, "para-9"),
    ]
    again = made.get(f"{PASSAGE}/page-3.png", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


@table(
    "name",
    [
        *("page-1.png", "page-4.png", "page-0.png", "page--2.png", "page-02.png", "page-2.0.png"),
        *("page-99999999999999999999.png", "page-.png", "page-2-larger.png", "page-2-large-large.png"),
        *("page-%D9%A2.png", "page-2%0A.png", "page-2", "page-2.jpg"),
    ],
)
def test_pages_and_sizes_that_there_are_not_are_not_found(client: FlaskClient, name: str) -> None:
    assert client.get(f"{PASSAGE}/{name}").status_code == 404


@pytest.mark.parametrize(
    "address",
    ["/passages/resolution/nothing", "/passages/memo/p1", "/passages/report/p1", "/passages/bare/p1"],
)
def test_only_passages_of_a_source_with_pages_have_pictures(client: FlaskClient, address: str) -> None:
    assert client.get(f"{address}/page-1.png").status_code == 404


def _failing(store: SourceStore, asked: AskedPage) -> bytes:
    raise PageNotDrawn(Message("page-not-drawn", page=asked.page))


def _busy(store: SourceStore, asked: AskedPage) -> bytes:
    raise TryLater(503, Message("drawings-busy"), Message("drawings-under-way", count=2), 5)


@pytest.mark.parametrize(
    ("draw", "words", "retry"),
    [
        (_failing, "Page 2 of the source cannot be drawn.", None),
        (_busy, "2 pages are being drawn, the most that can be drawn at a time.", "5"),
    ],
)
def test_a_page_that_is_not_drawn_says_so_where_its_picture_would_be(
    tmp_path: Path,
    index: Path,
    draw: Callable[[SourceStore, AskedPage], bytes],
    words: str,
    retry: str | None,
) -> None:
    answer = site_over(tmp_path, draw=draw, index=index).test_client().get(f"{PASSAGE}/page-2.png")
    assert (answer.status_code, answer.mimetype) == (503, "image/svg+xml")
    assert words in answer.text
    assert answer.headers.get("Retry-After") == retry
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_what_is_known_not_to_be_drawn_is_said_on_the_page_with_the_words(
    tmp_path: Path, index: Path
) -> None:
    failing = site_over(tmp_path, draw=_failing, index=index).test_client()
    failing.get(f"{PASSAGE}/page-2.png")
    answer = failing.get(PASSAGE)
    assert "ETag" not in answer.headers
    assert answer.headers["Cache-Control"] == "private, no-store"
    tree = tree_of(answer)
    assert attributes(tree, ".in-source img", "src") == [f"{PASSAGE}/page-3.png"]
    assert said(one(tree, ".in-source .hint")) == (
        "Page 2 of the source cannot be drawn. The passage above has the words that were read from it."
    )
    assert "Authorizes the Secretary-General" in said(one(tree, ".cited"))


def test_where_the_source_is_missing_the_page_says_so(tmp_path: Path) -> None:
    made = site_over(tmp_path, DOWNLOADS).test_client()
    for path in (tmp_path / "index/sources").iterdir():
        path.unlink()
    tree = page(made, PASSAGE)
    assert select(tree, ".in-source img") == []
    assert "This site’s copy of the source is missing." in said(one(tree, ".in-source"))
    assert made.get(f"{PASSAGE}/page-2.png").status_code == 503
    answer = made.get("/sources/resolution")
    assert answer.status_code == 503
    assert "This source is not available right now" in said(tree_of(answer))
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'self'")


def test_a_site_may_keep_the_pages_of_sources_from_readers(tmp_path: Path) -> None:
    made = site_over(tmp_path, Site(source_pages=False)).test_client()
    assert select(page(made, PASSAGE), ".in-source") == []
    assert made.get(f"{PASSAGE}/page-2.png").status_code == 404


def test_a_site_that_cannot_draw_names_the_source_alone(index: Path) -> None:
    made = create_app(open_engine(index)).test_client()
    assert select(page(made, PASSAGE), ".in-source") == []
    assert made.get(f"{PASSAGE}/page-2.png").status_code == 404


@pytest.mark.parametrize(("document", "name"), [("memo", MEMO_NAME), ("report", "report.docx")])
def test_any_other_source_is_named_with_its_checksum(client: FlaskClient, document: str, name: str) -> None:
    checksum = client.application.extensions["engine"].snapshot().documents[document].sha256
    for address in (f"/passages/{document}/p1", f"/documents/{document}"):
        tree = page(client, address)
        assert select(tree, ".in-source") == []
        assert name in said(tree)
        assert checksum in said(tree)
    assert "Source file" not in text_of(client, "/passages/bare/p1")


def test_sources_are_not_downloaded_unless_the_site_says_so(client: FlaskClient) -> None:
    for document in ("resolution", "memo", "report", "bare", "nothing"):
        assert client.get(f"/sources/{document}").status_code == 404
        assert client.get(f"/sources/{document}/view").status_code == 404
    for address in (PASSAGE, "/documents/resolution"):
        assert "/sources/" not in client.get(address).text


def test_a_source_is_saved_untouched_under_its_name_and_nothing_in_it_runs(offering: FlaskClient) -> None:
    for document, data, media_type, name in (
        ("resolution", RESOLUTION, "application/pdf", "un-ares-48-246-en.pdf"),
        ("memo", MEMO, "application/octet-stream", MEMO_NAME.replace('"', "_")),
    ):
        answer = offering.get(f"/sources/{document}")
        assert (answer.status_code, answer.data, answer.mimetype) == (200, data, media_type)
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        kind, _, names = answer.headers["Content-Disposition"].partition("; ")
        assert kind == "attachment"
        extended = re.search(r"filename\*=UTF-8''(\S+)", names)
        plain = re.search(r'filename="([^"]*)"', names)
        assert plain
        assert (unquote(extended[1]) if extended else plain[1]) == name
        link = f"/sources/{document}"
        assert link in attributes(page(offering, f"/documents/{document}"), ".facts a", "href")


def test_a_pdf_is_opened_at_the_page_of_a_passage(offering: FlaskClient) -> None:
    tree = page(offering, PASSAGE)
    assert attributes(tree, ".in-source figcaption a", "href") == [
        f"/sources/resolution/view#page={number}" for number in (2, 3)
    ]
    answer = offering.get("/sources/resolution/view")
    assert (answer.data, answer.mimetype) == (RESOLUTION, "application/pdf")
    assert answer.headers["Content-Disposition"] == 'inline; filename="un-ares-48-246-en.pdf"'
    assert offering.get("/sources/memo/view").status_code == 404


def test_a_source_that_was_changed_is_not_sent(tmp_path: Path) -> None:
    made = site_over(tmp_path, DOWNLOADS).test_client()
    for path in (tmp_path / "index/sources").iterdir():
        data = path.read_bytes()
        path.unlink()
        path.write_bytes(data.swapcase())
    answer = made.get("/sources/resolution")
    assert answer.status_code == 503
    assert "this site’s copy of the source was changed or damaged" in said(tree_of(answer))


def test_pictures_are_told_by_their_address() -> None:
    assert is_picture(b"/passages/resolution/para-9/page-2.png")
    assert is_picture(b"/passages/resolution/para-9/page%2D2%2Dlarge.png?v=1")
    assert not is_picture(b"/passages/resolution/page-2.png")
    assert not is_picture(b"/search?q=/passages/a/b/page-2.png")
