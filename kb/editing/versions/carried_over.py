"""What an editor gave a document goes over to its new version.

An importer read the version before, too: what differs from what it read there was written by hand. Where that
reading is not to be had, all that the document has counts as written by hand.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Literal

from kb.curated.document_file import DOCUMENT_FIELDS
from kb.messages import Message
from kb.model import Document, Passage
from kb.sources.unit_kinds import UnitKind
from kb.text.fingerprint import collapse

__all__ = ["Carrier"]

_OF_THE_FILE = ("source", "sha256", "ocr")
_NOT_BY_VERSION = ("supplied", "formerly", *_OF_THE_FILE)


@dataclass
class Carrier:
    """Carries over what was written by hand; `remarks` name what an editor should look at.

    `read` are the document and passages of the version before as an importer reads them, or None.
    """

    read: Document | None
    passages_read: Sequence[Passage] = ()
    remarks: list[Message] = field(default_factory=list)

    def document(self, ours: Document, theirs: Document) -> Document:
        """The new version's document: `ours` is the accepted one, `theirs` what its file gives."""
        values = {
            name: self._field(name, ours, theirs) for name in DOCUMENT_FIELDS if name not in _NOT_BY_VERSION
        }
        further = tuple(self._further(dict(ours.further), dict(theirs.further)))
        named = {name for name, value in values.items() if value == getattr(ours, name)}
        supplied = [name for name in ours.supplied if name in named or name not in values]
        supplied += [name for name in theirs.supplied if name not in named and name not in supplied]
        return replace(
            theirs, id=ours.id, **values, further=further, supplied=tuple(supplied), formerly=ours.formerly
        )

    def _field(self, name: str, ours: Document, theirs: Document) -> Any:
        read = getattr(self.read, name) if self.read else None
        return self._value(name, read, getattr(ours, name), getattr(theirs, name))

    def _value(self, name: str, read: Any, ours: Any, theirs: Any) -> Any:
        if ours == theirs or not ours:
            return theirs
        if ours == read and theirs:
            return theirs
        if theirs and theirs != read:
            self.remarks.append(Message("field-kept", field=name, ours=_shown(ours), theirs=_shown(theirs)))
        return ours

    def _further(self, ours: Mapping[str, str], theirs: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        read = dict(self.read.further) if self.read else {}
        for key in dict.fromkeys((*ours, *theirs)):
            if value := self._value(key, read.get(key), ours.get(key, ""), theirs.get(key, "")):
                yield key, value

    def passage(self, ours: Passage, theirs: Passage, numbering: str = "") -> Passage:
        """The new version's passage: `ours` is the one whose id it has, `theirs` as the new file gives it."""
        read = self._read(ours)
        same = collapse(ours.text) == collapse(theirs.text)
        themes = theirs.themes if read and ours.themes == read.themes else ours.themes or theirs.themes
        heading = (
            ours.heading if read and ours.heading != read.heading and same else theirs.heading or ours.heading
        )
        return replace(
            theirs,
            id=ours.id,
            locator=self._locator(ours, theirs, read, same or bool(numbering)),
            heading=heading,
            themes=themes,
            suggested=ours.suggested,
            unit=_by_hand(read.unit if read else "", ours.unit, theirs.unit),
            formerly=tuple(dict.fromkeys((*ours.formerly, *theirs.formerly))),
            further=tuple((dict(theirs.further) | dict(ours.further)).items()),
        )

    def _locator(self, ours: Passage, theirs: Passage, read: Passage | None, same: bool) -> str:
        """A locator that was corrected by hand, where the new version has the words under the same number."""
        if ours.locator == theirs.locator or not theirs.locator:
            return ours.locator
        if not ours.locator or (read and ours.locator == read.locator):
            return theirs.locator
        number = read.locator if read else ours.locator
        if same and _digits(number) == _digits(theirs.locator):
            return ours.locator
        self.remarks.append(
            Message("locator-of-new-version", id=ours.id, ours=ours.locator, theirs=theirs.locator)
        )
        return theirs.locator

    def _read(self, ours: Passage) -> Passage | None:
        """The passage as an importer read it, if it has the same words."""
        alike = self._by_words.get(collapse(ours.text), [])
        return next((one for one in alike if one.id == ours.id), alike[0] if alike else None)

    @cached_property
    def _by_words(self) -> Mapping[str, Sequence[Passage]]:
        found: defaultdict[str, list[Passage]] = defaultdict(list)
        for passage in self.passages_read:
            found[collapse(passage.text)].append(passage)
        return found


Unit = UnitKind | Literal[""]


def _by_hand(read: Unit, ours: Unit, theirs: Unit) -> Unit:
    """What an editor wrote, where that is not what an importer reads; else what it reads now."""
    return ours if ours and ours != read else theirs or ours


def _digits(locator: str) -> str:
    return "".join(character if character.isdigit() else " " for character in locator).strip()


def _shown(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
