"""APA: references in the text, and a reference list.

What it follows, kind by kind and where that was read, is with its golden tests.
"""

from __future__ import annotations

from dataclasses import replace

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
from kb.citing.elements.publication import edition, note_kind, page_range, paper_number, year_or
from kb.citing.elements.remarks import remarks
from kb.citing.elements.style_rules import StyleRules
from kb.citing.rich_text import RichText, capitalized, italic, roman, stopped, wrapped

__all__ = ["APA", "APA_FORMS"]

_US_DATES = DateFormat("month first", circa="ca. ")
_SHORT = NameRules(conjunction="&", et_al_from=3, family_only=True)
_IN_BOOK = NameRules(initials=" ", conjunction="&", serial_comma=True, comma_for_two=False, et_al_from=21)
APA = StyleRules(
    dates=DateFormat("year first", circa="ca. "),
    pins={
        "paragraph": ("para. {}", "paras. {}"),
        "page": ("p. {}", "pp. {}"),
        "article": ("art. {}", "arts. {}"),
        "section": ("Section {}", "Sections {}"),
        "chapter": ("Chapter {}", "Chapters {}"),
        "part": ("Part {}", "Parts {}"),
    },
    names=replace(_IN_BOOK, inverted="all", comma_for_two=True),
    editors=_IN_BOOK,
    short_names=_SHORT,
)


def _pin(p: CitationElements) -> str:
    return p.pin(" [", "]")


def _in_text(p: CitationElements, who: RichText, *more: RichText | str) -> RichText:
    return bracketed(who, year_or(p, "n.d.", "-"), *more, _pin(p))


def _entry(
    p: CitationElements,
    who: RichText,
    date: str,
    title: RichText,
    *rest: RichText | str,
    address: str | None = None,
) -> RichText:
    """Author, date, title and source, each with a full stop; without an author the title comes first."""
    dated = bracketed(date or year_or(p, "n.d.", "-"))
    lead = (who, dated, title) if who else (title, dated)
    parts = (stopped(phrase("", part)) for part in (*lead, *rest) if part)
    where = phrase(" ", p.doi, p.url) if address is None else address
    return phrase(" ", *parts, where)


def _work(
    p: CitationElements,
    title: RichText,
    *rest: RichText | str,
    date: str | None = None,
    text_title: RichText = (),
) -> CitationTexts:
    entry = _entry(p, p.authors, p.date if date is None else date, title, *rest)
    who = p.short_authors or text_title or p.slanted_title
    return _in_text(p, who), phrase(" ", entry, remarks(p, accessed=True))


def _titled(p: CitationElements, *bracketed_words: str) -> RichText:
    """The title in italics, with what identifies it in round brackets."""
    return phrase(" ", p.slanted_title, bracketed(*bracketed_words))


def _report(p: CitationElements) -> CitationTexts:
    number = paper_number(p) or spaced_symbol(p.symbol)
    return _work(p, _titled(p, number), p.publisher)


def _resolution(p: CitationElements) -> CitationTexts:
    return _report(by_organ(p))


def _working_paper(p: CitationElements) -> CitationTexts:
    return _work(p, _titled(p, paper_number(p)), p.publisher, date=p.year)


def _described(p: CitationElements, what: str, *rest: RichText | str) -> CitationTexts:
    return _work(p, phrase(" ", p.slanted_title, f"[{what}]"), *rest)


def _press_release(p: CitationElements) -> CitationTexts:
    return _described(p, "Press release", p.publisher)


def _speech(p: CitationElements) -> CitationTexts:
    return _described(p, "Speech", phrase(", ", p.get("event"), p.place))


def _thesis(p: CitationElements) -> CitationTexts:
    what = p.get("thesis_type").replace("PhD thesis", "Doctoral dissertation") or "Thesis"
    title = phrase(" ", p.slanted_title, f"[{', '.join(filter(None, (what, p.publisher)))}]")
    return _work(p, title, date=p.year)


