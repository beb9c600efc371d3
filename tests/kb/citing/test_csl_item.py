"""The record that all citations come from; places and dates as styles write them."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from kb.citing import rich_text
from kb.citing.csl_item import document_item, is_note, kind_of, passage_item
from kb.citing.date_format import DateFormat, calendar_day, full_date, year_only
from kb.citing.labels import SITE_NAME, join_names, supplied_words
from kb.citing.pinpoint import Pinpoint, format_pinpoint, parse_locator
from kb.citing.styles.aglc import AGLC
from kb.citing.styles.bluebook import BLUEBOOK
from kb.citing.styles.oscola import OSCOLA
from kb.model import NOTE, Document, Passage
from kb.sources.kinds import KINDS
from kb.text.fingerprint import fingerprint
from tests.tables import table

DAY = datetime.date(2026, 11, 23)
AT = "https://kb.example/passages/d/p4"
PASSAGE = Passage("d", "p4", "abc", locator="para 4")
DOCUMENT = Document(
    "d",
    "A report",
    "report",
    date="2015-03-25~",
    event_date="2015-03-25/2015-03-26",
    issuers=("Ministry of Labour, Invalids",),
    url="https://ministry.example/report",
    numbering="added by this site",
    supplied=("date",),
    further=(("symbol", "A/61/122"), ("session", "12th")),
)


def test_the_record_of_a_passage_says_all_that_is_known_of_it() -> None:
    assert passage_item(DOCUMENT, PASSAGE, AT, DAY) == {
        "id": "d/p4",
        "type": "report",
        "title": "A report",
        "author": [{"literal": "Ministry of Labour, Invalids"}],
        "issued": {"date-parts": [[2015, 3, 25]], "circa": True},
        "event-date": {"date-parts": [[2015, 3, 25], [2015, 3, 26]]},
        "genre": "Report",
        "number": "A/61/122",
        "locator": "4",
        "URL": AT,
        "accessed": {"date-parts": [[2026, 11, 23]]},
        "abstract": "abc",
        "source": SITE_NAME,
        "note": f"Fingerprint sha256:{fingerprint('abc')}. Date: about 25 March 2015. "
        "Numbering added by this site. Not stated in the source, supplied: date. "
        "Published at https://ministry.example/report",
        "custom": {
            "document": "d",
            "kind": "UN document",
            "fields": {"symbol": "A/61/122", "session": "12th"},
            "passage": "p4",
            "fingerprint": fingerprint("abc"),
            "address": AT,
            "published_at": "https://ministry.example/report",
            "label": "paragraph",
            "edtf": "2015-03-25~",
            "numbering": "added by this site",
            "supplied": ["date"],
        },
    }


def test_the_record_of_a_document_has_no_place_and_no_words() -> None:
    made = document_item(DOCUMENT, "", DAY)
    assert made["id"] == "d"
    assert made["URL"] == "https://ministry.example/report"
    assert {"locator", "abstract"}.isdisjoint(made)
    assert "Published at" not in made["note"]


def test_without_any_address_nothing_was_accessed() -> None:
    assert "accessed" not in passage_item(replace(DOCUMENT, url=""), PASSAGE, "", DAY)


def test_a_note_is_this_sites_and_stands_in_its_theme() -> None:
    made = passage_item(Document("crime", "Crime cooperation", NOTE), replace(PASSAGE, locator=""), AT, DAY)
    assert (made["title"], made["container-title"]) == ("Crime cooperation", "Crime cooperation")
    assert made["author"] == [{"literal": SITE_NAME}]
    assert (made["publisher"], made["genre"], is_note(made)) == (SITE_NAME, "Editorial note", True)
    assert "locator" not in made


def test_a_treaty_knows_its_series_and_its_dates() -> None:
    further = (("treaty_series", "1577 UNTS 3"), ("entry_into_force", "1990-09-02"))
    made = passage_item(replace(DOCUMENT, kind="protocol", further=further), PASSAGE, AT, DAY)
    assert kind_of(made) is KINDS["treaty"]
    assert (made["volume"], made["container-title"], made["page"]) == ("1577", "UNTS", "3")
    assert made["custom"]["in_force"] == "1990-09-02"


@table(
    ("locator", "place"),
    [
        ("para 4", Pinpoint("paragraph", "4")),
        ("paras 4-6", Pinpoint("paragraph", "4–6")),
        ("¶ 4", Pinpoint("paragraph", "4")),
        ("[4]", Pinpoint("paragraph", "4")),
        ("p. xii", Pinpoint("page", "xii")),
        ("pp 12-14", Pinpoint("page", "12–14")),
        ("art 16 (2)", Pinpoint("article", "16(2)")),
        ("art 5 Entry into force", Pinpoint("article", "5")),
        ("§5", Pinpoint("section", "5")),
        ("para 4, 6", Pinpoint("paragraph", "4, 6")),
        # as it is written, where a part of it would be lost
        ("art 5 para 2", Pinpoint("", "art 5 para 2")),
        ("art 5 bis", Pinpoint("", "art 5 bis")),
        ("Guideline 9", Pinpoint("", "Guideline 9")),
        ("P029", Pinpoint("", "P029")),
        ("p7", Pinpoint("", "p7")),
        ("Preamble", Pinpoint("", "Preamble")),
    ],
)
def test_a_locator_is_read_into_label_and_value(locator: str, place: Pinpoint) -> None:
    assert parse_locator(locator) == place


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_no_letter_or_figure_of_any_locator_is_lost_but_its_label_and_a_heading(locator: str) -> None:
    place = parse_locator(locator)
    if not place.label:
        assert place.value == " ".join(locator.split())
    for style in (OSCOLA, AGLC, BLUEBOOK):
        figures = re.findall("[0-9]+", place.value)
        assert re.findall("[0-9]+", format_pinpoint(place, style.pins)) == figures


@table(
    ("locator", "oscola", "aglc", "bluebook"),
    [
        ("para 4", "para 4", "[4]", "¶ 4"),
        ("paras 4-6", "paras 4–6", "[4]–[6]", "¶¶ 4–6"),
        ("paras 4, 6", "paras 4, 6", "[4], [6]", "¶¶ 4, 6"),
        ("p 12", "12", "12", "12"),
        ("art 16(2)", "art 16(2)", "art 16(2)", "art. 16(2)"),
        ("ss 3-5", "ss 3–5", "ss 3–5", "§§ 3–5"),
        ("Guideline 9", "Guideline 9", "Guideline 9", "Guideline 9"),
    ],
)
def test_a_place_is_written_as_each_style_writes_it(
    locator: str, oscola: str, aglc: str, bluebook: str
) -> None:
    place = parse_locator(locator)
    assert [format_pinpoint(place, style.pins) for style in (OSCOLA, AGLC, BLUEBOOK)] == [
        oscola,
        aglc,
        bluebook,
    ]


@table(
    ("edtf", "day_first", "month_first", "year_first", "years"),
    [
        ("2015", "2015", "2015", "2015", "2015"),
        ("2015-03", "March 2015", "March 2015", "2015, March", "2015"),
        ("2015-03-25", "25 March 2015", "March 25, 2015", "2015, March 25", "2015"),
        (
            "2015-03-25/2015-03-26",
            "25–26 March 2015",
            "March 25–26, 2015",
            "2015, March 25–26",
            "2015",
        ),
        ("2015-03/2015-05", "March–May 2015", "March–May 2015", "2015, March–May", "2015"),
        (
            "2015-03-30/2015-04-02",
            "30 March–2 April 2015",
            "March 30–April 2, 2015",
            "2015, March 30–April 2",
            "2015",
        ),
        ("2014/2016", "2014–2016", "2014–2016", "2014–2016", "2014–2016"),
        ("1998~", "c 1998", "c 1998", "c 1998", "c 1998"),
        ("1998%", "c 1998?", "c 1998?", "c 1998?", "c 1998?"),
        ("201X", "2010s", "2010s", "2010s", "2010s"),
        ("19XX", "1900–1999", "1900–1999", "1900–1999", "1900–1999"),
        ("2015-22", "summer 2015", "summer 2015", "2015, summer", "2015"),
        ("2015/..", "2015–", "2015–", "2015–", "2015–"),
        ("/2015", "–2015", "–2015", "–2015", "–2015"),
        ("long ago", "long ago", "long ago", "long ago", "long ago"),
        ("", "", "", "", ""),
    ],
)
def test_a_date_is_written_in_each_order(
    edtf: str, day_first: str, month_first: str, year_first: str, years: str
) -> None:
    orders = (DateFormat("day first"), DateFormat("month first"), DateFormat("year first"))
    assert [full_date(edtf, order) for order in orders] == [day_first, month_first, year_first]
    assert year_only(edtf, DateFormat()) == years


def test_a_day_of_access_never_begins_with_the_year() -> None:
    assert (
        calendar_day(DAY, DateFormat("year first"))
        == calendar_day(DAY, DateFormat("month first"))
        == "November 23, 2026"
    )


def test_what_this_site_supplied_is_said_in_words() -> None:
    document = Document("d", "Title", supplied=("title", "date", "kind"))
    assert supplied_words(document, "title", "kind", "date") == "title, kind and date supplied by this site"
    assert supplied_words(document, "title") == "title supplied by this site"
    assert supplied_words(document, "place") == ""
    assert join_names(("A", "B", "C"), "&", ",") == "A, B, & C"


def test_runs_join_without_gaps_and_take_one_full_stop() -> None:
    joined = rich_text.joined(
        " ", rich_text.roman("a "), (), rich_text.italic("b\n c"), rich_text.italic("d")
    )
    assert joined == (("a ", False), ("b c", True), (" ", False), ("d", True))
    assert rich_text.plain_text(rich_text.stopped(rich_text.stopped(joined))) == "a b c d."
    assert rich_text.as_html(rich_text.italic("<b>")) == "<em>&lt;b&gt;</em>"
    assert rich_text.wrapped("(", (), ")") == ()
    assert rich_text.as_markdown((("a*", True), (" ", False), ("b", True))) == "*a\\** *b*"
