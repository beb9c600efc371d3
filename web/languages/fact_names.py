"""What the facts of a source are called in the language of the interface."""

from __future__ import annotations

from collections.abc import Mapping

from kb.messages import Message

__all__ = ["FACTS", "INSTRUMENT_FACTS"]

FACTS: Mapping[str, Message] = {
    "archived_date": Message("fact-archived-date"),
    "archived_url": Message("fact-archived-url"),
    "container": Message("fact-container"),
    "country": Message("fact-country"),
    "court": Message("fact-court"),
    "docket": Message("fact-docket"),
    "doi": Message("fact-doi"),
    "ecli": Message("fact-ecli"),
    "edition": Message("fact-edition"),
    "entry_into_force": Message("fact-entry-into-force"),
    "event": Message("fact-event"),
    "institution": Message("fact-institution"),
    "isbn": Message("fact-isbn"),
    "issn": Message("fact-issn"),
    "issue": Message("fact-issue"),
    "jurisdiction": Message("fact-jurisdiction"),
    "neutral_citation": Message("fact-neutral-citation"),
    "number": Message("fact-number"),
    "official_journal": Message("fact-official-journal"),
    "opened_for_signature": Message("fact-opened-for-signature"),
    "organ": Message("fact-organ"),
    "pages": Message("fact-pages"),
    "parties": Message("fact-parties"),
    "publisher": Message("fact-publisher"),
    "registration": Message("fact-registration"),
    "remarks": Message("fact-remarks"),
    "reporter": Message("fact-reporter"),
    "series": Message("fact-series"),
    "session": Message("fact-session"),
    "short_title": Message("fact-short-title"),
    "signed": Message("fact-signed"),
    "symbol": Message("fact-symbol"),
    "thesis_type": Message("fact-thesis-type"),
    "translated_title": Message("fact-translated-title"),
    "treaty_series": Message("fact-series"),
    "volume": Message("fact-volume"),
}
"""The fields of a document that citations use, and a few more that collections have."""

INSTRUMENT_FACTS: Mapping[str, Message] = {
    "date": Message("fact-adopted"),
    "opened_for_signature": FACTS["opened_for_signature"],
    "signed": FACTS["signed"],
    "entry_into_force": FACTS["entry_into_force"],
    "place": Message("fact-place"),
    "parties": FACTS["parties"],
    "treaty_series": FACTS["treaty_series"],
    "registration": FACTS["registration"],
    "symbol": FACTS["symbol"],
    "official_journal": FACTS["official_journal"],
    "number": FACTS["number"],
    "remarks": Message("fact-status"),
}
"""The facts of an instrument that have names, in the order of its page."""
