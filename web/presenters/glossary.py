"""The glossary: the terms that the thesaurus defines, each with what it says of them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from kb.curated.equal_terms import EqualTerms
from kb.model import DistinctPair, Theme, Thesaurus
from web.urls import links, search_links

__all__ = ["Difference", "GlossaryEntry", "NamedLink", "build_glossary", "defined_among"]

NamedLink = tuple[str, str]
"""A term, and the address of its entry or, where it has none, of a search for it."""


_NOT_IN_ANCHOR = re.compile(r"[^\w\u0080-\U0010ffff]+")
"""White space and punctuation; other scripts keep their vowel signs and the like, which are not `\\w`."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A term that must not be confused with that of the entry, and why; the reason may be empty."""

    other: NamedLink
    reason: str


@dataclass(frozen=True, slots=True)
class GlossaryEntry:
    """A term, what it means, and where to go next; `themes` are those with the term as a related search."""

    anchor: str
    term: str
    definition: str
    short_forms: tuple[str, ...]
    synonyms: tuple[str, ...]
    related: tuple[NamedLink, ...]
    differences: tuple[Difference, ...]
    themes: tuple[Theme, ...]

    @property
    def initial(self) -> str:
        """The letter under which readers look it up."""
        return self.term[0].upper()


def build_glossary(thesaurus: Thesaurus, themes: Iterable[Theme]) -> tuple[GlossaryEntry, ...]:
    """The terms that have a definition, in alphabetical order."""
    return _GlossaryBuilder(thesaurus, tuple(themes)).entries()


def defined_among(thesaurus: Thesaurus, terms: Iterable[str]) -> list[NamedLink]:
    """The terms that the glossary defines under this very name, each once."""
    defined = {term.casefold(): term for term in thesaurus.definitions}
    found = dict.fromkeys(defined[key] for term in terms if (key := term.casefold()) in defined)
    anchors = _anchors(thesaurus.definitions) if found else {}
    return [(term, links.glossary(anchors[term])) for term in found]


class _GlossaryBuilder:
    def __init__(self, thesaurus: Thesaurus, themes: Sequence[Theme]) -> None:
        self._thesaurus, self._themes = thesaurus, themes
        self._equal = EqualTerms.of(thesaurus)
        self._anchors = _anchors(thesaurus.definitions)
        self._entry_of = {self._equal.root(term): term for term in thesaurus.definitions}
        self._short_forms = self._by_root(thesaurus.acronyms)
        self._synonyms = self._by_root(chain.from_iterable(thesaurus.same))

    def entries(self) -> tuple[GlossaryEntry, ...]:
        return tuple(map(self._entry, self._anchors))

    def _entry(self, term: str) -> GlossaryEntry:
        root = self._equal.root(term)
        return GlossaryEntry(
            anchor=self._anchors[term],
            term=term,
            definition=self._thesaurus.definitions[term],
            short_forms=_others(term, self._short_forms[root]),
            synonyms=_others(term, self._synonyms[root]),
            related=tuple(map(self._link, self._related(root))),
            differences=tuple(self._differences(root)),
            themes=tuple(
                theme
                for theme in self._themes
                if any(self._equal.root(each) == root for each in theme.related)
            ),
        )

    def _by_root(self, names: Iterable[str]) -> Mapping[str, Sequence[str]]:
        """The names that mean the same, by the term that stands for them."""
        found = defaultdict[str, list[str]](list)
        for name in names:
            found[self._equal.root(name)].append(name)
        return found

    def _related(self, root: str) -> Iterable[str]:
        """The terms that a search for this one also finds."""
        one_way = self._thesaurus.one_way.items()
        found = [other for term, others in one_way if self._equal.root(term) == root for other in others]
        return {self._equal.root(other): other for other in found if self._equal.root(other) != root}.values()

    def _differences(self, root: str) -> Iterable[Difference]:
        for pair in self._thesaurus.never_conflate:
            other = self._other(pair, root)
            if other:
                yield Difference(self._link(other), pair.reason)

    def _other(self, pair: DistinctPair, root: str) -> str:
        match root:
            case one if one == self._equal.root(pair.first):
                return pair.second
            case one if one == self._equal.root(pair.second):
                return pair.first
            case _:
                return ""

    def _link(self, term: str) -> NamedLink:
        entry = self._entry_of.get(self._equal.root(term))
        return term, links.glossary(self._anchors[entry]) if entry else search_links.search_for(term)


def _others(term: str, names: Iterable[str]) -> tuple[str, ...]:
    """The names that are spelt differently from the term."""
    return tuple(name for name in names if name.casefold() != term.casefold())


def _anchors(terms: Iterable[str]) -> Mapping[str, str]:
    """An anchor for each term, in alphabetical order; if two would be the same, the later is numbered."""
    anchors: dict[str, str] = {}
    taken: set[str] = set()
    for term in sorted(terms, key=str.casefold):
        plain = _NOT_IN_ANCHOR.sub("-", term.casefold()).strip("-") or "term"
        numbered = (f"{plain}-{number}" for number in range(2, len(taken) + 3))
        anchors[term] = plain if plain not in taken else next(each for each in numbered if each not in taken)
        taken.add(anchors[term])
    return anchors
