"""Compares two texts word by word: what is in both, and what is in only one of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Literal, NamedTuple

__all__ = ["DiffKind", "DiffPiece", "common_words", "differences"]

DiffKind = Literal["kept", "removed", "added", "changed"]

MAX_WORD_PAIRS = 200_000_000
"""Compared as one bit each: 25 MB, a tenth of a second. Texts with more pairs of words between their
first and last difference count as one change."""

WORD = re.compile(r"\s*\S+\s*")


class DiffPiece(NamedTuple):
    """A stretch of two texts: its words in the old and in the new one, with the white space after them.

    Kept words may differ in white space and in what counts as the same.
    """

    kind: DiffKind
    old: str
    new: str


class _Run(NamedTuple):
    """A stretch of the old text, as word numbers, and the stretch of the new one opposite it."""

    kept: bool
    begin: int
    end: int
    new_begin: int
    new_end: int

    @property
    def size(self) -> int:
        return max(self.end - self.begin, self.new_end - self.new_begin)


def _composed(word: str) -> str:
    return unicodedata.normalize("NFC", word)


def differences(old: str, new: str, form: Callable[[str], str] = _composed) -> tuple[DiffPiece, ...]:
    """The pieces of both texts in order: those of either, joined, are that text.

    Two words are the same where `form` makes the same of both; white space does not count. Two
    pieces side by side are never both kept or both not.
    """
    ours, theirs = _words(old), _words(new)
    runs = _joined(_runs([form(word.strip()) for word in ours], [form(word.strip()) for word in theirs]))
    pieces = [_piece(run, ours, theirs) for run in runs]
    if not ours or not theirs:  # a text of white space alone has no words to hold it
        kind = pieces[0].kind if pieces else "kept"
        return (DiffPiece(kind, old, new),) if old or new else ()
    return tuple(pieces)


def _words(text: str) -> list[str]:
    return WORD.findall(text) if text.strip() else []


def _piece(run: _Run, ours: Sequence[str], theirs: Sequence[str]) -> DiffPiece:
    old, new = "".join(ours[run.begin : run.end]), "".join(theirs[run.new_begin : run.new_end])
    kinds: dict[tuple[bool, bool], DiffKind] = {(True, False): "removed", (False, True): "added"}
    return DiffPiece("kept" if run.kept else kinds.get((bool(old), bool(new)), "changed"), old, new)


def _runs(ours: Sequence[str], theirs: Sequence[str]) -> Iterable[_Run]:
    """Kept and changed stretches, alternating."""
    before = (0, 0)
    for first, second, size in _same(ours, theirs):
        if before != (first, second):
            yield _Run(False, before[0], first, before[1], second)
        if size:
            yield _Run(True, first, first + size, second, second + size)
        before = (first + size, second + size)


def _same(ours: Sequence[str], theirs: Sequence[str]) -> Iterable[tuple[int, int, int]]:
    """The longest stretches of the same words: where each begins in either text, and its number of words."""
    fewest = min(len(ours), len(theirs))
    head = next((at for at in range(fewest) if ours[at] != theirs[at]), fewest)
    tail = next((at for at in range(fewest - head) if ours[-1 - at] != theirs[-1 - at]), fewest - head)
    first, second = len(ours) - tail, len(theirs) - tail
    pairs = [(head + a, head + b) for a, b in common_words(ours[head:first], theirs[head:second])]
    same = [
        *((at, at) for at in range(head)),
        *pairs,
        *zip(range(first, len(ours)), range(second, len(theirs)), strict=True),
    ]
    begin = 0
    for at in range(1, len(same) + 1):
        if at == len(same) or same[at] != (same[at - 1][0] + 1, same[at - 1][1] + 1):
            yield *same[begin], at - begin
            begin = at
    yield len(ours), len(theirs), 0


def common_words(ours: Sequence[Hashable], theirs: Sequence[Hashable]) -> list[tuple[int, int]]:
    """The word pairs of a longest common subsequence; none where finding it would take too long."""
    if len(ours) * len(theirs) > MAX_WORD_PAIRS:
        return []
    rows = _rows(ours, theirs)
    pairs = []
    i, j = len(ours), len(theirs)
    while i and j:
        if rows[i] >> (j - 1) & 1:
            j -= 1
        elif not rows[i - 1] >> (j - 1) & 1:
            i -= 1
        else:
            i, j = i - 1, j - 1
            pairs.append((i, j))
    return pairs[::-1]


def _rows(ours: Sequence[Hashable], theirs: Sequence[Hashable]) -> list[int]:
    """Bit j of row i is 0 where what the first i words have in common with theirs grows at word j.

    H. Hyyrö, Bit-parallel LCS-length computation revisited (2004).
    """
    places: dict[Hashable, int] = {}
    for at, word in enumerate(theirs):
        places[word] = places.get(word, 0) | 1 << at
    whole = (1 << len(theirs)) - 1
    rows = [whole]
    for word in ours:
        met = rows[-1] & places.get(word, 0)
        rows.append((rows[-1] + met | rows[-1] - met) & whole)
    return rows


def _joined(runs: Iterable[_Run]) -> list[_Run]:
    """Changes with fewer words kept between them than either has are one change.

    Of two texts with little in common, “the” and “of” would otherwise be kept here and there.
    """
    merged: list[_Run] = []
    for run in runs:
        merged.append(run)
        while len(merged) > 2 and not run.kept and merged[-2].size < min(merged[-3].size, merged[-1].size):
            before, _, after = merged[-3:]
            merged[-3:] = [_Run(False, before.begin, after.end, before.new_begin, after.new_end)]
    return merged
