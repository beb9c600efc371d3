"""The desk answers its own editor, and nobody else."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from web.desk.access import DeskAccess

OWN = "http://127.0.0.1:8123"
PAGES = ("/", "/drafts/fees-report", "/drafts/none", "/nothing")


def test_the_token_is_exchanged_once_for_a_cookie_that_no_script_and_no_other_site_gets(
    stranger: FlaskClient, access: DeskAccess
) -> None:
    address = access.address.removeprefix(OWN)
    entered = stranger.get(address)
    cookie = entered.headers["Set-Cookie"]
    assert entered.status_code == 200
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert stranger.get("/").status_code == 200
    again = stranger.get(address)
    assert again.status_code == 403
    assert "used already" in again.text


@pytest.mark.parametrize("token", ["", "x", "é" * 40])
def test_a_wrong_token_opens_nothing(stranger: FlaskClient, access: DeskAccess, token: str) -> None:
    refused = stranger.get("/enter", query_string={"token": token})
    assert refused.status_code == 403
    assert "Set-Cookie" not in refused.headers
    assert access.token


@pytest.mark.parametrize("address", PAGES)
def test_nothing_is_shown_without_the_cookie(stranger: FlaskClient, address: str) -> None:
    stranger.set_cookie("kb_desk_8123", "guessed")
    refused = stranger.get(address)
    assert refused.status_code == 403
    assert "fees" not in refused.text


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8123", "127.0.0.1", "127.0.0.1:80", "[::1]:8123", ""]
)
def test_a_request_under_another_name_is_refused(editor: FlaskClient, host: str) -> None:
    for address in (*PAGES, "/static/site.css"):
        assert editor.get(address, headers={"Host": host}).status_code == 421


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:8000"},
        {"Origin": "http://localhost:8123"},
        {"Origin": OWN, "Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_request_that_another_page_makes_is_refused(
    editor: FlaskClient, access: DeskAccess, headers: dict[str, str]
) -> None:
    form = {"form_code": access.form_code}
    for address in PAGES:
        assert editor.get(address, headers=headers).status_code == 403
        assert editor.post(address, headers=headers, data=form).status_code == 403


def test_a_form_needs_its_origin_and_its_code(editor: FlaskClient, access: DeskAccess) -> None:
    right = {"form_code": access.form_code}
    assert editor.post("/nothing", data=right).status_code == 403
    assert editor.post("/nothing", headers={"Origin": OWN}).status_code == 403
    assert editor.post("/nothing", headers={"Origin": OWN}, data={"form_code": "é"}).status_code == 403
    assert editor.post("/nothing", headers={"Origin": OWN}, data=right).status_code == 404


def test_two_runs_share_no_secret() -> None:
    first, second = DeskAccess(8123), DeskAccess(8123)
    assert (
        len({first.token, first.session, first.form_code, second.token, second.session, second.form_code})
        == 6
    )


def test_pages_load_nothing_from_elsewhere_and_are_kept_nowhere(editor: FlaskClient) -> None:
    for address in (*PAGES, "/static/desk.css"):
        headers = editor.get(address).headers
        assert headers["Content-Security-Policy"].startswith(
            "default-src 'none'; style-src 'self'; script-src 'self'"
        )
        assert headers["Cache-Control"] == "private, no-store"
        assert headers["X-Frame-Options"] == "DENY"
        assert "Server" not in headers or "Python" not in headers["Server"]
