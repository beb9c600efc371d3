"""The United Nations Editorial Manual: footnotes.

What it follows, kind by kind and where that was read, is with its golden tests.
"""

from __future__ import annotations

import re

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
    court_of,
    instrument_title,
    journal_place,
    luxembourg_case,
    resolution_number,
    resolution_organ,
    spaced_symbol,
    statute_number,
    with_treaty_date,
)
from kb.citing.elements.publication import edition, note_kind, paper_number
from kb.citing.elements.remarks import remarks
from kb.citing.elements.style_rules import StyleRules
from kb.citing.rich_text import RichText, italic, stopped

__all__ = ["UN", "UN_FORMS", "un_pin"]

_NAMES = NameRules(et_al="and others")
UN = StyleRules(
    dates=DateFormat(circa="c. "),
    pins={
        "paragraph": ("para. {}", "paras. {}"),
        "page": ("p. {}", "pp. {}"),
        "article": ("art. {}", "arts. {}"),
        "section": ("sect. {}", "sects. {}"),
        "chapter": ("chap. {}", "chaps. {}"),
        "part": ("part {}", "parts {}"),
    },
    names=_NAMES,
    editors=_NAMES,
)
_SERIES = re.compile(r"([0-9]+) UNTS ([0-9]+)")


def _footnote(p: CitationElements, *parts: RichText | str) -> CitationTexts:
    where = f"Available at {p.url}" if p.url else ""
    cited = phrase(" ", stopped(phrase(", ", *parts)), stopped(phrase("", where)))
    return (phrase(" ", cited, remarks(p, accessed=True)),)


def un_pin(p: CitationElements) -> str:
    """The Manual separates an article's number from its paragraph: `art. 16 (2)`."""
    return re.sub(r"(?<=[0-9)])\((?=[0-9a-z]{1,4}\))", " (", p.pin())


def _report(p: CitationElements) -> CitationTexts:
    if p.get("isbn"):
        return _book(p)
    number = paper_number(p) or p.symbol
    return _footnote(p, p.authors, p.quoted_title, number, p.publisher, p.date, un_pin(p))


def _treaty(p: CitationElements) -> CitationTexts:
    if not p.series:
        return _footnote(p, p.title, with_treaty_date(p).date, un_pin(p))
    unts = _SERIES.fullmatch(p.series)
    if not unts:
        return _footnote(p, p.title, un_pin(p), p.series)
    number = p.get("registration")
    registered = f"No. {number.removeprefix('No. ').removeprefix('I-')}" if number else ""
    place = ("United Nations", italic("Treaty Series"), f"vol. {unts[1]}", registered, f"p. {unts[2]}")
    return _footnote(p, p.title, un_pin(p), *place)


def _resolution(p: CitationElements) -> CitationTexts:
    what = "decision" if "/DEC/" in p.symbol else "resolution"
    return _footnote(p, f"{resolution_organ(p).name} {what} {resolution_number(p)}".strip(), un_pin(p))


def _un_document(p: CitationElements) -> CitationTexts:
    return _footnote(p, phrase(" ", p.quoted_title, bracketed(spaced_symbol(p.symbol))), un_pin(p))


def _case(p: CitationElements) -> CitationTexts:
    number = application_number(p)
    docket = f"Application No. {number}" if number else luxembourg_case(p) or p.get("docket")
    court = court_of(p)
    reported = p.get("neutral_citation") or p.get("reporter")
    kind = p.kind if p.kind in ("Judgment", "Decision") else ""
    return _footnote(p, court, p.slanted_title, docket, reported, kind, p.date, un_pin(p))


def _legislation(p: CitationElements) -> CitationTexts:
    return _footnote(p, p.get("jurisdiction"), instrument_title(p), statute_number(p), un_pin(p))


def _eu_instrument(p: CitationElements) -> CitationTexts:
    place = journal_place(p)
    journal = (italic("Official Journal of the European Union"),)
    where = (
        (*journal, f"{place.series} {place.issue}", place.year, f"p. {place.page}")
        if place
        else (p.get("official_journal"),)
    )
    return _footnote(p, p.title, un_pin(p), *where)


def _working_paper(p: CitationElements) -> CitationTexts:
    made = bracketed(p.place, p.publisher, p.year)
    return _footnote(
        p, p.authors, p.quoted_title, phrase(" ", paper_number(p) or "working paper", made), un_pin(p)
    )


def _press_release(p: CitationElements) -> CitationTexts:
    return _footnote(
        p, p.authors, p.quoted_title, phrase(" ", "press release", p.get("number")), p.date, un_pin(p)
    )


def _book(p: CitationElements) -> CitationTexts:
    made = bracketed(p.place, p.publisher, p.year)
    label = "eds." if p.several_editors() else "ed."
    editors = () if p.authors or not p.editors else phrase(", ", p.editors, label)
    title = phrase(" ", phrase(", ", p.slanted_title, edition(p, "ed.")), made)
    return _footnote(p, p.authors or editors, title, un_pin(p))


def _chapter(p: CitationElements) -> CitationTexts:
    made = bracketed(p.place, p.publisher, p.year)
    label = "eds." if p.several_editors() else "ed."
    editors = phrase(", ", p.editors, label) if p.editors else ()
    book = phrase(", ", phrase(" ", "in", italic(p.container)), edition(p, "ed."), editors)
    return _footnote(p, p.authors, p.quoted_title, phrase(" ", book, made), un_pin(p))


def _journal_article(p: CitationElements) -> CitationTexts:
    volume = f"vol. {p.get('volume')}" if p.get("volume") else ""
    issue = f"No. {p.get('issue')}" if p.get("issue") else ""
    numbered = phrase(" ", phrase(", ", italic(p.container), volume, issue), bracketed(p.date))
    return _footnote(p, p.authors, p.quoted_title, numbered, un_pin(p))


def _thesis(p: CitationElements) -> CitationTexts:
    return _footnote(
        p, p.authors, p.quoted_title, p.get("thesis_type") or "thesis", p.publisher, p.year, un_pin(p)
    )


def _web_page(p: CitationElements) -> CitationTexts:
    return _footnote(p, p.authors, p.quoted_title, p.container, p.date, un_pin(p))


def _hearing(p: CitationElements) -> CitationTexts:
    return _footnote(
        p, p.get("organ"), p.quoted_title, "hearing", p.get("session"), p.get("number"), p.date, un_pin(p)
    )


def _speech(p: CitationElements) -> CitationTexts:
    event = f"statement at {p.get('event')}" if p.get("event") else "statement"
    return _footnote(p, p.authors, p.quoted_title, event, p.place, p.date, un_pin(p))


def _note(p: CitationElements) -> CitationTexts:
    return _footnote(p, p.authors, p.quoted_title, note_kind(p), p.date)


UN_FORMS = {
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
