"""Remarks of `kb check`: what is not a fault but may be a mistake."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from kb.cli.control_remarks import control_remarks
from kb.cli.document_remarks import KeyedMessage, document_remarks
from kb.cli.instrument_remarks import instrument_remarks
from kb.collection.loader import Survey
from kb.curated.site_file import site_files
from kb.curated.theme_terms_file import read_theme_terms, unknown_theme_terms
from kb.errors import Fault, tallied
from kb.formats.front_matter import line_of_key
from kb.languages.language_tag import primary_language
from kb.messages import Message
from kb.model import Document, Passage
from kb.permanence.ledger import LEDGER_FILE
from kb.settings import distinct_folders
from kb.sources.person_name import name_fields
from kb.tags import ThemeNames

__all__ = ["remarks", "site_remark"]

_DOCUMENT_TEXTS = ("title", "kind", "place", "licence", "numbering", "url")
_PASSAGE_TEXTS = ("text", "heading", "locator")


def site_remark(folders: Sequence[Path]) -> Message | None:
    """Which of several site files is used; None if there is only one, or none."""
    match site_files(distinct_folders(folders)):
        case [used, first, *rest]:
            ignored = ", ".join(map(str, (first, *rest)))
            return Message("several-sites", count=len(rest) + 1, used=str(used), ignored=ignored)
        case _:
            return None


def remarks(survey: Survey, today: datetime.date) -> tuple[Fault, ...]:
    """What an editor should look at, by file and line; after the first 200 of a file, counted by kind."""
    places = {
        id: path for part in survey.folders for draft in part.drafts for id, path in draft.places.items()
    }
    of_files = (*_future_publications(survey, today), *instrument_remarks(survey, places))
    return tallied((*of_files, *_theme_terms(survey), *_all(survey, places, today)))


def _theme_terms(survey: Survey) -> Iterator[Fault]:
    """What is wrong with files of theme terms, which builds do not read."""
    known = ThemeNames.of(survey.collection.themes).titles
    for folder in survey.folders:
        terms, faults = read_theme_terms(folder.path)
        yield from (*faults, *unknown_theme_terms(folder.path, terms, known))


def _future_publications(survey: Survey, today: datetime.date) -> Iterator[Fault]:
    """Each ledger's first entry dated after tomorrow, which may have begun in another time zone."""
    tomorrow = str(today + datetime.timedelta(days=1))
    for folder in survey.folders:
        for entry in [one for one in folder.entries if one.date > tomorrow][:1]:
            yield Fault(folder.path / LEDGER_FILE, entry.line, Message("ledger-future-date", date=entry.date))


def _all(survey: Survey, places: Mapping[str, Path], today: datetime.date) -> Iterator[Fault]:
    in_english = {primary_language(tag) for tag in survey.collection.site.languages} == {"en"}
    for document in survey.collection.documents:
        said = (*_controls_in_document(document), *document_remarks(document, today, in_english))
        for key, message in said:
            yield Fault(document.path, _line(document, key), message)
        place = places.get(document.id, document.path)
        passages = survey.collection.passages.get(document.id, ())
        if waiting := [one for one in passages if one.suggested]:
            yield Fault(place, waiting[0].line, Message("suggestions-waiting", count=len(waiting)))
        for passage in passages:
            for message in _controls_in_passage(passage):
                yield Fault(place, passage.line, message)


def _line(document: Document, key: str) -> int:
    return line_of_key(document.path, key) if document.path.suffix == ".md" else document.line


def _controls_in_passage(passage: Passage) -> Iterator[Message]:
    texts = [(key, getattr(passage, key)) for key in _PASSAGE_TEXTS]
    return (message for _, message in control_remarks((*texts, *passage.further)))


def _controls_in_document(document: Document) -> Iterator[KeyedMessage]:
    texts = [(key, getattr(document, key)) for key in _DOCUMENT_TEXTS]
    texts += [("issuers", issuer) for issuer in document.issuers]
    for key, names in (("authors", document.authors), ("editors", document.editors)):
        texts += [(key, part) for name in names for part in name_fields(name).values()]
    return control_remarks((*texts, *document.further))
