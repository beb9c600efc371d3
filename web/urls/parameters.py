"""The query string of a search, read into a request; `index.query.limits` checks the values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import cast

from werkzeug.datastructures import MultiDict

from index.request import FACETS, MAX_QUERY_CHARS, PER_PAGE, FacetName, Request, Sort
from index.suggest.autocomplete import MAX_COMPLETION_CHARS
from kb.citing.exports.registry import FORMATS, CitationFormat
from kb.citing.instrument_item import article_to_cite
from kb.errors import BadRequest
from kb.ids import PassageRef, WordRange, address, is_id, parse_address, parse_fingerprint, parse_passage_ref
from kb.languages.language_tag import is_language_tag, language_range
from kb.messages import Message
from web.english import ENGLISH

__all__ = [
    "MAX_FACET_VALUES",
    "anchor",
    "article",
    "citation_format",
    "expand",
    "number",
    "passage",
    "place",
    "query",
    "search_request",
    "span_end",
    "span_ends",
    "typed_so_far",
    "version",
    "words",
]

MAX_FACET_VALUES = 200
"""The most values chosen in one facet: far more than anybody ticks, and too few to slow a search."""

Arguments = MultiDict[str, str]


def search_request(arguments: Arguments) -> Request:
    """The search that these URL parameters ask for; unknown ones are ignored.

    Raises BadRequest naming the parameter whose value cannot be read.
    """
    return Request(
        text=query(arguments),
        filters=_filters(arguments),
        sort=cast(Sort, arguments.get("sort") or "relevance"),
        page=number(arguments, "page", 1),
        per=number(arguments, "per", PER_PAGE[0]),
        hidden=_chosen(arguments, "status", "current", "all"),
        all_themes=_chosen(arguments, "match", "any", "all"),
        grouped=_chosen(arguments, "group", "none", "document"),
        expand=expand(arguments),
    )


def query(arguments: Arguments) -> str:
    """The words searched for, as typed. Raises BadRequest for more than MAX_QUERY_CHARS characters."""
    text = arguments.get("q", "").strip()
    if len(text) > MAX_QUERY_CHARS:
        raise BadRequest("q", Message("query-too-long", limit=MAX_QUERY_CHARS, count=len(text)), ENGLISH)
    return text


def version(arguments: Arguments) -> str:
    """The fingerprint of words that were cited, or its beginning; empty where none is given.

    Raises BadRequest for anything else.
    """
    given = arguments.get("v", "")
    try:
        return parse_fingerprint(given) if given else ""
    except ValueError as error:
        message = Message("not-a-fingerprint", value=given[:80], reason=str(error))
        raise BadRequest("v", message, ENGLISH) from None


def typed_so_far(arguments: Arguments) -> str:
    """What was typed so far, with a space at its end. Raises BadRequest beyond MAX_COMPLETION_CHARS."""
    text = arguments.get("q", "")
    if len(text) > MAX_COMPLETION_CHARS:
        message = Message("completion-too-long", limit=MAX_COMPLETION_CHARS, length=len(text))
        raise BadRequest("q", message, ENGLISH)
    return text


def expand(arguments: Arguments) -> bool:
    """Whether terms of the thesaurus are searched, too: yes, unless it is `off`. Raises BadRequest."""
    return not _chosen(arguments, "expand", "on", "off")


def anchor(arguments: Arguments) -> str:
    """The id of the passage at which a document is opened, empty for none. Raises BadRequest for no id."""
    name = arguments.get("at", "")
    if name and not is_id(name):
        raise BadRequest("at", Message("not-a-passage-id", value=name[:80]), ENGLISH)
    return name


def span_end(arguments: Arguments, name: str = "last") -> str:
    """The id of the passage up to which a reader cites, empty for none. Raises BadRequest for no id."""
    id = arguments.get(name, "")
    if id and not is_id(id):
        raise BadRequest(name, Message("not-a-passage-id", value=id[:80]), ENGLISH)
    return id


def span_ends(arguments: Arguments) -> tuple[str, str] | None:
    """The ids of the passages at both ends of what a reader cites, in any order; one alone counts as both."""
    first, last = span_end(arguments, "first"), span_end(arguments, "last")
    return (first or last, last or first) if first or last else None


def words(arguments: Arguments) -> str:
    """The words of a passage to be cited; empty for all of them."""
    return arguments.get("words", "").strip()


def place(document: str, passage: str) -> tuple[str, WordRange | None]:
    """The place in a document, and the words in it, that the end of an address names: `p4:3-12`.

    It may not be a place at all: a fingerprint belongs in the query. Raises BadRequest if the words run
    backwards.
    """
    match parse_passage_ref(address(document, passage)):
        case PassageRef(place=named, words=words, fingerprint=""):
            return named, words
        case Message("excerpt-reversed") as message:
            raise BadRequest("passage", message)
    return passage, None


def article(arguments: Arguments) -> str:
    """The number of the article of an instrument that a reader cites, empty for none. Raises BadRequest."""
    number = article_to_cite(given) if (given := arguments.get("article", "").strip()) else ""
    if isinstance(number, Message):
        raise BadRequest("article", number, ENGLISH)
    return number


def passage(arguments: Arguments) -> tuple[str, str]:
    """The document and id of the passage that is given as `document/id`: `document` alone is a filter.

    Raises BadRequest for anything else.
    """
    name = arguments.get("passage", "")
    ids = parse_address(name)
    if ids is None:
        raise BadRequest("passage", Message("not-a-passage", address=name[:80]), ENGLISH)
    return ids


_USUAL: Mapping[FacetName, Callable[[str], str]] = {
    "language": lambda value: language_range(value) if is_language_tag(value) else value
}
"""The normal form of values that have several spellings: `th` for `TH`."""


def _filters(arguments: Arguments) -> dict[FacetName, tuple[str, ...]]:
    chosen = {name: _values(arguments, name) for name in FACETS}
    return {name: values for name, values in chosen.items() if values}


def _values(arguments: Arguments, name: FacetName) -> tuple[str, ...]:
    values = tuple(dict.fromkeys(_USUAL.get(name, str)(value) for value in arguments.getlist(name) if value))
    if len(values) > MAX_FACET_VALUES:
        message = Message("too-many-filters", length=len(values), limit=MAX_FACET_VALUES)
        raise BadRequest(name, message, ENGLISH)
    return values


def number(arguments: Arguments, name: str, default: int) -> int:
    """A whole number, `default` if it is not given. Raises BadRequest for anything else."""
    value = arguments.get(name) or str(default)
    if not (value.isascii() and value.isdigit() and len(value) < 10):
        raise BadRequest(name, Message("not-a-number", value=value[:40]), ENGLISH)
    return int(value)


def citation_format(name: str) -> CitationFormat:
    """The file format of this name. Raises BadRequest, naming those there are."""
    if name not in FORMATS:
        message = Message("unknown-format", value=name[:40], choices=", ".join(FORMATS))
        raise BadRequest("format", message, ENGLISH)
    return FORMATS[name]


def _chosen(arguments: Arguments, name: str, usual: str, other: str) -> bool:
    """Whether `other` is asked for and not `usual`. Raises BadRequest for a third value."""
    value = arguments.get(name) or usual
    if value not in (usual, other):
        raise BadRequest(name, Message("unknown-choice", value=value[:40], other=other), ENGLISH)
    return value == other
