from __future__ import annotations

import pytest

from kb.importers.pdf.hyphens import Joint, Joints
from tests.kb.importers.pdf.made_lines import line
from tests.tables import table

KEEP, CUT, SPACE = Joint(""), Joint("", cut=1), Joint()


def joints(*texts: str, pages: int = 1) -> Joints:
    return Joints([line(text) for text in texts], pages)


def test_the_form_that_is_seen_elsewhere_decides() -> None:
    seen = joints("a multilateral treaty", "their decision-making", pages=9)
    assert seen.joint("a multi-", "lateral approach") == CUT
    assert seen.joint("of decision-", "making") == KEEP


def test_a_word_seen_in_neither_form_is_joined_where_lines_often_end_so() -> None:
    dense = joints("a sub-", "the govern-", "in par-")
    assert dense.joint("the transpor-", "tation of") == CUT
    assert joints("plain", pages=9).joint("the transpor-", "tation of") == KEEP


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("a multi-", "pronged approach"),
        ("the Timor-", "Leste border"),
        ("Group of Twenty-", "four"),
        ("12-", "14"),
    ],
)
def test_compounds_keep_their_hyphen_even_there(first: str, second: str) -> None:
    assert joints("a sub-", "the govern-", "in par-").joint(first, second) == KEEP


@table(
    ("first", "second", "joint"),
    [
        ("a Model 737–", "9 airplane", KEEP),
        ("on the internet https://", "www.regulations.gov", KEEP),
        ("at www.un.org/a_", "b.pdf", KEEP),
        ("the States and/", "or parties", KEEP),
        ("it was so –", "and not", SPACE),
        ("ยืนยันสิทธิ", "ของเด็ก", KEEP),
        ("人口", "贩运", KEEP),
        ("plain words", "and more", SPACE),
    ],
)
def test_lines_are_joined_as_their_ends_ask(first: str, second: str, joint: Joint) -> None:
    assert joints().joint(first, second) == joint
