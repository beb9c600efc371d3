"""Ids follow the words of passages from one version of a document to the next."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.editing.versions.passage_alignment import PassageAlignment, align_passages
from tests.kb.editing.versions.edited_texts import EDITS, passage

FEES = "Workers who paid recruitment fees were asked to show receipts, which almost none of them had kept."
FARMS = (
    "The inspectors visited forty farms in the north and found that contracts were missing in most of them."
)
COSTS = (
    "States should require that employers bear the costs of recruitment and never pass them on to workers."
)
SHORT = "Noted with concern."


def aligned(old: Sequence[str], new: Sequence[str]) -> PassageAlignment:
    return align_passages(old, new, {})


@settings(deadline=None)
@given(st.randoms(use_true_random=False), st.lists(st.sampled_from(sorted(EDITS)), max_size=8))
def test_whatever_is_edited_ids_go_to_their_own_words_or_to_none(
    draw: random.Random, edits: Sequence[str]
) -> None:
    old = [passage(draw, draw.randrange(2, 60)) for _ in range(draw.randrange(1, 15))]
    version = [(text, text) for text in old]
    for name in edits:
        version = EDITS[name](version, draw)
    new = [text for text, _ in version]
    found = aligned(old, new)

    for to, at in found.kept.items():
        assert old[at] in version[to][1].split("\n"), (old[at], new[to])
    for at, to in found.moved.items():
        assert old[at] in version[to][1].split("\n"), (old[at], new[to])
    for text in set(old) & set(new):
        kept = [to for to, at in found.kept.items() if old[at] == new[to] == text]
        assert len(kept) == min(old.count(text), new.count(text))
    assert len(set(found.kept.values())) == len(found.kept)
    assert not set(found.kept.values()) & set(found.moved)
    for at, to in found.unsure:
        assert at not in found.moved
        assert at not in found.kept.values()
        assert to not in found.kept


def test_unchanged_passages_keep_their_ids_wherever_they_are() -> None:
    new = [COSTS, FEES, "Something that was not there before, long enough to be a passage.", FARMS, SHORT]
    assert aligned([FEES, FARMS, COSTS, SHORT], new) == PassageAlignment({0: 2, 1: 0, 3: 1, 4: 3}, {}, ())


@pytest.mark.parametrize(
    "now",
    [
        FEES.replace("almost none", "hardly any"),
        FEES.upper(),
        FEES.replace(",", " –"),
        FEES.replace("receipts", "re\u00adceipts"),
        FEES + " This was often held against the workers.",
    ],
)
def test_an_amended_passage_keeps_its_id(now: str) -> None:
    assert aligned([FEES, FARMS], [FARMS, now]).kept == {0: 1, 1: 0}


def test_repeated_words_keep_their_ids_in_order() -> None:
    old = [SHORT, FEES, SHORT, FARMS, SHORT]
    assert aligned(old, [SHORT, FEES, FARMS, SHORT]).kept == {0: 0, 1: 1, 2: 3, 3: 4}


def test_rows_of_a_list_that_differ_in_a_name_or_a_number_are_left_to_the_editor() -> None:
    row = "Accede to the Optional Protocol to the Convention on the Rights of the Child in time ({})"
    old, new = [row.format("Chile"), row.format("Peru")], [row.format("Peru"), row.format("Cuba")]
    assert aligned(old, new) == PassageAlignment({0: 1}, {}, ((0, 1),))
    assert aligned(old[:1], new[1:]) == PassageAlignment({}, {}, ((0, 0),))
    fact = "In the year 2019 the inspectors found 45 victims on farms of the northern province"
    assert aligned([fact], [fact.replace("45", "51")]).unsure == ((0, 0),)


def test_other_words_in_the_same_place_are_another_passage() -> None:
    assert aligned([FEES, FARMS], [FEES, COSTS]) == PassageAlignment({0: 0}, {}, ())


def test_of_joined_passages_the_longest_keeps_its_id_and_the_others_lead_there() -> None:
    extra = "Agencies that operate without a licence are closed."
    assert aligned([FEES, extra, FARMS], [f"{FEES} {extra}", FARMS]) == PassageAlignment(
        {0: 0, 1: 2}, {1: 0}, ()
    )


def test_the_id_of_a_split_passage_goes_to_a_first_part_that_is_most_of_it_or_leads_to_it() -> None:
    short = "Agencies that operate without a licence are closed."
    assert aligned([f"{FEES} {short}"], [FEES, short]) == PassageAlignment({0: 0}, {}, ())
    assert aligned([f"{short} {FEES}"], [short, FEES]) == PassageAlignment({}, {0: 0}, ())


def test_what_was_published_can_forbid_to_keep_an_id() -> None:
    now = FEES.replace("almost none", "hardly any")
    assert align_passages(
        [FEES], [now], {}, lambda old, new: False, lambda old, new: False
    ) == PassageAlignment({}, {}, ())


def test_words_that_were_published_are_recognised_when_they_come_back() -> None:
    assert align_passages([FARMS], [FEES], {0: FEES}).kept == {0: 0}


def test_a_script_without_spaces_is_compared_by_characters() -> None:
    thai = "ผู้เสียหายจากการค้ามนุษย์มีสิทธิได้รับความช่วยเหลือและการคุ้มครองจากรัฐ"
    assert aligned([thai, FEES], [FEES, thai.replace("จากรัฐ", "ของรัฐ")]).kept == {0: 1, 1: 0}


def test_of_thousands_of_passages_many_alike_each_keeps_its_words() -> None:
    draw = random.Random(1)  # noqa: S311
    words = ["None.", "Yes.", "Row {} of the table of all ships in the port"]
    old = [draw.choice(words).format(at) for at in range(3000)]
    new = [text for text in old if draw.random() > 0.1]
    found = aligned(old, new)
    assert all(old[at] == new[to] for to, at in found.kept.items())
    assert len(found.kept) == len(new)


@pytest.mark.parametrize("parts", [["Title X", FEES], [SHORT, SHORT, "Noted twice."], [FEES, "Agreed."]])
def test_short_passages_side_by_side_that_become_one_lead_there_and_back(parts: list[str]) -> None:
    whole = " ".join(parts)
    joined = aligned([FARMS, *parts, COSTS], [FARMS, whole, COSTS])
    assert {*joined.kept.values(), *joined.moved} == set(range(len(parts) + 2))
    assert all(to == 1 for to in joined.moved.values())
    split = aligned([FARMS, whole, COSTS], [FARMS, *parts, COSTS])
    assert {*split.kept.values(), *split.moved} == {0, 1, 2}


def test_a_short_passage_with_a_word_less_is_left_to_the_editor() -> None:
    assert aligned(["Opium poppy and poppy straw."], ["Opium poppy straw."]).unsure == ((0, 0),)
