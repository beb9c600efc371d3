"""Harvard as in Cite Them Right: references in the text, and a reference list.

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
    spaced_symbol,
    statute_number,
    with_treaty_date,
)
from kb.citing.elements.publication import edition, note_kind, page_range, paper_number, year_or
from kb.citing.elements.remarks import remarks
from kb.citing.elements.style_rules import StyleRules
from kb.citing.rich_text import RichText, capitalized, italic, stopped

__all__ = ["HARVARD", "HARVARD_FORMS"]

_NAMES = NameRules(inverted="all", initials="", et_al_slanted=True)
HARVARD = StyleRules(
    dates=DateFormat(circa="c. "),
    pins={
        "paragraph": ("para. {}", "paras. {}"),
        "page": ("p. {}", "pp. {}"),
        "article": ("art. {}", "arts. {}"),
        "section": ("s. {}", "ss. {}"),
        "chapter": ("ch. {}", "chs. {}"),
        "part": ("pt. {}", "pts. {}"),
    },
    names=_NAMES,
    editors=_NAMES,
    short_names=replace(_NAMES, inverted="none", initials=None, family_only=True),
    quotes=("‘", "’"),
)


def _in_text(p: CitationElements, who: RichText) -> RichText:
    return bracketed(who, year_or(p, "no date", " "), p.pin(" [", "]"))


def _work(
    p: CitationElements,
    who: RichText,
    short: RichText,
    *rest: RichText | str,
    further: tuple[RichText | str, ...] = (),
) -> CitationTexts:
    """Author and year, the work up to a full stop, what follows with stops of its own, the address."""
    entry = phrase(" ", who, bracketed(year_or(p, "no date", " ")), stopped(phrase(" ", *rest)))
    more = (stopped(phrase("", capitalized(part) if isinstance(part, str) else part)) for part in further)
    return _in_text(p, short), phrase(" ", stopped(phrase(" ", entry, *more, _found(p))), remarks(p))


def _found(p: CitationElements) -> str:
    if not p.url:
        return f"Available at: {p.doi}." if p.doi else ""
    places = " and ".join(filter(None, (p.doi, p.url)))
    return f"Available at: {places} (Accessed: {p.accessed})."


def _by_author(
    p: CitationElements, *rest: RichText | str, further: tuple[RichText | str, ...] = ()
) -> CitationTexts:
    """A work by its authors; one that has none by its title."""
    if p.authors:
        return _work(p, p.authors, p.short_authors, p.slanted_title, *rest, further=further)
    return _work(p, p.slanted_title, p.slanted_title, *rest, further=further)


def _report(p: CitationElements) -> CitationTexts:
    number = paper_number(p) or spaced_symbol(p.symbol)
    imprint = phrase(": ", p.place, p.publisher) if p.publisher else ()
    return _by_author(p, bracketed(number), further=(imprint,))


def _resolution(p: CitationElements) -> CitationTexts:
    return _report(by_organ(p))


def _press_release(p: CitationElements) -> CitationTexts:
    return _by_author(p, "[Press release]", further=(_day(p),))


def _day(p: CitationElements) -> str:
    """The day and month, which follow the year in brackets."""
    return p.date.removesuffix(p.year).strip() if p.date != p.year else ""


def _working_paper(p: CitationElements) -> CitationTexts:
    return _by_author(p, further=(paper_number(p) or "Working paper", p.publisher))


def _speech(p: CitationElements) -> CitationTexts:
    return _by_author(p, "[Speech]", further=(phrase(", ", p.get("event"), p.place), _day(p)))


def _hearing(p: CitationElements) -> CitationTexts:
    where = phrase(", ", p.get("session"), p.get("number"), _day(p))
    if p.get("organ"):
        lead = phrase("", p.get("organ"))
        return _work(p, lead, lead, p.slanted_title, "[Hearing]", further=(where,))
    return _work(p, p.slanted_title, p.slanted_title, "[Hearing]", further=(where,))


def _treaty(p: CitationElements) -> CitationTexts:
    p, entered = with_treaty_date(p), p.date_of("entry_into_force")
    force = f"entered into force {entered}" if entered else ""
    return _work(p, p.slanted_title, p.slanted_title, phrase(", ", p.series, force))


def _untitled_year(p: CitationElements, cited: RichText, short: RichText) -> CitationTexts:
    """Legal references whose title or report has the year already."""
    entry = phrase(" ", stopped(cited), _found(p))
    text = bracketed(short, p.pin(" [", "]"))
    return text, phrase(" ", entry, remarks(p))


def _case(p: CitationElements) -> CitationTexts:
    number = application_number(p)
    docket = f"Application no. {number}" if number else luxembourg_case(p) or p.get("docket")
    court = court_of(p)
    reported = p.get("neutral_citation") or p.get("reporter")
    decided = reported or phrase(" ", phrase(", ", court, docket), bracketed(p.date))
    text = phrase(", ", p.slanted_title, p.year)
    return _untitled_year(p, phrase(" ", p.slanted_title, decided), text)


def _legislation(p: CitationElements) -> CitationTexts:
    title = italic(instrument_title(p))
    cited = italic(", ".join(filter(None, (instrument_title(p), statute_number(p)))))
    where = "" if p.get("jurisdiction") in ("UK", "United Kingdom") else bracketed(p.get("jurisdiction"))
    return _untitled_year(p, phrase(" ", cited, where), title)


def _eu_instrument(p: CitationElements) -> CitationTexts:
    place = journal_place(p)
    journal = italic("Official Journal of the European Union")
    where = (
        phrase(", ", journal, f"{place.series} {place.issue}", f"p. {place.page}")
        if place
        else p.get("official_journal")
    )
    return _work(p, p.slanted_title, p.slanted_title, where)


def _book(p: CitationElements) -> CitationTexts:
    imprint = (edition(p, "edn"), phrase(": ", p.place, p.publisher))
    if p.authors or not p.editors:
        return _by_author(p, further=imprint)
    lead = phrase(" ", p.leading_editors, _label(p))
    return _work(p, lead, p.short_editors, p.slanted_title, further=imprint)


def _label(p: CitationElements) -> str:
    return "(eds)" if p.several_editors() else "(ed.)"


def _chapter(p: CitationElements) -> CitationTexts:
    editors = phrase(" ", p.editors, _label(p)) if p.editors else ()
    book = phrase(" ", "in", editors, italic(p.container))
    imprint = phrase(", ", phrase(": ", p.place, p.publisher), _pages(p))
    who, short = (p.authors, p.short_authors) if p.authors else (p.quoted_title, p.quoted_title)
    title = phrase(", ", p.quoted_title if p.authors else (), book)
    return _work(p, who, short, title, further=(edition(p, "edn"), imprint))


def _pages(p: CitationElements) -> str:
    pages = page_range(p)
    return f"pp. {pages}" if "–" in pages else pages and f"p. {pages}"


def _journal_article(p: CitationElements) -> CitationTexts:
    issue = f"({p.get('issue')})" if p.get("issue") else ""
    place = phrase(", ", italic(p.container), f"{p.get('volume')}{issue}", _pages(p))
    who, short = (p.authors, p.short_authors) if p.authors else (p.quoted_title, p.quoted_title)
    return _work(p, who, short, phrase(", ", p.quoted_title if p.authors else (), place))


def _thesis(p: CitationElements) -> CitationTexts:
    return _by_author(p, further=(p.get("thesis_type") or "Thesis", p.publisher))


def _note(p: CitationElements) -> CitationTexts:
    entry = _work(p, p.authors, p.authors, p.slanted_title, f"({note_kind(p)})")[1]
    return bracketed(p.short_authors, year_or(p, "no date", " "), p.quoted_title), entry


HARVARD_FORMS = {
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
    "web page": _by_author,
    "hearing": _hearing,
    "communique": _report,
    "speech": _speech,
    "note": _note,
    "document": _report,
}
