"""A brief in an address: it is read back as written, or refused if unreadable; order and limits."""

from __future__ import annotations

import zlib
from base64 import urlsafe_b64encode
from dataclasses import replace
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.briefs import brief
from kb.briefs.address import MAX_ADDRESS_CHARS, brief_query, pack_brief, parse_brief, too_large, unpack_brief
from kb.briefs.brief import MAX_PASSAGES, Brief, ChosenPassage, PlacedHeading
from kb.briefs.order import move_group, move_passage, positions_by_key
from kb.errors import BadRequest
from kb.ids import WordRange, is_id
from kb.messages import Message
from tests.tables import table

IDS = st.from_regex(r"[A-Za-z0-9._-]{1,12}", fullmatch=True).filter(is_id)
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), include_characters="\n\t"))
NOTES = TEXT.map(str.strip)
PRINTS = st.sampled_from(("", "1a2b3c4d", "1a2b3c4d5e6f"))
CHOSEN = st.builds(ChosenPassage, IDS, IDS, NOTES) | st.builds(
    ChosenPassage, IDS, IDS, NOTES, st.just(WordRange(3, 12)), PRINTS
)
PASSAGES = st.lists(CHOSEN, max_size=12, unique_by=lambda each: each.address).map(tuple)
BRIEFS = st.builds(
    Brief,
    PASSAGES,
    TEXT.map(lambda text: " ".join(text.split())[:200].strip()),
    st.sampled_from(brief.GROUPINGS),
    st.sampled_from(("", "oscola", "apa")),
    st.sampled_from(brief.FINGERPRINTS),
)
LINES = TEXT.map(lambda text: " ".join(text.split())[:200].strip()).filter(bool)


@st.composite
def headed_briefs(draw: st.DrawFn) -> Brief:
    made = draw(BRIEFS)
    places = sorted(draw(st.lists(st.integers(0, len(made.passages)), max_size=4)))
    return replace(made, headings=tuple(PlacedHeading(at, draw(LINES)) for at in places))


THREE = Brief(tuple(ChosenPassage("d", f"p{n}") for n in (1, 2, 3)))


def ids(made: Brief) -> str:
    return " ".join(each.passage for each in made.passages)


@given(headed_briefs())
def test_what_was_written_is_read_back(made: Brief) -> None:
    query = brief_query(made)
    assert parse_brief(query) == made
    assert query.isascii()
    assert unpack_brief(pack_brief(made)) == made


@given(BRIEFS)
def test_a_form_may_send_notes_apart_and_in_any_order(made: Brief) -> None:
    passages = [("p", each.address) for each in made.passages]
    notes = [(f"n{n}", each.note.replace("\n", "\r\n")) for n, each in enumerate(made.passages, 1)]
    assert parse_brief(urlencode([*notes[::-1], *passages])).passages == made.passages


@given(BRIEFS)
def test_notes_stay_with_their_passages_when_the_parameters_are_sorted(made: Brief) -> None:
    shuffled = urlencode(sorted(parse_qsl(brief_query(made), keep_blank_values=True)))
    assert set(parse_brief(shuffled).passages) == set(made.passages)


@given(st.text(max_size=80))
def test_any_text_is_a_brief_or_refused_with_a_reason(query: str) -> None:
    for read in (parse_brief, unpack_brief, lambda text: parse_brief(urlencode([("p", text)]))):
        try:
            made: object = read(query)
        except BadRequest as refused:
            made = str(refused)
        assert isinstance(made, Brief) or len(str(made)) > 20


@table(
    ("query", "named"),
    [
        ("p=nothing", "p"),
        ("p=a/b/c", "p"),
        ("p=a/%3Cscript%3E", "p"),
        ("p=../..", "p"),
        ("p=a/b~bad%00sign", "p"),
        ("p=a/b&n2=no+such+passage", "n2"),
        ("p=a/b&n1=%1B", "n1"),
        ("title=" + "x" * 201, "title"),
        ("title=%07", "title"),
        ("group=author", "group"),
        ("&".join(["p=a/b"] * 1_001), "p"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(query: str, named: str) -> None:
    with pytest.raises(BadRequest) as refused:
        parse_brief(query)
    assert refused.value.parameter == named


def code(words: bytes) -> str:
    return urlsafe_b64encode(zlib.compress(words)).decode().rstrip("=")


@table("bad", ["", "====", "a", "AAAA", "p=a/b", code(b"p=a/b")[:-3], code(b"p=" * 1_000_000), code(b"\xff")])
def test_a_code_that_was_cut_changed_or_blown_up_is_refused(bad: str) -> None:
    with pytest.raises(BadRequest, match=r"brief: .*complete copy of its link"):
        unpack_brief(bad)


def test_a_passage_named_twice_stands_once_and_loses_no_note() -> None:
    made = parse_brief("p=a/b~first&p=a/c&p=a/b~second&p=a/b&p=a/b~first")
    assert made.passages == (ChosenPassage("a", "b", "first\n\nsecond"), ChosenPassage("a", "c"))


def test_a_passage_is_added_once_removed_and_put_back_where_it_stood() -> None:
    second = THREE.passages[1]
    assert THREE.holding(second) == THREE
    assert ids(THREE.without(1)) == "p1 p3"
    assert THREE.without(1).holding(second, 1) == THREE
    assert ids(THREE.without(1).holding(second)) == "p1 p3 p2"
    assert THREE.place(ChosenPassage("d", "p9")) == -1


KEYS = st.lists(st.sampled_from(("", "x", "y", "z")), min_size=1, max_size=12)


def numbered(keys: list[str]) -> Brief:
    return Brief(tuple(ChosenPassage("d", str(n)) for n, _ in enumerate(keys)))


@given(KEYS, st.data())
def test_up_after_down_leaves_the_brief_as_it_was(keys: list[str], data: st.DataObject) -> None:
    made = numbered(keys)
    at = data.draw(st.integers(0, len(keys) - 1))
    lower = move_passage(made, keys, at, 1)
    assert sorted(map(str, lower.passages)) == sorted(map(str, made.passages))
    if lower != made:
        place = lower.place(made.passages[at])
        assert keys[place] == keys[at]
        assert move_passage(lower, keys, place, -1) == made


@given(KEYS, st.data())
def test_a_group_moves_whole_and_loses_nothing(keys: list[str], data: st.DataObject) -> None:
    made = numbered(keys)
    at = data.draw(st.integers(0, len(keys) - 1))
    after = move_group(made, keys, at, -1)
    assert sorted(map(str, after.passages)) == sorted(map(str, made.passages))
    order = list(positions_by_key([keys[int(each.passage)] for each in after.passages]))
    before = list(positions_by_key(keys))
    here = before.index(keys[at]) if keys[at] else 0
    if here:
        before[here - 1], before[here] = before[here], before[here - 1]
    assert order == before


def test_a_brief_is_bounded_in_passages_and_in_characters_and_says_so() -> None:
    full = Brief(tuple(ChosenPassage("d", f"p{n}") for n in range(MAX_PASSAGES)))
    assert too_large(full) is None
    assert too_large(full.holding(ChosenPassage("d", "more"))) == Message("brief-full", limit=100)
    room = MAX_ADDRESS_CHARS - len("/brief?") - len(brief_query(THREE))
    last = replace(THREE.passages[2], note="x" * (room - 1))
    assert too_large(THREE.without(2).holding(last)) is None
    longer = replace(last, note="x" * room)
    assert too_large(THREE.without(2).holding(longer)) == Message("brief-too-long", length=8_001, limit=8_000)
