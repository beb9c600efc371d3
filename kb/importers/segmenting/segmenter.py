"""From blocks to units: each block in order finds its kind, its place in a list, and its locator."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from kb.importers.blocks import Block, Dropped, DropReason, Footnote, SourceDocument
from kb.importers.labels import block_label, with_run_in_articles
from kb.importers.segmenting.contents import contents_blocks
from kb.importers.segmenting.front_page import front_page
from kb.importers.segmenting.headings import Heading, HeadingRules
from kb.importers.segmenting.locators import item_locator, short_name, sub_locator
from kb.importers.segmenting.lone_labels import with_lone_labels
from kb.importers.segmenting.numbering import Numbering
from kb.importers.segmenting.plain_blocks import PlainBlocks
from kb.importers.segmenting.preambles import preamble
from kb.importers.segmenting.sections import Section
from kb.importers.segmenting.unit_list import Naming, UnitList
from kb.importers.spanned_text import SpannedText
from kb.importers.units import Unit
from kb.numbering.labels import Label
from kb.sources.unit_kinds import UnitKind

__all__ = ["Segmented", "segmented"]

_RECOMMENDS = re.compile(r"recomm?[ea]nd|recomend|empfehl|рекоменд|توصي|แนะนำ", re.IGNORECASE)
_RUN_IN = re.compile(r"(?P<label>(?:[A-Z][A-Z'’-]+[ ,]?){1,7}:)(?=\s)")
_ANNOUNCES = re.compile(r"[:：][-–—]?\s*\Z")


@dataclass(frozen=True, slots=True)
class Segmented:
    """The units of a document, and what was dropped."""

    units: tuple[Unit, ...]
    dropped: tuple[Dropped, ...] = ()


def segmented(document: SourceDocument) -> Segmented:
    """The citable units of a document that was read, in reading order."""
    segmenter = _Segmenter(document)
    blocks = [(reason, document.blocks[place]) for place, reason in sorted(segmenter.dropped.items())]
    dropped = tuple(Dropped(reason, block.text, block.place.page) for reason, block in blocks)
    return Segmented(segmenter.units(), dropped)


class _Segmenter:
    def __init__(self, document: SourceDocument) -> None:
        document = replace(document, blocks=with_run_in_articles(with_lone_labels(document.blocks)))
        self._document, blocks = document, document.blocks
        self._rules = HeadingRules(blocks)
        contents = contents_blocks(blocks, self._is_heading)
        self._speaker, self._recitals = preamble(blocks, contents)
        speaker = () if self._speaker is None else (self._speaker,)
        self._front = front_page(blocks, (*speaker, *self._recitals, *contents))
        self.dropped: dict[int, DropReason] = {
            **dict.fromkeys(self._front.masthead, "masthead"),
            **dict.fromkeys(contents, "contents"),
        }
        self._section, self._units = Section(), UnitList()
        self._numbering = Numbering(lambda item: self._units[item].unit.text)
        self._plain = PlainBlocks(self._numbering, self._section, self._units)
        self._scopes: dict[int, str] = {}

    def units(self) -> tuple[Unit, ...]:
        notes = sorted(self._document.footnotes, key=lambda note: note.after)
        for place, block in enumerate(self._document.blocks):
            while notes and notes[0].after <= place:
                self._footnote(notes.pop(0))
            if place not in self.dropped and block.text.strip():
                self._block(place, block)
        for note in notes:
            self._footnote(note)
        return self._units.finished()

    def _block(self, place: int, block: Block) -> None:
        following = self._following(place)
        if block.row is not None:
            self._row(block, block.row.table)
        elif place == self._speaker:
            self._section.begin()
            self._add("lead-in", block, block.words, Naming("preamble, lead-in"))
        elif place in self._recitals:
            self._add("preambular", block, block.words, self._recital())
        elif (heading := self._rules.heading(block, following)) and not self._announces(
            block, heading, following
        ):
            self._heading(block, heading)
        elif place in self._front.title_lines:
            naming = Naming(f"heading “{short_name(block.text)}”")
            self._units.add("heading", block, block.words, naming)
        else:
            self._body(place, block, following)

    def _is_heading(self, place: int) -> bool:
        block = self._document.blocks[place]
        return block.row is None and self._rules.heading(block, self._following(place)) is not None

    def _following(self, place: int) -> Block | None:
        blocks = self._document.blocks
        return blocks[place + 1] if place + 1 < len(blocks) else None

    def _recital(self) -> Naming:
        return Naming(self._section.in_division(f"preambular para {self._units.next('preambular')}"))

    def _announces(self, block: Block, heading: Heading, following: Block | None) -> bool:
        """Whether a short line only announces the bullets below it."""
        bullet = block_label(following) if following else None
        if bullet is None or not bullet.is_bullet or heading.label is not None or block.style.heading:
            return False
        return not block.style.bold and self._numbering.innermost is not None

    def _heading(self, block: Block, heading: Heading) -> None:
        section, label = self._section, heading.label
        naming = self._heading_naming(block, heading)
        section.enter(heading)
        whole = label is not None and heading.article
        start = len(block.text) - len(heading.text) if whole or label is None else label.end
        path = section.path[:-1] if section.begun else ()
        self._units.add("heading", block, block.words.cut(max(start, 0)), naming, path=path, label=label)
        section.article_item = len(self._units) - 1 if heading.article else None
        if heading.article:
            self._numbering.article()
        else:
            self._numbering.heading(closes=bool(heading.division))

    def _heading_naming(self, block: Block, heading: Heading) -> Naming:
        section, label = self._section, heading.label
        above = short_name(section.headings[0].text) if section.headings and section.begun else ""
        if heading.division:
            return Naming(heading.division, above)
        if heading.article and label is not None:
            scope, group = section.article(label)
            return Naming(section.in_division(heading.article), scope, group)
        if label is None or not label.value:
            return Naming(section.in_division(f"heading “{short_name(heading.text)}”"), above)
        outer = self._numbering.outermost
        goes_on = any(one.label and one.label.form == label.form for one in section.headings)
        if outer is not None and not goes_on and _ANNOUNCES.search(self._units[outer].unit.text):
            naming = self._units[outer].naming
            return replace(naming, locator=f"{naming.locator}, {label.value}")
        labels = [one.label.value for one in section.headings if one.label and one.rank < heading.rank]
        return Naming(section.in_division("heading " + ", ".join([*labels, label.value])), above)

    def _body(self, place: int, block: Block, following: Block | None) -> None:
        label = block_label(block)
        words = block.words.cut(label.end) if label else block.words
        if label is not None or len(block.text.split()) > 24:
            self._section.begin()
        if label is not None and words.text:
            self._item(block, label, words)
        elif run_in := _RUN_IN.match(block.text):
            self._run_in(block, run_in["label"])
        else:
            above = self._document.blocks[place - 1] if place else None
            self._plain.add(block, above, following)

    def _item(self, block: Block, label: Label, words: SpannedText) -> None:
        if label.depth == 2 and not label.is_bullet:
            self._decimal(block, label, words)
            return
        units, number = self._units, len(self._units)
        if label.is_article:
            self._numbering.article()
            self._section.article_item = None
        introduced = number > 0 and bool(_ANNOUNCES.search(units[-1].unit.text))
        before = self._numbering.outermost
        one = self._numbering.place(label, number, block.place.indent, introduced=introduced)
        if not self._numbering.in_article:
            self._section.leave_article()
        owner = one.owner if one.owner is not None else self._owner(label, before)
        if one.serial not in self._scopes:
            self._scopes[one.serial] = self._section.list_scope(label.form) if owner is None else ""
        if label.is_bullet:
            self._bullet(block, label, words, owner)
        elif owner is None:
            self._outer(block, label, words, Naming("", self._scopes[one.serial], one.serial))
        else:
            above = units[owner].naming
            group = above.group if one.owner is not None else one.serial
            naming = Naming(sub_locator(above.locator, label), above.scope, group)
            kind: UnitKind = "paragraph" if owner == self._section.article_item else "subparagraph"
            self._add(kind, block, words, naming, label=label, parent=owner)

    def _outer(self, block: Block, label: Label, words: SpannedText, naming: Naming) -> None:
        """Adds a numbered paragraph or an article of the document's own."""
        if label.is_article:
            naming = Naming("", *self._section.article(label))
        kind: UnitKind = "article" if label.is_article else "paragraph"
        naming = replace(naming, locator=self._section.in_division(item_locator(label)))
        self._add(kind, block, words, naming, label=label)

    def _owner(self, label: Label, before: int | None) -> int | None:
        """What a list of the document's own belongs to: its article, or for bullets the open paragraph."""
        if self._section.article_item is not None and not label.is_article:
            return self._section.article_item
        return before if label.is_bullet else None

    def _decimal(self, block: Block, label: Label, words: SpannedText) -> None:
        """Adds an item such as 88.14: in paragraph 88, if that is open, else under a heading such as 6."""
        numbering, units, indent = self._numbering, self._units, block.place.indent
        first = label.value.partition(".")[0]
        outer = numbering.lists[0] if numbering.lists else None
        is_open = outer is not None and outer.kind != "decimal" and str(outer.last) == first
        parent = outer.item if outer is not None and is_open else None
        if parent is not None:
            del numbering.lists[1:]
        else:
            numbering.lists.clear()
            numbering.place(label, len(units), indent, introduced=False)
        above = units[parent].unit.text if parent is not None else ""
        recommends = bool(_RECOMMENDS.search(above)) or any(map(_RECOMMENDS.search, self._section.path))
        locator = self._section.in_division(item_locator(label, recommendation=recommends))
        naming = Naming(locator, self._section.name, 2_000_000)
        if parent is not None:
            naming = replace(units[parent].naming, locator=locator)
        kind: UnitKind = "recommendation" if recommends else "paragraph"
        self._add(kind, block, words, naming, label=label, parent=parent)
        if parent is not None:
            numbering.place(replace(label, form="#.#"), len(units) - 1, indent, introduced=True)

    def _bullet(self, block: Block, label: Label, words: SpannedText, owner: int | None) -> None:
        section = self._section
        above = self._units[owner].naming if owner is not None else Naming(section.in_division(section.name))
        number = self._units.next(f"bullet {above}")
        locator = f"{above.locator}, bullet {number}" if above.locator else f"bullet {number}"
        self._add("bullet", block, words, replace(above, locator=locator), label=label, parent=owner)

    def _run_in(self, block: Block, head: str) -> None:
        """Adds a paragraph that begins with a heading in capitals: SUMMARY: ..."""
        self._section.begin()
        name = head.rstrip(":").strip()
        self._numbering.heading(closes=True)
        naming = Naming(self._section.in_division(name), self._section.name)
        self._add("paragraph", block, block.words.cut(len(head)), naming, label=Label(head, name, head, ()))

    def _row(self, block: Block, table: int) -> None:
        number = self._units.next(f"table {table}")
        self._add("row", block, block.words, Naming(f"table {table}, row {number}"))

    def _footnote(self, note: Footnote) -> None:
        block = Block(note.words, place=note.place)
        label = Label(note.mark, note.mark, "note", ())
        naming = Naming(f"footnote {note.mark.rstrip('/')}")
        self._units.add("footnote", block, note.words, naming, label=label)

    def _add(
        self,
        kind: UnitKind,
        block: Block,
        words: SpannedText,
        naming: Naming,
        *,
        label: Label | None = None,
        parent: int | None = None,
    ) -> None:
        path = self._section.path
        self._units.add(kind, block, words, naming, path=path, label=label, parent=parent)
