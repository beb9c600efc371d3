"""What can be done to the passages of a document: each edit gives the files as they would be then.

The words of a passage are never retyped. Merging, splitting, dropping and bringing back record in the extract
of the source which stretches of its lines make up each passage, so every word is still held to one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import cached_property

from kb.collection.extract_file import PassageSpans
from kb.curated.document_file import parse_document
from kb.document_edits.document_state import DocumentState, EditRefused
from kb.document_edits.dropped_passages import dropped_passages, place_of
from kb.document_edits.joints import joint, words_of
from kb.document_edits.open_document import OpenDocument
from kb.document_edits.passage_values import (
    checked_locator,
    checked_themes,
    united_suggestions,
    without_suggested,
)
from kb.document_edits.span_edits import joined_spans, pages_of, split_spans, with_spans
from kb.document_edits.spans import SpanFinder, cut_at
from kb.document_edits.written_passage import Lines, has_own_heading, inserted, removed, rewritten
from kb.formats.text_file import decode_text
from kb.importers.spanned_text import SpannedText
from kb.messages import Message
from kb.model import Passage
from kb.sources.lines import Span
from kb.sources.unit_kinds import UNIT_KINDS
from kb.tags import normalized
from kb.text.scripts import cuts_word
from kb.text.source_match import occurs

__all__ = ["PassageEdits"]

MAX_STEM_CHARS = 190
"""How much of an id is kept when a number is added to it: ids have up to 200 characters."""


@dataclass(frozen=True)
class PassageEdits:
    """The edits of one document. `published` are the ids of its passages that the ledger has.

    `source` is the text of a source without an extract; None if there is no such source.
    """

    open: OpenDocument
    published: Set[str] = field(default_factory=frozenset)
    source: str | None = None

    @cached_property
    def finder(self) -> SpanFinder | None:
        return SpanFinder(self.open.extract) if self.open.extract else None

    def merge(self, id: str) -> DocumentState:
        """The document with the passage and the next one merged, under the first one's id."""
        at = self._index(id)
        if at + 1 == len(self.open.passages):
            raise EditRefused(Message("edit-nothing-behind"))
        first, second = self.open.passages[at : at + 2]
        if (first.unit == "heading") != (second.unit == "heading"):
            raise EditRefused(Message("edit-heading-and-text"))
        lost, glue = joint(first.text, second.text, self._known_words)
        kept = len(first.text) - lost
        one = replace(
            first,
            text=first.text[:kept] + glue + second.text,
            themes=normalized((*first.themes, *second.themes)),
            suggested=united_suggestions(first.suggested, second.suggested),
            formerly=(*first.formerly, *self._former(second)),
            page=min(filter(None, (first.page, second.page)), default=None),
            page_end=max(filter(None, (first.page_end, second.page_end)), default=None),
        )
        if self.source is not None and not occurs(one.text, self.source):
            raise EditRefused(Message("edit-words-between"))
        lines = removed(self.open.lines, self.open.lines_of(second))
        spans = self._joined(first, second, lost, glue)
        one = self._placed(one, spans[first.id].spans if spans else ())
        lines = rewritten(replace(self.open, lines=lines), first, one)
        return self._state(lines, at, 2, (one,), spans)

    def split(self, id: str, offset: int, locator: str) -> DocumentState:
        """The document with the passage split at `offset` in its text; the second part has this locator."""
        at = self._index(id)
        passage = self.open.passages[at]
        before, behind = passage.text[:offset].rstrip(), passage.text[offset:].lstrip()
        if offset < 0 or not (before and behind) or cuts_word(passage.text, offset):
            raise EditRefused(Message("edit-no-place-to-split"))
        halves = self._halves(passage, offset)
        first = self._placed(replace(passage, text=before), halves[0].spans if halves else ())
        second = self._placed(
            replace(
                passage,
                id=self._new_id(id),
                text=behind,
                locator=checked_locator(locator),
                formerly=(),
                unit="paragraph" if passage.unit == "heading" else passage.unit,
            ),
            halves[1].spans if halves else (),
        )
        place = self.open.lines_of(passage)
        lines = inserted(self.open, place.end, second, has_own_heading(self.open, passage))
        lines = rewritten(replace(self.open, lines=lines), passage, first)
        extract = self.open.extract
        spans = split_spans(extract, (id, second.id), halves) if extract and halves else None
        return self._state(lines, at, 1, (first, second), spans)

    def drop(self, id: str) -> DocumentState:
        """The document without the passage. The extract keeps its spans, so it can be brought back."""
        at = self._index(id)
        if len(self.open.passages) == 1:
            raise EditRefused(Message("edit-last-passage"))
        lines = removed(self.open.lines, self.open.lines_of(self.open.passages[at]))
        return self._state(lines, at, 1, ())

    def change(
        self,
        id: str,
        *,
        locator: str | None = None,
        unit: str | None = None,
        themes: Sequence[str] | None = None,
    ) -> DocumentState:
        """The document with another locator, unit or themes of the passage; None changes nothing."""
        at = self._index(id)
        passage = new = self.open.passages[at]
        if locator is not None:
            new = replace(new, locator=checked_locator(locator))
        if themes is not None:
            new = without_suggested(replace(new, themes=checked_themes(themes)), ())
        for known in UNIT_KINDS:
            new = replace(new, unit=known) if known == unit else new
        if unit is not None and new.unit != unit:
            raise EditRefused(Message("edit-unknown-unit"))
        return self._state(rewritten(self.open, passage, new), at, 1, (new,))

    def settle(self, id: str, accepted: Sequence[str], struck: Sequence[str]) -> DocumentState:
        """The document with some suggested themes of the passage accepted, and others removed."""
        at = self._index(id)
        passage = self.open.passages[at]
        waiting = {one.value for one in passage.suggested}
        if not waiting.issuperset((*accepted, *struck)):
            raise EditRefused(Message("edit-not-suggested"))
        new = replace(passage, themes=normalized((*passage.themes, *accepted)))
        new = without_suggested(new, struck)
        return self._state(rewritten(self.open, passage, new), at, 1, (new,))

    def bring_back(self, passage: Passage) -> DocumentState:
        """The document with a dropped passage put back where it belongs by the source."""
        if any(one.id == passage.id for one in self.open.passages):
            raise EditRefused(Message("edit-not-dropped", id=passage.id[:80]))
        at = place_of(self.open, passage.id)
        before = self.open.passages[at - 1] if at else None
        behind = self.open.passages[at] if at < len(self.open.passages) else None
        if before:
            line = self.open.lines_of(before).end
        elif behind:
            line = self.open.lines_of(behind).start
        else:
            raise EditRefused(Message("edit-nothing-to-bring-back"))
        lines = inserted(self.open, line, passage, with_heading=False)
        return self._state(lines, at, 0, (passage,))

    def dropped(self) -> list[Passage]:
        """The passages that can be brought back."""
        return dropped_passages(self.open)

    def _index(self, id: str) -> int:
        if self.open.faults or self.open.extract_faults:
            raise EditRefused(Message("edit-file-has-faults"))
        try:
            return self.open.index(id)
        except KeyError:
            raise EditRefused(Message("edit-no-passage", id=id[:80])) from None

    @cached_property
    def _known_words(self) -> Set[str]:
        return words_of(" ".join(one.text for one in self.open.passages))

    def _former(self, passage: Passage) -> tuple[str, ...]:
        """The addresses that must still lead to a passage after it has lost its own id."""
        return (*passage.formerly, *([passage.address] if passage.id in self.published else []))

    def _new_id(self, id: str) -> str:
        taken = {one.id for one in self.open.passages} | set(self.published)
        taken |= set(self.open.extract.passages) if self.open.extract else set()
        names = (f"{id[:MAX_STEM_CHARS]}-{number}" for number in range(2, 1_000_000))
        return next(name for name in names if name not in taken)

    def _halves(self, passage: Passage, offset: int) -> tuple[SpannedText, SpannedText] | None:
        """The source lines that the two halves are made of; None if there are none."""
        if self.finder is None:
            return None
        spanned = self.finder.find(passage.id, passage.text)
        if spanned is None:
            raise EditRefused(Message("edit-words-not-in-source"))
        return cut_at(spanned, passage.text, offset)

    def _joined(
        self, first: Passage, second: Passage, lost: int, glue: str
    ) -> Mapping[str, PassageSpans] | None:
        """The spans of all passages with these two as one; None where either is not in the source."""
        if self.finder is None:
            return None
        one, two = (self.finder.find(each.id, each.text) for each in (first, second))
        if one is None or two is None:
            return None
        shorter = one.cut(0, len(one.text) - lost)
        return joined_spans(self.finder.extract, (first.id, second.id), (shorter, two), glue)

    def _placed(self, passage: Passage, spans: Iterable[Span]) -> Passage:
        """The passage with the pages that its spans are on, if it has pages at all."""
        if passage.page is None or self.open.extract is None:
            return passage
        page, page_end = pages_of(self.open.extract, spans)
        return replace(passage, page=page, page_end=page_end) if page else passage

    def _state(
        self,
        lines: Lines,
        at: int,
        gone: int,
        new: tuple[Passage, ...],
        spans: Mapping[str, PassageSpans] | None = None,
    ) -> DocumentState:
        """The files with these lines, in which `new` replaces the `gone` passages from `at` on.

        Raises EditRefused if they do not read back so: nothing is ever written that does not.
        """
        markdown = self.open.with_lines(lines)
        text, unreadable = decode_text(markdown, self.open.document.path)
        _, read, faults = parse_document(text, self.open.document.path)
        expected = (*self.open.passages[:at], *new, *self.open.passages[at + gone :])
        if unreadable or faults or list(map(_bare, read)) != list(map(_bare, expected)):
            raise EditRefused(Message("edit-not-readable"))
        extract = self.open.state.extract
        if extract is not None and spans is not None and self.open.extract is not None:
            extract = with_spans(extract, self.open.extract, spans)
        return DocumentState(markdown, extract)


def _bare(passage: Passage) -> Passage:
    """The passage without its heading, which depends on the headings before it."""
    return replace(passage, heading="")
