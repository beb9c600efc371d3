"""What the help page teaches, by examples: each is a link there, is counted there, and is run by a test."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from index.engine import Snapshot
from index.request import Request
from index.suggest.example_words import example_words
from web.presenters import help_examples

__all__ = ["SECTIONS", "Example", "Section", "Sections", "Tried", "tried"]


@dataclass(frozen=True, slots=True)
class Example:
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
class Section:
    """Examples of one kind under a heading."""

    heading: str
    introduction: str
    examples: tuple[Example, ...]


SECTIONS = (
    Section(
        "Words",
        "Type a few words, in any order. Passages with all of them come first. Where fewer than a page have "
        "all, those with some of the words follow under a line of their own, the best first, and are counted "
        "apart. Capital letters and accents make no difference. Of more than six words, any will do, the "
        "best first: a whole question may be pasted.",
        (
            Example("victim protection", "all of the words, then some of them", "{word} {other}"),
            Example("extradite", "any form of a word: extradition, too", "{word}"),
            Example("labor exploitation", "British and American spelling are one", "{other}"),
            Example(
                "the prevention of exploitation",
                "words such as “the”, “of” or “which” are not needed",
                "the {word} of the {other}",
            ),
            Example(
                "re-victimisation", "words with a hyphen are found however they are written", "{hyphenated}"
            ),
            Example(
                "how can officials and companies prevent exploitation of migrant workers early",
                "a long question: any of its words",
                "who said what about {word} or {other} or {third}, in which years, why and against whom",
            ),
        ),
    ),
    Section(
        "Related terms",
        "Some words have others beside them in the thesaurus, a list of terms of the trade. These are "
        "searched, too, weigh less than the words you typed, and are named beside the results after “Also "
        "searched”. There you can switch them off; the address of the search says so (expand=off) and "
        "keeps it. Short forms such as MLA count in capitals. Nothing is added inside quotation marks. Terms "
        "that must not be confused never lead to each other, and the page says which those are.",
        (
            Example("aftercare", "also reintegration, recovery and rehabilitation, where they occur"),
            Example("aftercare", "only your word, the related terms switched off", expand=False),
            Example('"aftercare"', "only your word, in exactly this form"),
            Example("MLA", "a short form: also “mutual legal assistance”"),
            Example("mla", "in small letters a word like any other"),
        ),
    ),
    Section(
        "Phrases",
        "Quotation marks of any kind keep words together, in this order and exactly as they are written, "
        "small words included.",
        (
            Example('"mutual legal assistance"', "these words side by side", '"{phrase}"'),
            Example(
                '"assistance victims"~4',
                "in this order, with at most four words between",
                '"{first} {last}"~4',
            ),
        ),
    ),
    Section(
        "Combining words",
        "AND, OR and NOT are written in capital letters and obeyed to the letter: no passages with some of "
        "the words follow. AND binds tighter than OR.",
        (
            Example("extradition AND cooperation", "both words", "{word} AND {other}"),
            Example("extradition OR aftercare", "either word, or both", "{word} OR {other}"),
            Example(
                "trafficking NOT smuggling", "the first word, and nowhere the second", "{word} NOT {other}"
            ),
            Example("trafficking -smuggling", "the same, written shorter", "{word} -{other}"),
            Example(
                "(extradition OR aftercare) AND cooperation",
                "brackets say what belongs together",
                "({word} OR {other}) AND {third}",
            ),
        ),
    ),
    Section(
        "Parts of words",
        "For words of which you know only a part, or not the spelling.",
        (
            Example("traffick*", "words that begin like this", "{beginning}*"),
            Example("organi?ation*", "one question mark stands for one letter, a star for any", "{shape}*"),
            Example("extraditon~", "words spelt almost like this", "{slip}~"),
        ),
    ),
    Section(
        "References",
        "Numbers and single letters are words, and signs between them keep them together. Write a reference "
        "as the document does.",
        (
            Example("article 16", "a word and a number", "{word} {number}"),
            Example("2(d)", "a paragraph of an article", "{reference}"),
            Example("E/2002/68/Add.1", "the symbol of a document", finds=True),
            Example("A/HRC/61/42", "another one, which may not be here", finds=False),
            Example("25-26 March", "days, years and pages: 2015-17 works as well", "{number}"),
        ),
    ),
    Section(
        "Filters in the search box",
        "What you can tick beside the results can be typed, too. Years can also be chosen by the bars above "
        "the results, where a collection has more than five.",
        (
            Example(
                "theme:victim-assistance-protection",
                "everything on one theme, named as in its address",
                "theme:{theme}",
            ),
            Example("cooperation kind:communique", "only in documents of one kind", 'kind:"{kind}"'),
            Example("document:bali-process-symposium-2015", "only in one document", "document:{document}"),
            Example("extradition year:2015", "only in documents of one year", "year:{year}"),
            Example(
                "trafficking year:2010..2015",
                "of several years, the first and last included; 2010.. is from then on",
                "year:{year}..",
            ),
        ),
    ),
    Section(
        "Misspellings",
        "Where no passage has the words typed, and one slip in a word explains it, the word that the "
        "collection has is searched instead, and the page says so. Otherwise the page asks whether you meant "
        "another word.",
        (Example("extradtion", "none as it is typed; “extradition” is searched instead", finds=False),),
    ),
)


@dataclass(frozen=True, slots=True)
class Tried:
    """A query of an example, and how many passages have all its words, and some of them."""

    request: Request
    meaning: str
    all: int
    some: int


Sections = tuple[tuple[help_examples.Section, tuple[Tried, ...]], ...]


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


def _try(snapshot: Snapshot, example: help_examples.Example, own: _Own) -> Tried:
    found = _counted(snapshot, example, example.query)
    if not (found.all or found.some) and example.own and (query := own.fill(example.own)):
        instead = _counted(snapshot, example, query)
        return instead if instead.all or instead.some or not example.finds else found
    return found


def _counted(snapshot: Snapshot, example: help_examples.Example, query: str) -> Tried:
    request = Request(query, expand=example.expand)
    return Tried(request, example.meaning, *snapshot.count(request))
