"""What a query matches, worked out again from the texts themselves, without any index."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.analysis.analyzer import compounds, is_compound, stem, tokenize
from index.query import And, Filter, Fuzzy, Node, Not, Or, Phrase, Prefix, Wildcard, Word, parse_query
from index.query.ast import joined_forms, phrase_forms, required_nodes
from index.request import Request
from kb.model import Collection, Passage
from tests.engines import build, snapshot_of
from tests.index.samples import collection, passage


def spans(text: str) -> list[tuple[int, int, str]]:
    cut = tokenize(text)
    whole = [(run.first, run.last, run.form) for run in compounds(text, cut)]
    return [(at, at, word.form) for at, word in enumerate(cut)] + whole


class Oracle:
    """Decides for one passage at a time; `content` is what words may be joined by."""

    def __init__(self, content: Collection) -> None:
        self.stems = {
            stem(form)
            for one in content.all_passages()
            for piece in self.pieces(one)
            for _, _, form in spans(piece)
        }

    def pieces(self, one: Passage) -> list[str]:
        return [one.text, one.heading, one.locator]

    def forms(self, one: Passage) -> set[str]:
        return {form for piece in self.pieces(one) for _, _, form in spans(piece)}

    def matches(self, node: Node, one: Passage) -> bool:
        match node:
            case Word(text):
                return self.word(text, one)
            case Phrase(text, slop):
                return any(self.adjacent(forms, slop, one) for forms in phrase_forms(text))
            case Prefix() | Wildcard() | Fuzzy():
                return any(fits(node, form) for form in self.forms(one))
            case Filter("document", value):
                return one.document == value
            case Or(nodes):
                return any(self.matches(child, one) for child in required_nodes(nodes))
            case Not(child):
                return not self.matches(child, one)
            case And(nodes):
                return self.all_of(nodes, one)
            case _:
                return True

    def word(self, text: str, one: Passage) -> bool:
        forms = [word.form for word in tokenize(text)]
        stems = {stem(form) for form in self.forms(one)}
        if len(forms) == 1:
            return stem(forms[0]) in stems
        return (is_compound(text) and stem("".join(forms)) in stems) or self.adjacent(forms, 0, one)

    def all_of(self, nodes: Sequence[Node], one: Passage) -> bool:
        if any(self.matches(node.node, one) for node in nodes if isinstance(node, Not)):
            return False
        wanted = required_nodes([node for node in nodes if not isinstance(node, Not)])
        stems = {stem(form) for form in self.forms(one)}
        beside = [node for node in wanted if not isinstance(node, Filter)]
        as_one = joined_forms(beside, lambda form: stem(form) in self.stems)
        return all(
            self.matches(node, one) or any(stem(form) in stems for form in as_one.get(node, ()))
            for node in wanted
        )

    def adjacent(self, forms: Sequence[str], slop: int, one: Passage) -> bool:
        return any(self.follows(forms, slop, spans(piece)) for piece in self.pieces(one))

    def follows(self, forms: Sequence[str], slop: int, places: Iterable[tuple[int, int, str]]) -> bool:
        places = list(places)
        ends = {last for _, last, form in places if form == forms[0]}
        for wanted in forms[1:]:
            ends = {
                last
                for first, last, form in places
                if form == wanted and any(0 < first - end <= slop + 1 for end in ends)
            }
        return bool(ends)


def fits(node: Node, form: str) -> bool:
    match node:
        case Prefix(text):
            return form.startswith("".join(word.form for word in tokenize(text)))
        case Wildcard(pattern):
            return fnmatchcase(form, pattern)
        case Fuzzy(text, edits):
            return form[0] == text[0] and distance(form, text) <= (edits or (2 if len(text) >= 8 else 1))
        case _:
            raise AssertionError(node)


def distance(a: str, b: str) -> int:
    row = list(range(len(b) + 1))
    for at, letter in enumerate(a, start=1):
        previous, row[0] = row[0], at
        for place, other in enumerate(b, start=1):
            previous, row[place] = (
                row[place],
                min(row[place] + 1, row[place - 1] + 1, previous + (letter != other)),
            )
    return row[-1]


TERMS = [
    "law",
    "laws",
    "un",
    "U.N.",
    "co-operation",
    "cooperation",
    "co",
    "operation",
    "the",
    "of",
    "victim",
    "day-to-day",
]
TEXTS = st.lists(st.sampled_from(TERMS), min_size=1, max_size=7).map(" ".join)
PASSAGES = st.lists(st.tuples(TEXTS, st.sampled_from(["", "Law", "Co-operation of the UN"])), max_size=4)
OPERANDS = [
    *TERMS,
    '"law of"',
    '"co-operation law"',
    '"un victim"~2',
    "co*",
    "v?ctim",
    "lw~",
    "document:a",
    "xyzzy",
]
QUERIES = st.recursive(
    st.sampled_from(OPERANDS),
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(" ".join),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"({' OR '.join(parts)})"),
        inner.map(lambda part: f"-({part})"),
    ),
    max_leaves=6,
)


@settings(max_examples=min(40, settings.default.max_examples))
@given(PASSAGES, PASSAGES, PASSAGES, st.lists(QUERIES, min_size=5, max_size=12))
def test_a_search_finds_what_the_texts_themselves_say(
    tmp_path_factory: pytest.TempPathFactory,
    first: list[tuple[str, str]],
    second: list[tuple[str, str]],
    third: list[tuple[str, str]],
    queries: list[str],
) -> None:
    folder: Path = tmp_path_factory.mktemp("index")
    build(content(a=first, b=second), folder)
    now = content(a=first, c=[*third, ("law un", "")], d=second)
    snapshot = snapshot_of(now, folder)
    oracle = Oracle(now)
    for query in queries:
        node = parse_query(query).node
        assert node
        expected = {one.address for one in now.all_passages() if oracle.matches(node, one)}
        results = snapshot.search(Request(text=query, per=50))
        assert {hit.passage.address for hit in results.hits if hit.matched == "all"} == expected, query
        assert results.total == len(expected)
        for hit in results.hits:
            shown = hit.snippet.ranges or hit.reasons
            assert shown or not needs_a_mark(node), (query, hit)


def needs_a_mark(node: Node) -> bool:
    """Whether every match of the query has words to show: nothing in it is negative or a filter."""
    match node:
        case And(nodes) | Or(nodes):
            return all(map(needs_a_mark, nodes))
        case Filter() | Not():
            return False
        case _:
            return True


def content(**documents: list[tuple[str, str]]) -> Collection:
    return collection(
        **{
            name: [passage(name, f"p{at}", text, heading=heading) for at, (text, heading) in enumerate(texts)]
            for name, texts in documents.items()
        }
    )
