"""MLA: references in the text, and a list of works cited.

What it follows, kind by kind and where that was read, is with its golden tests.
"""

from __future__ import annotations

from dataclasses import replace

from kb.citing.date_format import SHORT_MONTHS, DateFormat
from kb.citing.elements.author_names import NameRules
from kb.citing.elements.citation_elements import CitationElements, CitationTexts, phrase
from kb.citing.elements.legal_sources import (
    application_number,
    by_organ,
    court_of,
    instrument_title,
    journal_place,
    luxembourg_case,
    parties,
    spaced_symbol,
    statute_number,
    with_treaty_date,
)
from kb.citing.elements.publication import edition, note_kind, paper_number, short_page_range
from kb.citing.elements.remarks import remarks
from kb.citing.elements.style_rules import StyleRules
from kb.citing.rich_text import RichText, italic, plain_text, roman, stopped, wrapped

__all__ = ["MLA", "MLA_FORMS"]

_IN_BOOK = NameRules(et_al_from=3)
MLA = StyleRules(
    dates=DateFormat(months=SHORT_MONTHS, circa="circa "),
    pins={
        "paragraph": ("par. {}", "pars. {}"),
        "article": ("art. {}", "arts. {}"),
        "section": ("sec. {}", "secs. {}"),
        "chapter": ("ch. {}", "chs. {}"),
        "part": ("pt. {}", "pts. {}"),
    },
    names=replace(_IN_BOOK, inverted="first", serial_comma=True, et_al_comma=True),
    editors=_IN_BOOK,
    short_names=replace(_IN_BOOK, family_only=True),
)


def _in_text(p: CitationElements, who: RichText) -> RichText:
    """A page follows the name without a comma, anything else with one."""
    return wrapped("(", phrase(" " if p.has_page_pin else ", ", who, p.pin(" [", "]")), ")")


def _work(
    p: CitationElements, lead: tuple[RichText | str, ...], *rest: RichText | str, who: RichText = ()
) -> CitationTexts:
    """Author and title, or the title alone, each with a stop; then what follows, the address last."""
    said = [phrase("", part) for part in lead if part]
    address = p.url.partition("://")[2] or p.url
    described = phrase(", ", *rest, p.doi)
    details = phrase(", ", _capitalized(described), address)
    read = f"Accessed {p.accessed}." if p.accessed else ""
    entry = phrase(" ", *map(stopped, said), stopped(details), read)
    return _in_text(p, who or _short(p, said)), phrase(" ", entry, remarks(p))


def _short(p: CitationElements, said: list[RichText]) -> RichText:
    """What the entry begins with, and the title too where several of the works cited begin so."""
    begins = p.short_authors or said[0]
    if not p.item["custom"].get("needs_title") or len(said) < 2:
        return begins
    short = p.with_title(p.item["title"].partition(": ")[0])
    is_quoted = plain_text(said[-1]).startswith("“")
    return phrase(", ", begins, short.quoted_title if is_quoted else short.slanted_title)


def _capitalized(runs: RichText) -> RichText:
    """The details after a full stop begin with a capital, but for a DOI; their address has none."""
    if not runs or runs[0][1] or "." in runs[0][0].split(" ")[0].rstrip(".,"):
        return runs
    return ((runs[0][0][:1].upper() + runs[0][0][1:], runs[0][1]), *runs[1:])


def _report(p: CitationElements) -> CitationTexts:
    number = paper_number(p, "no. {}") or spaced_symbol(p.symbol)
    return _work(p, (p.authors, p.slanted_title), number, p.publisher, p.date)


def _resolution(p: CitationElements) -> CitationTexts:
    return _report(by_organ(p))


def _press_release(p: CitationElements) -> CitationTexts:
    return _work(p, (p.authors, p.quoted_with(".")), p.publisher, p.date, "press release")


