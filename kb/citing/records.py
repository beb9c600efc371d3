"""Makes the records of documents, passages, spans and instruments at their permanent addresses on a site."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kb.citing.csl_item import CslItem, document_item, passage_item, span_item
from kb.citing.instrument_item import instrument_item
from kb.citing.labels import DEFAULT_SITE, CitedSite
from kb.errors import KbError
from kb.ids import PassageRef, PassageSpan, WordRange
from kb.messages import Message
from kb.model import Document, Passage
from kb.permalinks import document_path, instrument_path, passage_path, permalink
from kb.quoting.verbatim import is_verbatim
from kb.sources.instrument import Instrument, article_in
from kb.text.fingerprint import fingerprint, joined_texts

__all__ = ["RecordMaker"]


@dataclass(frozen=True, slots=True)
class RecordMaker:
    """Makes records; a call with a document and a passage of it gives the record of the passage.

    Without a `base_url`, records have no address here. `documents`, by id, is where the successor of a
    superseded document is looked up.
    """

    base_url: str
    accessed: datetime.date
    site: CitedSite = DEFAULT_SITE
    documents: Mapping[str, Document] = field(default_factory=dict)

    def __call__(self, document: Document, passage: Passage) -> CslItem:
        address = self._address(permalink(passage))
        return passage_item(document, passage, address, self.accessed, self.site, self._successor(document))

    def of_span(self, document: Document, passages: Sequence[Passage]) -> CslItem:
        """The record of one or more consecutive passages."""
        if len(passages) == 1:
            return self(document, passages[0])
        place = PassageSpan(passages[0].id, passages[-1].id).place
        address = self._address(passage_path(document.id, place))
        return span_item(document, passages, address, self.accessed, self.site, self._successor(document))

    def of_excerpt(self, document: Document, passages: Sequence[Passage], words: WordRange) -> CslItem:
        """The record of some words of passages, at an address with their numbers and a fingerprint.

        Raises KbError if our own check of quotations would not accept the words as verbatim.
        """
        first, last, text = passages[0], passages[-1], joined_texts(passage.text for passage in passages)
        place = first.id if first is last else PassageSpan(first.id, last.id).place
        address = self._address(passage_path(document.id, place, fingerprint(text), words))
        successor = self._successor(document)
        made = span_item(document, passages, address, self.accessed, self.site, successor, words)
        if not is_verbatim(made.get("abstract", ""), text):
            reference = PassageRef(document.id, place, words).text
            raise KbError(Message("excerpt-not-verbatim", reference=reference))
        return made

    def of_document(self, document: Document) -> CslItem:
        """The record of a document as a whole, which has no words and no pinpoint."""
        address = self._address(document_path(document.id))
        return document_item(document, address, self.accessed, self.site, self._successor(document))

    def of_instrument(self, instrument: Instrument, number: str = "") -> CslItem:
        """The record of an instrument, or with a number that of an article.

        Its address is that of the listed article that is, or contains, the one cited.
        """
        listed = article_in({one.number: one for one in instrument.articles}, number)
        address = self._address(instrument_path(instrument.id, listed.number if listed else ""))
        return instrument_item(instrument, number, address, self.accessed, self.site)

    def _address(self, path: str) -> str:
        return self.base_url and self.base_url + path

    def _successor(self, document: Document) -> str:
        newer = self.documents.get(document.superseded_by) if document.superseded_by else None
        return newer.title if newer else ""
