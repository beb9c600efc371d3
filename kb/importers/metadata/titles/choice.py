"""Which of the titles in a document and its file is its own.

Titles in a file's properties are often those of a template or of the program. A wrong title is worse than
none, so one that the page does not confirm is a guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath

from kb.importers.blocks import SourceDocument
from kb.importers.labels import block_label
from kb.importers.metadata.bodies import is_letterhead, letters_of
from kb.importers.metadata.front_page import FrontPage
from kb.importers.metadata.origins import FoundField, found_on
from kb.importers.metadata.titles.parties import case_title
from kb.importers.metadata.titles.printed import printed_title
from kb.importers.metadata.titles.stated import confirmed_title, named_in_text, notice_title, numbered_title
from kb.importers.metadata.titles.web import web_title
from kb.importers.metadata.titles.wording import MAX_TITLE_CHARS, is_usable_title, one_line
from kb.messages import Message

__all__ = ["document_title"]

MAX_CASE_BLOCKS = 30
MAX_PLAIN_TITLE_CHARS = 160


def document_title(read: SourceDocument, page: FrontPage, symbol: str, court: str, name: str) -> FoundField:
    """The title, and where it is from: the file's name where there is no other."""
    return next(
        filter(None, _titles(read, page, symbol, court)),
        FoundField(_of_name(name), Message("guessed-from-name")),
    )


def _titles(read: SourceDocument, page: FrontPage, symbol: str, court: str) -> Iterator[FoundField]:
    here, properties = found_on(page), Message("found-in-properties")
    given = one_line(read.metadata.get("title", ""))
    usable = is_usable_title(given)
    if "page_title" in read.metadata:
        yield FoundField(web_title(read.metadata, page.blocks)[:MAX_TITLE_CHARS], properties)
    yield FoundField(numbered_title(page, symbol), here)
    yield FoundField(notice_title(page) or named_in_text(page), here)
    if court:
        texts = [block.text for block in page.blocks[:MAX_CASE_BLOCKS]]
        yield FoundField(case_title(texts, page.running[:3]), here)
    if usable and confirmed_title(given, page):
        yield FoundField(given.strip(" ;,"), here)
    printed = printed_title(page, read.blocks)
    if usable and printed and letters_of(printed) in letters_of(given):
        yield FoundField(given, properties)
    if not (court and _names_court_only(printed)):
        yield FoundField(printed, here)
    if usable and not is_letterhead(given):
        yield FoundField(given, Message("guessed-from-properties"))
    yield FoundField(_first_words(read), Message("guessed-from-first-words"))


def _names_court_only(title: str) -> bool:
    return bool(re.fullmatch(r"(?i).{0,40}\b(?:division|list|chamber|judge \w+|circuit)\b.{0,40}", title))


def _first_words(read: SourceDocument) -> str:
    """The first paragraph of a format without sizes and weights, if it is short and no sentence."""
    if any(block.style.size or block.style.bold or block.style.heading for block in read.blocks):
        return ""
    first = one_line(read.blocks[0].text) if read.blocks and not block_label(read.blocks[0]) else ""
    is_sentence = first.endswith((".", ":", ";", ",", "!", "?")) or re.search(r"\d[.,]\d|: ", first)
    return first if is_usable_title(first) and len(first) <= MAX_PLAIN_TITLE_CHARS and not is_sentence else ""


def _of_name(name: str) -> str:
    return one_line(re.sub(r"[-_]+", " ", PurePath(name).stem))[:MAX_TITLE_CHARS] or "Untitled"
