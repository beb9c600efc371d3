"""The examples of the help page: each is a link with a count there, and is run by a test."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock
from weakref import WeakKeyDictionary

from index.engine import Snapshot
from index.request import Request
from index.suggest.example_words import example_words
from kb.messages import Message
from kb.work.budget import uncounted

__all__ = ["SECTIONS", "CountedExample", "HelpExample", "HelpSection", "Sections", "counted_sections"]


@dataclass(frozen=True, slots=True)
class HelpExample:
    """A query and what it finds; `finds` promises at least one passage in the shipped content.

    `own` is a query of the same kind for collections in which this one finds nothing; names in braces are
    keys of `example_words`. `expand` says whether related terms are searched, too.
    """

    query: str
    meaning: Message
    own: str = ""
    finds: bool = True
    expand: bool = True


@dataclass(frozen=True, slots=True)
class HelpSection:
    """Examples of one kind under a heading."""

    heading: Message
    introduction: Message
    examples: tuple[HelpExample, ...]


SECTIONS = (
    HelpSection(
        Message("help-words"),
        Message("help-words-introduction"),
        (
            HelpExample("victim protection", Message("help-all-words"), "{word} {other}"),
            HelpExample("extradite", Message("help-any-form"), "{word}"),
            HelpExample("labor exploitation", Message("help-spellings"), "{other}"),
            HelpExample(
                "the prevention of exploitation", Message("help-ignored-words"), "the {word} of the {other}"
            ),
            HelpExample("re-victimisation", Message("help-hyphenated"), "{hyphenated}"),
            HelpExample(
                "what happens to victims after rescue", Message("help-question"), "what happens to {word}"
            ),
            HelpExample(
                "how can officials and companies prevent exploitation of migrant workers early",
                Message("help-long-question"),
                "who said what about {word} or {other} or {third}, in which years, why and against whom",
            ),
        ),
    ),
    HelpSection(
        Message("help-related"),
        Message("help-related-introduction"),
        (
            HelpExample("aftercare", Message("help-aftercare-related")),
            HelpExample("aftercare", Message("help-aftercare-alone"), expand=False),
            HelpExample('"aftercare"', Message("help-aftercare-exact")),
            HelpExample("MLA", Message("help-abbreviation")),
            HelpExample("mla", Message("help-lower-case")),
        ),
    ),
    HelpSection(
        Message("help-phrases"),
        Message("help-phrases-introduction"),
        (
            HelpExample('"mutual legal assistance"', Message("help-side-by-side"), '"{phrase}"'),
            HelpExample('"assistance victims"~4', Message("help-near"), '"{first} {last}"~4'),
        ),
    ),
    HelpSection(
        Message("help-combining"),
        Message("help-combining-introduction"),
        (
            HelpExample("extradition AND cooperation", Message("help-both"), "{word} AND {other}"),
            HelpExample("extradition OR aftercare", Message("help-either"), "{word} OR {other}"),
            HelpExample("trafficking NOT smuggling", Message("help-without"), "{word} NOT {other}"),
            HelpExample("trafficking -smuggling", Message("help-without-short"), "{word} -{other}"),
            HelpExample(
                "(extradition OR aftercare) AND cooperation",
                Message("help-brackets"),
                "({word} OR {other}) AND {third}",
            ),
        ),
    ),
    HelpSection(
        Message("help-parts"),
        Message("help-parts-introduction"),
        (
            HelpExample("traffick*", Message("help-beginning"), "{beginning}*"),
            HelpExample("organi?ation*", Message("help-wildcards"), "{shape}*"),
            HelpExample("extraditon~", Message("help-similar"), "{slip}~"),
        ),
    ),
    HelpSection(
        Message("help-references"),
        Message("help-references-introduction"),
        (
            HelpExample("article 16", Message("help-word-and-number"), "{word} {number}"),
            HelpExample("UNTOC 16", Message("help-instrument")),
            HelpExample("2(d)", Message("help-paragraph"), "{reference}"),
            HelpExample("E/2002/68/Add.1", Message("help-symbol")),
            HelpExample("A/HRC/61/42", Message("help-absent-symbol"), finds=False),
            HelpExample("25-26 March", Message("help-ranges"), "{number}"),
        ),
    ),
    HelpSection(
        Message("help-filters"),
        Message("help-filters-introduction"),
        (
            HelpExample("theme:victim-assistance-protection", Message("help-on-theme"), "theme:{theme}"),
            HelpExample("cooperation kind:communique", Message("help-of-kind"), 'kind:"{kind}"'),
            HelpExample(
                "document:bali-process-symposium-2015", Message("help-in-document"), "document:{document}"
            ),
            HelpExample("extradition language:en", Message("help-in-language"), "language:{language}"),
            HelpExample("extradition year:2015", Message("help-of-year"), "year:{year}"),
            HelpExample("trafficking year:2010..2015", Message("help-years"), "year:{year}.."),
        ),
    ),
    HelpSection(
        Message("help-misspellings"),
        Message("help-misspellings-introduction"),
        (HelpExample("extradtion", Message("help-corrected"), finds=False),),
    ),
)


@dataclass(frozen=True, slots=True)
class CountedExample:
    """An example's query, and how many passages have all of its words, or only some."""

    request: Request
    meaning: Message
    all: int
    some: int


Sections = tuple[tuple[HelpSection, tuple[CountedExample, ...]], ...]


_COUNTED: WeakKeyDictionary[Snapshot, Sections] = WeakKeyDictionary()
"""Counts are dropped with their generation."""

_lock = Lock()


def counted_sections(snapshot: Snapshot) -> Sections:
    """The sections of the help page, with examples counted once for each generation.

    An example that finds nothing is replaced by one with the collection's own words if that finds
    something, and left out otherwise. If there are no passages yet, all stay.
    """
    with _lock:
        if snapshot not in _COUNTED:
            with uncounted():
                _COUNTED[snapshot] = _count_all(snapshot)
        return _COUNTED[snapshot]


def _count_all(snapshot: Snapshot) -> Sections:
    own = _CollectionWords(snapshot)
    return tuple(
        (section, tuple(filter(None, (_try(snapshot, example, own) for example in section.examples))))
        for section in SECTIONS
    )


class _CollectionWords:
    """The words of a collection, gathered when the first example needs them."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._words: Mapping[str, str] | None = None

    def fill(self, template: str) -> str:
        """The template filled in with the collection's words; empty if one is missing."""
        if self._words is None:
            self._words = example_words(self._snapshot)
        try:
            return template.format_map(self._words)
        except KeyError:
            return ""


def _try(snapshot: Snapshot, example: HelpExample, own: _CollectionWords) -> CountedExample | None:
    found = _counted(snapshot, example, example.query)
    if not (found.all or found.some) and example.own and (query := own.fill(example.own)):
        instead = _counted(snapshot, example, query)
        found = instead if instead.all or instead.some or not example.finds else found
    return found if found.all or found.some or not example.finds or not snapshot.size else None


def _counted(snapshot: Snapshot, example: HelpExample, query: str) -> CountedExample:
    request = Request(query, expand=example.expand)
    return CountedExample(request, example.meaning, *snapshot.count(request))
