"""The strings sent to the cluster contain the same terms as the contract suite's oracle."""

from __future__ import annotations

from collections import Counter
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from index.engines.opensearch.tokens import (
    FIRST_NOTE,
    begin_mark,
    date_key,
    document_source,
    end_mark,
    passage_number,
    rank_of,
    source_terms,
)
from kb.model import Document, Passage
from kb.tags import ThemeNames
from tests.index.samples import THEMES, collection, document, passage
from tests.index.stock import word_fields
from tests.tables import table

TITLES = ThemeNames.of(THEMES).subpoint_titles


def source(one: Passage, of: Document | None = None) -> dict[str, Any]:
    return document_source(of or document("a"), one, rank=3, ordinal=1, titles=TITLES, record="{}")


def terms(made: dict[str, Any], field: str) -> Counter[str]:
    return Counter(term for position in source_terms(made.get(field, "")) for term in position)


WORDS = ["law", "labour", "labor", "re-victimisation", "U.N.", "12,000", "2(d)", "人口贩运", "피해자를", "_x"]
TEXTS = st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)


@given(TEXTS, TEXTS, st.sampled_from(["", "en", "fr", "ko", "zh"]))
@settings(deadline=None, max_examples=40)
def test_terms_and_lengths_are_those_of_the_other_engines(text: str, heading: str, language: str) -> None:
    made_of = document("a", language=language)
    one = passage("a", "p1", text, "crime-cooperation/mla", heading=heading)
    fields = word_fields(collection(made_of, a=[one]), one)
    made = source(one, made_of)
    for name in ("text", "heading"):
        assert terms(made, name) == Counter({form: len(places) for form, places in fields[name].items()})
        assert made[f"{name}_length"] == sum(map(len, fields[name].values()))
    for name in ("stem", "heading_stem"):
        spelled = {term: count for term, count in terms(made, name).items() if not term.startswith("=")}
        assert spelled == dict(fields[name])
        assert made[f"{name}_terms"] == terms(made, name).total()
        words = made["heading_length"] + (made["text_length"] if name == "stem" else 0)
        assert len(source_terms(made.get(name, ""))) == words


def test_a_compound_shares_the_position_of_its_first_word_and_is_marked_where_it_begins_and_ends() -> None:
    made = source(passage("a", "p1", "No co-operation here"))
    assert made["text"] == ["no co/cooperation operation here"]
    assert made["text_marks"] == [f"_ {begin_mark('cooperation')} {end_mark('cooperation')} _"]
    assert "text_marks" not in source(passage("a", "p1", "No compound here"))


def test_pieces_of_a_heading_are_apart_and_keep_their_places_beside_the_marks() -> None:
    made = source(passage("a", "p1", "Law", heading="—", locator="art. 3"))
    assert made["heading"] == ["art 3"]
    made = source(passage("a", "p1", "Law", heading="Aftercare", locator="re-entry"))
    assert made["heading"] == ["aftercare", "re/reentry entry"]
    assert made["heading_marks"] == ["_", f"{begin_mark('reentry')} {end_mark('reentry')}"]


def test_many_extra_terms_are_spread_over_the_positions() -> None:
    made = source(passage("a", "p1", "인신매매피해자보호를위한법률 law"))
    assert [len(position) for position in source_terms(made["stem"])] == [8, 7]


def test_what_no_search_finds_has_only_words_to_quote() -> None:
    made = source(passage("a", "h1", "Protection of refugees", "protection", unit="heading"))
    assert made["unsearched"] == ["protection of refugees"]
    assert not {"text", "stem", "theme", "text_length", "kind"} & made.keys()


@table(
    ("dates"),
    [("1999", "1999-02"), ("1999-12-31", "2000"), ("201X", "2020"), ("1980/1982", "1981")],
)
def test_dates_sort_by_their_beginnings(dates: tuple[str, str]) -> None:
    first, second = map(date_key, dates)
    assert first is not None
    assert second is not None
    assert first < second
    assert date_key("") is None


def test_numbers_sort_by_document_then_place_with_notes_last() -> None:
    places = [
        (0, 0),
        (0, 1),
        (1, 0),
        (FIRST_NOTE - 1, 9),
        (FIRST_NOTE, 0),
        (2 * FIRST_NOTE - 1, (1 << 24) - 1),
    ]
    numbers = [passage_number(*place) for place in places]
    assert numbers == sorted(numbers)
    assert [rank_of(number) for number in numbers] == [rank for rank, _ in places]
    assert numbers[-1] < 1 << 63
