"""Styles that cite in the text, with a list of references at the end: APA, MLA, Harvard (Cite Them Right).

What each follows, section by section and where that was read, stands with its golden tests.
"""

from __future__ import annotations

from kb.citing.date_format import SHORT_MONTHS, DateFormat
from kb.citing.rich_text import RichText, italic, joined, plain_text, roman, stopped, wrapped
from kb.citing.styles.elements import CitationElements, StyleRules

__all__ = ["APA", "APA_FORMS", "HARVARD", "HARVARD_FORMS", "MLA", "MLA_FORMS"]

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
    conjunction="&",
    serial_comma=",",
)
_US_DATES = DateFormat("month first", circa="ca. ")
MLA = StyleRules(
    dates=DateFormat(months=SHORT_MONTHS, circa="circa "),
    pins={
        "paragraph": ("par. {}", "pars. {}"),
        "article": ("art. {}", "arts. {}"),
        "section": ("sec. {}", "secs. {}"),
        "chapter": ("ch. {}", "chs. {}"),
        "part": ("pt. {}", "pts. {}"),
    },
    serial_comma=",",
)
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
    quotes=("‘", "’"),
)

CitationTexts = tuple[RichText, ...]


def _pin(p: CitationElements) -> RichText:
    return roman(p.pin(" [", "]"))


def _in_text(who: RichText, *parts: RichText) -> RichText:
    return wrapped("(", joined(", ", who, *parts), ")")


def _apa(p: CitationElements, first: RichText, *rest: RichText, accessed: bool = True) -> CitationTexts:
    """The in-text reference (author, year, pinpoint), and the entry, ending in its address without a stop."""
    year = roman(p.year or "n.d.")
    entry = joined(" ", *map(stopped, rest), roman(p.url))
    return _in_text(first, year, _pin(p)), joined(" ", entry, p.remarks(accessed))


def _apa_report(p: CitationElements) -> CitationTexts:
    date = wrapped("(", roman(p.date or "n.d."), ")")
    title = joined(" ", p.slanted_title, wrapped("(", roman(p.symbol), ")"))
    lead = (p.authors, date, title) if p.authors else (title, date)
    return _apa(p, p.authors or p.slanted_title, *lead)


def _apa_treaty(p: CitationElements) -> CitationTexts:
    date = CitationElements(p.item, StyleRules(dates=_US_DATES)).date
    entry = joined(", ", p.title, roman(date), roman(p.dotted_series), roman(p.url))
    text = _in_text(p.title, roman(p.year or "n.d."), _pin(p))
    return text, joined(" ", entry if p.url else stopped(entry), p.remarks(accessed=True))


def _apa_note(p: CitationElements) -> CitationTexts:
    """An undated web page, with its date of retrieval."""
    retrieved = roman(f"Retrieved {p.accessed}, from {p.url}" if p.url else "")
    date = wrapped("(", roman("n.d."), ")")
    what = joined(" ", p.slanted_title, roman(f"[Editorial note on {p.container}]"))
    entry = joined(" ", stopped(p.authors), stopped(date), stopped(what), retrieved)
    return _in_text(p.authors, roman("n.d."), _about(p)), joined(" ", entry, p.remarks())


def _about(p: CitationElements) -> RichText:
    return wrapped("“", p.title, "”")


def _mla(p: CitationElements, lead: tuple[RichText, ...], *rest: RichText) -> CitationTexts:
    """Author and title, or the title alone, each with a stop; then what follows, the address last."""
    said = [part for part in lead if part]
    details = joined(", ", *rest, _bare_address(p))
    entry = joined(" ", *map(stopped, said), stopped(details), _mla_read(p))
    return _mla_text(p, said[0]), joined(" ", entry, p.remarks())


def _bare_address(p: CitationElements) -> RichText:
    return roman(p.url.partition("://")[2] or p.url)


def _mla_read(p: CitationElements) -> RichText:
    return roman(p.accessed and f"Accessed {p.accessed}.")


def _mla_text(p: CitationElements, who: RichText) -> RichText:
    """A page follows the name without a comma, anything else with one."""
    comma = " " if p.item["custom"].get("label") == "page" else ", "
    return wrapped("(", joined(comma, who, _pin(p)), ")")


def _mla_report(p: CitationElements) -> CitationTexts:
    return _mla(p, (p.authors, p.slanted_title), roman(p.symbol), roman(p.date))


def _mla_treaty(p: CitationElements) -> CitationTexts:
    return _mla(p, (p.slanted_title,), roman(p.date), roman(p.series))


def _mla_note(p: CitationElements) -> CitationTexts:
    title = ((p.quoted_title[0][0].removesuffix("”") + ".”", False),)
    site = italic(plain_text(p.authors))
    details = joined(", ", site, roman(f"editorial note on {p.container}"), _bare_address(p))
    entry = joined(" ", title, stopped(details), _mla_read(p))
    return wrapped("(", p.quoted_title, ")"), joined(" ", entry, p.remarks())


def _harvard(p: CitationElements, who: RichText, *rest: RichText) -> CitationTexts:
    year = roman(p.year or "no date")
    entry = joined(" ", who, wrapped("(", year, ")"), stopped(joined(" ", *rest)), _found(p))
    return _in_text(who, year, _pin(p)), joined(" ", stopped(entry), p.remarks())


def _found(p: CitationElements) -> RichText:
    return roman(f"Available at: {p.url} (Accessed: {p.accessed})." if p.url else "")


def _harvard_report(p: CitationElements) -> CitationTexts:
    symbol = wrapped("(", roman(p.symbol), ")")
    if p.authors:
        return _harvard(p, p.authors, p.slanted_title, symbol)
    return _harvard(p, p.slanted_title, symbol)


def _harvard_treaty(p: CitationElements) -> CitationTexts:
    force = roman(f"entered into force {p.in_force}" if p.in_force else "")
    return _harvard(p, p.slanted_title, joined(", ", roman(p.series), force))


def _harvard_note(p: CitationElements) -> CitationTexts:
    entry = _harvard(p, p.authors, p.slanted_title, roman(f"(editorial note on {p.container})"))[1]
    return _in_text(p.authors, roman("no date"), p.quoted_title), entry


APA_FORMS = {
    "report": _apa_report,
    "treaty": _apa_treaty,
    "document": _apa_report,
    "note": _apa_note,
}
MLA_FORMS = {
    "report": _mla_report,
    "treaty": _mla_treaty,
    "document": _mla_report,
    "note": _mla_note,
}
HARVARD_FORMS = {
    "report": _harvard_report,
    "treaty": _harvard_treaty,
    "document": _harvard_report,
    "note": _harvard_note,
}
