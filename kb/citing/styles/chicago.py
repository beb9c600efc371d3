"""Chicago, notes and bibliography.

What it follows, kind by kind and where that was read, is with its golden tests.
"""

from __future__ import annotations

from kb.citing.date_format import DateFormat
from kb.citing.elements.author_names import NameRules
from kb.citing.elements.citation_elements import (
    CitationElements,
    CitationTexts,
    bracketed,
    phrase,
)
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
from kb.citing.elements.publication import edition, note_kind, page_range, paper_number
from kb.citing.elements.remarks import remarks
from kb.citing.elements.style_rules import StyleRules
from kb.citing.rich_text import RichText, capitalized, italic, joined, stopped

__all__ = ["CHICAGO", "CHICAGO_FORMS", "CHICAGO_LISTED"]

_IN_NOTES = NameRules(serial_comma=True, comma_for_two=False, et_al_from=3)
CHICAGO_LISTED = NameRules(inverted="first", serial_comma=True, et_al_from=7, et_al_kept=3, et_al_comma=True)
CHICAGO = StyleRules(
    dates=DateFormat("month first", circa="ca. "),
    pins={
        "paragraph": ("para. {}", "paras. {}"),
        "article": ("art. {}", "arts. {}"),
        "section": ("sec. {}", "secs. {}"),
        "chapter": ("chap. {}", "chaps. {}"),
        "part": ("pt. {}", "pts. {}"),
    },
    names=_IN_NOTES,
    editors=_IN_NOTES,
)


def _both(p: CitationElements, note: RichText, *entry: RichText | str) -> CitationTexts:
    """A note and its bibliography entry, the day of access before the address."""
    address = phrase(", ", p.doi, f"accessed {p.accessed}" if p.accessed else "", p.url)
    listed = (*entry, p.doi, f"Accessed {p.accessed}" if p.accessed else "", p.url)
    parts = (stopped(phrase("", capitalized(part) if isinstance(part, str) else part)) for part in listed)
    return (
        phrase(" ", stopped(phrase(", ", note, address)), remarks(p)),
        joined(" ", *parts, remarks(p)),
    )


def _listed(p: CitationElements) -> RichText:
    """The authors as a bibliography has them, the first turned round."""
    return p.with_rules(names=CHICAGO_LISTED).authors


def _report(p: CitationElements) -> CitationTexts:
    number = paper_number(p, "no. {}") or p.symbol
    dated = phrase(" ", p.slanted_title, bracketed(p.publisher, p.date) if not number else ())
    published = (number, p.publisher, p.date) if number else ()
    note = phrase(", ", p.authors, dated, *published, p.pin())
    return _both(p, note, _listed(p), p.slanted_title, number, phrase(", ", p.publisher, p.date))


def _un_document(p: CitationElements) -> CitationTexts:
    symbol = spaced_symbol(p.symbol)
    note = phrase(", ", p.authors, p.slanted_title, symbol, p.date, p.pin())
    return _both(p, note, _listed(p), p.slanted_title, symbol, p.date)


def _resolution(p: CitationElements) -> CitationTexts:
    return _un_document(by_organ(p))


def _treaty(p: CitationElements) -> CitationTexts:
    dated = (with_treaty_date(p).date, p.dotted_series)
    between = "–".join(parties(p))
    note = phrase(", ", p.title, p.pin(), between, *dated)
    return _both(p, note, phrase(", ", p.title, between, *dated))


def _case(p: CitationElements) -> CitationTexts:
    reported = p.get("neutral_citation") or p.get("reporter")
    number = application_number(p)
    docket = f"App. No. {number}" if number else luxembourg_case(p) or p.get("docket")
    court = court_of(p)
    decided = () if reported else bracketed(phrase(" ", court, p.date))
    cited = phrase(" ", phrase(", ", p.title, reported or docket), decided)
    return _both(p, phrase(", ", cited, p.pin()), cited)


def _legislation(p: CitationElements) -> CitationTexts:
    where = bracketed(p.get("jurisdiction"))
    title, number = instrument_title(p), statute_number(p)
    note = phrase(" ", phrase(", ", title, number, p.pin()), where)
    return _both(p, note, phrase(" ", phrase(", ", title, number), where))


