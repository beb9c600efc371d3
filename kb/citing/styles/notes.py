"""Footnote styles outside the law: Chicago, with its bibliography, and the United Nations.

What each follows, section by section and where that was read, stands with its golden tests.
"""

from __future__ import annotations

import re

from kb.citing.date_format import DateFormat
from kb.citing.rich_text import RichText, italic, joined, plain_text, roman, stopped, wrapped
from kb.citing.styles.elements import CitationElements, StyleRules

__all__ = ["CHICAGO", "CHICAGO_FORMS", "UN", "UN_FORMS"]

CHICAGO = StyleRules(
    dates=DateFormat("month first", circa="ca. "),
    pins={
        "paragraph": ("para. {}", "paras. {}"),
        "article": ("art. {}", "arts. {}"),
        "section": ("sec. {}", "secs. {}"),
        "chapter": ("chap. {}", "chaps. {}"),
        "part": ("pt. {}", "pts. {}"),
    },
    serial_comma=",",
)
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
)

CitationTexts = tuple[RichText, ...]


def _chicago(p: CitationElements, note: RichText, entry: tuple[RichText, ...]) -> CitationTexts:
    """A note and its bibliography entry, the day of access before the address."""
    noted = joined(", ", note, roman(p.accessed and f"accessed {p.accessed}"), roman(p.url))
    listed = (*entry, roman(p.accessed and f"Accessed {p.accessed}"), roman(p.url))
    return (
        joined(" ", stopped(noted), p.remarks()),
        joined(" ", *map(stopped, listed), p.remarks()),
    )


def _chicago_report(p: CitationElements) -> CitationTexts:
    dated = joined(" ", p.slanted_title, wrapped("(", roman(p.date), ")"))
    note = joined(", ", p.authors, dated, roman(p.pin()))
    return _chicago(p, note, (p.authors, p.slanted_title, roman(p.date)))


def _chicago_treaty(p: CitationElements) -> CitationTexts:
    note = joined(", ", p.title, roman(p.pin()), roman(p.date), roman(p.dotted_series))
    return _chicago(p, note, (joined(", ", p.title, roman(p.date), roman(p.dotted_series)),))


def _chicago_document(p: CitationElements) -> CitationTexts:
    note = joined(", ", p.authors, p.slanted_title, roman(p.symbol), roman(p.date), roman(p.pin()))
    return _chicago(p, note, (p.authors, p.slanted_title, roman(p.symbol), roman(p.date)))


def _chicago_note(p: CitationElements) -> CitationTexts:
    what = roman(f"editorial note on {p.container}")
    note = joined(" ", _within(p.quoted_title, ","), joined(", ", what, p.authors))
    return _chicago(
        p, note, (p.authors, _within(p.quoted_title, "."), roman(f"Editorial note on {p.container}"))
    )


def _within(quoted: RichText, mark: str) -> RichText:
    """A quoted title with the following mark inside its quotation marks, as in American usage."""
    words = quoted[0][0].removesuffix("”")
    ends = plain_text(((words, False),)).endswith(("?", "!"))
    return ((f"{words}”" if ends else f"{words}{mark}”", False),)


def _un(p: CitationElements, *parts: RichText) -> CitationTexts:
    where = roman(p.url and f"Available at {p.url}")
    cited = joined(" ", stopped(joined(", ", *parts)), stopped(where))
    return (joined(" ", cited, p.remarks(accessed=True)),)


def _un_pin(p: CitationElements) -> RichText:
    """The Manual separates an article's number from its paragraph: `art. 16 (2)`."""
    return roman(re.sub(r"(?<=[0-9)])\((?=[0-9a-z]{1,4}\))", " (", p.pin()))


def _un_report(p: CitationElements) -> CitationTexts:
    return _un(p, p.authors, p.quoted_title, roman(p.date), _un_pin(p))


def _un_treaty(p: CitationElements) -> CitationTexts:
    if not p.series:
        return _un(p, p.title, roman(p.date), _un_pin(p))
    volume, page = p.item.get("volume"), p.item.get("page")
    if volume and page and p.item.get("container-title") == "UNTS":
        where = joined(
            ", ", roman("United Nations"), italic("Treaty Series"), roman(f"vol. {volume}, p. {page}")
        )
    else:
        where = roman(p.series)
    return _un(p, p.title, _un_pin(p), where)


def _un_document(p: CitationElements) -> CitationTexts:
    return _un(p, joined(" ", p.quoted_title, wrapped("(", roman(p.symbol), ")")), _un_pin(p))


def _un_note(p: CitationElements) -> CitationTexts:
    return _un(p, p.authors, p.quoted_title, roman(f"editorial note on {p.container}"))


CHICAGO_FORMS = {
    "report": _chicago_report,
    "treaty": _chicago_treaty,
    "document": _chicago_document,
    "note": _chicago_note,
}
UN_FORMS = {
    "report": _un_report,
    "treaty": _un_treaty,
    "document": _un_document,
    "note": _un_note,
}
