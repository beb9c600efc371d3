"""Which values of a facet are listed, in what order and under which label; engines do the counting."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

from index.analysis.analyzer import plain_words
from index.english import say
from index.request import UNDATED, FacetName
from index.results import FacetValue
from kb.languages.language_tag import UNKNOWN_LANGUAGE, language_name
from kb.messages import Message
from kb.model import Document, Theme
from kb.tags import ThemeNames

__all__ = [
    "FEW_YEARS",
    "MAX_VALUES",
    "MAX_YEAR_SPANS",
    "FacetCounts",
    "facet_values",
    "theme_values",
    "unknown_value",
    "year_spans",
]

MAX_VALUES = 20
"""Values listed for a facet, besides those that are selected."""

_MAX_NEAR, _MIN_LIKENESS = 3, 0.8
"""The values named where one is unknown, and how alike one that lacks its words must be spelt (`difflib`)."""

_MAX_COMPARED = 500
"""With more values than this, spellings are not compared."""


@dataclass(frozen=True, slots=True)
class FacetCounts:
    """Values of one facet with their counts, and how many more have passages."""

    values: tuple[tuple[str, int], ...]
    more: int


def facet_values(
    name: FacetName, counted: FacetCounts, selected: Sequence[str], documents: Mapping[str, Document]
) -> tuple[FacetValue, ...]:
    """The values in display order."""
    counts, label = dict(counted.values), _LABELS.get(name, _as_it_is)
    values = [
        FacetValue(value, label(value, documents), counts[value], value in selected)
        for value in _ORDERS.get(name, list)(counts)
    ]
    if all(counts.values()):
        return tuple(values)
    return (*[each for each in values if each.count], *[each for each in values if not each.count])


def theme_values(
    themes: Sequence[Theme], counts: Mapping[str, int], selected: Sequence[str]
) -> tuple[tuple[FacetValue, ...], int]:
    """Themes with their sub-points, in theme order, and how many themes are left out.

    Selected values that do not exist come last.
    """
    known = ThemeNames.of(themes).titles
    largest = {
        theme.slug for theme in sorted(themes, key=lambda theme: -counts.get(theme.slug, 0))[:MAX_VALUES]
    }
    chosen = {value.partition("/")[0] for value in selected}
    listed = [theme for theme in themes if theme.slug in largest or theme.slug in chosen]
    values = [_theme_value(theme, counts, selected) for theme in listed]
    values += [FacetValue(value, value, 0, True) for value in dict.fromkeys(selected) if value not in known]
    return tuple(values), len(themes) - len(listed)


def _theme_value(theme: Theme, counts: Mapping[str, int], selected: Sequence[str]) -> FacetValue:
    children = tuple(
        FacetValue(value, subpoint.title, counts.get(value, 0), value in selected)
        for subpoint in theme.subpoints
        for value in [f"{theme.slug}/{subpoint.slug}"]
    )
    return FacetValue(theme.slug, theme.title, counts.get(theme.slug, 0), theme.slug in selected, children)


_Documents = Mapping[str, Document]


def _as_it_is(value: str, documents: _Documents) -> str:
    return value


def _title(value: str, documents: _Documents) -> str:
    if value not in documents:
        return value
    document = documents[value]
    supplied = "title" in document.supplied
    return say(Message("supplied-title", title=document.title)) if supplied else document.title


def _language(value: str, documents: _Documents) -> str:
    return say(Message("language-unknown")) if value == UNKNOWN_LANGUAGE else language_name(value)


def _years(value: str) -> str:
    """A year filter in words: `2010 to 2015`, `from 2010`, `until 2015`, in the language of this request."""
    if value.isdigit():
        return value
    match value.partition(".."):
        case (first, "", _):
            return say(Message("years-undated")) if first == UNDATED else first
        case (first, _, ""):
            return say(Message("years-from", first=first))
        case ("", _, last):
            return say(Message("years-until", last=last))
        case (first, _, last):
            return say(Message("years-between", first=first, last=last))


_LABELS: Mapping[str, Callable[[str, _Documents], str]] = {
    "document": _title,
    "year": lambda value, documents: _years(value),
    "language": _language,
    "kind": lambda value, documents: value.capitalize(),
}


def _newest_first(values: Iterable[str]) -> list[str]:
    return sorted(values, key=_age)


@lru_cache(maxsize=2_048)
def _age(value: str) -> tuple[bool, int]:
    first = value.partition("..")[0]
    return value == UNDATED, -int(first) if first.lstrip("-").isdigit() else 0


_ORDERS: Mapping[str, Callable[[Iterable[str]], list[str]]] = {"year": _newest_first}


MAX_YEAR_SPANS = 24
"""As many bars as fit side by side and are wide enough to tap."""

FEW_YEARS = 5
"""Up to this many years, the facet says as much as bars would."""

_STEPS: tuple[int, ...] = tuple(digit * 10**zeros for zeros in range(5) for digit in (1, 2, 5))

_ODD = 100
"""Up to one document in so many may be an outlier in time, which gets no bars of its own."""


def year_spans(years: Sequence[int]) -> list[tuple[int, int]]:
    """Spans of equal length that cover all years, given in ascending order, once for each document.

    A span is 1, 2, 5, 10, 20, ... years, and begins at a multiple of that. Where a few documents are
    so much older or younger than the rest that all others would share a bar or two, they share one.
    """
    if not years or years[-1] - years[0] < FEW_YEARS:
        return []
    odd = len(years) // _ODD
    first, low, high, last = years[0], years[odd], years[-1 - odd], years[-1]
    step = _span_length(first, last, MAX_YEAR_SPANS)
    finer = _span_length(low, high, MAX_YEAR_SPANS - 2)
    if finer >= step:
        return list(_regular_spans(first, last, step))
    middle = list(_regular_spans(low, high, finer))
    earlier = [(first, middle[0][0] - 1)] if first < middle[0][0] else []
    later = [(middle[-1][1] + 1, last)] if last > middle[-1][1] else []
    return [*earlier, *middle, *later]


def _span_length(first: int, last: int, most: int) -> int:
    return next(step for step in _STEPS if last // step - first // step < most)


def _regular_spans(first: int, last: int, step: int) -> Iterator[tuple[int, int]]:
    for begin in range(first - first % step, last + 1, step):
        yield begin, begin + step - 1


def unknown_value(facet: str, value: str, known: Sequence[str]) -> Message:
    """The notice that a filter's value is unknown, with those that may have been meant."""
    near = ", ".join(f"{facet}:{one}" for one in _nearest_values(value, known))
    if not near:
        return Message("unknown-filter-value", facet=facet, value=value)
    return Message("filter-value-near", facet=facet, value=value, near=near)


def _nearest_values(typed: str, known: Sequence[str]) -> list[str]:
    """The known values with all the words of what was typed, or else those spelt much like it, a few at most.

    One that ends as what was typed comes first: `victim-assistance/aftercare` for `aftercare`.
    """
    words = plain_words(typed)
    likely = (value for value in known if words and all(map(value.casefold().__contains__, words)))
    found = [value for value in likely if all(_begins_in(word, value) for word in words)]
    if found or len(known) > _MAX_COMPARED:
        return sorted(found, key=lambda one: (not one.casefold().endswith(words[-1]), len(one)))[:_MAX_NEAR]
    ends = {value.casefold().rpartition("/")[2]: value for value in reversed(known)}
    return [ends[one] for one in get_close_matches("-".join(words), ends, _MAX_NEAR, _MIN_LIKENESS)]


def _begins_in(word: str, value: str) -> bool:
    return any(part.startswith(word) for part in plain_words(value))
