"""The formats in which a collection can be written out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from kb.citing.records import RecordMaker
from kb.citing.styles.registry import Style
from kb.collection.loader import Survey
from kb.curated.site_file import SITE_FILE
from kb.curated.thesaurus_file import THESAURUS_FILE
from kb.exporting.akoma_ntoso import is_akoma_ntoso_file, write_akoma_ntoso
from kb.exporting.markdown import MARKDOWN_FILES, write_markdown
from kb.exporting.table import write_table
from kb.interchange.writer import INTERCHANGE_FILES, write_interchange

__all__ = ["COLLECTION_FORMATS", "CollectionFormat"]


@dataclass(frozen=True, slots=True)
class CollectionFormat:
    """How a collection is written, and by name what a folder of it holds; None for a format that is one file.

    `write` gives the ids of the documents that are in another form than the rest.
    """

    write: Callable[[Survey, Path, RecordMaker, Style], tuple[str, ...]]
    owns: Callable[[str], bool] | None = None


def _lines(survey: Survey, out: Path, record: RecordMaker, style: Style) -> tuple[str, ...]:
    write_interchange(survey.collection, out)
    return ()


def _markdown(survey: Survey, out: Path, record: RecordMaker, style: Style) -> tuple[str, ...]:
    return write_markdown(survey, out)


def _akoma_ntoso(survey: Survey, out: Path, record: RecordMaker, style: Style) -> tuple[str, ...]:
    write_akoma_ntoso(survey.collection, out, record)
    return ()


def _table(survey: Survey, out: Path, record: RecordMaker, style: Style) -> tuple[str, ...]:
    write_table(survey.collection, out, record, style)
    return ()


_LINES_FILES = frozenset({*(f"{name}.jsonl" for name in INTERCHANGE_FILES), SITE_FILE, THESAURUS_FILE})

COLLECTION_FORMATS: Mapping[str, CollectionFormat] = {
    "jsonl": CollectionFormat(_lines, _LINES_FILES.__contains__),
    "markdown": CollectionFormat(_markdown, MARKDOWN_FILES.__contains__),
    "csv": CollectionFormat(_table),
    "akn": CollectionFormat(_akoma_ntoso, is_akoma_ntoso_file),
}
