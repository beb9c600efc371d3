"""Pairs of an old and a new passage, side by side, for an editor to settle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kb.document_edits.open_document import OpenDocument
from kb.editing.versions.passage_pairs import PassagePair, read_pairs
from kb.model import Passage
from kb.text.diff import DiffPiece, differences

__all__ = ["PairRow", "pair_rows"]


@dataclass(frozen=True, slots=True)
class PairRow:
    """A pair with both passages and the differences between their words."""

    pair: PassagePair
    old: Passage
    new: Passage
    pieces: Sequence[DiffPiece]


def pair_rows(open_: OpenDocument, before: Mapping[str, Passage]) -> Sequence[PairRow]:
    """The pairs of a draft, open ones first; `before` has the passages of the version that it replaces."""
    now = {one.id: one for one in open_.passages}
    pairs = sorted(read_pairs(open_.document.path)[0], key=lambda pair: pair.answer != "?")
    return [
        PairRow(pair, before[pair.old], now[pair.new], differences(before[pair.old].text, now[pair.new].text))
        for pair in pairs
        if pair.old in before and pair.new in now
    ]
