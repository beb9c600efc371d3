"""The examples of the help page: each is a link there, and each is run by a test."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["SECTIONS", "Example", "Section"]


@dataclass(frozen=True, slots=True)
class Example:
    """A query and what it finds; `finds` promises at least one passage in the shipped content."""

    query: str
    meaning: str
    finds: bool = True


@dataclass(frozen=True, slots=True)
class Section:
    """Examples of one kind under a heading."""

    heading: str
    introduction: str
    examples: tuple[Example, ...]


SECTIONS = (
    Section(
        "Words and phrases",
        "Type words as you would say them. Capital letters, accents and kinds of quotation marks make no "
        "difference.",
        (
            Example(
                "victim protection", "passages with both words, in any order and any form: “victims” too"
            ),
            Example('"mutual legal assistance"', "these words side by side, in this order"),
            Example(
                '"assistance victims"~4', "these words near each other, with at most four more steps between"
            ),
            Example("re-victimisation", "words with a hyphen, however they are written"),
            Example("article 16", "numbers count as words"),
        ),
    ),
    Section(
        "Combining",
        "The three joining words are written in capital letters.",
        (
            Example("extradition AND cooperation", "both words; the same as writing no joining word"),
            Example("extradition OR aftercare", "either word, or both"),
            Example("trafficking NOT smuggling", "the first word, and nowhere the second"),
            Example("trafficking -smuggling", "the same, written shorter"),
            Example("(extradition OR aftercare) AND victims", "brackets say what belongs together"),
        ),
    ),
    Section(
        "Parts of words",
        "For words of which you know only a part, or not the spelling.",
        (
            Example("traffick*", "words that begin like this: trafficking, trafficked, traffickers"),
            Example("organi?ation*", "one question mark stands for one letter"),
            Example("extraditon~", "words spelt almost like this: it still finds extradition"),
        ),
    ),
    Section(
        "Filters in the search box",
        "What you can tick beside the results can be typed, too.",
        (
            Example("theme:victim-assistance-protection", "everything on one theme, named as in its address"),
            Example("victims kind:communique", "only in documents of one kind"),
            Example("document:bali-process-symposium-2015", "only in one document"),
            Example("extradition year:2015", "only in documents of one year"),
            Example("trafficking year:2010..2015", "of several years, the first and last included"),
        ),
    ),
)
