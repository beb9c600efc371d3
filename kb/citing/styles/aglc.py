"""AGLC, the Australian Guide to Legal Citation: footnotes.

What it follows, kind by kind and where that was read, is with its golden tests.
"""

from __future__ import annotations

from kb.citing.elements.author_names import NameRules
from kb.citing.elements.citation_elements import (
    CitationElements,
    CitationTexts,
    bracketed,
    phrase,
)
from kb.citing.elements.legal_sources import (
    application_number,
    court_of,
    instrument_title,
    journal_place,
    luxembourg_case,
    parties,
    resolution_number,
    resolution_organ,
    resolution_title,
    spaced_symbol,
)
from kb.citing.elements.publication import edition, first_page, has_persons, introduced_title, paper_number
from kb.citing.elements.remarks import remarks
from kb.citing.elements.style_rules import StyleRules
from kb.citing.rich_text import RichText, italic, roman, wrapped

__all__ = ["AGLC", "AGLC_FORMS", "WORDED_PINS"]

_NAMES = NameRules(et_al="et al")
AGLC = StyleRules(
    pins={
        "paragraph": ("[{}]", ""),
        "article": ("art {}", "arts {}"),
        "section": ("s {}", "ss {}"),
        "chapter": ("ch {}", "chs {}"),
        "part": ("pt {}", "pts {}"),
    },
    names=_NAMES,
    editors=_NAMES,
    quotes=("‘", "’"),
)
WORDED_PINS = {**AGLC.pins, "paragraph": ("para {}", "paras {}")}
"""Resolutions count their paragraphs in words (rule 9.2.13)."""


def _footnote(p: CitationElements, *parts: RichText | str) -> CitationTexts:
    """The parts, the short title that later notes use, and the address; no day of access (rule 4.4)."""
    address = f"<{p.url}>" if p.url else ""
    return (phrase(" ", p.ended(phrase(" ", *parts, _introduced(p), address)), remarks(p, accessed=True)),)


def _introduced(p: CitationElements) -> RichText:
    """Treaties introduce theirs themselves; works of persons are cited again by surname."""
    is_known = p.kind_name == "treaty" or has_persons(p)
    return () if is_known else wrapped("(‘", italic(introduced_title(p)), "’)")


def _report(p: CitationElements) -> CitationTexts:
    head = phrase(", ", p.authors, p.slanted_title)
    number = paper_number(p, "No {}")
    kind = phrase(" ", p.kind, number) if number else phrase(" ", p.kind, p.symbol)
    return _footnote(p, head, bracketed(kind, p.publisher, p.date), p.pin())


def _treaty(p: CitationElements) -> CitationTexts:
    opened, signed = p.date_of("opened_for_signature"), p.date_of("signed")
    begun = f"opened for signature {opened}" if opened else f"adopted {p.date}" if p.date else ""
    between = "–".join(parties(p))
    head = phrase(", ", p.slanted_title, between, f"signed {signed}" if signed else begun, p.series)
    force = p.date_of("entry_into_force")
    name = f"(‘{p.get('short_title')}’)" if p.get("short_title") else ""
    return _footnote(p, head, bracketed(f"entered into force {force}" if force else ""), p.pin(), name)


def _resolution(p: CitationElements) -> CitationTexts:
    what = "Dec" if "/DEC/" in p.symbol else "Res"
    number = f"{resolution_organ(p).aglc} {what} {resolution_number(p, has_year=False)}".strip()
    title = p.slanted_title if resolution_title(p) else ()
    head = phrase(", ", title, number, f"UN Doc {spaced_symbol(p.symbol)}")
    return _footnote(p, head, bracketed(p.date), p.with_rules(pins=WORDED_PINS).pin())


def _un_document(p: CitationElements) -> CitationTexts:
    head = phrase(", ", p.authors, p.slanted_title, f"UN Doc {spaced_symbol(p.symbol)}")
    return _footnote(p, head, bracketed(p.date), p.pin())