def _speech(p: CitationElements) -> CitationTexts:
    return _work(p, (p.authors, p.quoted_with(".")), p.get("event"), p.date, p.place, "speech")


def _hearing(p: CitationElements) -> CitationTexts:
    return _work(p, (p.get("organ"), p.slanted_title), p.date, p.get("session"), p.get("number"))


def _treaty(p: CitationElements) -> CitationTexts:
    return _work(p, (p.slanted_title,), "–".join(parties(p)), with_treaty_date(p).date, p.series)


def _case(p: CitationElements) -> CitationTexts:
    number = application_number(p)
    docket = f"application no. {number}" if number else luxembourg_case(p) or p.get("docket")
    court = court_of(p)
    reported = p.get("neutral_citation") or p.get("reporter") or docket
    return _work(p, (court, p.slanted_title), p.date, reported)


def _legislation(p: CitationElements) -> CitationTexts:
    return _work(p, (p.get("jurisdiction"), italic(instrument_title(p))), p.date, statute_number(p))


def _eu_instrument(p: CitationElements) -> CitationTexts:
    place = journal_place(p)
    journal = (
        (
            italic("Official Journal of the European Union"),
            f"{place.series} {place.issue}",
            place.year,
            f"p. {place.page}",
        )
        if place
        else (p.get("official_journal"),)
    )
    return _work(p, (p.slanted_title,), *journal)


def _book(p: CitationElements) -> CitationTexts:
    made = (edition(p, "ed."), p.publisher, p.year)
    if p.authors or not p.editors:
        return _work(p, (p.authors, p.slanted_title), *made)
    lead = phrase(", ", p.leading_editors, "editors" if p.several_editors() else "editor")
    return _work(p, (lead, p.slanted_title), *made, who=p.short_editors)


def _chapter(p: CitationElements) -> CitationTexts:
    edited = phrase(" ", "edited by", p.editors) if p.editors else ()
    made = (edited, edition(p, "ed."), p.publisher, p.year, _pages(p))
    return _work(p, (p.authors, p.quoted_with(".")), italic(p.container), *made)


def _pages(p: CitationElements) -> str:
    pages = short_page_range(p)
    return f"pp. {pages}" if "–" in pages else pages and f"p. {pages}"


def _journal_article(p: CitationElements) -> CitationTexts:
    volume = f"vol. {p.get('volume')}" if p.get("volume") else ""
    issue = f"no. {p.get('issue')}" if p.get("issue") else ""
    place = (italic(p.container), volume, issue, p.year, _pages(p))
    return _work(p, (p.authors, p.quoted_with(".")), *place)


def _thesis(p: CitationElements) -> CitationTexts:
    made = phrase(", ", p.publisher, p.get("thesis_type"))
    return _work(p, (p.authors, p.slanted_title, p.year), made)


def _web_page(p: CitationElements) -> CitationTexts:
    """An author of the same name as the site is left out: the entry begins with the title."""
    is_site = bool(p.container) and roman(p.container) == p.authors
    lead = (p.quoted_with("."),) if is_site else (p.authors, p.quoted_with("."))
    return _work(p, lead, italic(p.container), p.date, who=p.quoted_title if is_site else ())


def _note(p: CitationElements) -> CitationTexts:
    site = tuple((text, True) for text, _ in p.authors)
    details = (site, note_kind(p), p.date)
    return _work(p, (p.quoted_with("."),), *details, who=p.quoted_title)


MLA_FORMS = {
    "treaty": _treaty,
    "resolution": _resolution,
    "UN document": _report,
    "case": _case,
    "legislation": _legislation,
    "EU instrument": _eu_instrument,
    "report": _report,
    "working paper": _report,
    "press release": _press_release,
    "book": _book,
    "chapter": _chapter,
    "journal article": _journal_article,
    "thesis": _thesis,
    "web page": _web_page,
    "hearing": _hearing,
    "communique": _report,
    "speech": _speech,
    "note": _note,
    "document": _report,
}
