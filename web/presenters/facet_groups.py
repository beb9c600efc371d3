"""The filters of a results page, arranged for reading: which values come first, which are folded away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from index.analysis.stemming import analysis_language
from index.request import FACETS, FacetName, Request
from index.results import FacetValue, Results
from kb.languages.direction import isolated
from kb.languages.language_tag import UNKNOWN_LANGUAGE
from kb.messages import Message
from kb.model import NOTE, Document
from web.english import say
from web.languages.choice import current_language
from web.languages.terms import language_label
from web.presenters.labels import document_label, whole_title
from web.urls import refinements, search_links

__all__ = [
    "HEADINGS",
    "MAX_UNFOLDED_VALUES",
    "FacetGroup",
    "FilterChip",
    "chips",
    "groups",
    "unlisted",
    "with_notes_named",
]

MAX_UNFOLDED_VALUES = 8
"""Values shown before the rest is folded away."""

HEADINGS: Mapping[FacetName, Message] = {
    "theme": Message("facet-theme"),
    "document": Message("facet-document"),
    "kind": Message("facet-kind"),
    "year": Message("facet-year"),
    "language": Message("facet-language"),
}


@dataclass(frozen=True, slots=True)
class FacetGroup:
    """A facet: values shown, values folded away, whether those are unfolded, and how many are not listed.

    Values that would find nothing are all folded away.
    """

    name: FacetName
    heading: Message
    shown: tuple[FacetValue, ...]
    folded: tuple[FacetValue, ...]
    open: bool
    more: int


@dataclass(frozen=True, slots=True)
class FilterChip:
    """A filter in force, in words, with its value apart, and the address of the same search without it.

    `language` is that of the value, empty if unknown; `whole` is the title of a document if that goes by its
    short name, or is too long to be shown in full.
    """

    text: str
    without: str
    language: str = ""
    whole: str = ""


def with_notes_named(results: Results, documents: Mapping[str, Document]) -> Results:
    """The results with our own notes labelled as notes in the facets, so that none is taken for a source.

    Documents go by their short names there.
    """
    facets: dict[FacetName, tuple[FacetValue, ...]] = {}
    if any(value.value == NOTE for value in results.facets.get("kind", ())):
        facets["kind"] = tuple(
            value._replace(label=say(Message("kind-note"))) if value.value == NOTE else value
            for value in results.facets["kind"]
        )
    titled = results.facets.get("document", ())
    named = {
        each.value: name for each in titled if (name := _name(each, documents.get(each.value))) != each.label
    }
    if named:
        facets["document"] = tuple(
            each._replace(label=named[each.value]) if each.value in named else each for each in titled
        )
    if not (spoken := current_language()).is_english:
        languages = results.facets.get("language", ())
        facets["language"] = tuple(
            each
            if each.value == UNKNOWN_LANGUAGE
            else each._replace(label=language_label(each.value, spoken))
            for each in languages
        )
    return replace(results, facets={**results.facets, **facets}) if facets else results


def _name(value: FacetValue, document: Document | None) -> str:
    if document is None:
        return value.label
    name = document_label(document) or value.label
    return say(Message("notes-document", title=name)) if document.is_note else name


def groups(results: Results) -> list[FacetGroup]:
    """The facets that offer a choice, in their fixed order."""
    return [_group(results, name) for name in FACETS if _has_choice(name, results.facets.get(name, ()))]


def _has_choice(name: FacetName, values: Sequence[FacetValue]) -> bool:
    """Whether there is anything to choose; a collection in one language offers no choice of languages.

    Documents without a language count as English.
    """
    if name == "language" and len({analysis_language(value.value) for value in values}) < 2:
        return any(map(_chosen, values))
    return any(map(_useful, values))


def _group(results: Results, name: FacetName) -> FacetGroup:
    values = results.facets.get(name, ())
    if not any(map(_count, values)):
        values = tuple(filter(_chosen, values))
    useful = values if all(map(_count, values)) else tuple(filter(_useful, values))
    size = min(MAX_UNFOLDED_VALUES, len(useful))
    if len(useful) < len(values):  # values that would find nothing go last
        values = (*useful, *(value for value in values if not _useful(value)))
    if any(map(_children, values)):
        values = tuple(map(_trimmed, values))
    shown, folded = values[:size], values[size:]
    unfolded = name in results.request.filters and any(map(_chosen, folded))
    return FacetGroup(name, HEADINGS[name], shown, folded, unfolded, results.more.get(name, 0))


_count, _children = attrgetter("count"), attrgetter("children")


def _useful(value: FacetValue) -> bool:
    return bool(value.count) or _chosen(value)


def _chosen(value: FacetValue) -> bool:
    return value.selected or (bool(value.children) and any(child.selected for child in value.children))


def _trimmed(value: FacetValue) -> FacetValue:
    """A theme with many sub-points shows them only when chosen; one without passages shows none."""
    if not value.children:
        return value
    if _chosen(value) or (value.count and len(value.children) <= MAX_UNFOLDED_VALUES):
        return value._replace(children=tuple(sorted(value.children, key=lambda child: not _useful(child))))
    return value._replace(children=())


def chips(results: Results, documents: Mapping[str, Document]) -> list[FilterChip]:
    """One chip for every filter in force, in the order of the facets, and one for each other choice."""
    asked = results.request
    labels = _labels(results) if asked.filters else {}
    made = [
        FilterChip(
            _chip_text(name, labels.get((name, value), value)),
            search_links.search(refinements.without_value(asked, name, value)),
            _language(documents, name, value),
            whole_title(documents.get(value)) if name == "document" else "",
        )
        for name, value in _selected(asked)
    ]
    if asked.all_themes and len(asked.filters.get("theme", ())) > 1:
        any_of_them = replace(asked, all_themes=False, page=1)
        made.append(FilterChip(say(Message("filter-all-themes")), search_links.search(any_of_them)))
    if asked.hidden:
        current = replace(asked, hidden=False, page=1)
        made.append(FilterChip(say(Message("filter-hidden")), search_links.search(current)))
    return made


def _language(documents: Mapping[str, Document], name: FacetName, value: str) -> str:
    """The language of a value's label: that of the document, or of the notes on the theme."""
    named = documents.get(value.partition("/")[0]) if name in ("theme", "document") else None
    return named.language if named else ""


def _chip_text(name: FacetName, value: str) -> str:
    return say(Message("filter-chip", facet=say(HEADINGS[name]), value=isolated(value)))


def unlisted(request: Request, groups: Sequence[FacetGroup]) -> list[tuple[str, str]]:
    """Filters in force that have no checkbox in the groups: the form carries them as hidden fields."""
    selected = _selected(request)
    if not selected:
        return []
    listed = {
        (group.name, each.value)
        for group in groups
        for value in (*group.shown, *group.folded)
        for each in (value, *value.children)
    }
    return [pair for pair in selected if pair not in listed]


def _selected(request: Request) -> list[tuple[FacetName, str]]:
    return [(name, value) for name in FACETS for value in request.filters.get(name, ())]


def _labels(results: Results) -> dict[tuple[str, str], str]:
    return {
        (name, each.value): each.label
        for name in FACETS
        for value in results.facets.get(name, ())
        for each in (value, *value.children)
    }