def _eu_instrument(p: CitationElements) -> CitationTexts:
    place = journal_place(p)
    journal = (
        f"{place.year} O.J. ({place.series} {place.issue}) {place.page}"
        if place
        else p.get("official_journal")
    )
    return _both(p, phrase(", ", p.title, p.pin(), journal), phrase(", ", p.title, journal))


def _described(p: CitationElements, what: str, *made: RichText | str) -> CitationTexts:
    """What is not a book: author, quoted title, and what it is, in brackets in the note."""
    head = phrase(" ", p.authors, "") if not p.authors else phrase("", p.authors, ",")
    note = phrase(" ", head, p.quoted_title, bracketed(what, *made))
    described = phrase(", ", capitalized(what), *made)
    return _both(p, phrase(", ", note, p.pin()), _listed(p), p.quoted_with("."), described)


def _working_paper(p: CitationElements) -> CitationTexts:
    return _described(p, paper_number(p, "no. {}") or "working paper", p.publisher, p.date)


def _press_release(p: CitationElements) -> CitationTexts:
    return _described(p, "press release", p.get("number"), p.date)


def _thesis(p: CitationElements) -> CitationTexts:
    what = (
        p.get("thesis_type").replace("thesis", "diss.")
        if "PhD" in p.get("thesis_type")
        else p.get("thesis_type")
    )
    return _described(p, what or "thesis", p.publisher, p.year)


def _speech(p: CitationElements) -> CitationTexts:
    return _described(p, "speech", p.get("event"), p.place, p.date)


def _hearing(p: CitationElements) -> CitationTexts:
    before = f"hearing before the {p.get('organ')}" if p.get("organ") else "hearing"
    return _described(p, before, p.get("session"), p.get("number"), p.date)


def _book(p: CitationElements) -> CitationTexts:
    made = phrase(", ", p.publisher, p.year)
    label = "eds." if p.several_editors() else "ed."
    edited = p.authors or not p.editors
    lead = p.authors if edited else phrase(", ", p.editors, label)
    title = phrase(", ", p.slanted_title, edition(p, "ed."))
    note = phrase(", ", phrase(" ", phrase(", ", lead, title), bracketed(made)), p.pin())
    first = _listed(p) if edited else phrase(", ", p.with_rules(names=CHICAGO_LISTED).leading_editors, label)
    return _both(p, note, first, p.slanted_title, edition(p, "ed."), made)


def _chapter(p: CitationElements) -> CitationTexts:
    made, which = phrase(", ", p.publisher, p.year), edition(p, "ed.")
    editors = p.editors and phrase(" ", "ed.", p.editors)
    book = phrase(" ", phrase(", ", phrase(" ", "in", italic(p.container)), which, editors), bracketed(made))
    head = phrase("", p.authors, ",") if p.authors else ()
    note = phrase(", ", phrase(" ", head, p.quoted_with(","), book), p.pin())
    edited = p.editors and phrase(" ", "edited by", p.editors)
    container = phrase(", ", phrase(" ", "In", italic(p.container)), which, edited)
    return _both(p, note, _listed(p), p.quoted_with("."), container, made)


def _journal_article(p: CitationElements) -> CitationTexts:
    issue = f"no. {p.get('issue')}" if p.get("issue") else ""
    numbered = phrase(
        " ", phrase(", ", phrase(" ", italic(p.container), p.get("volume")), issue), bracketed(p.year)
    )
    head = phrase("", p.authors, ",") if p.authors else ()
    place = phrase(": " if p.has_page_pin else ", ", numbered, p.pin())
    note = phrase(" ", head, p.quoted_with(","), place)
    return _both(p, note, _listed(p), p.quoted_with("."), phrase(": ", numbered, page_range(p)))


def _web_page(p: CitationElements) -> CitationTexts:
    head = phrase("", p.authors, ",") if p.authors else ()
    note = phrase(" ", head, phrase(" ", p.quoted_with(","), phrase(", ", p.container, p.date, p.pin())))
    return _both(p, note, _listed(p), p.quoted_with("."), p.container, p.date)


def _note(p: CitationElements) -> CitationTexts:
    what = note_kind(p)
    note = phrase(" ", p.quoted_with(","), phrase(", ", what, p.authors, p.date))
    return _both(p, note, p.authors, p.quoted_with("."), capitalized(what), p.date)


CHICAGO_FORMS = {
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
