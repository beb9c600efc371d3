"""From blocks to units: each block in order finds its kind, its place in a list, and its locator."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from kb.importers.blocks import Block, Dropped, Footnote, NoteMark, SourceDocument
from kb.importers.labels import Label, label_of, paragraph_label
from kb.importers.segmenting.contents import contents_blocks
from kb.importers.segmenting.headings import Heading, HeadingRules
from kb.importers.segmenting.locators import (
    item_locator,
    short_name,
    sub_locator,
    unique_ids,
    unique_locators,
)
from kb.importers.segmenting.numbering import Numbering
from kb.importers.segmenting.preambles import preamble
from kb.importers.spanned_text import SpannedText
from kb.importers.units import Change, Unit, UnitKind
from kb.sources.lines import Span

__all__ = ["Segmented", "segmented"]

_RECOMMENDS = re.compile(r"recomm?[ea]nd|recomend|empfehl|рекоменд|توصي|แนะนำ", re.IGNORECASE)
_RUN_IN = re.compile(r"(?P<label>(?:[A-Z][A-Z'’-]+[ ,]?){1,7}:)(?=\s)")
_ANNOUNCES = re.compile(r"[:：]\s*\Z|[:：][-–—]\s*\Z")
QUOTE_INDENT = 18
"""Points by which a block quotation is set in further than the paragraph it is in."""


@dataclass(frozen=True, slots=True)
class Segmented:
    """The units of a document, and what else of it is dropped."""

    units: tuple[Unit, ...]
    dropped: tuple[Dropped, ...] = ()


def segmented(document: SourceDocument) -> Segmented:
    """The citable units of a document that was read, in reading order."""
    contents = contents_blocks(document.blocks)
    dropped = tuple(
        Dropped("contents", document.blocks[place].text, document.blocks[place].place.page)
        for place in sorted(contents)
    )
    return Segmented(_Segmenter(document, contents).units(), dropped)


@dataclass(slots=True)
class _Entry:
    """A unit in the making: its locator without the name of its section, and the list it is in."""

    unit: Unit
    scope: str
    group: int


@dataclass(slots=True)
class _Section:
    """Where we are: headings above, the part that counts anew, the article that is open."""

    headings: list[Heading] = field(default_factory=list)
    division: str = ""
    article: str = ""
    article_item: int | None = None
    plain: Counter[str] = field(default_factory=Counter)

    @property
    def path(self) -> tuple[str, ...]:
        return tuple(heading.text for heading in self.headings)

    @property
    def name(self) -> str:
        """The heading that is nearest, as a section is named in a locator."""
        return short_name(self.headings[-1].text) if self.headings else ""


class _Segmenter:
    def __init__(self, document: SourceDocument, contents: frozenset[int]) -> None:
        self._document, self._contents = document, contents
        self._rules = HeadingRules(document.blocks)
        self._speaker, self._recitals = preamble(document.blocks, contents)
        self._numbering, self._section = Numbering(), _Section()
        self._entries: list[_Entry] = []
        self._scopes: dict[int, str] = {}
        self._counts: Counter[str] = Counter()
        self._lead_in: int | None = None

    def units(self) -> tuple[Unit, ...]:
        notes = sorted(self._document.footnotes, key=lambda note: note.after)
        for place, block in enumerate(self._document.blocks):
            while notes and notes[0].after <= place:
                self._footnote(notes.pop(0))
            if place not in self._contents and block.text.strip():
                self._block(place, block)
        for note in notes:
            self._footnote(note)
        return self._finished()

    def _finished(self) -> tuple[Unit, ...]:
        entries = self._entries
        locators = unique_locators(
            [entry.unit.locator for entry in entries],
            [entry.scope for entry in entries],
            [entry.group for entry in entries],
            [entry.unit.page for entry in entries],
        )
        pairs = zip(entries, locators, unique_ids(locators), strict=True)
        return tuple(replace(entry.unit, locator=locator, id=name) for entry, locator, name in pairs)

    def _block(self, place: int, block: Block) -> None:
        if block.row is not None:
            self._row(block)
            return
        if place == self._speaker:
            self._add("lead-in", block, block.words, "preamble, lead-in")
            return
        if place in self._recitals:
            self._counts["preambular"] += 1
            self._add("preambular", block, block.words, f"preambular para {self._counts['preambular']}")
            return
        heading = self._rules.heading(block, self._following(place))
        if heading is not None and not self._is_lead_in(place, block, heading):
            self._heading(block, heading)
        else:
            self._body(place, block)

    def _following(self, place: int) -> Block | None:
        blocks = self._document.blocks
        return blocks[place + 1] if place + 1 < len(blocks) else None

    def _is_lead_in(self, place: int, block: Block, heading: Heading) -> bool:
        """Whether a short line only announces the bullets below it."""
        following = self._following(place)
        bullet = label_of(following.text) if following else None
        if bullet is None or not bullet.is_bullet or heading.label is not None or block.style.heading:
            return False
        return not block.style.bold and self._numbering.innermost is not None

    def _heading(self, block: Block, heading: Heading) -> None:
        section = self._section
        while section.headings and section.headings[-1].rank >= heading.rank:
            section.headings.pop()
        if heading.division:
            section.headings.clear()
            section.division = heading.division
        closes = bool(heading.division or heading.article)
        locator = self._heading_locator(heading)
        label = heading.label
        lone = label is not None and heading.text == block.text.lstrip("•●▪- ")
        start = label.end if label is not None and not lone else len(block.text) - len(heading.text)
        self._add("heading", block, block.words.cut(max(start, 0)), locator, label=label)
        section.headings.append(heading)
        section.article = heading.article
        section.article_item = len(self._entries) - 1 if heading.article else None
        self._numbering.heading(closes=closes)
        self._lead_in = None

    def _heading_locator(self, heading: Heading) -> str:
        if heading.division:
            return heading.division
        if heading.article:
            return self._with_division(heading.article)
        if heading.label is not None and heading.label.value:
            above = [one.label.value for one in self._section.headings if one.label and one.label.value]
            return self._with_division("heading " + ", ".join([*above, heading.label.value]))
        return self._with_division(f"heading “{short_name(heading.text)}”")

    def _with_division(self, locator: str) -> str:
        return f"{self._section.division}, {locator}" if self._section.division else locator

    def _body(self, place: int, block: Block) -> None:
        if block.item is not None:
            label = label_of(f"{block.item.label} x")
            words = block.words
        else:
            label = paragraph_label(block.text)
            words = block.words.cut(label.end) if label else block.words
        if label is not None and words.text:
            self._item(block, label, words)
        elif run_in := _RUN_IN.match(block.text):
            self._run_in(block, run_in["label"])
        else:
            self._plain(place, block)

    def _item(self, block: Block, label: Label, words: SpannedText) -> None:
        numbering = self._numbering
        number = len(self._entries)
        introduced = bool(self._entries) and bool(_ANNOUNCES.search(self._entries[-1].unit.text))
        before = numbering.outermost
        if label.depth == 2 and not label.is_bullet:
            self._decimal(block, label, words)
            return
        one = numbering.place(label, number, block.place.indent, introduced=introduced)
        owner = one.owner if one.owner is not None else self._owner(label, before)
        self._scopes.setdefault(one.serial, self._section.name)
        if label.is_bullet:
            self._bullet(block, label, words, owner)
        elif owner is None:
            locator = self._with_division(item_locator(label))
            kind: UnitKind = "article" if locator.startswith("art ") else "paragraph"
            self._add(
                kind, block, words, locator, label=label, scope=self._scopes[one.serial], group=one.serial
            )
        else:
            above = self._entries[owner]
            kind = "paragraph" if owner == self._section.article_item else "subparagraph"
            locator = sub_locator(above.unit.locator, label)
            scope, group = above.scope, above.group if one.owner is not None else one.serial
            self._add(kind, block, words, locator, label=label, scope=scope, group=group, parent=owner)

    def _owner(self, label: Label, before: int | None) -> int | None:
        """What a list of the document's own is within: its article, or for bullets the open paragraph."""
        if self._section.article_item is not None and not (label.form and label.form[0].isalpha()):
            return self._section.article_item
        return before if label.is_bullet else None

    def _decimal(self, block: Block, label: Label, words: SpannedText) -> None:
        """An item such as 88.14: of the paragraph 88, if that is open, else of the heading 6."""
        first = label.value.partition(".")[0]
        open_item = self._numbering.lists[0] if self._numbering.lists else None
        parent = open_item.item if open_item and str(open_item.last) == first else None
        group = open_item.serial if open_item and parent is not None else -2
        if open_item and parent is not None:
            del self._numbering.lists[1:]
        else:
            self._numbering.lists.clear()
            self._numbering.place(label, len(self._entries), block.place.indent, introduced=False)
        above = self._entries[parent].unit.text if parent is not None else ""
        recommends = bool(_RECOMMENDS.search(above)) or any(map(_RECOMMENDS.search, self._section.path))
        locator = self._with_division(item_locator(label, recommendation=recommends))
        kind: UnitKind = "recommendation" if recommends else "paragraph"
        scope = self._entries[parent].scope if parent is not None else self._section.name
        self._add(kind, block, words, locator, label=label, scope=scope, group=group, parent=parent)
        if parent is not None:
            self._numbering.place(
                replace(label, form="#.#"), len(self._entries) - 1, block.place.indent, introduced=True
            )

    def _bullet(self, block: Block, label: Label, words: SpannedText, owner: int | None) -> None:
        above = self._entries[owner] if owner is not None else None
        base = above.unit.locator if above else self._with_division(self._section.name)
        self._counts[f"bullet {base}"] += 1
        number = self._counts[f"bullet {base}"]
        locator = f"{base}, bullet {number}" if base else f"bullet {number}"
        scope, group = (above.scope, above.group) if above else ("", -1)
        self._add("bullet", block, words, locator, label=label, scope=scope, group=group, parent=owner)

    def _run_in(self, block: Block, head: str) -> None:
        """A paragraph that begins with a heading in capitals: SUMMARY: ..."""
        words = block.words.cut(len(head))
        name = head.rstrip(":").strip()
        label = Label(head, name, head, ())
        self._numbering.heading(closes=True)
        self._counts[f"run-in {name}"] += 1
        self._add("paragraph", block, words, self._with_division(name), label=label)
        self._section.plain.clear()

    def _plain(self, place: int, block: Block) -> None:
        """A block without a number: a quotation, the words of an article, or a paragraph of its section."""
        section = self._section
        if section.article_item is not None and self._numbering.innermost is None:
            owner: int | None = section.article_item
        else:
            owner = self._numbering.outermost
        kind = self._plain_kind(place, block, owner)
        if owner is None:
            base = self._with_division(section.name)
            self._counts[f"plain {base}"] += 1
            number = self._counts[f"plain {base}"]
            locator = f"{base}, unnumbered para {number}" if base else f"unnumbered para {number}"
            self._add(kind, block, block.words, locator)
            return
        above = self._entries[owner]
        name = kind if kind in ("quote", "lead-in") else "unnumbered para"
        self._counts[f"{name} {owner}"] += 1
        locator = f"{above.unit.locator}, {name} {self._counts[f'{name} {owner}']}"
        self._add(kind, block, block.words, locator, scope=above.scope, group=above.group, parent=owner)

    def _plain_kind(self, place: int, block: Block, owner: int | None) -> UnitKind:
        following = self._following(place)
        bullet = paragraph_label(following.text) if following and following.row is None else None
        if bullet is not None and bullet.is_bullet and len(block.text) < 200:
            return "lead-in"
        above = self._document.blocks[place - 1] if place else None
        if block.style.quoted:
            return "quote"
        if (
            owner is not None
            and above is not None
            and block.place.indent >= above.place.indent + QUOTE_INDENT
        ):
            return "quote"
        return "paragraph"

    def _row(self, block: Block) -> None:
        row = block.row
        table = row.table if row is not None else 0
        self._counts[f"table {table}"] += 1
        locator = f"table {table}, row {self._counts[f'table {table}']}"
        self._add("row", block, block.words, locator)

    def _footnote(self, note: Footnote) -> None:
        block = Block(note.words, place=note.place)
        label = Label(note.mark, note.mark, "note", ())
        mark = note.mark.rstrip("/")
        self._add("footnote", block, note.words, f"footnote {mark}", label=label, group=-3, path=())

    def _add(
        self,
        kind: UnitKind,
        block: Block,
        words: SpannedText,
        locator: str,
        *,
        label: Label | None = None,
        scope: str = "",
        group: int = 0,
        parent: int | None = None,
        path: tuple[str, ...] | None = None,
    ) -> None:
        cut = len(block.text) - len(words.text) if label and block.item is None else 0
        notes = tuple(NoteMark(note.mark, max(note.offset - cut, 0)) for note in block.notes)
        unit = Unit(
            id="",
            kind=kind,
            text=words.text,
            locator=locator,
            label=label.text if label else "",
            path=self._section.path if path is None else path,
            parent=parent,
            page=block.place.page,
            page_end=block.place.page_end,
            notes=notes,
            spans=words.spans,
            changes=_changes(block, words, cut),
        )
        self._entries.append(_Entry(unit, scope, group))


def _changes(block: Block, words: SpannedText, cut: int) -> tuple[Change, ...]:
    spans: Sequence[Span] = words.spans
    found: list[Change] = []
    if cut > 0 and block.item is None:
        found.append("label")
    if block.notes:
        found.append("note-mark")
    if any(span.line != before.line and not span.glue for before, span in pairwise(spans)):
        found.append("line-end-hyphen")
    if any(span.line != before.line for before, span in pairwise(spans)):
        found.append("joined")
    return tuple(found)
