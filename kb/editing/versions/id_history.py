"""The ids that passages of a document ever had: which are free, and what published ones may stand for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kb.collection.file_scan import DOCUMENTS_FOLDER
from kb.collection.folder import ContentFolder
from kb.curated.document_file import read_document_file
from kb.editing.removal import removals_of
from kb.ids import IdPair, split_address
from kb.model import Passage
from kb.permanence.former_ids import akin
from kb.permanence.id_reuse import MIN_WORDS_WITHIN
from kb.permanence.ledger import STANDING_STATES, LedgerEntry, last_entries
from kb.text.fingerprint import fingerprint
from kb.text.similarity import amended

__all__ = ["IdHistory", "id_history"]


@dataclass(frozen=True)
class IdHistory:
    """The ids of one document: `last` has the last ledger entry of each, `taken` all there ever were."""

    slug: str
    last: Mapping[str, LedgerEntry] = field(default_factory=dict)
    taken: frozenset[str] = frozenset()
    every: Mapping[IdPair, LedgerEntry] = field(default_factory=dict)
    """The last entry of each id of all documents."""

    def is_published(self, id: str) -> bool:
        return id in self.last

    def may_keep(self, id: str, text: str) -> bool:
        """Whether a passage with this text may have the id, as `kb check` sees it."""
        old = self.last.get(id)
        if old is None or old.fingerprint == fingerprint(text):
            return True
        return old.status in STANDING_STATES and amended(text, old.text)

    def may_lead(self, id: str, text: str) -> bool:
        """Whether the id may lead to a passage with this text."""
        old = self.last.get(id)
        return old is None or not old.text or akin(text, old.text)

    def claimed(self, former: Iterable[str], text: str) -> tuple[str, ...]:
        """The former addresses that a passage with this text can go on to claim.

        Of others the ledger knows that they moved, and where to: their words have been amended away.
        """
        return tuple(one for one in former if self._may_claim(one, text))

    def _may_claim(self, former: str, text: str) -> bool:
        old = self.every.get(split_address(former))
        return old is None or old.status != "moved" or not old.text or akin(text, old.text)

    def returning(self, passages: Iterable[Passage]) -> Mapping[str, str]:
        """The withdrawn ids by the fingerprints of their words, without those that these passages have."""
        present = {one.id for one in passages}
        return {
            one.fingerprint: id
            for id, one in self.last.items()
            if id not in present and one.status != "moved" and len(one.text.split()) >= MIN_WORDS_WITHIN
        }

    def new_ids(self, wanted: Sequence[str]) -> list[str]:
        """For each wanted id itself, if it was never used, else the same with a number."""
        taken = {id.casefold() for id in self.taken}
        used = taken | {id.casefold() for id in wanted}
        made: dict[str, None] = {}
        for id in wanted:
            is_free = id.casefold() not in taken and id not in made
            made[id if is_free else _numbered(id, used)] = None
        return list(made)


def _numbered(id: str, used: set[str]) -> str:
    name = next(
        name for number in range(2, 1_000_000) if (name := f"{id[:190]}-{number}").casefold() not in used
    )
    used.add(name.casefold())
    return name


def id_history(content: ContentFolder, slug: str, passages: Iterable[Passage]) -> IdHistory:
    """The history of the document SLUG, which has these passages now."""
    entries = last_entries(content.entries)
    last = {id: entry for (document, id), entry in entries.items() if document == slug}
    present = [*passages, *_set_aside(content.path, slug)]
    former = (split_address(one) for passage in present for one in passage.formerly)
    targets = (split_address(entry.to) for entry in entries.values() if entry.to)
    led = (id for document, id in (*former, *targets) if document == slug)
    return IdHistory(slug, last, frozenset([*last, *(one.id for one in present), *led]), entries)


def _set_aside(folder: Path, slug: str) -> Iterator[Passage]:
    """The passages of documents that were removed or replaced, and perhaps never published."""
    for place in removals_of(folder, slug):
        for path in sorted((place / DOCUMENTS_FOLDER).glob("*.md")):
            yield from read_document_file(path)[1]
