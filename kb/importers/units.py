"""What importing a document yields: citable units, in reading order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kb.importers.blocks import NoteMark
from kb.sources.lines import Span
from kb.sources.unit_kinds import UnitKind

__all__ = ["Change", "Unit"]

Change = Literal["label", "note-mark", "line-end-hyphen", "joined"]
"""What may differ between the words of a unit and the lines of its source."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One citable unit, word for word.

    `id` is unique in the document, and so is `locator`, which reads as lawyers write it: `para 12(b)`,
    `annex I, art 3`. `label` is the number or bullet as printed, empty where there is none. `path` holds the
    headings above it, and `parent` is the place among the units of the one it belongs to, such as the
    paragraph of a sub-paragraph. Replaying the `spans` over the document's lines gives `text`.
    """

    id: str
    kind: UnitKind
    text: str
    locator: str
    label: str = ""
    path: tuple[str, ...] = ()
    parent: int | None = None
    page: int | None = None
    page_end: int | None = None
    notes: tuple[NoteMark, ...] = ()
    spans: tuple[Span, ...] = ()
    changes: tuple[Change, ...] = ()
