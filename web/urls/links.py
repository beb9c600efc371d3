"""Addresses of this site: everything that a page links to comes from here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from urllib import parse
from urllib.parse import quote_plus, urlencode

from flask import has_request_context
from flask import request as current

from index.request import FACETS, FacetName, Request
from index.results import Completion
from kb.brief import BRIEF_PATH, Brief, brief_query
from kb.model import Document, Passage
from kb.permalinks import document_path, instrument_path, passage_path, permalink, quote, theme_path
from kb.tags import ThemeNames
from web.urls import site
from web.urls.refinements import filtered
from web.urls.text_fragments import directive

__all__ = [
    "absolute",
    "appended",
    "article_to_cite",
    "at",
    "brief",
    "comparing",
    "completion",
    "document",
    "expands",
    "explaining",
    "exports",
    "first_mark",
    "from_first_page",
    "glossary",
    "in_context",
    "instrument",
    "narrowing",
    "onward",
    "page_picture",
    "part",
    "passage",
    "query",
    "search",
    "search_for",
    "source",
    "source_view",
    "styled",
    "text_fragment",
    "theme",
    "to_cite",
    "unapi",
    "version",
    "year_filter",
]

_DEFAULT = Request()
_NO_EXPANSION = {"expand": "off"}


def absolute(path: str) -> str:
    """The full address of a path, for what is copied or saved."""
    return f"{site.base_url()}{path}"


def passage(passage: Passage, text: str = "", anchor: str = "") -> str:
    """The permanent address of a passage; `text` is a query whose matches are highlighted."""
    return at(permalink(passage) + query(text), anchor)


def unapi(id: str, format: str = "") -> str:
    """Where the record of a document, a passage or a span is had by its id."""
    pairs = [(name, value) for name, value in (("id", id), ("format", format)) if value]
    return f"/unapi?{urlencode(pairs, safe='/')}"


def version(passage: Passage, fingerprint: str) -> str:
    """The address of a passage that says whether its words still have this fingerprint."""
    return passage_path(passage.document, passage.id, fingerprint)


def comparing(first: str, second: str = "") -> str:
    """The address of two passages side by side, each named in any way that readers may name one."""
    pairs = [(name, text) for name, text in (("a", first), ("b", second)) if text]
    return f"/compare?{urlencode(pairs, safe='/')}" if pairs else "/compare"


def text_fragment(passage: Passage, earlier: Iterable[str]) -> str:
    """The address at which a browser scrolls to a passage's words; `earlier` is the text before them."""
    page = "\n".join((*earlier, passage.text))
    return f"{at(permalink(passage), passage.id)}:~:text={directive('', passage.text, '', page)}"


def onward(path: str) -> str:
    """The path to which something moved, with the query string of this request."""
    asked = parse.quote(current.query_string, safe="%!$&'()*+,;=:@/?-._~")
    return f"{path}?{asked}" if asked else path


def document(slug: str, text: str = "", anchor: str = "") -> str:
    """The address of a whole document, opened at the passage `anchor`."""
    return at(document_path(slug) + query(text), anchor)


def part(slug: str, passage: str, text: str = "", anchor: str = "") -> str:
    """The address of the part of a document around a passage, opened at the passage or at `anchor`."""
    return at(document_path(slug) + _asking(text, at=passage), anchor or passage)


def page_picture(passage: Passage, page: int, large: bool = False) -> str:
    """The address of a page of a passage's source as a picture, the passage marked."""
    return f"{permalink(passage)}/page-{page}{'-large' if large else ''}.png"


def source(document: str) -> str:
    """The address at which the source of a document is downloaded."""
    return f"/sources/{quote(document)}"


def source_view(document: str, page: int) -> str:
    """The address at which a browser opens the source of a document, a PDF, at a page.

    Browsers and readers of PDF know `#page=4` (RFC 8118, 3).
    """
    return f"{source(document)}/view#page={page}"


def instrument(id: str, article: str = "") -> str:
    """The address of an instrument, opened at an article."""
    return instrument_path(id, article)


def article_to_cite(id: str, article: str) -> str:
    """The address of an instrument's page opened at its citing panel, which cites an article."""
    return at(instrument_path(id) + _asking("", article=article), "site:cite")


def theme(value: str, text: str = "") -> str:
    """The address of a theme (`slug`) or of a sub-point on its page (`slug/subpoint`)."""
    slug, _, subpoint = value.partition("/")
    return at(theme_path(slug) + query(text), subpoint)


def glossary(anchor: str = "") -> str:
    """The address of the glossary, or of one entry in it."""
    return at("/glossary", anchor)


def completion(offered: Completion) -> str:
    """Where a completion leads: to a theme, a document, or to a search for its words."""
    return _COMPLETIONS.get(offered.kind, search_for)(offered.value)


def brief(made: Brief) -> str:
    """The address of a brief, which contains all of it."""
    return f"{BRIEF_PATH}?{words}" if (words := brief_query(made)) else BRIEF_PATH


def in_context(
    passage: Passage,
    document: Document,
    names: ThemeNames,
    text: str = "",
    marked: bool = False,
    in_part: bool = False,
    asked: str | None = None,
) -> str:
    """The address of a passage in its context, a document or a theme, with matches highlighted.

    The page opens at the passage or, if it is `marked`, at its first match; `in_part` asks for only
    that part of a long document. `asked` is `query(text)`, where it is known already.
    """
    asked = query(text) if asked is None else asked
    anchor = first_mark(passage) if marked else passage.id
    if not document.is_note or document.id not in names.titles:
        if in_part:
            return part(document.id, passage.id, text, anchor)
        return at(document_path(document.id) + asked, anchor)
    if names.has_note(passage):
        return at(theme_path(document.id) + asked, anchor)
    return at(permalink(passage) + asked, anchor if marked else "")


