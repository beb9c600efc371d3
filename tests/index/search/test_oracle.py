"""What a query matches, worked out again from the texts themselves.

The oracle shares nothing with what it judges: no index, no analysis, no query tree. It knows the words
of these tests from the tables below.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.request import Request
from kb.model import Collection, Passage
from tests.engines import build, snapshot_of
from tests.index.samples import collection, passage

APART = {
    "u.n.": ["u", "n"],
    "co-operation": ["co", "operation"],
    "day-to-day": ["day", "to", "day"],
    "re-organised": ["re", "organised"],
}
"""What is written joined, and its words; joined, they are a word too."""

LIKE = {
    "laws": "law",
    "labor": "labour",
    "organization": "organise",
    "organisations": "organise",
    "organised": "organise",
    "reorganised": "reorganise",
    "reorganisations": "reorganise",
    "reorganization": "reorganise",
    "reorganizing": "reorganise",
}
"""Words that find each other, whatever their spelling and ending, and the one that stands for all."""

STOP_WORDS = {"the", "of"}

TERMS = [
    *("law", "laws", "un", "U.N.", "co-operation", "cooperation", "co", "operation", "the", "of", "victim"),
    *("day-to-day", "labour", "labor", "organization", "organisations", "re", "re-organised", "reorganizing"),
]
HEADINGS = ["", "Law", "Co-operation of the UN", "Labor"]


def alike(form: str) -> str:
    return LIKE.get(form, form)


@dataclass(frozen=True)
class Span:
    """A word of a text and the places of its first and last part."""

    first: int
    last: int
    form: str


def spans(text: str) -> list[Span]:
    found: list[Span] = []
    place = 0
    for term in text.lower().split():
        words = APART.get(term, [term])
        found += [Span(place + at, place + at, word) for at, word in enumerate(words)]
        found += [Span(place, place + len(words) - 1, "".join(words))] if len(words) > 1 else []
        place += len(words)
    return found


def follow(forms: Sequence[str], slop: int, text: str) -> bool:
    """Whether the forms stand in the text in this order, with no more than so many words between two."""
    places = spans(text)
    ends = {span.last for span in places if span.form == forms[0]}
    for form in forms[1:]:
        ends = {
            span.last
            for span in places
            if span.form == form and any(0 < span.first - end <= slop + 1 for end in ends)
        }
    return bool(ends)


@dataclass(frozen=True)
class Term:
    text: str

    @property
    def joined(self) -> str:
        return "".join(APART.get(self.text.lower(), [self.text]))


@dataclass(frozen=True)
class Quote:
    words: tuple[str, ...]
    slop: int = 0


@dataclass(frozen=True)
class Shape:
    """A pattern: how it is written, and which forms it fits."""

    text: str
    fits: Callable[[str], bool]


@dataclass(frozen=True)
class In:
    document: str


@dataclass(frozen=True)
class All:
    parts: tuple[Query, ...]


@dataclass(frozen=True)
class Some:
    parts: tuple[Query, ...]


@dataclass(frozen=True)
class No:
    part: Query


Query = Term | Quote | Shape | In | All | Some | No


def typed(query: Query) -> str:
    match query:
        case Term(text) | Shape(text):
            return text
        case Quote(words, slop):
            return f'"{" ".join(words)}"{f"~{slop}" if slop else ""}'
        case In(document):
            return f"document:{document}"
        case All(parts):
            return " ".join(map(typed, parts))
        case Some(parts):
            return f"({' OR '.join(map(typed, parts))})"
        case No(part):
            return f"-({typed(part)})"


class Oracle:
    """Decides for one passage at a time; the words of the whole content say what two words may make."""

    def __init__(self, content: Collection) -> None:
        self.known = {alike(form) for one in content.all_passages() for form in self.forms(one)}

    def forms(self, one: Passage) -> set[str]:
        return {span.form for text in (one.text, one.heading) for span in spans(text)}

    def has(self, form: str, one: Passage) -> bool:
        return alike(form) in map(alike, self.forms(one))

    def stand(self, forms: Sequence[str], slop: int, one: Passage) -> bool:
        return any(follow(forms, slop, text) for text in (one.text, one.heading))

    def matches(self, query: Query, one: Passage) -> bool:
        match query:
            case Term(text):
                apart = APART.get(text.lower(), [])
                return self.has(query.joined, one) or (bool(apart) and self.stand(apart, 0, one))
            case Quote(words, slop):
                apart = [form for word in words for form in APART.get(word, [word])]
                together = [Term(word).joined for word in words]
                return self.stand(apart, slop, one) or self.stand(together, slop, one)
            case Shape():
                return any(map(query.fits, self.forms(one)))
            case In(document):
                return one.document == document
            case No(part):
                return not self.matches(part, one)
            case Some(parts):
                return any(self.matches(part, one) for part in telling(parts))
            case All():
                return self.all_match(list(flat(query)), one)

    def all_match(self, parts: list[Query], one: Passage) -> bool:
        if any(self.matches(part.part, one) for part in parts if isinstance(part, No)):
            return False
        wanted = telling([part for part in parts if not isinstance(part, No)])
        beside = [part for part in wanted if not isinstance(part, In)]
        made = list(self.made_of_two(beside))
        return all(
            self.matches(part, one) or any(part in pair and self.has(form, one) for pair, form in made)
            for part in wanted
        )

    def made_of_two(self, parts: list[Query]) -> Iterator[tuple[tuple[Query, Query], str]]:
        """Words side by side that make one word of the content: `co operation`."""
        for left, right in pairwise(parts):
            if (
                isinstance(left, Term)
                and isinstance(right, Term)
                and left.text.isalpha()
                and right.text.isalpha()
            ):
                form = left.text + right.text
                if alike(form) in self.known:
                    yield (left, right), form


def flat(query: Query) -> Iterator[Query]:
    """The parts that all have to match: words typed side by side are on one level, twice negated or not."""
    match query:
        case All(parts):
            for part in parts:
                yield from flat(part)
        case No(No(part)):
            yield from flat(part)
        case _:
            yield query


def telling(parts: Sequence[Query]) -> Sequence[Query]:
    """The parts that have to be found: no stop words, unless there is nothing else."""
    return [part for part in parts if not is_stop(part)] or parts


def is_stop(query: Query) -> bool:
    match query:
        case Term(text):
            return text in STOP_WORDS
        case All(parts) | Some(parts):
            return all(map(is_stop, parts))
        case No(No(part)):
            return is_stop(part)
        case _:
            return False


def needs_a_mark(query: Query) -> bool:
    """Whether every match of the query has words to show: nothing in it is negative or a filter."""
    match query:
        case All(parts) | Some(parts):
            return all(map(needs_a_mark, parts))
        case In() | No():
            return False
        case _:
            return True


TEXTS = st.lists(st.sampled_from(TERMS), min_size=1, max_size=7).map(" ".join)
PASSAGES = st.lists(st.tuples(TEXTS, st.sampled_from(HEADINGS)), max_size=4)
LEAVES: list[Query] = [
    *map(Term, [*TERMS, "xyzzy"]),
    Quote(("law", "of")),
    Quote(("co-operation", "law")),
    Quote(("un", "victim"), 2),
    Shape("co*", lambda form: form.startswith("co")),
    Shape("v?ctim", lambda form: fnmatchcase(form, "v?ctim")),
    Shape("organi?ation*", lambda form: fnmatchcase(form, "organi?ation*")),
    Shape("lw~", lambda form: form in ("law", "lw")),
    In("a"),
]


def groups(inner: st.SearchStrategy[Query]) -> st.SearchStrategy[Query]:
    several = st.lists(inner, min_size=2, max_size=3).map(tuple)
    return st.one_of(several.map(All), several.map(Some), inner.map(No))


QUERIES = st.recursive(st.sampled_from(LEAVES), groups, max_leaves=6)


@pytest.mark.slow
@settings(max_examples=min(40, settings.default.max_examples))
@given(PASSAGES, PASSAGES, PASSAGES, st.lists(QUERIES, min_size=5, max_size=12))
def test_a_search_finds_what_the_texts_themselves_say(
    tmp_path_factory: pytest.TempPathFactory,
    first: list[tuple[str, str]],
    second: list[tuple[str, str]],
    third: list[tuple[str, str]],
    queries: list[Query],
) -> None:
    folder: Path = tmp_path_factory.mktemp("index")
    build(content(a=first, b=second), folder)
    now = content(a=first, c=[*third, ("law un", "")], d=second)
    snapshot = snapshot_of(now, folder)
    oracle = Oracle(now)
    for query in queries:
        expected = {one.address for one in now.all_passages() if oracle.matches(query, one)}
        results = snapshot.search(Request(text=typed(query), per=50))
        if results.corrected:  # another query was searched, because nothing matches this one
            assert not expected, typed(query)
            continue
        found = {hit.passage.address for hit in results.hits if hit.matched == "all"}
        assert found == expected, typed(query)
        assert results.total == len(expected)
        for hit in results.hits:
            shown = hit.snippet.ranges or hit.reasons
            assert shown or not needs_a_mark(query), (typed(query), hit)


def content(**documents: list[tuple[str, str]]) -> Collection:
    return collection(
        **{
            name: [passage(name, f"p{at}", text, heading=heading) for at, (text, heading) in enumerate(texts)]
            for name, texts in documents.items()
        }
    )
