"""The units as they are gathered; at the end each gets a unique locator and id."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import pairwise

from kb.importers.blocks import Block, NoteMark
from kb.importers.segmenting.locators import unique_ids, unique_locators
from kb.importers.spanned_text import SpannedText
from kb.importers.units import Change, Unit
from kb.numbering.labels import Label
from kb.sources.lines import Span
from kb.sources.unit_kinds import UnitKind

__all__ = ["ALONE", "Gathered", "Naming", "UnitList"]

ALONE = -1
"""The group of a unit that is in no list."""


@dataclass(frozen=True, slots=True)
class Naming:
    """A locator, the section that tells it apart, and the list in which it counts."""

    locator: str
    scope: str = ""
    group: int = ALONE


@dataclass(frozen=True, slots=True)
class Gathered:
    """A unit whose locator and id may still change."""

    unit: Unit
    naming: Naming


@dataclass(slots=True)
class UnitList:
    """The units of a document so far."""

    gathered: list[Gathered] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def __len__(self) -> int:
        return len(self.gathered)

    def __getitem__(self, place: int) -> Gathered:
        return self.gathered[place]

    def next(self, name: str) -> int:
        """The next number for a kind of unit without numbers of its own."""
        self.counts[name] += 1
        return self.counts[name]

    def add(
        self,
        kind: UnitKind,
        block: Block,
        words: SpannedText,
        naming: Naming,
        *,
        path: tuple[str, ...] = (),
        label: Label | None = None,
        parent: int | None = None,
    ) -> None:
        """Adds a unit with these words, which are the block's without its label."""
        cut = len(block.text) - len(words.text) if label and block.item is None else 0
        spans = words.spans
        unit = Unit(
            id="",
            kind=kind,
            text=words.text,
            locator=naming.locator,
            label=label.text if label else "",
            path=path,
            parent=parent,
            page=block.place.page,
            page_end=block.place.page_end,
            notes=tuple(NoteMark(note.mark, max(note.offset - cut, 0)) for note in block.notes),
            spans=spans,
            changes=_changes(block, spans, cut),
        )
        self.gathered.append(Gathered(unit, naming))

    def finished(self) -> tuple[Unit, ...]:
        namings = [one.naming for one in self.gathered]
        locators = unique_locators(
            [naming.locator for naming in namings],
            [naming.scope for naming in namings],
            [naming.group if naming.group != ALONE else -2 - at for at, naming in enumerate(namings)],
            [one.unit.page for one in self.gathered],
        )
        pairs = zip(self.gathered, locators, unique_ids(locators), strict=True)
        return tuple(replace(one.unit, locator=locator, id=name) for one, locator, name in pairs)


def _changes(block: Block, spans: tuple[Span, ...], cut: int) -> tuple[Change, ...]:
    joints = [(before, span) for before, span in pairwise(spans) if span.line != before.line]
    found: dict[Change, bool] = {
        "label": cut > 0,
        "note-mark": bool(block.notes),
        "line-end-hyphen": any(not span.glue for _, span in joints),
        "joined": bool(joints),
    }
    return tuple(change for change, is_made in found.items() if is_made)
