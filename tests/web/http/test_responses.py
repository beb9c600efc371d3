from __future__ import annotations

import pytest

from web.http.responses import cell, download


def test_a_download_has_its_name_type_and_charset() -> None:
    response = download("passages.csv", "text/csv", "é", "utf-8-sig")
    assert response.headers["Content-Disposition"] == 'attachment; filename="passages.csv"'
    assert response.mimetype == "text/csv"
    assert response.data == b"\xef\xbb\xbf\xc3\xa9"


def test_a_file_without_a_name_is_shown() -> None:
    assert "Content-Disposition" not in download("", "text/html", b"<p>").headers


def test_a_lone_surrogate_does_not_break_a_file() -> None:
    assert download("a.txt", "text/plain", "a\ud800b").data == b"a?b"


SIGNS = ("=1+1", "+1", "-1", "@risk", "＝1", "＋1", "－1", "＠a", "﹦1", "⁼1", "﹢1", "−1")
SPACES = ("", " ", "  ", "\n", "\r\n", "\t", "\x0b\x0c", "\x00", "\xa0", "\u3000", "\u2003", "\u2028")
UNSEEN = (
    "\x1f",
    "\x85",
    "\u200b",
    "\ufeff",
    "\u00ad",
    "\u202e",
    "\u2060",
    "\u3164",
    "\ufe0f",
    "\u034f",
    " \u200b\n ",
)


@pytest.mark.parametrize("sign", SIGNS)
def test_what_a_spreadsheet_may_take_for_a_formula_begins_with_an_apostrophe(sign: str) -> None:
    for before in (*SPACES, *UNSEEN):
        assert cell(before + sign) == f"'{before}{sign}", before.encode("unicode_escape")


@pytest.mark.parametrize("value", ["", " ", "words = words", " (a) of suspects", "1-2", "“=1”", "́", "被害者"])
def test_what_is_no_formula_stays_as_it_is(value: str) -> None:
    assert cell(value) == value
