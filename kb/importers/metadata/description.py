"""All that a document says of itself, each field with its origin."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kb import edtf
from kb.importers.blocks import SourceDocument
from kb.importers.metadata.document_date import date_in_title, document_date
from kb.importers.metadata.front_page import FrontPage, front_page
from kb.importers.metadata.issuers import court_named, document_issuer
from kb.importers.metadata.kinds import guessed_kind
from kb.importers.metadata.main_language import DocumentLanguage, document_language
from kb.importers.metadata.origins import FieldOrigin, FoundField, found_on
from kb.importers.metadata.symbols import case_fields, un_symbol
from kb.importers.metadata.titles.choice import document_title
from kb.languages.language_tag import check_language, primary_language
from kb.messages import Message

__all__ = ["Description", "described"]

_STATED = ("url", "licence", "container", "doi", "volume", "issue", "journal_pages", "isbn", "issn")
"""Fields that a web page states for programs, so that they need no search."""


@dataclass(frozen=True, slots=True)
class Description:
    """The fields of a document that have a value, their origins, and what the editor should know."""

    fields: Mapping[str, str]
    origins: tuple[FieldOrigin, ...]
    remarks: tuple[Message, ...] = ()


def described(read: SourceDocument, name: str) -> Description:
    """The title, kind, issuers, date, language, symbol or numbers, and pages of a document in a file NAME."""
    page = front_page(read)
    language = document_language(read.blocks)
    found = {name: value for name, value in _fields(read, page, language, name) if value}
    return Description(
        {name: field.value for name, field in found.items()},
        tuple(FieldOrigin(name, field.how) for name, field in found.items()),
        tuple(_remarks(language)),
    )


def _fields(
    read: SourceDocument, page: FrontPage, language: DocumentLanguage | None, name: str
) -> Iterator[tuple[str, FoundField]]:
    symbol, numbers, court = un_symbol(page), case_fields(page), court_named(read, page)
    of_court = "" if symbol else court.value or numbers.get("neutral_citation", "") or numbers.get("ecli", "")
    title = document_title(read, page, symbol, of_court, name)
    kind = guessed_kind(title.value, symbol, of_court, "\n".join(page.lines), read.metadata.get("kind", ""))
    yield "title", title
    yield "kind", FoundField(kind, _how_guessed(kind, symbol))
    yield "date", _date(read, page, title)
    if kind == "case":
        yield "court", court
        yield from ((name, FoundField(value, found_on(page))) for name, value in numbers.items())
    else:
        yield "issuers", document_issuer(read, page)
    yield "authors", FoundField(read.metadata.get("persons", ""), Message("found-in-properties"))
    yield "language", _language(read, language)
    yield "symbol", FoundField(symbol, found_on(page))
    for name in _STATED:
        yield name, FoundField(read.metadata.get(name, ""), Message("found-in-properties"))
    if read.pages:
        yield "page_count", FoundField(str(read.pages), Message("found-in-file"))


def _how_guessed(kind: str, symbol: str) -> Message:
    if symbol:
        return Message("guessed-from-symbol")
    return Message("guessed-by-default") if kind == "report" else Message("guessed-from-title")


def _date(read: SourceDocument, page: FrontPage, title: FoundField) -> FoundField:
    if stated := _valid_date(read.metadata.get("date", "")):
        return FoundField(stated, Message("found-in-properties"))
    if printed := document_date(page):
        return FoundField(printed, found_on(page))
    return FoundField(date_in_title(title.value), title.how)


def _valid_date(given: str) -> str:
    try:
        edtf.years(given)
    except edtf.BadDate:
        return ""
    return given


def _language(read: SourceDocument, told: DocumentLanguage | None) -> FoundField:
    """The language that the file declares, unless its words tell otherwise: templates declare their own."""
    declared = read.metadata.get("language", "")
    if check_language(declared):
        declared = ""
    if declared and (told is None or primary_language(declared) == told.language):
        return FoundField(declared, Message("found-in-properties"))
    if told is None:
        return FoundField()
    return FoundField(told.language, Message("guessed-from-words", percent=round(100 * told.confidence)))


def _remarks(language: DocumentLanguage | None) -> Iterator[Message]:
    if language and len(language.shares) > 1:
        shares = ", ".join(f"{name} {share:.0%}" for name, share in language.shares)
        yield Message("text-in-languages", shares=shares)
