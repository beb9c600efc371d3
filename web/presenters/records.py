"""Records of passages at their permanent addresses here, from which citations and exports are made."""

from __future__ import annotations

from flask import current_app, g

from kb.citing.labels import CitedSite
from kb.citing.records import RecordMaker
from web.urls import site

__all__ = ["make_records"]


def make_records() -> RecordMaker:
    """A function from a document and a passage of it to its record, accessed today."""
    return RecordMaker(
        site.base_url(),
        current_app.extensions["today"](),
        CitedSite(site.title(), site.is_local()),
        g.snapshot.documents,
    )
