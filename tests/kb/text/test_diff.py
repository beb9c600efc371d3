"""Two texts word by word."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.text import diff as module
from kb.text.diff import DiffPiece, differences

TEXTS = st.text(st.sampled_from("ab \n\u00a0é")) | st.text()
WORDS = st.lists(st.sampled_from(["the", "of", "victims", "shall", "a", "b"]), max_size=14).map(" ".join)


def kinds(old: str, new: str) -> list[str]:
    return [piece.kind for piece in differences(old, new)]


@given(old=TEXTS | WORDS, new=TEXTS | WORDS)
def test_the_pieces_of_either_text_join_to_it(old: str, new: str) -> None:
    found = differences(old, new)
    assert "".join(piece.old for piece in found) == old
    assert "".join(piece.new for piece in found) == new


@given(old=TEXTS | WORDS, new=TEXTS | WORDS)
def test_kept_words_are_the_same_and_stand_between_others(old: str, new: str) -> None:
    found = differences(old, new)
    for piece in found:
        words = [unicodedata.normalize("NFC", text).split() for text in (piece.old, piece.new)]
        assert (piece.kind == "kept") == (words[0] == words[1])
        assert (piece.kind == "added") == (not words[0] and bool(words[1]))
        assert (piece.kind == "removed") == (bool(words[0]) and not words[1])
    turns = [piece.kind == "kept" for piece in found]
    assert all(one != other for one, other in pairwise(turns))


def longest(ours: list[str], theirs: list[str]) -> int:
    """The length of a longest common subsequence, by the textbook's table."""
    row = [0] * (len(theirs) + 1)
    for word in ours:
        before = row
        row = [0]
        for at, other in enumerate(theirs):
            row.append(before[at] + 1 if word == other else max(row[at], before[at + 1]))
    return row[-1]


@given(old=WORDS, new=WORDS)
def test_as_many_words_are_kept_as_can_be_before_changes_are_joined(old: str, new: str) -> None:
    ours, theirs = old.split(), new.split()
    pairs = module.common_words(ours, theirs)
    assert len(pairs) == longest(ours, theirs)
    assert pairs == sorted(pairs)
    assert all(ours[a] == theirs[b] for a, b in pairs)
    kept = sum(size for _, _, size in module._same(ours, theirs))
    assert kept == len(pairs)


def test_what_was_removed_added_and_changed_is_told_apart() -> None:
    assert differences("They shall protect all victims now.", "They must protect victims right now.") == (
        DiffPiece("kept", "They ", "They "),
        DiffPiece("changed", "shall ", "must "),
        DiffPiece("kept", "protect ", "protect "),
        DiffPiece("removed", "all ", ""),
        DiffPiece("kept", "victims ", "victims "),
        DiffPiece("added", "", "right "),
        DiffPiece("kept", "now.", "now."),
    )


def test_white_space_and_unicode_form_make_no_difference() -> None:
    assert differences(" a  e\u0301\n", "a\té") == (DiffPiece("kept", " a  e\u0301\n", "a\té"),)


def test_what_counts_as_the_same_can_be_said() -> None:
    assert kinds("Victims’ rights", "victims’ Rights") == ["changed"]
    (piece,) = differences("Victims’ rights", "victims’ Rights", str.casefold)
    assert piece == DiffPiece("kept", "Victims’ rights", "victims’ Rights")


def test_a_few_words_in_common_do_not_break_a_change_apart() -> None:
    old = "Each party ensures the return of property to victims"
    new = "No State denies the entry with help for minors"
    assert kinds(old, new) == ["changed"]
    assert kinds("1 a 2 b 3", "x a y b z") == ["changed", "kept", "changed", "kept", "changed"]


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("", "", ()),
        (" ", "", (DiffPiece("kept", " ", ""),)),
        ("", "a", (DiffPiece("added", "", "a"),)),
        ("a", " \n", (DiffPiece("removed", "a", " \n"),)),
    ],
)
def test_texts_without_words_are_compared_too(old: str, new: str, found: tuple[DiffPiece, ...]) -> None:
    assert differences(old, new) == found


def test_what_would_take_too_long_is_one_change(monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = "same 1 x 2 x 3 same", "same 4 x 5 x 6 same"
    assert len(differences(old, new)) == 7
    monkeypatch.setattr(module, "MAX_WORD_PAIRS", 24)
    assert differences(old, new) == (
        DiffPiece("kept", "same ", "same "),
        DiffPiece("changed", "1 x 2 x 3 ", "4 x 5 x 6 "),
        DiffPiece("kept", "same", "same"),
    )
