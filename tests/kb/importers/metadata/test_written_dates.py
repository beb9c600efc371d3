"""Dates as documents print them are read in many languages; doubtful ones are not."""

from __future__ import annotations

from kb.importers.metadata.written_dates import written_dates
from tests.tables import table


@table(
    ("text", "date"),
    [
        ("Distr.: General 12 March 2020", "2020-03-12"),
        ("September 3, 2015", "2015-09-03"),
        ("le 1er février 1999", "1999-02-01"),
        ("SAN JOSÉ, 4 DE ABRIL DE 2001", "2001-04-04"),
        ("12. März 2020", "2020-03-12"),
        ("Brasília, 7 de março de 2017", "2017-03-07"),
        ("5 марта 2009 года", "2009-03-05"),
        ("3 березня 2021", "2021-03-03"),
        ("١٢ آذار ٢٠٢٠", "2020-03-12"),
        ("18 กันยายน 2566", "2023-09-18"),
        ("ให้ไว้ ณ วันที่ ๒๔ พฤษภาคม พ.ศ. ๒๕๖๒", "2019-05-24"),
        ("2020年3月12日", "2020-03-12"),
        ("2020년 3월 12일", "2020-03-12"),
        ("27.12.2024", "2024-12-27"),
        ("14/12/2022", "2022-12-14"),
        ("2014-02-27", "2014-02-27"),
        ("the 24th Day of May B.E. 2562", "2019-05-24"),
        ("Kuala Lumpur, 2 Disember 2010", "2010-12-02"),
        ("June 2018", "2018-06"),
    ],
)
def test_a_date_is_read_in_the_form_of_its_language(text: str, date: str) -> None:
    assert [one.edtf for one in written_dates(text)] == [date]


@table(
    "text",
    [
        "03/04/2020",
        "31 February 2020",
        "Geneva, 8-19 February 2010",
        "25 and 26 March 2015",
        "marching 2000 miles",
        "paragraph 12 of 2020",
        "room 3.12.20",
    ],
)
def test_what_may_be_read_in_two_ways_is_no_date(text: str) -> None:
    assert written_dates(text) == []


def test_the_place_of_a_date_is_told() -> None:
    (one,) = written_dates("Done at Palermo, 15 December 2000.")
    assert (one.start, one.end) == (17, 33)
