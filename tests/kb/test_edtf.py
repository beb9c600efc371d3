"""Dates in EDTF."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb import edtf
from tests.tables import table


@table(
    ("date", "words", "first", "years"),
    [
        ("2015", "2015", (2015, 0, 0), (2015,)),
        ("2015-03", "March 2015", (2015, 3, 0), (2015,)),
        ("2015-03-25", "25 March 2015", (2015, 3, 25), (2015,)),
        ("2015-03-25T10:00:00Z", "25 March 2015", (2015, 3, 25), (2015,)),
        ("2015-03-25/2015-03-26", "25-26 March 2015", (2015, 3, 25), (2015,)),
        ("2015-03-25/2015-03-25", "25 March 2015", (2015, 3, 25), (2015,)),
        ("2015-03-25/2015-04-02", "25 March to 2 April 2015", (2015, 3, 25), (2015,)),
        ("2014-12-01/2015-01-03", "1 December 2014 to 3 January 2015", (2014, 12, 1), (2014, 2015)),
        ("2015-03/2015-05", "March to May 2015", (2015, 3, 0), (2015,)),
        ("2010/2012", "2010-2012", (2010, 0, 0), (2010, 2011, 2012)),
        ("2010~/2012", "about 2010 to 2012", (2010, 0, 0), (2010, 2011, 2012)),
        ("1998~", "about 1998", (1998, 0, 0), (1998,)),
        ("1998?", "perhaps 1998", (1998, 0, 0), (1998,)),
        ("1998-05%", "perhaps about May 1998", (1998, 5, 0), (1998,)),
        ("201X", "2010s", (2010, 0, 0), tuple(range(2010, 2020))),
        ("19XX", "1900-1999", (1900, 0, 0), tuple(range(1900, 2000))),
        ("2015-XX", "2015", (2015, 0, 0), (2015,)),
        ("2015-03-XX", "March 2015", (2015, 3, 0), (2015,)),
        ("2015-21", "spring 2015", (2015, 3, 0), (2015,)),
        ("2015-24", "winter 2015", (2015, 12, 0), (2015,)),
        ("2015/..", "from 2015", (2015, 0, 0), (2015,)),
        ("2015/", "2015 to an unknown date", (2015, 0, 0), (2015,)),
        ("../2015", "until 2015", (2015, 0, 0), (2015,)),
        ("/2015", "an unknown date to 2015", (2015, 0, 0), (2015,)),
        ("1815/2014", "1815-2014", (1815, 0, 0), tuple(range(1815, 2015))),
        ("1814/2014", "1814-2014", (1814, 0, 0), (1814, 2014)),
        ("", "", (0, 0, 0), ()),
    ],
)
def test_a_date_has_words_a_beginning_and_years(
    date: str, words: str, first: tuple[int, int, int], years: tuple[int, ...]
) -> None:
    assert edtf.in_words(date) == words
    assert edtf.start(date) == first
    assert edtf.years(date) == years


@table(
    "date",
    [
        *("15 March 2015", "2015-3-1", "20", " 2015", "٢٠١٥", "../..", "/", "2015/2016/2017"),
        *("2015-02-30", "2015-13", "2015-00", "2015-03-00", "2015-25", "2015-21-03", "2015-XX-03"),
        *("2015/2014", "2015-03-25/2015-03-24"),
    ],
)
def test_what_is_not_a_date_is_refused_with_advice(date: str) -> None:
    with pytest.raises(ValueError, match=r"write it as 2015|put the earlier date first"):
        edtf.parse(date)


def test_the_empty_text_is_not_a_date() -> None:
    with pytest.raises(ValueError, match="is not a date"):
        edtf.parse("")


@given(st.text(st.sampled_from("0123456789-/.X~?%T:Z ") | st.characters(), max_size=25))
def test_any_text_is_a_date_or_a_value_error(text: str) -> None:
    try:
        span = edtf.parse(text)
    except ValueError:
        return
    assert span.years[0] <= span.years[-1]
    assert edtf.in_words(text)


@given(st.dates())
def test_every_calendar_day_is_read(day: object) -> None:
    date = str(day)
    assert edtf.start(date) == tuple(int(part) for part in date.split("-"))
