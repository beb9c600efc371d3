"""Which documents of the list a reader asks for, and in which order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal, cast
from weakref import WeakKeyDictionary

from index.engine import Snapshot
from index.query.filters.year_filter import is_year_filter, year_matches
from index.query.limits import MAX_KIND_CHARS
from index.request import UNDATED, Request
from kb.edtf import start, years
from kb.errors import BadRequest
from kb.ids import is_theme_value
from kb.messages import Message
from kb.model import Document
from kb.permanence.location import current_theme
from kb.tags import ThemeNames
from kb.text.letters import search_form
from kb.work.budget import uncounted
from web.english import ENGLISH
from web.urls import parameters
from web.urls.query_strings import encoded

__all__ = ["ORDERS", "DocumentFilter", "DocumentOrder", "document_filter", "listed_documents"]

DocumentOrder = Literal["listed", "title", "newest", "oldest", "passages"]
ORDERS: Mapping[DocumentOrder, Message] = {
    "listed": Message("sort-listed"),
    "title": Message("sort-title"),
    "newest": Message("sort-newest"),
    "oldest": Message("sort-oldest"),
    "passages": Message("sort-passages"),
}


@dataclass(frozen=True, slots=True)
class DocumentFilter:
    """What the address asks for, with empty fields for the rest; `q` searches titles, issuers and authors."""

    q: str = ""
    theme: str = ""
    kind: str = ""
    year: str = ""
    sort: DocumentOrder = "listed"

    def at(self, path: str = "/documents", page: int = 0, **changes: str) -> str:
        """The address of the list, or of its file, with these changes."""
        chosen = asdict(replace(self, **changes))  # type: ignore[arg-type]
        usual = asdict(DocumentFilter())
        pairs = [(name, value) for name, value in chosen.items() if value != usual[name]]
        pairs += [("page", str(page))] if page else []
        return f"{path}?{encoded(pairs)}" if pairs else path


def document_filter(arguments: parameters.Arguments, snapshot: Snapshot) -> DocumentFilter:
    """What the parameters ask for; unknown ones are ignored. Raises BadRequest for a bad value."""
    theme, kind, year = (arguments.get(name, "").strip() for name in ("theme", "kind", "year"))
    sort = cast(DocumentOrder, arguments.get("sort") or "listed")
    asked = DocumentFilter(parameters.query(arguments), current_theme(snapshot, theme), kind, year, sort)
    for name, holds, message in _checks(asked):
        if not holds:
            raise BadRequest(name, message, ENGLISH)
    return asked


def _checks(asked: DocumentFilter) -> Iterator[tuple[str, bool, Message]]:
    theme, kind, year, sort = asked.theme, asked.kind, asked.year, asked.sort
    yield "theme", not theme or is_theme_value(theme), Message("not-a-theme", value=theme[:100])
    yield "kind", len(kind) <= MAX_KIND_CHARS, Message("not-a-kind", value=kind[:100])
    yield "year", not year or is_year_filter(year), Message("not-a-year", value=year[:100])
    choices = ", ".join(ORDERS)
    yield "sort", sort in ORDERS, Message("unknown-sort", value=sort[:100], choices=choices)


def listed_documents(snapshot: Snapshot, asked: DocumentFilter) -> list[Document]:
    """The documents asked for, in the order asked for, with our own notes after all sources."""
    found = list(snapshot.documents.values())
    for applies, kept in (
        (asked.q, _with_words),
        (asked.theme, _on_theme),
        (asked.kind, _of_kind),
        (asked.year, _of_years),
    ):
        if applies:
            found = list(filter(kept(snapshot, asked), found))
    found.sort(key=_KEYS[asked.sort](snapshot))
    return sorted(found, key=lambda each: each.is_note)


_Test = Callable[[Document], bool]


def _with_words(snapshot: Snapshot, asked: DocumentFilter) -> _Test:
    folded, words = _folded_names(snapshot), search_form(asked.q).split()
    return lambda each: all(word in folded[each.id] for word in words)


def _on_theme(snapshot: Snapshot, asked: DocumentFilter) -> _Test:
    if asked.theme not in ThemeNames.of(snapshot.themes).titles:
        raise BadRequest("theme", Message("not-a-theme", value=asked.theme[:100]), ENGLISH)
    theme, _, _ = asked.theme.partition("/")
    tables = [snapshot.matrix(Request(hidden=True), theme, notes) for notes in (False, True)]
    on = {
        row.document for table in tables for row in table.rows if row.counts[table.values.index(asked.theme)]
    }
    return lambda each: each.id in on


def _of_kind(_: Snapshot, asked: DocumentFilter) -> _Test:
    return lambda each: each.kind == asked.kind


def _of_years(_: Snapshot, asked: DocumentFilter) -> _Test:
    def is_of(each: Document) -> bool:
        named = [str(year) for year in years(each.date)] or [UNDATED]
        return any(year_matches(year, asked.year) for year in named)

    return is_of


_FOLDED: WeakKeyDictionary[Snapshot, dict[str, str]] = WeakKeyDictionary()
"""The text in which words are looked for, by document; dropped with its generation."""


def _folded_names(snapshot: Snapshot) -> Mapping[str, str]:
    if snapshot not in _FOLDED:
        with uncounted():
            _FOLDED[snapshot] = {each.id: search_form(_names(each)) for each in snapshot.documents.values()}
    return _FOLDED[snapshot]


def _names(document: Document) -> str:
    further = dict(document.further)
    persons = (each.words for each in (*document.authors, *document.editors))
    numbers = (further.get("symbol", ""), further.get("number", ""))
    return "\n".join((document.title, document.id, *document.issuers, *persons, *numbers))


_Key = Callable[[Document], Any]
_KEYS: Mapping[DocumentOrder, Callable[[Snapshot], _Key]] = {
    "listed": lambda _: lambda each: 0,
    "title": lambda _: lambda each: search_form(each.title),
    "newest": lambda _: lambda each: tuple(-part for part in start(each.date)),
    "oldest": lambda _: lambda each: (not each.date, start(each.date)),
    "passages": lambda snapshot: lambda each: -snapshot.sizes[each.id],
}
"""Documents without a date come last; equal ones stay in the collection's order."""
