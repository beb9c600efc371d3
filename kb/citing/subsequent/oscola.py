"""OSCOLA, 4th ed., 1.2.1: `ibid`, or what identifies the source with the number of its first note."""

from __future__ import annotations

from kb.citing.elements.citation_elements import CitationElements, phrase
from kb.citing.elements.legal_sources import bracketed_paragraphs, resolution_number, resolution_organ
from kb.citing.rich_text import RichText
from kb.citing.styles.oscola import OSCOLA, OSCOLA_FORMS
from kb.citing.subsequent.short_forms import (
    SECONDARY_KINDS,
    EarlierCitation,
    SubsequentRules,
    full_title,
    party_name,
    short_names,
    short_title,
)

__all__ = ["OSCOLA_AGAIN"]

_QUOTED = {
    *("report", "communique", "document", "UN document", "chapter", "journal article", "thesis"),
    *("working paper", "press release", "speech", "web page", "hearing", "note"),
}
"""Kinds whose titles are in quotation marks."""


def _pin(p: CitationElements) -> str:
    """As in the first citation, paragraphs of judgments with a neutral citation in square brackets."""
    is_neutral = p.kind_name == "case" and p.get("neutral_citation")
    return p.with_rules(pins=bracketed_paragraphs(OSCOLA.pins)).pin() if is_neutral else p.pin()


def _ibid(p: CitationElements, is_same_place: bool) -> RichText:
    return phrase(" ", "ibid", "" if is_same_place else _pin(p))


def _noted(p: CitationElements, name: RichText | str, earlier: EarlierCitation) -> RichText:
    return phrase(" ", name, f"(n {earlier.first_note})", _pin(p))


def _case(p: CitationElements, earlier: EarlierCitation) -> RichText:
    return _noted(p, p.with_title(party_name(p)).slanted_title, earlier)


def _legislation(p: CitationElements, earlier: EarlierCitation) -> RichText:
    """By the short title that the first note introduces, or else in full again; without a number."""
    short = p.get("short_title")
    return phrase(", ", short, _pin(p)) if short else OSCOLA_FORMS[p.kind_name](p)[0]


def _treaty(p: CitationElements, earlier: EarlierCitation) -> RichText:
    return _noted(p, p.with_title(short_title(p)).title, earlier)


def _resolution(p: CitationElements, earlier: EarlierCitation) -> RichText:
    what = "Dec" if "/DEC/" in p.symbol else "Res"
    number = resolution_number(p, has_year=False)
    return _noted(p, phrase(" ", resolution_organ(p).oscola, what, number), earlier)


def _secondary(p: CitationElements, earlier: EarlierCitation) -> RichText:
    """By the authors' surnames, with the title where another work of theirs is cited."""
    names = short_names(p)
    is_book = p.kind_name == "report" and p.get("isbn")
    title = full_title(p.with_title(short_title(p)), _QUOTED - ({"report"} if is_book else set()))
    needs_title = earlier.has_namesake or not names
    return _noted(p, phrase(", ", names, title if needs_title else ()), earlier)


OSCOLA_AGAIN = SubsequentRules(
    _ibid,
    {
        "case": _case,
        "legislation": _legislation,
        "EU instrument": _legislation,
        "treaty": _treaty,
        "resolution": _resolution,
        **dict.fromkeys(SECONDARY_KINDS, _secondary),
    },
    frozenset(
        (
            *("case", "legislation", "EU instrument", "report", "communique", "book", "chapter"),
            *("journal article", "thesis", "web page", "speech", "note"),
        )
    ),
)
