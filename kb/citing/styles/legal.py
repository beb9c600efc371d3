"""Styles of legal footnotes: OSCOLA, AGLC, Bluebook. Each form of source is a function of its elements.

What each follows, section by section and where that was read, stands with its golden tests.
"""

from __future__ import annotations

from kb.citing.date_format import SHORT_MONTHS, DateFormat
from kb.citing.rich_text import RichText, italic, joined, roman, stopped, wrapped
from kb.citing.styles.elements import CitationElements, StyleRules

__all__ = ["AGLC", "AGLC_FORMS", "BLUEBOOK", "BLUEBOOK_FORMS", "OSCOLA", "OSCOLA_FORMS"]

OSCOLA = StyleRules(
    pins={
        "paragraph": ("para {}", "paras {}"),
        "article": ("art {}", "arts {}"),
        "section": ("s {}", "ss {}"),
        "chapter": ("ch {}", "chs {}"),
        "part": ("pt {}", "pts {}"),
    },
    quotes=("‘", "’"),
)
AGLC = StyleRules(
    pins={
        "paragraph": ("[{}]", ""),
        "article": ("art {}", "arts {}"),
        "section": ("s {}", "ss {}"),
        "chapter": ("ch {}", "chs {}"),
        "part": ("pt {}", "pts {}"),
    },
    quotes=("‘", "’"),
)
BLUEBOOK = StyleRules(
    dates=DateFormat("month first", SHORT_MONTHS, "ca. "),
    pins={
        "paragraph": ("¶ {}", "¶¶ {}"),
        "article": ("art. {}", "arts. {}"),
        "section": ("§ {}", "§§ {}"),
        "chapter": ("ch. {}", "chs. {}"),
        "part": ("pt. {}", "pts. {}"),
    },
    conjunction="&",
)

CitationTexts = tuple[RichText, ...]


def _footnote(p: CitationElements, *parts: RichText, accessed: bool = False) -> CitationTexts:
    return (joined(" ", stopped(joined(" ", *parts)), p.remarks(accessed)),)


def _bracketed(*words: str) -> RichText:
    return wrapped("(", roman(", ".join(filter(None, words))), ")")


def _read_at(p: CitationElements) -> RichText:
    return roman(f"<{p.url}> accessed {p.accessed}") if p.url else ()


def _at(p: CitationElements) -> RichText:
    return roman(f"<{p.url}>") if p.url else ()


def _oscola_report(p: CitationElements) -> CitationTexts:
    head = joined(", ", p.authors, p.quoted_title)
    return _footnote(p, head, _bracketed(p.date), roman(p.pin()), _read_at(p))


def _oscola_treaty(p: CitationElements) -> CitationTexts:
    history = _bracketed(
        f"adopted {p.date}" if p.date else "", f"entered into force {p.in_force}" if p.in_force else ""
    )
    return _footnote(p, p.title, history, roman(p.series), roman(p.pin()), _read_at(p))


def _oscola_document(p: CitationElements) -> CitationTexts:
    head = joined(", ", p.authors, p.quoted_title)
    return _footnote(p, head, _bracketed(p.date), roman(_un_doc(p)), roman(p.pin()), _read_at(p))


def _oscola_note(p: CitationElements) -> CitationTexts:
    head = joined(", ", p.authors, p.quoted_title)
    return _footnote(p, head, _bracketed(f"{p.kind} on {p.container}"), _read_at(p))


def _un_doc(p: CitationElements) -> str:
    return f"UN Doc {p.symbol}" if p.un_symbol else p.symbol


def _aglc_report(p: CitationElements) -> CitationTexts:
    head = joined(", ", p.authors, p.slanted_title)
    return _footnote(p, head, _bracketed(p.kind, p.date), roman(p.pin()), _at(p), accessed=True)


def _aglc_treaty(p: CitationElements) -> CitationTexts:
    signed = f"opened for signature {p.opened}" if p.opened else f"adopted {p.date}" if p.date else ""
    head = joined(", ", p.slanted_title, roman(signed), roman(p.series))
    force = _bracketed(f"entered into force {p.in_force}") if p.in_force else ()
    return _footnote(p, head, force, roman(p.pin()), _at(p), accessed=True)


def _aglc_document(p: CitationElements) -> CitationTexts:
    head = joined(", ", p.authors, p.slanted_title, roman(_un_doc(p)))
    pin = p.pin()
    if "/RES/" in p.symbol or "/DEC/" in p.symbol:  # rule 9.2.13: resolutions count in words
        pin = CitationElements(p.item, OSCOLA).pin()
    return _footnote(p, head, _bracketed(p.date), roman(pin), _at(p), accessed=True)


def _aglc_note(p: CitationElements) -> CitationTexts:
    head = joined(", ", p.authors, p.quoted_title, italic(p.container))
    return _footnote(p, head, _bracketed("Editorial Note"), _at(p), accessed=True)


def _visited(p: CitationElements) -> RichText:
    """The address; with the day of access where the source has no date (rule 18.2)."""
    return joined(" ", roman(p.url), () if p.date or not p.url else _bracketed(f"last visited {p.accessed}"))


def _bluebook(p: CitationElements, *parts: RichText) -> CitationTexts:
    return _footnote(p, joined(", ", *parts, _visited(p)), accessed=bool(p.date))


def _bluebook_report(p: CitationElements) -> CitationTexts:
    where = joined(" ", p.slanted_title, roman(_bluebook_pin(p)), _bracketed(p.date))
    return _bluebook(p, p.authors, where)


def _bluebook_pin(p: CitationElements) -> str:
    """A page needs `at` after a title that ends in a figure (rule 3.2)."""
    is_page = p.item["custom"].get("label") == "page"
    return f"at {p.pin()}" if is_page and p.item["title"][-1:].isdigit() else p.pin()


def _bluebook_treaty(p: CitationElements) -> CitationTexts:
    return _bluebook(p, joined(" ", p.title, roman(p.pin())), roman(p.date), roman(p.dotted_series))


def _bluebook_document(p: CitationElements) -> CitationTexts:
    symbol = f"U.N. Doc. {p.symbol}" if p.un_symbol else p.symbol
    pin = f"at {p.pin()}" if p.item["custom"].get("label") == "page" else p.pin()
    return _bluebook(
        p, p.authors, p.slanted_title, roman(pin), joined(" ", roman(symbol), _bracketed(p.date))
    )


def _bluebook_note(p: CitationElements) -> CitationTexts:
    where = roman(f"{p.container} (editorial note)")
    return _bluebook(p, p.slanted_title, p.authors, where)


OSCOLA_FORMS = {
    "report": _oscola_report,
    "treaty": _oscola_treaty,
    "document": _oscola_document,
    "note": _oscola_note,
}
AGLC_FORMS = {
    "report": _aglc_report,
    "treaty": _aglc_treaty,
    "document": _aglc_document,
    "note": _aglc_note,
}
BLUEBOOK_FORMS = {
    "report": _bluebook_report,
    "treaty": _bluebook_treaty,
    "document": _bluebook_document,
    "note": _bluebook_note,
}
