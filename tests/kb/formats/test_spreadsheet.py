"""CSV files for spreadsheets."""

from __future__ import annotations

from kb.formats.spreadsheet import cell
from tests.tables import table

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


@table("sign", SIGNS)
def test_what_a_spreadsheet_may_take_for_a_formula_begins_with_an_apostrophe(sign: str) -> None:
    for before in (*SPACES, *UNSEEN):
        assert cell(before + sign) == f"'{before}{sign}", before.encode("unicode_escape")


@table("value", ["", " ", "words = words", " (a) of suspects", "1-2", "“=1”", "́", "被害者"])
def test_what_is_no_formula_stays_as_it_is(value: str) -> None:
    assert cell(value) == value
