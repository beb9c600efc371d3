from __future__ import annotations

from collections.abc import Mapping, Sequence

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
