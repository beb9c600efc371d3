"""AGLC, 4th ed., rule 1.4: `Ibid`, or a surname or title with the number of its first note."""

from __future__ import annotations

from kb.citing.elements.citation_elements import CitationElements, phrase
from kb.citing.elements.legal_sources import (
    instrument_title,
    resolution_number,
    resolution_organ,
    resolution_title,
)
from kb.citing.elements.publication import has_persons
from kb.citing.rich_text import RichText, italic
from kb.citing.styles.aglc import WORDED_PINS
from kb.citing.subsequent.short_forms import (
    SECONDARY_KINDS,
    EarlierCitation,
    SubsequentRules,
    full_title,
    short_names,
    short_title,
)

__all__ = ["AGLC_AGAIN"]

_QUOTED = {
    *("chapter", "journal article", "thesis", "working paper", "press release", "speech"),
    *("web page", "note"),
}
"""Kinds whose titles are in quotation marks."""


def _pin(p: CitationElements) -> str:
    return (p.with_rules(pins=WORDED_PINS) if p.kind_name == "resolution" else p).pin()


def _ibid(p: CitationElements, is_same_place: bool) -> RichText:
    return phrase(" ", "Ibid", "" if is_same_place else _pin(p))


def _noted(p: CitationElements, name: RichText | str, earlier: EarlierCitation) -> RichText:
    return phrase(" ", name, f"(n {earlier.first_note})", _pin(p))


def _case(p: CitationElements, earlier: EarlierCitation) -> RichText:
    """By the short title that the first note introduces, or else by its whole name."""
    return _noted(p, p.with_title(short_title(p)).slanted_title, earlier)


def _legislation(p: CitationElements, earlier: EarlierCitation) -> RichText:
    return _noted(p, italic(p.get("short_title") or instrument_title(p)), earlier)


def _treaty(p: CitationElements, earlier: EarlierCitation) -> RichText:
    """By its short title, which the first note introduces."""
    return _noted(p, p.with_title(short_title(p)).slanted_title, earlier)


def _resolution(p: CitationElements, earlier: EarlierCitation) -> RichText:
    what = "Dec" if "/DEC/" in p.symbol else "Res"
    number = phrase(" ", resolution_organ(p).aglc, what, resolution_number(p, has_year=False))
    has_title = resolution_title(p) or p.get("short_title")
    return _noted(p, p.with_title(short_title(p)).slanted_title if has_title else number, earlier)


def _secondary(p: CitationElements, earlier: EarlierCitation) -> RichText:
    """By the surnames of persons; what bodies issued by its title, the short one if it has one."""
    title = full_title(p.with_title(short_title(p)), _QUOTED)
    return _noted(p, short_names(p) if has_persons(p) else title, earlier)


AGLC_AGAIN = SubsequentRules(
    _ibid,
    {
        "case": _case,
        "legislation": _legislation,
        "EU instrument": _case,
        "treaty": _treaty,
        "resolution": _resolution,
        **dict.fromkeys(SECONDARY_KINDS, _secondary),
    },
    frozenset(
        ("case", "legislation", "treaty", "report", "communique", "book", "journal article", "web page")
    ),
)
