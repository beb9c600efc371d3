"""What became of the passages of a document in its new version, for an editor to look over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from kb.editing.versions.passage_pairs import PassagePair
from kb.ids import split_address
from kb.model import Passage
from kb.text.fingerprint import fingerprint

__all__ = ["CHANGE_KINDS", "ChangeKind", "PassageChange", "version_changes"]

ChangeKind = Literal["unsettled", "changed", "led on", "gone", "new", "renumbered", "kept"]
CHANGE_KINDS: tuple[ChangeKind, ...] = ("unsettled", "changed", "led on", "gone", "new", "renumbered", "kept")
"""What needs an editor's eye first."""


@dataclass(frozen=True, slots=True)
class PassageChange:
    """One passage of the old version, of the new one, or of both.

    `kept` is word for word as it was, `renumbered` the same with another locator, `changed` is amended
    under its id. `led on` gave its id up for another passage that has its words.
    """

    kind: ChangeKind
    old: Passage | None
    new: Passage | None


def version_changes(
    old: Sequence[Passage], new: Sequence[Passage], pairs: Iterable[PassagePair] = ()
) -> tuple[PassageChange, ...]:
    """Every passage of both versions once, by kind, in the order of the documents."""
    changes = list(_changes(old, new, [(one.old, one.new) for one in pairs if one.answer == "?"]))
    return tuple(sorted(changes, key=lambda one: CHANGE_KINDS.index(one.kind)))


def _changes(
    old: Sequence[Passage], new: Sequence[Passage], pairs: Sequence[tuple[str, str]]
) -> Iterator[PassageChange]:
    before, now = {one.id: one for one in old}, {one.id: one for one in new}
    open_pairs = [(old_id, new_id) for old_id, new_id in pairs if old_id in before and new_id in now]
    for old_id, new_id in open_pairs:
        yield PassageChange("unsettled", before[old_id], now[new_id])
    asked = {id for pair in open_pairs for id in pair}
    led = {split_address(one)[1]: passage for passage in new for one in passage.formerly}
    for id, passage in now.items():
        if id in before:
            yield PassageChange(_kind(before[id], passage), before[id], passage)
        elif id not in asked:
            yield PassageChange("new", None, passage)
    for id, passage in before.items():
        if id not in now and id in led:
            yield PassageChange("led on", passage, led[id])
        elif id not in now and id not in asked:
            yield PassageChange("gone", passage, None)


def _kind(before: Passage, now: Passage) -> ChangeKind:
    if fingerprint(before.text) != fingerprint(now.text):
        return "changed"
    return "kept" if before.locator == now.locator else "renumbered"
