"""The work that a passage is from: what a list of sources has one entry for."""

from __future__ import annotations

import re

from kb.citing.csl_item import CslItem, is_note
from kb.citing.record_note import record_note
from kb.permalinks import document_path

__all__ = ["work_item", "work_key"]

_PASSAGE_PATH = re.compile(r"/passages/[^/]+/[^/]+$")

_OF_PASSAGE = ("abstract", "annote", "locator")
_OF_PASSAGE_CUSTOM = ("fingerprint", "label", "numbering", "passage")


def work_key(item: CslItem) -> str:
    """The document that a record is of; an editorial note, which has a title and date, is its own work."""
    return item["id"] if is_note(item) else item["custom"]["document"]


def work_item(item: CslItem) -> CslItem:
    """The record of the whole work, without pinpoint, words and fingerprint."""
    custom = {key: value for key, value in item["custom"].items() if key not in _OF_PASSAGE_CUSTOM}
    kept = {key: value for key, value in item.items() if key not in _OF_PASSAGE}
    if not is_note(item) and custom.get("address") and item["custom"].get("passage"):
        custom["address"] = kept["URL"] = _document_address(item)
    whole: CslItem = kept | {"id": work_key(item), "custom": custom}  # type: ignore[assignment]
    whole["note"] = record_note(whole)
    return whole


def _document_address(item: CslItem) -> str:
    custom = item["custom"]
    return _PASSAGE_PATH.sub("", custom["address"]) + document_path(custom["document"])
