"""The Bluebook: citations in footnotes, italics as in its Bluepages.

What it follows, kind by kind and where that was read, is with its golden tests.
"""

from __future__ import annotations

from kb.citing.date_format import SHORT_MONTHS, DateFormat
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
    spaced_symbol,
    statute_number,
    with_treaty_date,
)
from kb.citing.elements.publication import edition, first_page, introduced_title, paper_number
from kb.citing.elements.remarks import remarks
from kb.citing.elements.style_rules import StyleRules
from kb.citing.rich_text import RichText, italic, roman

__all__ = ["BLUEBOOK", "BLUEBOOK_FORMS"]

_NAMES = NameRules(conjunction="&", et_al_from=3)
BLUEBOOK = StyleRules(
    dates=DateFormat("month first", SHORT_MONTHS, "ca. "),
    pins={
        "paragraph": ("¶ {}", "¶¶ {}"),
        "article": ("art. {}", "arts. {}"),
        "section": ("§ {}", "§§ {}"),
        "chapter": ("ch. {}", "chs. {}"),
        "part": ("pt. {}", "pts. {}"),
    },
    names=_NAMES,
    editors=_NAMES,
)


def _footnote(p: CitationElements, *parts: RichText | str) -> CitationTexts:
    """The parts with commas, and the address: with the day of access where there is no date (rule 18.2)."""
    visited = "" if p.date or not p.url else f" (last visited {p.accessed})"
    cited = p.ended(phrase(", ", *parts, f"{p.url}{visited}"))
    return (phrase(" ", cited, remarks(p, accessed=bool(p.date))),)


def _pin_after(p: CitationElements, needs_at: bool) -> str:
    return f"at {p.pin()}" if p.has_page_pin and needs_at else p.pin()


def _title_pin(p: CitationElements) -> str:
    """A page needs `at` after a title that ends in a figure (rule 3.2)."""
    return _pin_after(p, p.item["title"][-1:].isdigit())


def _report(p: CitationElements) -> CitationTexts:
    made = bracketed(p.publisher, p.date)
    number = paper_number(p) or p.symbol
    if not number:
        return _footnote(p, p.authors, phrase(" ", p.slanted_title, _title_pin(p), made))
    place = phrase(", ", number, _pin_after(p, needs_at=True))
    return _footnote(p, p.authors, p.slanted_title, phrase(" ", place, made))


def _treaty(p: CitationElements) -> CitationTexts:
    between = "–".join(parties(p))
    dated = phrase(", ", between, with_treaty_date(p).date, p.dotted_series)
    return _footnote(p, phrase(" ", p.title, p.pin()), phrase(" ", dated, _hereinafter(p)))


def _hereinafter(p: CitationElements) -> str:
    """The short title that later notes use (rule 4.2(b))."""
    short = introduced_title(p)
    return f"[hereinafter {short}]" if short else ""


def _resolution(p: CitationElements) -> CitationTexts:
    what = "Dec." if "/DEC/" in p.symbol else "Res."
    number = f"{resolution_organ(p).bluebook} {what} {resolution_number(p, has_year=False)}".strip()
    symbol = phrase(" ", f"U.N. Doc. {spaced_symbol(p.symbol)}", bracketed(p.date))
    return _footnote(p, number, _pin_after(p, True), symbol)


def _un_document(p: CitationElements) -> CitationTexts:
    symbol = phrase(" ", f"U.N. Doc. {spaced_symbol(p.symbol)}", bracketed(p.date))
    return _footnote(p, p.authors, p.slanted_title, _pin_after(p, True), symbol)


def _case(p: CitationElements) -> CitationTexts:
    neutral, reporter = p.get("neutral_citation"), p.get("reporter")
    court = court_of(p)
    if neutral or reporter:
        cited = phrase(", ", phrase(" ", p.slanted_title, neutral or reporter), _pin_after(p, False))
        return _footnote(p, phrase(" ", cited, bracketed(p.get("jurisdiction"))))
    number = application_number(p)
    docket = f"App. No. {number}" if number else luxembourg_case(p) or p.get("docket")
    cited = phrase(", ", p.slanted_title, docket, p.get("ecli"), _pin_after(p, True))
    return _footnote(p, phrase(" ", cited, bracketed(phrase(" ", court, p.date))))


