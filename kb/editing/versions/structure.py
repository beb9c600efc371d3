"""Passages that an editor left out, joined, split or shortened are so in the new version, too.

Only where the words there are what an importer read in the version before: what is new is left as it is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain

from kb.collection.extract_file import PassageSpans, SourceExtract
from kb.editing.versions.passage_parts import wholes_of
from kb.editing.versions.passage_words import PassageWords
from kb.importers.draft import ImportDraft
from kb.importers.spanned_text import Piece, SpannedText, joined
from kb.messages import Message
from kb.model import Passage
from kb.text.diff import common_words
from kb.text.fingerprint import collapse
from kb.text.phrasing import shorten

__all__ = ["edited_as_before"]

MAX_SHOWN = 3
"""Passages named of those that were left out."""

JOINED = "joined"


def edited_as_before(
    theirs: ImportDraft, read: ImportDraft, ours: Sequence[Passage]
) -> tuple[ImportDraft, tuple[Message, ...]]:
    """The draft with the structure that an editor gave the version before, and what is to be said of it.

    `read` is the version before as an importer reads it, `ours` are its passages as they are now.
    """
    edits = _Edits(read.passages, ours, theirs.passages)
    if not (edits.made or edits.dropped):
        return theirs, ()
    new = theirs.passages
    first = {group[0]: _Made(theirs.extract, [new[at] for at in group], texts) for group, texts in edits.made}
    taken = {at for group, _ in edits.made for at in group} | edits.dropped
    passages: list[Passage] = []
    spans: dict[str, PassageSpans] = {}
    for at, passage in enumerate(new):
        if at in first:
            passages += first[at].passages
            spans |= first[at].spans
        elif at not in taken:
            passages.append(passage)
            spans |= _own_spans(theirs.extract, passage.id)
    draft = replace(theirs, passages=tuple(passages), extract=replace(theirs.extract, passages=spans))
    return draft, tuple(_said(edits, new))


def _own_spans(extract: SourceExtract, id: str) -> Mapping[str, PassageSpans]:
    made = extract.passages.get(id)
    return {id: made} if made else {}


def _said(edits: _Edits, new: Sequence[Passage]) -> Iterator[Message]:
    if edits.made:
        yield Message("structure-kept", count=len(edits.made))
    if edits.dropped:
        named = [f"“{shorten(new[at].text)}”" for at in sorted(edits.dropped)[:MAX_SHOWN]]
        yield Message("left-out-again", count=len(edits.dropped), words=", ".join(named))


class _Edits:
    """What an editor did to the passages that an importer had read, where the new version has these."""

    def __init__(self, read: Sequence[Passage], ours: Sequence[Passage], new: Sequence[Passage]) -> None:
        self._read = [PassageWords(one.text) for one in read]
        self._ours = [PassageWords(one.text) for one in ours]
        self._texts = [one.text for one in ours]
        self._same = dict(_pairs(read, ours))
        self._now = dict(_pairs(read, new))

    @cached_property
    def made(self) -> list[tuple[list[int], list[str]]]:
        """New passages, side by side, and the texts that come in their place."""
        done = set(self._same.values())
        read = [at for at in range(len(self._read)) if at not in self._same]
        ours = [at for at in range(len(self._ours)) if at not in done]
        joined_ones = wholes_of(self._ours, ours, self._read, read)
        split_ones = wholes_of(self._read, read, self._ours, ours)
        edits = [(sorted(parts), [whole]) for whole, parts in joined_ones.items()]
        edits += [([whole], sorted(parts)) for whole, parts in split_ones.items()]
        used = {at for group, _ in edits for at in group}
        edits += [([at], [to]) for at, to in self._shortened(read, ours) if at not in used]
        found = ((self._placed(group), [self._texts[at] for at in texts]) for group, texts in edits)
        return [(group, texts) for group, texts in found if group]

    def _shortened(self, read: Sequence[int], ours: Sequence[int]) -> Iterator[tuple[int, int]]:
        """Passages of which most is left, such as those that lost a label."""
        for at in read:
            words = self._read[at]
            left = [to for to in ours if 2 * len(self._ours[to]) > len(words) and words.has(self._ours[to])]
            if len(left) == 1:
                yield at, left[0]

    def _placed(self, group: Sequence[int]) -> list[int]:
        """Where these passages are in the new version; nowhere if they are not side by side."""
        places = [self._now[at] for at in group if at in self._now]
        is_whole = len(places) == len(group) and places == list(range(places[0], places[0] + len(places)))
        return places if is_whole else []

    @cached_property
    def dropped(self) -> set[int]:
        """The new passages whose words are nowhere in the version before, as its editor left it."""
        used = {at for group, _ in self.made for at in group}
        missing = [at for at in self._now if at not in self._same and self._now[at] not in used]
        every = PassageWords("\n".join(self._texts)) if missing else PassageWords("")
        return {self._now[at] for at in missing if self._read[at].folded and not every.has(self._read[at])}


def _pairs(ours: Sequence[Passage], theirs: Sequence[Passage]) -> list[tuple[int, int]]:
    return common_words([collapse(one.text) for one in ours], [collapse(one.text) for one in theirs])


@dataclass(frozen=True)
class _Made:
    """Passages with other texts than those that were read, from the same words."""

    extract: SourceExtract
    parts: Sequence[Passage]
    texts: Sequence[str]

    @cached_property
    def passages(self) -> list[Passage]:
        first, last = self.parts[0], self.parts[-1]
        ids = [first.id, *(f"{first.id}-part-{number}" for number in range(2, len(self.texts) + 1))]
        return [
            replace(first, id=id, text=text, page_end=last.page_end or first.page_end)
            for id, text in zip(ids, self.texts, strict=True)
        ]

    @cached_property
    def spans(self) -> Mapping[str, PassageSpans]:
        """The lines that each is made of, as far as they can be found."""
        own = [one for part in self.parts if (one := self.extract.passages.get(part.id))]
        words = joined(self._spanned(one) for one in own)
        changes = dict.fromkeys(chain.from_iterable(one.changes for one in own))
        kinds = (*changes, JOINED) if len(own) > 1 and JOINED not in changes else tuple(changes)
        found = {passage.id: _cut(words, passage.text) for passage in self.passages}
        return {id: PassageSpans(text.spans, kinds) for id, text in found.items() if text}

    def _spanned(self, made: PassageSpans) -> SpannedText:
        lines = self.extract.lines
        return SpannedText(
            tuple(
                Piece(lines[one.line].text[one.start : one.end], one.line, one.start, one.glue)
                for one in made.spans
            )
        )


def _cut(words: SpannedText, text: str) -> SpannedText | None:
    """The stretch that is this text, white space aside."""
    places = [at for at, character in enumerate(words.text) if not character.isspace()]
    wanted, bare = "".join(text.split()), "".join(words.text.split())
    at = bare.find(wanted) if wanted else -1
    return words.cut(places[at], places[at + len(wanted) - 1] + 1) if at >= 0 else None