def _book(p: CitationElements) -> CitationTexts:
    title = _titled(p, edition(p, "ed."))
    if p.authors or not p.editors:
        return _work(p, title, p.publisher, date=p.year)
    label = "(Eds.)" if p.several_editors() else "(Ed.)"
    entry = _entry(p, phrase(" ", p.leading_editors, label), p.year, title, p.publisher)
    return _in_text(p, p.short_editors), phrase(" ", entry, remarks(p, accessed=True))


def _chapter(p: CitationElements) -> CitationTexts:
    pages = page_range(p)
    where = bracketed(edition(p, "ed."), f"pp. {pages}" if "–" in pages else pages and f"p. {pages}")
    label = "(Eds.)" if p.several_editors() else "(Ed.)"
    editors = phrase(" ", p.editors, label) if p.editors else ()
    book = phrase(" ", "In", phrase(", ", editors, phrase(" ", italic(p.container), where)))
    return _work(p, p.title, book, p.publisher, date=p.year, text_title=p.quoted_title)


def _journal_article(p: CitationElements) -> CitationTexts:
    issue = f"({p.get('issue')})" if p.get("issue") else ""
    volume = phrase("", italic(p.get("volume")), issue)
    source = phrase(", ", italic(p.container), volume, page_range(p))
    return _work(p, p.title, source, date=p.year, text_title=p.quoted_title)


def _web_page(p: CitationElements) -> CitationTexts:
    site = "" if roman(p.container) == p.authors else p.container
    return _work(p, p.slanted_title, site)


def _legal(p: CitationElements, entry: RichText, text_title: RichText) -> CitationTexts:
    """Legal references begin with the title, in the Bluebook's manner."""
    cited = phrase(" ", stopped(entry), p.url)
    return _in_text(p, text_title), phrase(" ", cited, remarks(p, accessed=True))


def _treaty(p: CitationElements) -> CitationTexts:
    p = with_treaty_date(p)
    signed = p.with_rules(dates=_US_DATES).date
    entry = phrase(", ", p.title, "–".join(parties(p)), signed, p.dotted_series, p.url)
    cited = entry if p.url else stopped(entry)
    return _in_text(p, p.title), phrase(" ", cited, remarks(p, accessed=True))


def _case(p: CitationElements) -> CitationTexts:
    reported = p.get("neutral_citation") or p.get("reporter")
    number = application_number(p)
    docket = f"App. No. {number}" if number else luxembourg_case(p) or p.get("docket")
    court = court_of(p)
    entry = phrase(" ", phrase(", ", p.title, reported or docket), bracketed(phrase(" ", court, p.year)))
    return _legal(p, entry, p.slanted_title)


def _legislation(p: CitationElements) -> CitationTexts:
    title = instrument_title(p)
    cited = phrase(" ", phrase(", ", title, statute_number(p)), bracketed(p.get("jurisdiction")))
    return bracketed(title, _pin(p)), _legal(p, cited, p.title)[1]


def _eu_instrument(p: CitationElements) -> CitationTexts:
    place = journal_place(p)
    journal = (
        f"{place.year} O.J. ({place.series} {place.issue}) {place.page}"
        if place
        else p.get("official_journal")
    )
    return _legal(p, phrase(", ", p.title, journal), p.title)


def _hearing(p: CitationElements) -> CitationTexts:
    before = italic(f": Hearing before the {p.get('organ')}") if p.get("organ") else ()
    title = phrase("", p.slanted_title, before)
    entry = phrase(" ", phrase(", ", title, p.get("session"), p.get("number")), bracketed(p.year))
    return _legal(p, entry, p.slanted_title)


def _note(p: CitationElements) -> CitationTexts:
    """A web page that may change, with its date of retrieval."""
    retrieved = f"Retrieved {p.accessed}, from {p.url}" if p.url else ""
    what = phrase(" ", p.slanted_title, f"[{capitalized(note_kind(p))}]")
    entry = _entry(p, p.authors, p.date, what, address=retrieved)
    text = bracketed(p.short_authors, year_or(p, "n.d.", "-"), wrapped("“", p.title, "”"))
    return text, phrase(" ", entry, remarks(p))


APA_FORMS = {
    "treaty": _treaty,
    "resolution": _resolution,
    "UN document": _report,
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