def _legislation(p: CitationElements) -> CitationTexts:
    cited = phrase(", ", instrument_title(p), statute_number(p), p.pin())
    return _footnote(p, phrase(" ", cited, bracketed(p.get("jurisdiction"))))


def _eu_instrument(p: CitationElements) -> CitationTexts:
    place = journal_place(p)
    journal = (
        f"{place.year} O.J. ({place.series} {place.issue}) {place.page}"
        if place
        else p.get("official_journal")
    )
    return _footnote(p, p.title, p.pin(), phrase(" ", journal, _hereinafter(p)))


def _working_paper(p: CitationElements) -> CitationTexts:
    made = bracketed(p.publisher, paper_number(p) or "working paper", p.year)
    return _footnote(p, p.authors, phrase(" ", p.slanted_title, _title_pin(p), made))


def _press_release(p: CitationElements) -> CitationTexts:
    title = phrase(" ", p.slanted_title, _title_pin(p), bracketed(p.date))
    return _footnote(p, "Press Release", p.authors, p.get("number"), title)


def _book(p: CitationElements) -> CitationTexts:
    made = bracketed(phrase(" ", _editors(p), edition(p, "ed.", american=True), p.year))
    return _footnote(p, p.authors, phrase(" ", p.slanted_title, _title_pin(p), made))


def _editors(p: CitationElements) -> RichText:
    return phrase(" ", p.editors, "eds.," if p.several_editors() else "ed.,") if p.editors else ()


def _chapter(p: CitationElements) -> CitationTexts:
    made = bracketed(phrase(" ", _editors(p), edition(p, "ed.", american=True), p.year))
    pages = phrase(", ", first_page(p), p.pin())
    book = phrase(" ", italic("in"), p.get("volume"), italic(p.container), pages, made)
    return _footnote(p, p.authors, p.slanted_title, book)


def _journal_article(p: CitationElements) -> CitationTexts:
    volume = p.get("volume") or p.year
    place = phrase(" ", volume, p.container, first_page(p))
    year = bracketed(p.year) if p.get("volume") else ()
    return _footnote(p, p.authors, p.slanted_title, phrase(" ", phrase(", ", place, p.pin()), year))


def _thesis(p: CitationElements) -> CitationTexts:
    made = phrase(" ", bracketed(p.year), bracketed(p.get("thesis_type") or "thesis", p.publisher))
    return _footnote(p, p.authors, phrase(" ", p.slanted_title, _title_pin(p), made))


def _web_page(p: CitationElements) -> CitationTexts:
    site = phrase(" ", p.container, p.pin(), bracketed(p.date))
    author = () if roman(p.container) == p.authors else p.authors
    return _footnote(p, author, p.slanted_title, site)


def _hearing(p: CitationElements) -> CitationTexts:
    before = f": Hearing Before the {p.get('organ')}" if p.get("organ") else ""
    title = phrase("", p.slanted_title, italic(before))
    return _footnote(p, title, p.get("session"), p.get("number"), phrase(" ", p.pin(), bracketed(p.date)))


def _speech(p: CitationElements) -> CitationTexts:
    event = f"Address at {p.get('event')}" if p.get("event") else "Address"
    title = phrase(" ", p.slanted_title, _title_pin(p), bracketed(p.date))
    return _footnote(p, p.authors, event, title)


def _note(p: CitationElements) -> CitationTexts:
    where = phrase(" ", bracketed(p.item["genre"].lower()), bracketed(p.date))
    if not p.container:
        return _footnote(p, p.slanted_title, phrase(" ", p.authors, where))
    return _footnote(p, p.slanted_title, p.authors, phrase(" ", p.container, where))


BLUEBOOK_FORMS = {
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
