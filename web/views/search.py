"""The results page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial

from flask import Blueprint, g, render_template, request

from index.citation_resolver.resolver import named_documents
from index.request import MAX_HITS, PER_PAGE, Request
from index.results import Results
from index.serializers.totals import summary, with_some
from index.suggest.in_need import help_wanted
from kb.errors import WorkCutShort
from kb.model import Document
from kb.permanence.location import DocumentGone, locate_document
from kb.tags import ThemeNames
from web.english import say
from web.presenters import facet_groups
from web.presenters.facet_groups import FacetGroup
from web.presenters.glossary import defined_among
from web.presenters.results.hit_cards import build_hit_cards, has_supplied
from web.presenters.results.hit_groups import hit_groups
from web.presenters.year_bars import bars
from web.urls import parameters, query_strings, search_links
from web.views import export

__all__ = ["Pager", "blueprint", "pager"]

blueprint = Blueprint("search", __name__)

_NEIGHBOURS = 2

_MAX_DESCRIBED = 3
"""Documents that are listed if no passage is found."""


@blueprint.get("/search")
def results() -> str:
    """The hits of a search, with filters, chips and pages."""
    names = ThemeNames.of(g.snapshot.themes)
    searched = g.snapshot.search(parameters.search_request(request.args))
    found = facet_groups.with_notes_named(searched, g.snapshot.documents)
    asked = found.request  # has the current names of documents and themes
    groups = facet_groups.groups(found)
    chips = facet_groups.chips(found, g.snapshot.documents)
    meant = replace(asked, text=found.corrected) if found.corrected else asked
    cards = partial(build_hit_cards, asked=meant, names=names, sizes=g.snapshot.sizes)
    return render_template(
        "search.html",
        results=found,
        summary=summary(found, say),
        some=with_some(found, say),
        asked=asked,
        any_supplied=any(map(has_supplied, found.hits)),
        hit_groups=hit_groups(found, g.snapshot.site.notes, cards),
        bars=bars(found),
        groups=groups,
        chips=chips,
        kept_fields=_kept_fields(asked, groups),
        pager=pager(found),
        clear=search_links.search(replace(asked, filters={}, all_themes=False, hidden=False, page=1))
        if chips
        else "",
        defined=defined_among(g.snapshot.thesaurus, _named_terms(found)),
        ways={search_links.search(way.request): way for way in found.ways_out},
        expanding=search_links.search(replace(asked, expand=not asked.expand, page=1)),
        regrouped=search_links.search(replace(asked, grouped=not asked.grouped, page=1)),
        exports=search_links.exports(asked, export.FORMATS),
        listed=_listed(found),
        most=MAX_HITS,
        show_hidden=search_links.search(replace(asked, hidden=True, page=1)) if found.total_hidden else "",
        in_need=help_wanted(asked.text, g.snapshot.site) if asked.page == 1 else None,
        filters=sum(map(len, asked.filters.values())),
        described=_described(found),
        gone=_gone(found),
    )


def _described(found: Results) -> list[Document]:
    """The documents whose title, number or the like has all the words, if no passage has them all.

    If there are none, those that have the words that no passage has, or a number among these, unless there
    are many, as for a year. These are looked up only if there are such words, or nothing is found at all.
    """
    asked = found.request
    is_lost = found.missing or not (found.total_some or asked.filters)
    if found.total or found.cut or not is_lost or asked.page > 1:
        return []
    with suppress(WorkCutShort):
        named = named_documents(g.snapshot, asked.text) or _few_named(found.missing)
        return [g.snapshot.documents[one] for one in named[:_MAX_DESCRIBED]]
    return []


def _few_named(missing: Sequence[str]) -> list[str]:
    numbers = [word for word in missing if any(map(str.isdigit, word))]
    for words in (" ".join(missing), *numbers[:_MAX_DESCRIBED]):
        named = named_documents(g.snapshot, words)
        if 0 < len(named) <= _MAX_DESCRIBED:
            return named
    return []


def _gone(found: Results) -> list[str]:
    """The withdrawn documents among the filters, if nothing is found."""
    if found.total or found.total_some:
        return []
    asked = found.request.filters.get("document", ())
    return [id for id in asked if isinstance(locate_document(g.snapshot, id), DocumentGone)]


def _kept_fields(asked: Request, groups: Sequence[FacetGroup]) -> list[tuple[str, str]]:
    """What a search from this page keeps although the page has no control for it."""
    choices = (
        ("per", str(asked.per), asked.per != PER_PAGE[0]),
        ("status", "all", asked.hidden),
        ("group", "document", asked.grouped),
    )
    return facet_groups.unlisted(asked, groups) + [(name, value) for name, value, kept in choices if kept]


def _named_terms(found: Results) -> Iterable[str]:
    """The terms that the page names: those that differ from others, and those searched as well."""
    yield from (str(dict(notice.values)["term"]) for notice in found.notices if notice.code == "terms-differ")
    yield from found.expansions


@dataclass(frozen=True, slots=True)
class Pager:
    """Links to the pages of a result, and to other numbers of passages on each."""

    current: int
    last: int
    first: str
    previous: str
    next: str
    numbers: tuple[tuple[int, str], ...]
    sizes: tuple[tuple[int, str], ...]


def pager(results: Results) -> Pager:
    """The pages around the current one; no next page beyond the end."""
    asked = results.request
    last = max(1, -(-_listed(results) // asked.per))
    numbers = range(max(1, asked.page - _NEIGHBOURS), min(last, asked.page + _NEIGHBOURS) + 1)
    first = search_links.search(search_links.from_first_page(asked))
    is_usual = asked.per == PER_PAGE[0]
    sized = first if is_usual else search_links.search(replace(asked, per=PER_PAGE[0], page=1))

    def page(number: int) -> str:
        return first if number == 1 else query_strings.appended(first, "page", number)

    def size(per: int) -> str:
        return sized if per == PER_PAGE[0] else query_strings.appended(sized, "per", per)

    return Pager(
        asked.page,
        last,
        first,
        page(asked.page - 1) if 1 < asked.page <= last else "",
        page(asked.page + 1) if asked.page < last else "",
        tuple((number, page(number)) for number in numbers),
        tuple((per, size(per)) for per in PER_PAGE),
    )


def _listed(results: Results) -> int:
    """The number of hits on all pages together."""
    return results.total_documents if results.request.grouped else results.total + results.total_some
