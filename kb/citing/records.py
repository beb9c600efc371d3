"""Makes the records of passages at their permanent addresses on a site."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from kb.citing.csl_item import CslItem, passage_item
from kb.citing.labels import DEFAULT_SITE, CitedSite
from kb.model import Document, Passage
from kb.permalinks import permalink

__all__ = ["RecordMaker", "record_maker"]

RecordMaker = Callable[[Document, Passage], CslItem]


def record_maker(base_url: str, accessed: datetime.date, site: CitedSite = DEFAULT_SITE) -> RecordMaker:
    """Gives for a document and a passage of it the record; without a `base_url` it has no address here."""

    def record(document: Document, passage: Passage) -> CslItem:
        address = base_url and base_url + permalink(passage)
        return passage_item(document, passage, address, accessed, site)

    return record
