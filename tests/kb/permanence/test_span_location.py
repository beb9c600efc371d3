from __future__ import annotations

from collections.abc import Mapping

from kb.ids import PassageRef, WordRange
from kb.messages import Message
from kb.model import Document, Passage
from kb.permanence.location import Here, LeftOut, Location, Moved, Unknown, Withdrawn
from kb.permanence.moves import Moves
from kb.permanence.span_location import (
    MAX_SPAN_PASSAGES,
    SpanHere,
    SpanLocation,
    SpanMoved,
    SpanRefused,
    locate_place,
    locate_ref,
)
from kb.published import LeftOutPassage, Move, Withdrawal
from kb.text.fingerprint import fingerprint
from tests.tables import table

PLAN, LIST = Document("plan", "A plan"), Document("list", "A list")
GONE = Withdrawal("plan", "p3", "f" * 64, "2026-01-02")
ENDED = Withdrawal("plan", "p0", "e" * 64, "2026-01-02")
FAULTY = LeftOutPassage("list", "i5", "d" * 64, "2026-01-02", Message("bad-tag", tag="no tag!"))
MOVES = (
    Move("plan", "a1", "plan/p1"),
    Move("plan", "p5", "list/i1"),
    Move("plan", "p6", "plan/p7"),
    Move("plan", "p9", "list/i2"),
    Move("old-plan", "", "plan"),
)


class Library:
    """Two documents; of the first, p3 was withdrawn and p5 went to the second."""

    def __init__(self, *more: str) -> None:
        ids = {"plan": ("p1", "p2", "p4", "p7", "p8", *more), "list": tuple(f"i{at}" for at in range(1, 120))}
        self._passages = {
            document: tuple(Passage(document, id, f"Words of {id}.") for id in some if id != "i5")
            for document, some in ids.items()
        }
        self.documents: Mapping[str, Document] = {"plan": PLAN, "list": LIST}
        self.withdrawn = {"plan/p3": GONE, "plan/p0": ENDED}
        self.left_out_passages = {"list/i5": FAULTY}
        self.moves = Moves(MOVES, lambda ids: self.passage(*ids) is not None)

    def following(self, passage: Passage, limit: int) -> tuple[Passage, ...]:
        every = self._passages[passage.document]
        return every[(at := every.index(passage) + 1) : at + limit]

    def passage(self, document: str, passage: str) -> Passage | None:
        return next((one for one in self._passages.get(document, ()) if one.id == passage), None)


def here(*ids: str) -> tuple[Passage, ...]:
    return tuple(Passage("plan", id, f"Words of {id}.") for id in ids)


def test_a_span_is_its_passages_in_reading_order() -> None:
    found = locate_place(Library(), "plan", "p1..p2")
    assert found == SpanHere(PLAN, here("p1", "p2"))
    assert found.text == "Words of p1.\nWords of p2."
    assert found.fingerprint == fingerprint("Words of p1. Words of p2.")
    assert found.ids == ("plan", "p1..p2")


def test_what_was_between_the_ends_and_is_no_longer_is_told() -> None:
    found = locate_place(Library(), "plan", "p2..p8")
    to_list = Moved(("list", "i1"), Here(Passage("list", "i1", "Words of i1."), LIST))
    assert found == SpanHere(PLAN, here("p2", "p4", "p7", "p8"), (("p3", Withdrawn(GONE)), ("p5", to_list)))


def test_an_id_that_is_exactly_so_wins() -> None:
    assert locate_place(Library("p1..p2"), "plan", "p1..p2") == Here(*here("p1..p2"), PLAN)
    assert locate_place(Library("a..b"), "plan", "p8..a..b") == SpanHere(PLAN, here("p8", "a..b"))


@table(
    ("document", "place", "expected"),
    [
        (
            "plan",
            "p2..p1",
            SpanRefused(Message("span-reversed", reference="plan/p2..p1", right="plan/p1..p2")),
        ),
        ("plan", "p1..p9", SpanRefused(Message("span-over-documents", reference="plan/p1..p9"))),
        ("plan", "p2..p2", SpanMoved(("plan", "p2"))),
        ("plan", "a1..p6", SpanMoved(("plan", "p1..p7"))),
        ("plan", "a1..p1", SpanMoved(("plan", "p1"))),
        ("old-plan", "p1..p2", SpanMoved(("plan", "p1..p2"))),
        ("plan", "p0..p2", Withdrawn(ENDED)),
        ("plan", "p1..p3", Withdrawn(GONE)),
        ("list", "i2..i5", LeftOut(FAULTY)),
        ("list", "i4..i6", LeftOut(FAULTY)),
        ("plan", "p1..x", Unknown()),
        ("plan", "x..p1", Unknown()),
        ("none", "p1..p2", Unknown()),
        ("plan", "p1..", Unknown()),
        ("plan", "..", Unknown()),
        ("plan", "p1", Here(*here("p1"), PLAN)),
    ],
)
def test_what_became_of_an_end_became_of_the_span(
    document: str, place: str, expected: Location | SpanLocation
) -> None:
    assert locate_place(Library(), document, place) == expected


def test_a_span_has_a_limit() -> None:
    found = locate_place(Library(), "list", "i6..i105")
    assert isinstance(found, SpanHere)
    assert len(found.passages) == MAX_SPAN_PASSAGES
    refusal = Message("span-too-long", reference="list/i6..i106", limit=100)
    assert locate_place(Library(), "list", "i6..i106") == SpanRefused(refusal)


def test_an_excerpt_is_where_its_passages_are() -> None:
    words = WordRange(1, 2)
    assert locate_ref(Library(), PassageRef("plan", "p1", words)) == Here(*here("p1"), PLAN)
    several = locate_ref(Library(), PassageRef("plan", "p1..p2", words))
    assert several == locate_place(Library(), "plan", "p1..p2")
    assert isinstance(several, SpanHere)
