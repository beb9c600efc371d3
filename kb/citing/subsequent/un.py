"""The United Nations Editorial Manual: `Ibid.`, symbols again, otherwise the number of the first footnote."""

from __future__ import annotations

from kb.citing.elements.citation_elements import CitationElements, phrase
from kb.citing.elements.legal_sources import spaced_symbol
from kb.citing.rich_text import RichText
from kb.citing.styles.un import UN_FORMS, un_pin
from kb.citing.subsequent.short_forms import EarlierCitation, SubsequentRules

__all__ = ["UN_AGAIN"]


def _ibid(p: CitationElements, is_same_place: bool) -> RichText:
    return phrase(", ", "Ibid.", "" if is_same_place else un_pin(p))


def _resolution(p: CitationElements, earlier: EarlierCitation) -> RichText:
    return UN_FORMS["resolution"](p)[0]


def _symbol(p: CitationElements, earlier: EarlierCitation) -> RichText:
    return phrase(", ", spaced_symbol(p.symbol), un_pin(p))


def _footnote(p: CitationElements, earlier: EarlierCitation) -> RichText:
    return phrase(", ", f"See footnote {earlier.first_note} above", un_pin(p))


UN_AGAIN = SubsequentRules(
    _ibid,
    {
        "case": _footnote,
        "legislation": _footnote,
        "EU instrument": _footnote,
        "treaty": _footnote,
        "resolution": _resolution,
        "UN document": _symbol,
        "report": _footnote,
        "working paper": _footnote,
        "press release": _footnote,
        "book": _footnote,
        "chapter": _footnote,
        "journal article": _footnote,
        "thesis": _footnote,
        "web page": _footnote,
        "hearing": _footnote,
        "communique": _footnote,
        "speech": _footnote,
        "note": _footnote,
        "document": _footnote,
    },
)
