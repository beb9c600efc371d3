"""The words of a text in another order: they are found, and those that moved are marked."""

from __future__ import annotations

import time

from kb.quoting.aligning.alignment import Alignment
from kb.quoting.aligning.reordering import align_reordered, with_moved_words
from kb.quoting.pattern import read_pattern
from kb.quoting.verbatim import ComparedPart
from kb.text.folding import fold
from tests.tables import table

SOURCE = (
    "States shall protect the victims of trafficking, and shall punish the traffickers who exploit them. "
    "International and national measures are taken."
)
CHINESE = "打击人口贩运的区域合作机制已经建立并保护被害人"


def reordered(quotation: str, source: str = SOURCE) -> Alignment | None:
    return align_reordered(read_pattern(quotation), fold(source))


@table(
    ("quotation", "source", "moved", "true"),
    [
        ("National and international measures are taken", SOURCE, ["National", "international"],
         "International and national measures are taken"),
        ("shall punish the traffickers who exploit them, and States shall protect the victims of trafficking",
         SOURCE, ["shall punish the traffickers who exploit them, and"],
         SOURCE.partition(". International")[0]),
        ("measures national", SOURCE, ["measures"], "national measures"),
        ("punish the traffickers who exploit them and protect the victims of trafficking", SOURCE,
         ["and protect the victims of trafficking"],
         "protect the victims of trafficking, and shall punish the traffickers who exploit them"),
        ("who exploit them ... protect the victims", SOURCE, ["protect the victims"],
         "protect the victims of trafficking, and shall punish the traffickers who exploit them"),
        ("人口打击贩运的区域合作机制", CHINESE, ["打击"], "打击人口贩运的区域合作机制"),
        ("保护被害人已经建立的区域合作机制", CHINESE, ["保护被害人已经建立"],
         "的区域合作机制已经建立并保护被害人"),
    ],
)  # fmt: skip
def test_the_words_that_moved_are_marked_in_the_whole_stretch(
    quotation: str, source: str, moved: list[str], true: str
) -> None:
    found = reordered(quotation, source)
    assert found
    assert [part.quoted.strip() for part in found.parts if part.kind == "moved" and part.quoted] == moved
    assert "".join(part.source for part in found.parts) == true
    assert "".join(part.quoted for part in found.parts) == quotation


@table(
    "quotation",
    [
        "shall punish the traffickers who exploit them",  # in order
        "SHALL punish the traffickers, who exploit them",  # the same words in order
        "shall protect the victims of trafficking, and shall punish the traffickers who exploit them, "
        "International and national measures taken.",  # a word left out before the last
        "shall punish the criminals who exploit them",
        "them exploit who criminals and smugglers",
        "victims",
        "...",
        "贩运",
    ],
)
def test_what_is_in_order_or_has_other_words_is_not_reordered(quotation: str) -> None:
    assert reordered(quotation) is None


def test_of_a_difference_that_is_no_move_the_kind_stays() -> None:
    parts = (
        ComparedPart("added", "the law", ""),
        ComparedPart("same", " of ", " of "),
        ComparedPart("replaced", "Sea", "the law"),
        ComparedPart("replaced", "Shall", "shall,"),
        ComparedPart("missing", "", "not"),
    )
    assert [part.kind for part in with_moved_words(parts)] == [
        "moved",
        "same",
        "replaced",
        "replaced",
        "missing",
    ]


def test_words_that_are_only_joined_or_parted_have_not_moved() -> None:
    parts = (
        ComparedPart("replaced", "victims -- for", "victims"),
        ComparedPart("missing", "", " for"),
        ComparedPart("same", " acts", " acts"),
    )
    assert with_moved_words(parts) == parts


def test_within_one_part_the_order_may_differ() -> None:
    parts = (ComparedPart("same", "the ", "the "), ComparedPart("replaced", "sea law", "law, sea"))
    assert [part.kind for part in with_moved_words(parts)] == ["same", "moved"]


def test_a_long_text_takes_linear_time() -> None:
    text = fold(f"{SOURCE} " * 2_000)
    began = time.process_time()
    assert align_reordered(read_pattern("taken are measures national " * 50), text) is None
    assert time.process_time() - began < 5
