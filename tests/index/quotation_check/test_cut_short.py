"""With too small a budget of work, quotations stay unchecked, and none is reported as not found."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.quotation_check.text_report import QuotationReport, check_text
from kb.messages import Message
from kb.quoting.extraction import find_quotations
from kb.quoting.quotation_marks import QuotationMarks
from kb.work.budget import Budget, limited
from tests.budgets import looks
from tests.engines import Snapshot, snapshot_of
from tests.index.samples import collection, document
from tests.tables import table

LAW = [
    f"Article {number}: the Parties shall, in accordance with law, extradite offender {number} “at once”."
    for number in range(40)
]
SAMPLE = collection(document("treaty"), document("other"), treaty=LAW, other=["A word of its own."])
MARKS = "\"“”„‘’'«»‹›「」()[]…"


def junk(signs: str, seed: int, size: int = 1_500) -> str:
    """Random signs, as attackers paste them."""
    return "".join(random.Random(seed).choices(signs, k=size))  # noqa: S311


TEXTS = [
    "“the Parties shall”, “extradite offenders 7”, “nothing of the sort” and “Article 12: the … law”",
    "“law accordance in with” and “a word ... of its own” and “offender”",
    *(junk(signs, 7) for signs in (MARKS, f"{MARKS} aw.", '"…[] the law', "“”‘’ of", "「」aw 漢")),
    " ".join(f"{random.Random(n).choice(MARKS)}the law" for n in range(200)),  # noqa: S311
    " ... ".join(["the law of"] * 150),
    "> the Parties [shall] extradite\n\n" * 20,
]


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return snapshot_of(SAMPLE, tmp_path_factory.mktemp("index"))


@pytest.fixture(scope="module")
def full(snapshot: Snapshot) -> object:
    return cache(lambda text: check_text(text, snapshot))


def says_no_more(cut: QuotationReport, full: QuotationReport) -> None:
    """A cut report has the verdicts of the full one, or none, and says so."""
    verdicts = {one.verdict.quotation: one.verdict for one in full.checked}
    words = {one.verdict.word for one in cut.checked}
    for one in cut.checked:
        if one.verdict.word == "not checked":
            assert (one.verdict.places, one.verdict.nearest, one.verdict.further) == ((), (), 0)
        elif one.verdict.quotation in verdicts:
            assert one.verdict == verdicts[one.verdict.quotation]
        else:  # the text was not compared as a whole, in which it is verbatim
            assert "not checked" in words or cut.notices
    assert "not checked" in words or cut.checked == full.checked
    assert (Message("check-cut-short") in cut.notices) == (cut != full)


@pytest.mark.slow
@given(number=st.integers(0, 400), text=st.sampled_from(TEXTS))
def test_with_any_budget_a_report_says_no_more_than_the_full_one(
    snapshot: Snapshot, full: object, number: int, text: str
) -> None:
    with limited(looks(number)):
        cut = check_text(text, snapshot)
    says_no_more(cut, full(text))  # type: ignore[operator]


@pytest.mark.slow
def test_what_is_verbatim_is_found_before_anything_is_spent_on_what_is_not(snapshot: Snapshot) -> None:
    text = (
        "“law accordance in with”, “the Parties shall extradite 7”, “a word ... of its own”, “in accordance”"
    )
    for number in range(0, 400, 5):
        with limited(looks(number)):
            words = [one.verdict.word for one in check_text(text, snapshot).checked]
        assert not {"nearly", "not found"} & {*words} or words.count("verbatim") == 2
    assert words == ["nearly", "not found", "verbatim", "verbatim"]


@table("text", TEXTS)
def test_without_any_budget_nothing_is_checked_and_nothing_is_said_to_be_missing(
    snapshot: Snapshot, text: str
) -> None:
    with limited(Budget(0)):
        report = check_text(text, snapshot)
    assert {one.verdict.word for one in report.checked} <= {"not checked"}
    assert (Message("check-cut-short") in report.notices) == bool(report.checked)


def test_a_report_with_something_not_checked_is_not_verbatim_and_not_missing(snapshot: Snapshot) -> None:
    text = "“the Parties shall” and “extradite offender 7”"
    words = set()
    for number in range(0, 600, 20):
        with limited(looks(number)):
            words.add(check_text(text, snapshot).word)
    assert words == {"not checked", "verbatim"}


def test_the_places_where_marks_close_are_found_without_looking_at_every_other_mark(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = 0
    around = QuotationMarks._around

    def counted(self: QuotationMarks, at: int) -> tuple[str, str, str]:
        nonlocal asked
        asked += 1
        return around(self, at)

    monkeypatch.setattr(QuotationMarks, "_around", counted)
    for text in (
        "‘s’ x" * 2_000,
        "'a" * 4_000,
        '"a' * 4_000,
        "a'" * 4_000,
        "”a" * 4_000,
        junk(MARKS + " as", 1, 8_000),
    ):
        asked = 0
        find_quotations(text)
        assert asked < 250 * len(text), text[:20]


def test_passages_are_folded_once_for_all_quotations_of_a_text(
    snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from index.quotation_check import passage_text

    folded: list[str] = []
    foldings = passage_text.foldings
    monkeypatch.setattr(passage_text, "foldings", lambda text: folded.append(text) or foldings(text))
    check_text(" and ".join(f"“the Parties shall not {n}”" for n in range(30)), snapshot)
    assert len(folded) == len(set(folded)) <= len(LAW) + 1


def test_common_words_in_other_capitals_do_not_keep_the_others_waiting(tmp_path: Path) -> None:
    index = snapshot_of(collection(a=["The law of the sea."] * 400, b=["A word of its own."]), tmp_path)
    text = "“LAW of the sea” and “a word of its own”"
    with limited(looks(400)):
        assert [one.verdict.word for one in check_text(text, index).checked] == ["not checked", "verbatim"]
    assert [one.verdict.word for one in check_text(text, index).checked] == ["nearly", "verbatim"]
