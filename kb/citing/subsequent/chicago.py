"""Chicago, 18th ed., 13.32–13.39: surname and short title, the surname alone right after; never ibid."""

from __future__ import annotations

import re

from kb.citing.elements.citation_elements import CitationElements, phrase
from kb.citing.elements.legal_sources import instrument_title, spaced_symbol
from kb.citing.rich_text import RichText, capitalized
from kb.citing.subsequent.short_forms import (
    EarlierCitation,
    SubsequentRules,
    main_title,
    party_name,
    short_names,
    short_title,
)

__all__ = ["CHICAGO_AGAIN"]

_QUOTED = {
    *("working paper", "press release", "thesis", "speech", "hearing", "chapter", "journal article"),
    *("web page", "note"),
}


def _repeated(p: CitationElements, is_same_place: bool) -> RichText:
    """The authors with the pinpoint; of a work without either, the short form."""
    names = short_names(p) if p.kind_name in _BY_AUTHOR else ()
    return phrase(", ", names, p.pin()) if names and p.pin() else ()


def _case(p: CitationElements, earlier: EarlierCitation) -> RichText:
    return phrase(", ", p.with_title(party_name(p)).slanted_title, p.pin())


def _legislation(p: CitationElements, earlier: EarlierCitation) -> RichText:
    return phrase(", ", instrument_title(p), p.pin())


def _treaty(p: CitationElements, earlier: EarlierCitation) -> RichText:
    return phrase(", ", p.with_title(short_title(p)).title, p.pin())


def _resolution(p: CitationElements, earlier: EarlierCitation) -> RichText:
    return phrase(", ", spaced_symbol(p.symbol), p.pin())


def _work(p: CitationElements, earlier: EarlierCitation) -> RichText:
    short = p.with_title(capitalized(re.sub(r"^(?:The|An?) (?=.)", "", main_title(p))))
    names = short_names(p)
    if p.kind_name not in _QUOTED:
        return phrase(", ", names, short.slanted_title, p.pin())
    by = phrase("", names, ",") if names else ()
    return phrase(" ", by, short.quoted_with(",") if p.pin() else short.quoted_title, p.pin())


_LEGAL = {
    "case": _case,
    "legislation": _legislation,
    "EU instrument": _treaty,
    "treaty": _treaty,
    "resolution": _resolution,
}
_BY_AUTHOR = {
    "UN document": _work,
    "report": _work,
    "working paper": _work,
    "press release": _work,
    "book": _work,
    "chapter": _work,
    "journal article": _work,
    "thesis": _work,
    "web page": _work,
    "hearing": _work,
    "communique": _work,
    "speech": _work,
    "note": _work,
    "document": _work,
}
CHICAGO_AGAIN = SubsequentRules(
    _repeated, {**_LEGAL, **_BY_AUTHOR}, frozenset(("report", "communique", "book", "web page"))
)
