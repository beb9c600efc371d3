"""Permanent addresses, written and read: `/passages/D/P`, `/documents/D#P` and `/themes/S#P`.

`P` is a passage or a span, `p4..p6`. The address may say which words were cited,
`/passages/D/P?v=FINGERPRINT`, and for an excerpt their numbers: `/passages/D/P:3-12?v=FINGERPRINT`.
Addresses may be in anybody's text, so any text is read in linear time and none raises an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal
from urllib import parse

from kb.ids import (
    ID_IN_TEXT_PATTERN,
    ID_PATTERN,
    WORDS_PATTERN,
    WordRange,
    fingerprint_pattern,
    is_id,
    parse_words,
    shortened,
)
from kb.model import Passage

__all__ = [
    "Permalink",
    "article_anchor",
    "document_path",
    "find_permalinks",
    "instrument_path",
    "parse_permalink",
    "passage_path",
    "permalink",
    "quote",
    "theme_path",
]

Page = Literal["passages", "documents", "themes"]

quote = lru_cache(maxsize=4_096)(parse.quote)
"""Percent-encodes ids and slugs; a page has the same ones many times."""


def permalink(passage: Passage) -> str:
    """The path of a passage's page."""
    return passage_path(passage.document, passage.id)


def passage_path(document: str, passage: str, fingerprint: str = "", words: WordRange | None = None) -> str:
    """The path of a passage's page, or with a fingerprint that of the words that were cited.

    `passage` may also be a span, `p4..p6`. With `words`, the path of an excerpt.
    """
    path = f"/passages/{quote(document)}/{quote(passage)}{f':{words.text}' if words else ''}"
    return f"{path}?v={shortened(fingerprint)}" if fingerprint else path


def document_path(document: str, passage: str = "") -> str:
    """The path of a whole document, opened at a passage."""
    return _opened(f"/documents/{quote(document)}", passage)


def theme_path(theme: str, passage: str = "") -> str:
    """The path of a theme's page, opened at a note: the ids of notes are the slugs of sub-points."""
    return _opened(f"/themes/{quote(theme)}", passage)


def instrument_path(instrument: str, article: str = "") -> str:
    """The path of an instrument's page, opened at an article."""
    return _opened(f"/instruments/{quote(instrument)}", article_anchor(article) if article else "")


def article_anchor(number: str) -> str:
    """The id of an article on its instrument's page: `article-6-3` for `6(3)`, `guideline-4`."""
    plain = "-".join(re.findall(r"\w+", number.casefold()))
    return plain if " " in number and plain[:1].isalpha() else f"article-{plain}"


def _opened(path: str, anchor: str) -> str:
    return f"{path}#{quote(anchor)}" if anchor else path


@dataclass(frozen=True, slots=True)
class Permalink:
    """What a permanent address names, and on which page; `passage` and `fingerprint` may be empty.

    The notes on a theme are a document whose id is the theme's slug.
    """

    page: Page
    document: str
    passage: str = ""
    fingerprint: str = ""
    words: WordRange | None = None

    @property
    def path(self) -> str:
        match self.page:
            case "passages":
                return passage_path(self.document, self.passage, self.fingerprint, self.words)
            case "documents":
                return document_path(self.document, self.passage)
            case "themes":
                return theme_path(self.document, self.passage)


_VERSION = re.compile(f"[?&;]v=({fingerprint_pattern()})(?![0-9a-f])")


def _pattern(last_id: str, query: str, fragment: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?:https?://[^\s/<>\"]{{1,253}})?"
        rf"/(?:passages/(?P<document>{ID_PATTERN})/(?P<passage>{last_id})(?::(?P<words>{WORDS_PATTERN}))?"
        rf"|(?P<page>documents|themes)/(?P<whole>{last_id}))"
        rf"(?P<query>{query})?(?:#{fragment})?"
    )


_ALONE = _pattern(ID_PATTERN, r"\?[^\s#]*", rf"(?:(?P<anchor>{ID_PATTERN})(?=:~:|\Z))?\S*")

# in running text, a full stop or closing bracket after an address is not part of it
_TEXT_ID = rf"(?:{ID_PATTERN}(?=[?#][\w.-]|:[1-9])|{ID_IN_TEXT_PATTERN})"
_IN_TEXT = _pattern(_TEXT_ID, r"\?[^\s<>\"'#)\]]*[^\s<>\"'#)\].,;:!?]", rf"(?!site:)(?P<anchor>{_TEXT_ID})")


def parse_permalink(text: str) -> Permalink | None:
    """What an address or path names; None if it is not a permanent address of this site's kind."""
    address = _ALONE.fullmatch(text)
    return _permalink(address) if address else None


def find_permalinks(text: str) -> Iterator[tuple[Permalink, int, int]]:
    """The permanent addresses in a text, on any host, each with its start and end."""
    for address in _IN_TEXT.finditer(text):
        if link := _permalink(address):
            yield link, *address.span()


def _permalink(address: re.Match[str]) -> Permalink | None:
    if address["page"]:
        page: Page = "documents" if address["page"] == "documents" else "themes"
        link = Permalink(page, address["whole"], address["anchor"] or "")
    else:
        version = _VERSION.search(address["query"] or "")
        words = parse_words(address["words"]) if address["words"] else None
        print_ = version[1] if version else ""
        link = Permalink("passages", address["document"], address["passage"], print_, words)
    return link if is_id(link.document) and (not link.passage or is_id(link.passage)) else None
