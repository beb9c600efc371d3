"""Works out where a passage has what a query asks for, and how each form there comes to match."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from index.analysis.analyzer import compounds, stem, words
from index.analysis.spelling_variants import variants
from index.explanation import How, Place, Sighting, Sought
from index.highlighting.hits import pieces
from index.highlighting.marker import Places, occurrences
from index.highlighting.query_terms import Clue
from index.query import All, Filter, Node, Phrase, Related, Word, write
from index.query.thesaurus_expansion import Span
from index.vocabulary import Known
from kb.model import Document, Passage

__all__ = ["sought"]

_Words = tuple[int, int]
"""The first and the last word of a match, by position."""


def sought(
    clues: Iterable[Clue],
    spans: Iterable[Span],
    passage: Passage,
    document: Document,
    subpoints: Mapping[str, str],
    known: Known,
) -> tuple[Sought, ...]:
    """Each word, phrase, pattern and term of a query, and where the passage has it.

    `spans` are the terms of the thesaurus that stand in the query, `subpoints` the titles of sub-points.
    """
    looked: list[tuple[Place, _Text]] = [("text", _Text(passage.text))]
    looked += [(place, _Text(text)) for place, text in pieces(passage, subpoints)]
    title = _Text(document.title)
    led: defaultdict[str, list[str]] = defaultdict(list)
    for span in spans:
        for term in span.also:
            led[term].append(span.term)
    return tuple(
        Sought(
            _typed(clue.node),
            tuple(_sightings(clue, looked, title if _is_titled(clue, known) else None)),
            ", ".join(dict.fromkeys(led[clue.node.text])) if isinstance(clue.node, Related) else "",
        )
        for clue in clues
        if not isinstance(clue.node, (Filter, All))
    )


def _typed(node: Node) -> str:
    return node.text if isinstance(node, Related) else write(node)


def _is_titled(clue: Clue, known: Known) -> bool:
    """Whether titles of documents are searched for a clue: for single words alone."""
    cut = words(clue.node.text) if isinstance(clue.node, Word) else []
    return len(cut) == 1 and known.in_titles(cut[0].form)


def _sightings(clue: Clue, looked: Iterable[tuple[Place, _Text]], title: _Text | None) -> Iterator[Sighting]:
    for place, text in looked:
        yield from text.sightings(clue, place, text.found(clue))
    if title:
        yield from title.sightings(clue, "title", [one for one in title.found(clue) if one[0] == one[1]])


class _Text:
    """A text with its words and compounds by form, and for each word of a compound the whole of it."""

    def __init__(self, text: str) -> None:
        self.text, self.words = text, words(text)
        self.places: Places = defaultdict(list)
        self.run_of: dict[int, _Words] = {}
        for at, word in enumerate(self.words):
            self.places[word.form].append((at, at))
        for run in compounds(text, self.words):
            whole = run.first, run.last
            self.places[run.form].append(whole)
            self.run_of |= dict.fromkeys(range(run.first, run.last + 1), whole)

    @cached_property
    def stems(self) -> Mapping[str, Sequence[str]]:
        """The forms of each stem."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for form in self.places:
            found[stem(form)].append(form)
        return found

    def found(self, clue: Clue) -> list[_Words]:
        """Where a clue is found, in order; what overlaps is one, as it is when marked."""
        forms = [form for key in (*clue.stems, *clue.together) for form in self.stems.get(key, ())]
        every = [one for form in (*forms, *clue.forms) for one in self.places.get(form, ())]
        every += [one for forms_, slop in clue.phrases for one in occurrences(self.places, forms_, slop)]
        merged: list[_Words] = []
        for first, last in sorted(every):
            if merged and first <= merged[-1][1]:
                first, last = merged[-1][0], max(merged.pop()[1], last)
            merged.append((first, last))
        return merged

    def sightings(self, clue: Clue, place: Place, found: Iterable[_Words]) -> Iterator[Sighting]:
        """The forms found, each with how often it stands here; capitals make no difference."""
        counts: Counter[tuple[str, How]] = Counter()
        written: dict[tuple[str, How], str] = {}
        for first, last in found:
            how = _how(clue, self, first, last)
            if how == "part":
                first, last = self.run_of[first]
            form = self.text[self.words[first].start : self.words[last].end]
            key = form.casefold(), how
            counts[key] += 1
            written.setdefault(key, form)
        for key, count in counts.items():
            yield Sighting(written[key], count, key[1], place)

    def forms(self, first: int, last: int) -> list[str]:
        return [word.form for word in self.words[first : last + 1]]


def _how(clue: Clue, text: _Text, first: int, last: int) -> How:
    """How what stands from one word to another comes to match."""
    match clue.node:
        case Related():
            return "related"
        case Word(typed):
            if first == last and first in text.run_of:
                return "part"
            return _as_word(clue, [word.form for word in words(typed)], text.forms(first, last))
        case Phrase(typed):
            return _as_phrase([word.form for word in words(typed)], text.forms(first, last))
        case _:
            return "pattern"


def _as_word(clue: Clue, typed: Sequence[str], here: Sequence[str]) -> How:
    whole, there = "".join(typed), "".join(here)
    if whole == there:
        return "typed" if len(typed) == len(here) else "joined"
    if stem(there) in clue.together:
        return "joined"
    return "spelling" if there in variants(whole) else "form"


def _as_phrase(typed: Sequence[str], here: Sequence[str]) -> How:
    if typed == here:
        return "typed"
    return "joined" if "".join(typed) == "".join(here) else "apart"
