"""A document read for editing: its passages, the lines they are written on, and its extract."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kb.collection.extract_file import SourceExtract, parse_extract
from kb.curated.document_file import parse_document
from kb.document_edits.document_state import DocumentState
from kb.errors import Fault
from kb.formats.text_file import BOM, decode_text
from kb.model import Document, Passage
from kb.text.control_characters import MARGIN

__all__ = ["OpenDocument", "PassageLines", "bare", "open_document"]


@dataclass(frozen=True, slots=True)
class PassageLines:
    """Where a passage is written: its words from line `start` on, its attribute list on `attributes`.

    Lines of the file count from 0.
    """

    start: int
    attributes: int

    @property
    def end(self) -> int:
        return self.attributes + 1


@dataclass(frozen=True, slots=True)
class OpenDocument:
    """A document's file, as read. `lines` are without line feeds, but with any carriage returns.

    Nothing can be edited if there are `faults`. `extract` is None if there is none that can be read.
    """

    state: DocumentState
    document: Document
    passages: tuple[Passage, ...]
    faults: tuple[Fault, ...]
    lines: tuple[str, ...]
    extract: SourceExtract | None = None
    extract_faults: tuple[Fault, ...] = ()

    def index(self, id: str) -> int:
        """The index of a passage. Raises KeyError."""
        for number, passage in enumerate(self.passages):
            if passage.id == id:
                return number
        raise KeyError(id)

    def lines_of(self, passage: Passage) -> PassageLines:
        start = passage.line - 1
        below = range(start, len(self.lines))
        return PassageLines(start, next(n for n in below if bare(self.lines[n]).startswith("{:")))

    @property
    def line_end(self) -> str:
        """What lines end with before their line feed: a carriage return in files made on Windows."""
        return "\r" if self.lines[0].endswith("\r") else ""

    def with_lines(self, lines: tuple[str, ...]) -> bytes:
        """The bytes that the file would have with these lines."""
        mark = BOM if self.state.markdown.startswith(BOM) else b""
        return mark + "\n".join(lines).encode()


def bare(line: str) -> str:
    """A line without white space at its ends, carriage returns included."""
    return line.strip(MARGIN + "\r")


def open_document(state: DocumentState, path: Path, extract_path: Path) -> OpenDocument:
    """The document in these bytes, which were read from the paths."""
    text, faults = decode_text(state.markdown, path)
    passages: tuple[Passage, ...] = ()
    document = Document("", "", path=path)
    if not faults:
        document, passages, faults = parse_document(text, path)
    extract, extract_faults = parse_extract(state.extract, extract_path) if state.extract else (None, ())
    return OpenDocument(
        state,
        document,
        passages,
        faults,
        tuple(state.markdown.removeprefix(BOM).decode("utf-8", "replace").split("\n")),
        None if extract_faults else extract,
        extract_faults,
    )
