"""What the help page teaches, by examples: each is a link there, is counted there, and is run by a test."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from index.engine import Snapshot
from index.request import Request
from index.suggest.example_words import example_words
from web.presenters import help_examples

__all__ = ["SECTIONS", "CountedExample", "HelpExample", "HelpSection", "Sections", "tried"]


@dataclass(frozen=True, slots=True)
class HelpExample:
    """A query and what it finds; `finds` promises at least one passage in the shipped content.

    `own` is the same kind of query for a collection in which this one finds nothing; in braces stand
    names of `example_words.Sample`. `expand` is whether terms of the thesaurus are searched, too.
    """

    query: str
    meaning: str
    own: str = ""
    finds: bool = True
    expand: bool = True


@dataclass(frozen=True, slots=True)
class HelpSection:
    """Examples of one kind under a heading."""

    heading: str
    introduction: str
    examples: tuple[HelpExample, ...]


SECTIONS = (
    HelpSection(
        "Words",
        "Type a few words in any order. Passages with all of them come first. If these do not fill a page, "
        "passages with some of the words follow under a heading of their own, best first, and are counted "
        "separately. Capital letters and accents make no difference. A search of more than six words finds "
        "passages with any of them, best first, so you can paste a whole question.",
        (
            HelpExample("victim protection", "all of the words, then some of them", "{word} {other}"),
            HelpExample("extradite", "any form of the word, such as extradition", "{word}"),
            HelpExample("labor exploitation", "British and American spellings alike", "{other}"),
            HelpExample(
                "the prevention of exploitation",
                "words such as “the”, “of” and “which” are ignored",
                "the {word} of the {other}",
            ),
            HelpExample("re-victimisation", "hyphenated words, however they are written", "{hyphenated}"),
            HelpExample(
                "how can officials and companies prevent exploitation of migrant workers early",
                "any of the words in a long question",
                "who said what about {word} or {other} or {third}, in which years, why and against whom",
            ),
        ),
    ),
    HelpSection(
        "Related terms",
        "The thesaurus, a list of terms used in the field, relates some words to others. Related terms are "
        "searched too. They count for less than the words you typed and are listed beside the results after "
        "“Also searched”. You can switch them off there; the address of the search keeps your choice "
        "(expand=off). Abbreviations such as MLA must be in capitals. Nothing is added inside quotation "
        "marks. Terms that are easily confused are never searched for one another, and the "
        "page tells you which they are.",
        (
            HelpExample("aftercare", "also reintegration, recovery and rehabilitation"),
            HelpExample("aftercare", "only your word, with related terms switched off", expand=False),
            HelpExample('"aftercare"', "only your word, in exactly this form"),
            HelpExample("MLA", "an abbreviation: also “mutual legal assistance”"),
            HelpExample("mla", "in lower case, an ordinary word"),
        ),
    ),
    HelpSection(
        "Phrases",
        "Quotation marks of any kind keep words together, in the same order and exactly as written, small "
        "words included.",
        (
            HelpExample('"mutual legal assistance"', "these words side by side", '"{phrase}"'),
            HelpExample(
                '"assistance victims"~4',
                "in this order, with up to four words between them",
                '"{first} {last}"~4',
            ),
        ),
    ),
    HelpSection(
        "Combining words",
        "Write AND, OR and NOT in capital letters. They are followed strictly: passages with only some of "
        "the words are not added. AND takes precedence over OR.",
        (
            HelpExample("extradition AND cooperation", "both words", "{word} AND {other}"),
            HelpExample("extradition OR aftercare", "either word, or both", "{word} OR {other}"),
            HelpExample(
                "trafficking NOT smuggling", "the first word without the second", "{word} NOT {other}"
            ),
            HelpExample("trafficking -smuggling", "the same, for short", "{word} -{other}"),
            HelpExample(
                "(extradition OR aftercare) AND cooperation",
                "brackets group what belongs together",
                "({word} OR {other}) AND {third}",
            ),
        ),
    ),
    HelpSection(
        "Parts of words",
        "For when you know only part of a word, or are unsure of its spelling.",
        (
            HelpExample("traffick*", "words that begin this way", "{beginning}*"),
            HelpExample("organi?ation*", "? stands for one letter, * for any number", "{shape}*"),
            HelpExample("extraditon~", "words with a similar spelling", "{slip}~"),
        ),
    ),
    HelpSection(
        "References",
        "Numbers and single letters count as words, and punctuation between them keeps them together. "
        "Write a reference the way the document does.",
        (
            HelpExample("article 16", "a word and a number", "{word} {number}"),
            HelpExample("2(d)", "a paragraph of an article", "{reference}"),
            HelpExample("E/2002/68/Add.1", "a document symbol", finds=True),
            HelpExample("A/HRC/61/42", "another symbol, which may not be in this collection", finds=False),
            HelpExample("25-26 March", "ranges of days, years or pages, such as 2015-17", "{number}"),
        ),
    ),
    HelpSection(
        "Filters in the search box",
        "You can also type the filters that you would tick beside the results. If the collection has "
        "documents from more than five years, you can choose years from the bars above the results too.",
        (
            HelpExample(
                "theme:victim-assistance-protection",
                "everything on one theme, named as in its address",
                "theme:{theme}",
            ),
            HelpExample("cooperation kind:communique", "only documents of one kind", 'kind:"{kind}"'),
            HelpExample("document:bali-process-symposium-2015", "only one document", "document:{document}"),
            HelpExample("extradition year:2015", "only documents from one year", "year:{year}"),
            HelpExample(
                "trafficking year:2010..2015",
                "a range of years, both ends included; 2010.. means from 2010 on",
                "year:{year}..",
            ),
        ),
    ),
    HelpSection(
        "Misspellings",
        "If no passage has your words and a single typing error would explain it, the corrected word is "
        "searched instead, and the page says so. Otherwise the page asks whether you meant another word.",
        (HelpExample("extradtion", "nothing as typed; “extradition” is searched instead", finds=False),),
    ),
)


@dataclass(frozen=True, slots=True)
class CountedExample:
    """A query of an example, and how many passages have all its words, and some of them."""

    request: Request
    meaning: str
    all: int
    some: int


Sections = tuple[tuple[help_examples.HelpSection, tuple[CountedExample, ...]], ...]


_KEPT: WeakKeyDictionary[Snapshot, Sections] = WeakKeyDictionary()
"""What was counted in a generation goes with it."""


def tried(snapshot: Snapshot) -> Sections:
    """The sections of the help page, each with its examples counted in this generation, once.

    An example that finds nothing is made anew of the collection's own words, where these give one
    that finds something; what still finds nothing says so.
    """
    if snapshot not in _KEPT:
        own = _Own(snapshot)
        _KEPT[snapshot] = tuple(
            (section, tuple(_try(snapshot, example, own) for example in section.examples))
            for section in help_examples.SECTIONS
        )
    return _KEPT[snapshot]


class _Own:
    """The words of a collection, gathered when the first example needs them."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._words: Mapping[str, str] | None = None

    def fill(self, template: str) -> str:
        """The query made of the collection's words, empty where it lacks one of them."""
        if self._words is None:
            self._words = example_words(self._snapshot)
        try:
            return template.format_map(self._words)
        except KeyError:
            return ""


def _try(snapshot: Snapshot, example: help_examples.HelpExample, own: _Own) -> CountedExample:
    found = _counted(snapshot, example, example.query)
    if not (found.all or found.some) and example.own and (query := own.fill(example.own)):
        instead = _counted(snapshot, example, query)
        return instead if instead.all or instead.some or not example.finds else found
    return found


def _counted(snapshot: Snapshot, example: help_examples.HelpExample, query: str) -> CountedExample:
    request = Request(query, expand=example.expand)
    return CountedExample(request, example.meaning, *snapshot.count(request))
