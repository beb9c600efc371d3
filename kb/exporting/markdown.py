"""A collection in the curated form: Markdown that people edit, with its sources and its ledger.

What Markdown cannot express stays in JSON lines beside it: notes that came as HTML, passages with further
fields, documents whose source file is missing. Each document is read back to check that nothing is lost.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from kb.collection.file_scan import DOCUMENTS_FOLDER
from kb.collection.loader import Survey
from kb.collection.source_files import SOURCES_FOLDER
from kb.curated.document_file import dump_document, read_document_file
from kb.curated.instruments_file import INSTRUMENTS_FILE
from kb.curated.site_file import SITE_FILE
from kb.curated.theme_terms_file import THEME_TERMS_FILE
from kb.curated.thesaurus_file import THESAURUS_FILE, write_thesaurus
from kb.exporting.ledger_copy import write_ledger
from kb.exporting.source_copies import copy_file, copy_source, folders_of_documents
from kb.files.listing import is_there
from kb.interchange.writer import INTERCHANGE_FILES, write_interchange
from kb.model import Collection, Document
from kb.permanence.ledger import LEDGER_FILE
from kb.published import Published
from kb.sources.instrument import Instrument
from kb.tags import TagOrder

__all__ = ["MARKDOWN_FILES", "write_markdown"]

THEMES_FOLDER = "themes"
MARKDOWN_FILES = frozenset(
    {
        *(DOCUMENTS_FOLDER, THEMES_FOLDER, SOURCES_FOLDER),
        *(INSTRUMENTS_FILE, SITE_FILE, THESAURUS_FILE, THEME_TERMS_FILE, LEDGER_FILE),
        *(f"{name}.jsonl" for name in INTERCHANGE_FILES),
    }
)
"""What a folder in this form may hold."""


def write_markdown(survey: Survey, out: Path) -> tuple[str, ...]:
    """Writes a collection that reads back the same; returns the documents that stay in JSON lines.

    The order of documents becomes that of their slugs.
    """
    out.mkdir()
    return _MarkdownExport(survey, out).write()


@dataclass(slots=True)
class _MarkdownExport:
    survey: Survey
    out: Path
    owners: Mapping[str, Path] = field(default_factory=dict)

    def write(self) -> tuple[str, ...]:
        collection = self.survey.collection
        self.owners = folders_of_documents(self.survey)
        themes = self.themes()
        rest = [one for one in collection.documents if not self.document(one, themes)]
        self.thesaurus()
        self.theme_terms()
        self.site()
        left = Collection(
            themes=tuple(one for one in collection.themes if one.slug not in themes),
            documents=tuple(rest),
            passages={one.id: collection.passages.get(one.id, ()) for one in rest},
            instruments=self.instruments(),
            thesaurus=collection.thesaurus,
        )
        self.history(left)
        return tuple(one.id for one in rest)

    def themes(self) -> frozenset[str]:
        """Copies the theme files, as notes are written in no other form; returns the themes' slugs."""
        copied = set()
        for place, theme in enumerate(self.survey.collection.themes, 1):
            if theme.path.suffix == ".md":
                copy_file(theme.path, self.out / THEMES_FOLDER / f"{place:02}-{theme.slug}.md")
                copied.add(theme.slug)
        return frozenset(copied)

    def document(self, document: Document, themes: frozenset[str]) -> bool:
        """Writes a document as Markdown if it then reads back the same; False if it does not."""
        if document.is_note:
            return document.id in themes
        path = self.out / DOCUMENTS_FOLDER / f"{document.id}.md"
        passages = self.survey.collection.passages.get(document.id, ())
        if not passages or is_there(path) or not copy_source(document, self.owners[document.id], self.out):
            return False
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(dump_document(document, passages).encode("utf-8", "replace"))
        written, read, faults = read_document_file(path)
        ordered = tuple(map(TagOrder(self.survey.collection.themes).apply, read))
        if faults or (written, ordered) != (document, tuple(passages)):
            path.unlink()
            return False
        return True

    def thesaurus(self) -> None:
        """Copies the file with its comments if there is just one, or else writes the joint thesaurus."""
        own = [part for part in self.survey.folders if part.thesaurus]
        if len(own) == 1:
            copy_file(own[0].path / THESAURUS_FILE, self.out / THESAURUS_FILE)
        elif own:
            write_thesaurus(self.survey.collection.thesaurus, self.out / THESAURUS_FILE)

    def theme_terms(self) -> None:
        """Copies only the first folder's file, as there is no way to merge several."""
        paths = [part.path / THEME_TERMS_FILE for part in self.survey.folders]
        for path in [one for one in paths if is_there(one)][:1]:
            copy_file(path, self.out / THEME_TERMS_FILE)

    def site(self) -> None:
        for part in [one for one in self.survey.folders if one.site][:1]:
            copy_file(part.path / SITE_FILE, self.out / SITE_FILE)

    def instruments(self) -> dict[str, Instrument]:
        """Copies the registry if there is only one; returns the instruments that are not in it."""
        registries = [part for part in self.survey.folders if part.instruments]
        copied: dict[str, Instrument] = {}
        if len(registries) == 1:
            copy_file(registries[0].path / INSTRUMENTS_FILE, self.out / INSTRUMENTS_FILE)
            copied = {one.id: one for one in registries[0].instruments or ()}
        every = self.survey.collection.instruments
        return {id: one for id, one in every.items() if copied.get(id) != one}

    def history(self, left: Collection) -> None:
        """Writes the ledgers as one, and as JSON lines what came so and what Markdown cannot express."""
        drafts = [draft for part in self.survey.folders for draft in part.drafts]
        write_ledger(self.survey, self.out)
        left = replace(
            left,
            withdrawn=tuple(one for draft in drafts for one in draft.withdrawn),
            moves=tuple(one for draft in drafts for one in draft.moves),
            published=_by_address(one for draft in drafts for one in draft.published),
        )
        parts = (left.themes, left.documents, left.instruments, left.withdrawn, left.moves, left.published)
        if any(parts):
            _write_lines(left, self.out)


def _by_address(texts: Iterable[Published]) -> dict[str, tuple[Published, ...]]:
    return {str(number): (one,) for number, one in enumerate(texts)}


def _write_lines(left: Collection, out: Path) -> None:
    """Writes those files of the interchange form that are not empty."""
    aside = out / "lines"
    write_interchange(left, aside)
    for name in INTERCHANGE_FILES:
        file = aside / f"{name}.jsonl"
        if file.stat().st_size:
            file.rename(out / file.name)
    shutil.rmtree(aside)
