"""The formats in which a collection can be written out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kb.citing.records import RecordMaker
from kb.citing.styles.registry import Style
from kb.collection.loader import Survey
from kb.collection.source_files import SOURCES_FOLDER
from kb.curated.site_file import SITE_FILE
from kb.curated.thesaurus_file import THESAURUS_FILE
from kb.exporting.akoma_ntoso import is_akoma_ntoso_file, write_akoma_ntoso
from kb.exporting.ledger_copy import write_ledger
from kb.exporting.markdown import MARKDOWN_FILES, write_markdown
from kb.exporting.source_copies import copy_source, folders_of_documents
from kb.exporting.table import write_table
from kb.interchange.writer import INTERCHANGE_FILES, write_interchange
from kb.messages import Message
from kb.permanence.ledger import LEDGER_FILE

__all__ = ["COLLECTION_FORMATS", "CollectionFormat"]


MAX_NAMES_SHOWN = 10
"""How many documents that are not exported like the rest are named."""


@dataclass(frozen=True, slots=True)
class CollectionFormat:
    """How a collection is written; `owns` tells which names such a folder holds, None for a single file.

    `write` returns messages for the user.
    """

    write: Callable[[Survey, Path, RecordMaker, Style], tuple[Message, ...]]
    owns: Callable[[str], bool] | None = None


def _lines(survey: Survey, out: Path, record: RecordMaker, style: Style) -> tuple[Message, ...]:
    write_interchange(survey.collection, out)
    write_ledger(survey, out)
    folders = folders_of_documents(survey)
    missing = [one.id for one in survey.collection.documents if not copy_source(one, folders[one.id], out)]
    message = Message("sources-not-exported", count=len(missing), documents=_named(missing))
    return (message,) if missing else ()


def _markdown(survey: Survey, out: Path, record: RecordMaker, style: Style) -> tuple[Message, ...]:
    others = write_markdown(survey, out)
    message = Message("kept-as-lines", count=len(others), documents=_named(others))
    return (message,) if others else ()


def _named(documents: Sequence[str]) -> str:
    more = ["…"] if len(documents) > MAX_NAMES_SHOWN else []
    return ", ".join([*documents[:MAX_NAMES_SHOWN], *more])


def _akoma_ntoso(survey: Survey, out: Path, record: RecordMaker, style: Style) -> tuple[Message, ...]:
    write_akoma_ntoso(survey.collection, out, record)
    return ()


def _table(survey: Survey, out: Path, record: RecordMaker, style: Style) -> tuple[Message, ...]:
    write_table(survey.collection, out, record, style)
    return ()


_LINES_FILES = frozenset(
    {
        *(SOURCES_FOLDER, SITE_FILE, THESAURUS_FILE, LEDGER_FILE),
        *(f"{name}.jsonl" for name in INTERCHANGE_FILES),
    }
)

COLLECTION_FORMATS: Mapping[str, CollectionFormat] = {
    "jsonl": CollectionFormat(_lines, _LINES_FILES.__contains__),
    "markdown": CollectionFormat(_markdown, MARKDOWN_FILES.__contains__),
    "csv": CollectionFormat(_table),
    "akn": CollectionFormat(_akoma_ntoso, is_akoma_ntoso_file),
}
