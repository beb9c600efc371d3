"""OSCOLA, the Oxford University Standard for the Citation of Legal Authorities: footnotes.

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
    bracketed_paragraphs,
    court_of,
    instrument_title,
    journal_place,
    luxembourg_case,
    parties,
    resolution_number,
    resolution_organ,
    spaced_symbol,
)
from kb.citing.elements.publication import edition, first_page, introduced_title, note_kind, paper_number
from kb.citing.elements.remarks import remarks
from kb.citing.elements.style_rules import StyleRules
from kb.citing.rich_text import RichText, capitalized, italic

__all__ = ["OSCOLA", "OSCOLA_FORMS"]

_NAMES = NameRules(et_al="and others")
OSCOLA = StyleRules(
    pins={
        "paragraph": ("para {}", "paras {}"),
        "article": ("art {}", "arts {}"),
        "section": ("s {}", "ss {}"),
        "chapter": ("ch {}", "chs {}"),
        "part": ("pt {}", "pts {}"),
    },
    names=_NAMES,
    editors=_NAMES,
    quotes=("‘", "’"),
)


def _footnote(p: CitationElements, *parts: RichText | str) -> CitationTexts:
    """The parts, the address with the day of access, and what follows in square brackets."""
    read_at = f"<{p.url}> accessed {p.accessed}" if p.url else ""
    return (phrase(" ", p.ended(phrase(" ", *parts, read_at)), remarks(p)),)


def _with_pin(p: CitationElements, *parts: RichText | str) -> RichText:
    """The parts, and the pinpoint after a comma."""
    return phrase(", ", phrase(" ", *parts), p.pin())


def _report(p: CitationElements) -> CitationTexts:
    if p.get("isbn"):
        return _book(p)
    number = "" if p.item.get("number", "") in p.item["title"] else p.symbol
    head = phrase(", ", p.authors, p.quoted_title)
    published = bracketed(paper_number(p, "No {}") if p.get("number") else "", p.publisher, p.date)
    return _footnote(p, head, published, "" if p.get("number") else number, p.pin())


def _treaty(p: CitationElements) -> CitationTexts:
    opened, signed = p.date_of("opened_for_signature"), p.date_of("signed")
    begun = f"adopted {p.date}" if p.date else f"opened for signature {opened}" if opened else ""
    history = bracketed(
        f"signed {signed}" if signed else begun,
        f"entered into force {p.date_of('entry_into_force')}" if p.date_of("entry_into_force") else "",
    )
    between = bracketed("–".join(parties(p)))
    return _footnote(p, p.title, between, history, p.series, bracketed(p.get("short_title")), p.pin())


def _resolution(p: CitationElements) -> CitationTexts:
    what = "Dec" if "/DEC/" in p.symbol else "Res"
    cited = f"{resolution_organ(p).oscola} {what} {resolution_number(p, has_year=False)}".strip()
    return _footnote(p, cited, bracketed(p.date), f"UN Doc {spaced_symbol(p.symbol)}", p.pin())


def _un_document(p: CitationElements) -> CitationTexts:
    head = phrase(", ", p.authors, p.quoted_title)
    return _footnote(p, head, bracketed(p.date), f"UN Doc {spaced_symbol(p.symbol)}", p.pin())


def _case(p: CitationElements) -> CitationTexts:
    neutral, reporter, court = p.get("neutral_citation"), p.get("reporter"), court_of(p)
    if luxembourg := luxembourg_case(p):
        ecli = p.get("ecli").removeprefix("ECLI:")
        return _footnote(p, _with_pin(p, luxembourg, p.slanted_title, ecli or reporter))
    if neutral:
        at = p.with_rules(pins=bracketed_paragraphs(OSCOLA.pins))
        cited = phrase(" ", p.slanted_title, phrase(", ", neutral, reporter))
        return _footnote(p, phrase(" " if p.pin_label == "paragraph" else ", ", cited, at.pin()))
    number = application_number(p)
    if reporter:
        return _footnote(p, _with_pin(p, p.slanted_title, reporter, "" if number else bracketed(court)))
    application = f"App no {number}" if number else ""
    return _footnote(p, _with_pin(p, p.slanted_title, application, bracketed(court, p.date)))


def _legislation(p: CitationElements) -> CitationTexts:
    """An Act of the United Kingdom needs neither jurisdiction nor chapter number."""
    where = p.get("jurisdiction")
    is_british = where in ("", "UK", "United Kingdom")
    title = phrase(", ", instrument_title(p), "" if is_british else p.get("number"))
    jurisdiction = "" if is_british else bracketed(where)
    return _footnote(p, _with_pin(p, title, jurisdiction, bracketed(introduced_title(p))))


def _eu_instrument(p: CitationElements) -> CitationTexts:
    place = journal_place(p)
    journal = (
        f"[{place.year}] OJ {place.series}{place.issue}/{place.page}" if place else p.get("official_journal")
    )
    return _footnote(p, _with_pin(p, p.title, journal, bracketed(introduced_title(p))))


def _working_paper(p: CitationElements) -> CitationTexts:
    head = phrase(" ", phrase(", ", p.authors, p.quoted_title), bracketed(p.year))
    return _footnote(p, _with_pin(p, head, paper_number(p, "No {}") or p.publisher))


def _press_release(p: CitationElements) -> CitationTexts:
    kind = phrase(" ", "Press Release", p.get("number"))
    return _footnote(p, phrase(", ", p.authors, p.quoted_title), bracketed(kind, p.date), p.pin())


def _book(p: CitationElements) -> CitationTexts:
    lead = p.authors or phrase(" ", p.leading_editors, _editor_label(p))
    return _footnote(p, phrase(", ", lead, p.slanted_title), _imprint(p), p.pin())


def _imprint(p: CitationElements) -> RichText:
    return bracketed(edition(p, "edn"), phrase(" ", p.publisher, p.year))


def _editor_label(p: CitationElements) -> str:
    if not p.editors:
        return ""
    return "(eds)" if p.several_editors() else "(ed)"


def _chapter(p: CitationElements) -> CitationTexts:
    head = phrase(", ", p.authors, p.quoted_title)
    editors = phrase(" ", p.editors, _editor_label(p))
    book = phrase(", ", editors, italic(p.container))
    return _footnote(p, head, "in" if book else "", book, _imprint(p), p.pin())


def _journal_article(p: CitationElements) -> CitationTexts:
    volume = p.get("volume")
    year = (f"({p.year})" if volume else f"[{p.year}]") if p.year else ""
    head = phrase(", ", p.authors, p.quoted_title)
    return _footnote(p, _with_pin(p, head, year, volume, p.container, first_page(p)))


def _thesis(p: CitationElements) -> CitationTexts:
    head = phrase(", ", p.authors, p.quoted_title)
    made = bracketed(p.get("thesis_type") or "thesis", phrase(" ", p.publisher, p.year))
    return _footnote(p, head, made, p.pin())


def _web_page(p: CitationElements) -> CitationTexts:
    head = phrase(", ", p.authors, p.quoted_title)
    return _footnote(p, head, bracketed(italic(p.container), p.date), p.pin())


def _hearing(p: CitationElements) -> CitationTexts:
    head = phrase(", ", p.get("organ"), p.quoted_title)
    return _footnote(p, head, bracketed("Hearing", p.get("session"), p.get("number"), p.date), p.pin())


def _speech(p: CitationElements) -> CitationTexts:
    head = phrase(", ", p.authors, p.quoted_title)
    return _footnote(p, head, bracketed(p.get("event"), p.place, p.date), p.pin())


def _note(p: CitationElements) -> CitationTexts:
    head = phrase(", ", p.authors, p.quoted_title)
    return _footnote(p, head, bracketed(capitalized(note_kind(p)), p.date))


OSCOLA_FORMS = {
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
