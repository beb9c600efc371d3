"""The words that say what a document, an article or a citation is, in the language of the interface.

In English they are the words that citations and the command line use.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from babel import Locale, UnknownLocaleError
from babel.lists import format_list

from kb.citing.labels import supplied_words
from kb.languages.language_tag import language_name
from kb.messages import Message
from kb.model import Document
from kb.sources.instrument import article_name
from web.english import say
from web.languages.catalogue import InterfaceLanguage

__all__ = ["article_label", "format_label", "language_label", "part_label", "status_label", "supplied_label"]

_STATUSES: Mapping[str, Message] = {
    "current": Message("status-current"),
    "superseded": Message("status-superseded"),
    "withdrawn": Message("status-withdrawn"),
}
_FIELDS: Mapping[str, Message] = {
    "title": Message("supplied-title-of-document"),
    "kind": Message("supplied-kind"),
    "date": Message("supplied-date"),
    "place": Message("supplied-place"),
    "issuers": Message("supplied-issuers"),
}
_PARTS: Mapping[str, Message] = {
    "Footnote": Message("part-footnote"),
    "Citation": Message("part-citation"),
    "Note": Message("part-note"),
    "In the text": Message("part-in-text"),
    "Bibliography": Message("part-bibliography"),
    "Reference list": Message("part-reference-list"),
    "Works cited": Message("part-works-cited"),
}
_FORMATS: Mapping[str, Message] = {"Plain text": Message("format-plain-text")}
_ARTICLE = re.compile(r"article ([0-9].*)")


def status_label(status: str) -> str:
    """Whether a document is current: `Superseded`."""
    return say(_STATUSES[status]) if status in _STATUSES else status


def part_label(name: str) -> str:
    """The name of a part of a citation: `Footnote`."""
    return say(_PARTS[name]) if name in _PARTS else name


def format_label(title: str) -> str:
    """The name of a file format; most are the same in every language."""
    return say(_FORMATS[title]) if title in _FORMATS else title


def article_label(number: str, language: InterfaceLanguage) -> str:
    """The name of an article: `article 16`; one with a name of its own keeps it."""
    named = article_name(number)
    if language.is_english or not (numbered := _ARTICLE.fullmatch(named)):
        return named
    return say(Message("article", number=numbered[1]))


def language_label(tag: str, language: InterfaceLanguage) -> str:
    """The name of a language."""
    if language.is_english:
        return language_name(tag)
    try:
        return Locale.parse(tag, sep="-").get_display_name(language.locale) or language_name(tag)
    except (UnknownLocaleError, ValueError):
        return language_name(tag)


def supplied_label(language: InterfaceLanguage, document: Document, *names: str) -> str:
    """Which of the named fields this site supplied, and whether the text is unchecked OCR."""
    english = supplied_words(document, *names)
    if language.is_english or not english:
        return english
    fields = [say(_FIELDS[name]) if name in _FIELDS else name for name in names if name in document.supplied]
    by_us = (
        [say(Message("supplied-fields", fields=format_list(fields, locale=language.locale)))]
        if fields
        else []
    )
    return "; ".join([*by_us, *([say(Message("ocr-unchecked"))] if document.ocr == "unchecked" else [])])
