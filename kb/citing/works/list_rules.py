"""How styles list the works that a text cites: under which headings, in what order, in which form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from kb.citing.elements.author_names import NameRules
from kb.citing.styles.chicago import CHICAGO_LISTED

__all__ = ["LIST_RULES", "ListGroup", "ListRules"]


@dataclass(frozen=True, slots=True)
class ListGroup:
    """Works of some kinds under a heading; without kinds, those that no other group has.

    Where `is_upright`, entries have no italics.
    """

    heading: str
    kinds: frozenset[str] = frozenset()
    is_upright: bool = False


@dataclass(frozen=True, slots=True)
class ListRules:
    """A list of works: its title, its groups, and how entries differ from notes.

    `names` are those of authors, where they differ; `has_short_titles` says that treaties keep theirs.
    `numbered_by` letters count the groups that have works. Works of the same authors follow by year or by
    title. With `dash`, a double em dash stands for the authors of the entry before, and before a work
    without any. Where one reference in the text would stand for several works, a letter or the title tells
    them apart.
    """

    title: str
    groups: tuple[ListGroup, ...]
    names: NameRules | None = None
    numbered_by: str = ""
    has_full_stop: bool = True
    has_short_titles: bool = True
    order: Literal["year", "title"] = "title"
    dash: str = ""
    told_apart_by: Literal["letter", "title", ""] = ""


def _group(heading: str, *kinds: str, is_upright: bool = False) -> ListGroup:
    return ListGroup(heading, frozenset(kinds), is_upright)


_UN_DOCUMENTS = ("resolution", "UN document")
_PRIMARY = (
    _group("Cases", "case"),
    _group("Legislation", "legislation"),
    _group("Treaties", "treaty"),
    _group("United Nations documents", *_UN_DOCUMENTS),
    _group("European Union instruments", "EU instrument"),
)
_ALL = (ListGroup(""),)

LIST_RULES: Mapping[str, ListRules] = {
    "oscola": ListRules(
        "",
        (
            _group("Table of cases", "case", is_upright=True),
            _group("Table of legislation", "legislation", "EU instrument"),
            _group("Table of treaties", "treaty"),
            _group("Table of United Nations documents", *_UN_DOCUMENTS),
            ListGroup("Bibliography"),
        ),
        NameRules("all", "", initial_stops=False, inverted_comma=False, et_al="and others"),
        has_full_stop=False,
        order="year",
        dash="——",
    ),
    "aglc": ListRules(
        "Bibliography",
        (
            _group(
                "Articles/Books/Reports",
                *("journal article", "book", "chapter", "report", "communique", "working paper", "thesis"),
            ),
            _group("Cases", "case"),
            _group("Legislation", "legislation", "EU instrument"),
            _group("Treaties", "treaty"),
            ListGroup("Other"),
        ),
        NameRules("first", et_al="et al"),
        numbered_by="ABCDE",
        has_full_stop=False,
        has_short_titles=False,
    ),
    "bluebook": ListRules(
        "Table of authorities",
        (_PRIMARY[0], _group("Statutes", "legislation"), *_PRIMARY[2:], ListGroup("Other authorities")),
        has_full_stop=False,
    ),
    "chicago": ListRules("Bibliography", (*_PRIMARY, ListGroup("Other sources")), CHICAGO_LISTED),
    "apa": ListRules("Reference list", _ALL, order="year", told_apart_by="letter"),
    "mla": ListRules("Works cited", _ALL, told_apart_by="title"),
    "harvard": ListRules("Reference list", _ALL, order="year", told_apart_by="letter"),
    "un": ListRules("Table of authorities", _PRIMARY),
}
