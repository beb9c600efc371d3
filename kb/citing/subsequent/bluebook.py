"""The Bluebook: `Id.`, short forms of cases within five notes, `supra note` for most other sources."""

from __future__ import annotations

from kb.citing.elements.citation_elements import CitationElements, phrase
from kb.citing.elements.legal_sources import (
    application_number,
    luxembourg_case,
    resolution_number,
    resolution_organ,
)
from kb.citing.rich_text import RichText, italic
from kb.citing.styles.bluebook import BLUEBOOK_FORMS
from kb.citing.subsequent.short_forms import (
    SECONDARY_KINDS,
    EarlierCitation,
    SubsequentRules,
    party_name,
    short_names,
    short_title,
)

__all__ = ["BLUEBOOK_AGAIN"]

_NOTES_A_SHORT_FORM_REACHES = 5
"""Rule 10.9: farther back, a case is cited in full again."""


def _pin(p: CitationElements) -> str:
    return f"at {p.pin()}" if p.has_page_pin else p.pin()


def _id(p: CitationElements, is_same_place: bool) -> RichText:
    return phrase(" ", italic("Id."), "" if is_same_place else _pin(p))


def _supra(p: CitationElements, name: RichText | str, earlier: EarlierCitation) -> RichText:
    note = phrase(" ", italic("supra"), f"note {earlier.first_note}")
    return phrase(", ", name, note, _pin(p))


def _case(p: CitationElements, earlier: EarlierCitation) -> RichText:
    if earlier.notes_back > _NOTES_A_SHORT_FORM_REACHES:
        return _in_full(p, earlier)
    number = application_number(p)
    docket = f"App. No. {number}" if number else luxembourg_case(p) or p.get("docket")
    name = p.with_title(party_name(p)).slanted_title
    return phrase(", ", name, p.get("neutral_citation") or p.get("reporter") or docket, _pin(p))


def _in_full(p: CitationElements, earlier: EarlierCitation) -> RichText:
    return BLUEBOOK_FORMS[p.kind_name](p)[0]


def _treaty(p: CitationElements, earlier: EarlierCitation) -> RichText:
    """By the short title that the first note introduces, or else by the whole title."""
    return _supra(p, p.with_title(short_title(p)).title, earlier)


def _resolution(p: CitationElements, earlier: EarlierCitation) -> RichText:
    what = "Dec." if "/DEC/" in p.symbol else "Res."
    number = resolution_number(p, has_year=False)
    return _supra(p, phrase(" ", resolution_organ(p).bluebook, what, number), earlier)


def _secondary(p: CitationElements, earlier: EarlierCitation) -> RichText:
    names = short_names(p)
    title = p.slanted_title if earlier.has_namesake or not names else ()
    return _supra(p, phrase(", ", names, title), earlier)


BLUEBOOK_AGAIN = SubsequentRules(
    _id,
    {
        "case": _case,
        "legislation": _in_full,
        "EU instrument": _treaty,
        "treaty": _treaty,
        "resolution": _resolution,
        **dict.fromkeys(SECONDARY_KINDS, _secondary),
    },
)