def first_mark(passage: Passage) -> str:
    """The id of the first match in a passage; no other id of the site's own has a second colon."""
    return f"site:match:{passage.id}"


def query(text: str) -> str:
    """The query string that asks a page to highlight matches: `?q=extradition`; empty for no words."""
    return _asking(text)


def _asking(text: str, **others: str) -> str:
    """The query string of a page to read; it keeps the reader's choice to search without related terms."""
    words = {"q": text} | ({} if expands() else _NO_EXPANSION) if text else {}
    pairs = words | {name: value for name, value in others.items() if value}
    return "?" + "&".join([f"{name}={_quoted(value, '')}" for name, value in pairs.items()]) if pairs else ""


def expands() -> bool:
    """Whether this request searches related terms, too; links that carry its words carry this choice."""
    return not (has_request_context() and current.args.get("expand") == "off")


def styled(
    address: str, style: str, text: str = "", anchor: str = "", part: str = "", article: str = ""
) -> str:
    """The address with a citation style, words to highlight and what of a document or instrument is meant.

    `part` is the passage at which a document is opened, `article` that of an instrument.
    """
    return at(address + _asking(text, style=style, at=part, article=article), anchor)


def to_cite(path: str, text: str = "") -> str:
    """The address of a page opened at its citing panel, with words to highlight."""
    return at(path + query(text), "site:cite")


def at(address: str, anchor: str) -> str:
    """The address, opened at the element `anchor`, if that is not empty."""
    return f"{address}#{quote(anchor)}" if anchor else address


def search(request: Request) -> str:
    """The address of exactly this search; defaults are left out."""
    pairs = _pairs(request)
    return f"/search?{_encoded(pairs)}" if pairs else "/search"


def from_first_page(request: Request) -> Request:
    """The same search from its first page."""
    return request if request.page == 1 else replace(request, page=1)


def exports(request: Request, formats: Iterable[str]) -> dict[str, str]:
    """The address of all hits of a request in one file, for each of the formats `csv`, `ris`, ..."""
    # page size is kept: it decides whether passages with only some of the words are added
    asked = search(from_first_page(request)).removeprefix("/search")
    return {format: f"/search.{format}{asked}" for format in formats}


def explaining(request: Request) -> Callable[[Passage], str]:
    """A function from a passage to the page that says why this search finds it."""
    pairs = _encoded(_pairs(request))
    head = f"/search/why?{pairs}&passage=" if pairs else "/search/why?passage="
    return lambda passage: head + passage.address


def appended(address: str, name: str, value: object) -> str:
    """The address with one more parameter; `search` writes `per` and `page` last, in this order."""
    return f"{address}{'&' if '?' in address else '?'}{name}={value}"


def narrowing(request: Request, facet: FacetName) -> Callable[[str], str]:
    """A function from a value of the facet to the search filtered by it as well, from its first page."""
    chosen = request.filters.get(facet, ())
    head, tail = _around(request, facet)
    unchanged = search(from_first_page(request))
    return lambda value: unchanged if value in chosen else f"{head}{_quoted(value)}{tail}"


def _around(request: Request, facet: FacetName) -> tuple[str, str]:
    """The address of the request before and after one more value of the facet."""
    pairs = _pairs(from_first_page(request))
    earlier = FACETS[: FACETS.index(facet) + 1]
    place = bool(request.text) + sum(len(request.filters.get(name, ())) for name in earlier)
    head = f"/search?{_encoded([*pairs[:place], (facet, '')])}"
    return head, f"&{_encoded(pairs[place:])}" if pairs[place:] else ""


def year_filter(request: Request) -> tuple[str, str]:
    """The address before and after a filter like `2010..2014` that replaces the years selected."""
    return _around(filtered(request, "year", ()), "year")


def search_for(text: str = "", **filters: str) -> str:
    """The address of a new search: `search_for("extradition", theme="regional-cooperation")`."""
    chosen: dict[FacetName, tuple[str, ...]] = {name: (filters[name],) for name in FACETS if name in filters}
    return search(Request(text, chosen, expand=expands() or not text))


def _encoded(pairs: Sequence[tuple[str, str]]) -> str:
    return "&".join([f"{name}={_quoted(value)}" for name, value in pairs])


def _quoted(value: str, safe: str = "/") -> str:
    """A value in a query string; a page has the same ones in dozens of links."""
    return _kept_quoted(value, safe) if len(value) <= _MAX_KEPT_CHARS else quote_plus(value, safe)


_MAX_KEPT_CHARS = 200
_kept_quoted = lru_cache(maxsize=4_096)(quote_plus)


def _pairs(request: Request) -> list[tuple[str, str]]:
    pairs = [("q", request.text)] if request.text else []
    pairs += [(name, value) for name in FACETS for value in request.filters.get(name, ())]
    choices = (("match", "all", request.all_themes), ("group", "document", request.grouped))
    pairs += [(name, value) for name, value, holds in choices if holds]
    pairs += [("status", "all")] if request.hidden else []
    pairs += [] if request.expand else _NO_EXPANSION.items()
    for name in ("sort", "per", "page"):
        value = getattr(request, name)
        if value != getattr(_DEFAULT, name):
            pairs.append((name, str(value)))
    return pairs


_COMPLETIONS: Mapping[str, Callable[[str], str]] = {"theme": theme, "sub-point": theme, "document": document}
