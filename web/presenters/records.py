"""Records of passages at their permanent addresses here, from which citations and exports are made."""

from __future__ import annotations

from flask import current_app

from kb.citing.csl_item import CitedSite, RecordMaker, record_maker
from web.urls import links

__all__ = ["make_records"]


def make_records() -> RecordMaker:
    """A function from a document and a passage of it to its record, accessed today."""
    site = CitedSite(links.site_title(), links.is_local())
    return record_maker(links.base_url(), current_app.extensions["today"](), site)
