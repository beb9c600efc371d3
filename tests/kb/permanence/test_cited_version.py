"""What became of words that were cited."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.permanence.cited_version import CitedVersion, cited_version
from kb.published import Published, Withdrawal
from kb.text.fingerprint import fingerprint

TEXTS = ("They shall protect victims.", "They shall protect all victims.", "Each shall protect all victims.")
PRINTS = tuple(map(fingerprint, TEXTS))


def published(*days: int) -> list[Published]:
    """The texts of these numbers, published one a day from 1 January."""
    return [
        Published("d", "p", PRINTS[text], f"2026-01-0{at}", TEXTS[text]) for at, text in enumerate(days, 1)
    ]


@pytest.mark.parametrize("size", [8, 12, 64])
def test_words_that_stand_are_unchanged_whatever_stood_between(size: int) -> None:
    asked = PRINTS[0][:size]
    assert cited_version(asked, (), TEXTS[0]) == CitedVersion(asked, "unchanged")
    assert cited_version(asked, published(0, 1, 0), TEXTS[0]) == CitedVersion(asked, "unchanged")
    assert cited_version(fingerprint("a b"), (), " a\nb").state == "unchanged"


def test_amended_words_are_shown_with_the_day_on_which_they_changed() -> None:
    found = cited_version(PRINTS[0][:12], published(0, 1, 2), TEXTS[2])
    assert (found.state, found.since) == ("amended", "2026-01-02")
    assert found.cited == published(0)[0]
    assert [piece.kind for piece in found.pieces] == ["changed", "kept", "added", "kept"]
    assert "".join(piece.old for piece in found.pieces) == TEXTS[0]
    assert "".join(piece.new for piece in found.pieces) == TEXTS[2]
    assert cited_version(PRINTS[1], published(0, 1, 2), TEXTS[2]).since == "2026-01-03"


def test_words_that_stood_twice_changed_on_the_later_day() -> None:
    assert cited_version(PRINTS[0], published(0, 1, 0, 2), TEXTS[2]).since == "2026-01-04"


def test_a_change_that_is_not_published_has_no_day() -> None:
    found = cited_version(PRINTS[1], published(0, 1), TEXTS[2])
    assert (found.state, found.since) == ("amended", "")


def test_withdrawn_words_are_known_by_what_is_left_of_them() -> None:
    gone = Withdrawal("d", "p", PRINTS[1], "2026-02-01")
    last = cited_version(PRINTS[1], published(0, 1), None, gone)
    assert (last.state, last.since, last.cited) == ("withdrawn", "2026-02-01", published(0, 1)[1])
    first = cited_version(PRINTS[0], published(0, 1), None, gone)
    assert (first.state, first.since, first.cited) == ("withdrawn", "2026-01-02", published(0)[0])
    assert cited_version(PRINTS[1], (), None, gone) == CitedVersion(
        PRINTS[1], "withdrawn", since="2026-02-01"
    )
    assert cited_version(PRINTS[2], published(0, 1), None, gone) == CitedVersion(PRINTS[2], "unknown")


def test_words_never_published_are_unknown() -> None:
    assert cited_version(PRINTS[2], published(0, 1), TEXTS[1]) == CitedVersion(PRINTS[2], "unknown")


@given(
    history=st.lists(st.integers(0, 2), max_size=6),
    now=st.none() | st.integers(0, 2),
    asked=st.integers(0, 2),
)
def test_every_word_ever_published_is_known(history: list[int], now: int | None, asked: int) -> None:
    days = [text for text, before in zip(history, [None, *history], strict=False) if text != before]
    found = cited_version(PRINTS[asked], published(*days), None if now is None else TEXTS[now])
    if asked == now:
        assert found.state == "unchanged"
    else:
        assert (found.state != "unknown") == (asked in days)
        assert found.cited is None or found.cited.text == TEXTS[asked]
