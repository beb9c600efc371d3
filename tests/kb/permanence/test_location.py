from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.ids import address
from kb.messages import Message
from kb.model import Document, Passage
from kb.permanence.location import (
    DocumentGone,
    DocumentHere,
    DocumentLeftOut,
    DocumentMoved,
    Here,
    LeftOut,
    Moved,
    Unknown,
    Withdrawn,
    current_document,
    current_theme,
    locate,
    locate_document,
)
from kb.permanence.moves import Moves
from kb.published import LeftOutPassage, Move, Withdrawal

PLAN = Document("plan", "A plan")
FIRST = Passage("plan", "p1", "Words.")
GONE = Withdrawal("plan", "p9", "f" * 64, "2026-01-02")
LOST = Withdrawal("vanished", "p1", "e" * 64, "2026-01-02")
REASON = Message("bad-tag", tag="no tag!")
FAULTY = LeftOutPassage("plan", "p7", "d" * 64, "2026-01-02", REASON)
REST = LeftOutPassage("faulty", "p1", "c" * 64, "2026-01-02", REASON)
MOVES = (
    Move("plan", "p6", "plan/p7"),
    Move("plan", "p0", "plan/p1"),
    Move("plan", "p8", "plan/p9"),
    Move("former-plan", "", "plan"),
    Move("taken-apart", "p10", "plan/p1"),
)


class Published:
    """A collection of one document, with what was published before."""

    def __init__(self, moves: Sequence[Move] = MOVES) -> None:
        self.documents: Mapping[str, Document] = {"plan": PLAN}
        self.withdrawn: Mapping[str, Withdrawal] = {
            address(left.document, left.passage): left for left in (GONE, LOST)
        }
        self.left_out_passages = {"plan/p7": FAULTY, "faulty/p1": REST}
        self.moves = Moves(moves, lambda ids: ids == ("plan", "p1"))

    def passage(self, document: str, passage: str) -> Passage | None:
        return FIRST if (document, passage) == ("plan", "p1") else None


def test_a_passage_is_at_its_address() -> None:
    assert locate(Published(), "plan", "p1") == Here(FIRST, PLAN)


def test_an_id_that_was_given_up_leads_to_where_its_words_are() -> None:
    for document, passage in (
        ("plan", "p0"),
        ("former-plan", "p1"),
        ("former-plan", "p0"),
        ("taken-apart", "p10"),
    ):
        assert locate(Published(), document, passage) == Moved(("plan", "p1"), Here(FIRST, PLAN))


def test_what_moved_and_was_withdrawn_leads_to_what_is_left() -> None:
    assert locate(Published(), "plan", "p9") == Withdrawn(GONE)
    assert locate(Published(), "plan", "p8") == Moved(("plan", "p9"), Withdrawn(GONE))


def test_a_passage_that_is_left_out_is_neither_withdrawn_nor_unknown() -> None:
    assert locate(Published(), "plan", "p7") == LeftOut(FAULTY)
    assert locate(Published(), "plan", "p6") == Moved(("plan", "p7"), LeftOut(FAULTY))
    assert locate_document(Published(), "faulty") == DocumentLeftOut((REST,))


@given(st.text(), st.text())
def test_anything_else_is_unknown(document: str, passage: str) -> None:
    assert locate(Published(), document, passage) == Unknown()


def test_moves_in_a_circle_lead_nowhere() -> None:
    circle = Published((Move("d", "a", "d/b"), Move("d", "b", "d/a")))
    assert locate(circle, "d", "a") == Unknown()


def test_a_document_is_here_moved_gone_or_unknown() -> None:
    published = Published()
    assert locate_document(published, "plan") == DocumentHere(PLAN)
    assert locate_document(published, "former-plan") == DocumentMoved("plan")
    assert locate_document(published, "vanished") == DocumentGone((LOST,), ())
    assert locate_document(published, "taken-apart") == DocumentGone((), (("p10", ("plan", "p1")),))
    assert locate_document(published, "nowhere") == Unknown()


@pytest.mark.parametrize(
    ("given", "now"),
    [
        ("plan", "plan"),
        ("former-plan", "plan"),
        ("first", "plan"),
        ("to-theme", "theme"),
        ("none", "none"),
        ("", ""),
    ],
)
def test_a_name_leads_to_the_present_one_over_all_that_came_between(given: str, now: str) -> None:
    moves = (Move("first", "", "former-plan"), Move("former-plan", "", "plan"), Move("to-theme", "", "theme"))
    assert current_document(Published(moves), given) == now
    assert current_theme(Published(moves), given) == now
    assert current_theme(Published(moves), f"{given}/s") == f"{now}/s"


def test_a_subpoint_that_moved_is_found_where_it_is_now() -> None:
    published = Published(
        (Move("plan", "s", "plan/p1"), Move("old", "t", "plan/p1"), Move("old", "", "plan"))
    )
    assert [current_theme(published, value) for value in ("plan/s", "old/t", "old/u")] == [
        "plan/p1",
        "plan/p1",
        "plan/u",
    ]


def test_names_in_a_circle_lead_somewhere() -> None:
    circle = Published((Move("a", "", "b"), Move("b", "", "a")))
    assert current_document(circle, "a") in ("a", "b")
