"""Dates in the language of the interface."""

from __future__ import annotations

from dataclasses import replace

from babel import Locale

from tests.tables import table
from web.languages.catalogue import ENGLISH
from web.languages.dates import date_words, moment

THAI = replace(ENGLISH, tag="th", locale=Locale("th"))
INDONESIAN = replace(ENGLISH, tag="id", locale=Locale("id"))


@table(
    ("edtf", "english", "indonesian", "thai"),
    [
        ("", "", "", ""),
        ("2015", "2015", "2015", "2015"),
        ("2015-03", "March 2015", "Maret 2015", "มีนาคม 2015"),
        ("2015-03-25", "25 March 2015", "25 Maret 2015", "25 มีนาคม ค.ศ. 2015"),
        ("2015-03-25/2015-03-26", "25-26 March 2015", "25–26 Mar 2015", "25–26 มี.ค. 2015"),
        ("2015/2017", "2015-2017", "2015–2017", "2015–2017"),
        ("1998~", "about 1998", "about 1998", "about 1998"),
        ("201X", "2010s", "2010s", "2010s"),
        ("2015-21", "spring 2015", "spring 2015", "spring 2015"),
        ("2015-03/..", "from March 2015", "from Maret 2015", "from มีนาคม 2015"),
        ("/2015", "an unknown date to 2015", "an unknown date to 2015", "an unknown date to 2015"),
        ("nonsense", "nonsense", "nonsense", "nonsense"),
    ],
)
def test_a_date_is_written_as_its_language_does(edtf: str, english: str, indonesian: str, thai: str) -> None:
    assert [date_words(edtf, each) for each in (ENGLISH, INDONESIAN, THAI)] == [english, indonesian, thai]


def test_a_moment_is_written_as_its_language_does() -> None:
    iso = "2026-11-23T20:12:00+00:00"
    assert moment(iso, ENGLISH) == "23 November 2026, 20:12 UTC"
    assert moment(iso, INDONESIAN) == "23 November 2026 20.12 UTC"
