"""Blocks without a number: quotations, lead-ins, the words of an article, paragraphs of a section."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from kb.importers.blocks import Block
from kb.importers.labels import block_label
from kb.importers.segmenting.numbering import Numbering
from kb.importers.segmenting.sections import Section
from kb.importers.segmenting.unit_list import Naming, UnitList
from kb.sources.unit_kinds import UnitKind

__all__ = ["PlainBlocks"]

QUOTE_INDENT = 18
"""Points by which a block quotation is indented further than the paragraph before it."""

MAX_LEAD_IN_CHARS, MAX_LABEL_WORDS = 200, 6
"""The longest lead-in to a list that ends with a colon, and the longest without one."""

_QUOTED = re.compile(r"[“„«\"][^“”»\"]*[”“»\"]?\W*")
"""A paragraph wholly in quotation marks; a definition quotes only its term."""

_COLON = re.compile(r"[:：﹕][-–—]?\s*\Z")
_ENDED = re.compile(r"[.;,!?。；，！？؟।]\W*\Z")

_PREAMBLE = re.compile(
    r"preamble|preámbulo|préambule|preâmbulo|präambel|preambolo|преамбула|الديباجة", re.IGNORECASE
)


@dataclass(slots=True)
class PlainBlocks:
    """Finds what a block without a number belongs to."""

    numbering: Numbering
    section: Section
    units: UnitList

    def add(self, block: Block, above: Block | None, following: Block | None) -> None:
        owner = self._owner()
        kind = self._kind(block, above, following, owner)
        naming = self._naming(kind, owner)
        self.units.add(kind, block, block.words, naming, path=self.section.path, parent=owner)

    def _owner(self) -> int | None:
        """The paragraph or article that the block continues."""
        if self.section.article_item is not None and self.numbering.innermost is None:
            return self.section.article_item
        return self.numbering.outermost

    def _kind(
        self, block: Block, above: Block | None, following: Block | None, owner: int | None
    ) -> UnitKind:
        bullet = block_label(following) if following and following.row is None else None
        if bullet is not None and bullet.is_bullet and _announces(block.text):
            return "lead-in"
        if block.style.quoted or (owner is not None and above is not None and _is_set_in(block, above)):
            return "quote"
        if owner is None and _PREAMBLE.match(self.section.name) and block.text.endswith((",", ";", ":")):
            return "preambular"
        return "paragraph"

    def _naming(self, kind: UnitKind, owner: int | None) -> Naming:
        section, units = self.section, self.units
        if kind == "preambular":
            return Naming(section.in_division(f"preambular para {units.next('preambular')}"))
        name = kind if kind in ("quote", "lead-in") else "unnumbered para"
        if owner is not None:
            above = units[owner].naming
            return replace(above, locator=f"{above.locator}, {name} {units.next(f'{name} {owner}')}")
        base = section.in_division(section.name)
        number = units.next(f"plain {base}")
        return Naming(f"{base}, {name} {number}" if base else f"{name} {number}")


def _announces(text: str) -> bool:
    """Whether words only announce the list below them; a complete sentence is a paragraph."""
    if len(text) >= MAX_LEAD_IN_CHARS or not any(map(str.isalpha, text)):
        return False
    return bool(_COLON.search(text)) or (len(text.split()) <= MAX_LABEL_WORDS and not _ENDED.search(text))


def _is_set_in(block: Block, above: Block) -> bool:
    lines = {span.line for span in block.words.spans}
    return (
        len(lines) > 1 or _QUOTED.fullmatch(block.text) is not None
    ) and block.place.inset >= above.place.inset + QUOTE_INDENT
