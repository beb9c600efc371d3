"""Makes the records of passages at their permanent addresses on a site."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from types import MappingProxyType

from kb.citing.csl_item import CslItem, passage_item
from kb.citing.labels import DEFAULT_SITE, CitedSite
from kb.model import Document, Passage
from kb.permalinks import permalink

__all__ = ["RecordMaker", "record_maker"]

RecordMaker = Callable[[Document, Passage], CslItem]


def record_maker(
    base_url: str,
    accessed: datetime.date,
    site: CitedSite = DEFAULT_SITE,
    documents: Mapping[str, Document] = MappingProxyType({}),
) -> RecordMaker:
    """Gives for a document and a passage of it the record; without a `base_url` it has no address here.

    `documents`, by id, are those among which the successor of a superseded one is.
    """

    def record(document: Document, passage: Passage) -> CslItem:
        address = base_url and base_url + permalink(passage)
        successor = documents.get(document.superseded_by) if document.superseded_by else None
        return passage_item(document, passage, address, accessed, site, successor.title if successor else "")

    return record