def _case(p: CitationElements) -> CitationTexts:
    """The report, or the neutral citation where there is none or a paragraph is cited."""
    neutral, reporter = p.get("neutral_citation"), p.get("reporter")
    court = court_of(p)
    if neutral and (not reporter or p.pin_label == "paragraph"):
        reporter = neutral
    if reporter:
        return _footnote(p, phrase(", ", phrase(" ", p.slanted_title, reporter), p.pin()))
    number = application_number(p)
    docket = f"Application No {number}" if number else luxembourg_case(p) or p.get("docket")
    return _footnote(p, p.slanted_title, bracketed(court, docket, p.get("ecli"), p.date), p.pin())


def _legislation(p: CitationElements) -> CitationTexts:
    return _footnote(p, italic(instrument_title(p)), bracketed(p.get("jurisdiction")), p.pin())


def _eu_instrument(p: CitationElements) -> CitationTexts:
    place = journal_place(p)
    journal = (
        f"[{place.year}] OJ {place.series} {place.issue}/{place.page}" if place else p.get("official_journal")
    )
    return _footnote(p, phrase(", ", phrase(" ", p.slanted_title, journal), p.pin()))


def _paper(p: CitationElements, *described: RichText | str) -> CitationTexts:
    """What is not a book: author, quoted title, and in brackets what it is."""
    return _footnote(p, phrase(", ", p.authors, p.quoted_title), bracketed(*described), p.pin())


def _working_paper(p: CitationElements) -> CitationTexts:
    return _paper(p, paper_number(p, "No {}") or "Working Paper", p.publisher, p.date)


def _press_release(p: CitationElements) -> CitationTexts:
    return _paper(p, phrase(" ", "Media Release", p.get("number")), p.publisher, p.date)


def _book(p: CitationElements) -> CitationTexts:
    lead = p.authors or phrase(" ", p.leading_editors, _editor_label(p))
    return _footnote(p, phrase(", ", lead, p.slanted_title), _imprint(p), p.pin())


def _imprint(p: CitationElements) -> RichText:
    return bracketed(p.publisher, edition(p, "ed"), p.year)


def _editor_label(p: CitationElements) -> str:
    if not p.editors:
        return ""
    return "(eds)" if p.several_editors() else "(ed)"


def _chapter(p: CitationElements) -> CitationTexts:
    head = phrase(", ", p.authors, p.quoted_title)
    book = phrase(", ", phrase(" ", p.editors, _editor_label(p)), italic(p.container))
    pages = phrase(", ", first_page(p), p.pin())
    return _footnote(p, head, "in" if book else "", book, _imprint(p), pages)


def _journal_article(p: CitationElements) -> CitationTexts:
    volume, issue = p.get("volume"), p.get("issue")
    year = (f"({p.year})" if volume else f"[{p.year}]") if p.year else ""
    numbered = f"{volume}({issue})" if volume and issue else volume
    head = phrase(", ", p.authors, p.quoted_title)
    place = phrase(" ", head, year, numbered, italic(p.container), first_page(p))
    return _footnote(p, phrase(", ", place, p.pin()))


def _thesis(p: CitationElements) -> CitationTexts:
    return _paper(p, p.get("thesis_type").replace("thesis", "Thesis") or "Thesis", p.publisher, p.year)


def _web_page(p: CitationElements) -> CitationTexts:
    """An author of the same name as the site is left out."""
    site = italic(p.container)
    author = () if p.container and roman(p.container) == p.authors else p.authors
    head = phrase(", ", author, p.quoted_title, site)
    return _footnote(p, head, bracketed("Web Page", p.date), p.pin())


def _hearing(p: CitationElements) -> CitationTexts:
    head = phrase(", ", p.get("organ"), p.slanted_title)
    return _footnote(p, head, bracketed("Hearing", p.get("session"), p.get("number"), p.date), p.pin())


def _speech(p: CitationElements) -> CitationTexts:
    return _paper(p, "Speech", p.get("event"), p.date)


def _note(p: CitationElements) -> CitationTexts:
    head = phrase(", ", p.authors, p.quoted_title, italic(p.container))
    return _footnote(p, head, bracketed(p.item["genre"].title(), p.date))


AGLC_FORMS = {
    "treaty": _treaty,
    "resolution": _resolution,
    "UN document": _un_document,
    "case": _case,
    "legislation": _legislation,
    "EU instrument": _eu_instrument,
    "report": _report,
    "working paper": _working_paper,
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
