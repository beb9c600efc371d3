"""The words of a Word document (DOCX), paragraph by paragraph, with its notes and where its links lead.

A DOCX file is a ZIP archive of XML (ECMA-376). It is read with the standard library alone, piece by
piece, and refused where it declares a document type or unpacks to more than any manuscript has.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from xml.parsers import expat

from kb.errors import BadRequest

__all__ = ["Paragraph", "read"]

_LARGEST = 50_000_000
"""Bytes of one part, unpacked."""

_NOTES = {"footnote": "word/footnotes.xml", "endnote": "word/endnotes.xml"}
_LINK = re.compile(r'HYPERLINK\s+"([^"]+)"')
_BREAKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_GONE = frozenset(("del", "moveFrom", "Fallback"))
"""What was deleted or moved away under tracked changes, and second versions of drawings."""


@dataclass(slots=True)
class Paragraph:
    """A paragraph: where it is ("paragraph 12", "footnote 3"), its words, and where its links lead.

    `quoted` says that its style is one for block quotations.
    """

    where: str
    text: str = ""
    quoted: bool = False
    links: list[str] = field(default_factory=list)


def read(path: Path) -> list[Paragraph]:
    """All paragraphs, the text first. Raises BadRequest for a file that is no such document."""
    try:
        with zipfile.ZipFile(path) as archive:
            body = _Part(_targets(archive, "word/document.xml"), "paragraph")
            body.parse(archive, "word/document.xml")
            notes = [note for kind, name in _NOTES.items() for note in _notes(archive, kind, name, body)]
            return [*body.paragraphs, *notes]
    except (
        zipfile.BadZipFile,
        KeyError,
        expat.ExpatError,
        NotImplementedError,
        RuntimeError,
        OSError,
    ) as exc:
        raise BadRequest(
            "FILE", f"{path} is no Word document that can be read; save it as DOCX again"
        ) from exc


def _notes(archive: zipfile.ZipFile, kind: str, name: str, body: _Part) -> Iterator[Paragraph]:
    """The notes of one kind, each numbered by where the text first refers to it."""
    if name not in archive.namelist():
        return
    part = _Part(_targets(archive, name), kind)
    part.parse(archive, name)
    numbers = {identifier: number for number, identifier in enumerate(body.references[kind], start=1)}
    for paragraph, identifier in zip(part.paragraphs, part.owners, strict=True):
        if identifier in numbers:
            paragraph.where = f"{kind} {numbers[identifier]}"
            yield paragraph


def _targets(archive: zipfile.ZipFile, name: str) -> dict[str, str]:
    """Where the links of a part lead, by their ids."""
    folder, _, file = name.rpartition("/")
    related = f"{folder}/_rels/{file}.rels"
    targets: dict[str, str] = {}

    def start(tag: str, attributes: Mapping[str, str]) -> None:
        if tag.endswith("Relationship") and "Id" in attributes:
            targets[attributes["Id"]] = attributes.get("Target", "")

    if related in archive.namelist():
        _parse(archive, related, start)
    return targets


def _parse(
    archive: zipfile.ZipFile,
    name: str,
    start: Callable[[str, Mapping[str, str]], None],
    end: Callable[[str], None] | None = None,
    characters: Callable[[str], None] | None = None,
) -> None:
    """Reads one part as XML. Raises ExpatError for what is none, and for a document type of its own."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = characters
    parser.StartDoctypeDeclHandler = _refuse
    with archive.open(name) as file:
        for piece in _pieces(file):
            parser.Parse(piece, False)
    parser.Parse(b"", True)


def _refuse(*_: object) -> None:
    raise expat.ExpatError("a document type is declared")


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    left = _LARGEST
    while left > 0 and (piece := file.read(min(left, 1 << 20))):
        left -= len(piece)
        yield piece
    if not left:
        raise expat.ExpatError("too large")


class _Part:
    """The paragraphs of one part; of a part of notes, `owners` has the id of the note of each."""

    def __init__(self, targets: Mapping[str, str], name: str) -> None:
        self.paragraphs: list[Paragraph] = []
        self.owners: list[str] = []
        self.references: dict[str, list[str]] = {kind: [] for kind in _NOTES}
        self._targets, self._name = targets, name
        self._open: list[Paragraph] = []
        self._owner = ""
        self._gone = 0
        self._in = ""
        self._codes: list[str] = []

    def parse(self, archive: zipfile.ZipFile, name: str) -> None:
        """Reads the part of this name."""
        _parse(archive, name, self._start, self._end, self._characters)

    def _start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = tag.rpartition(":")[2]
        self._gone += name in _GONE or self._gone > 0
        if self._gone:
            return
        if name == "p" and tag.startswith("w:"):
            self._open.append(Paragraph(f"{self._name} {len(self.paragraphs) + 1}"))
            self._codes.append("")
            self.paragraphs.append(self._open[-1])
            self.owners.append(self._owner)
        elif name in _NOTES:
            self._owner = attributes.get("w:id", "")
        elif name.removesuffix("Reference") in _NOTES:
            self.references[name.removesuffix("Reference")].append(attributes.get("w:id", ""))
        elif self._open:
            self._within(name, attributes, self._open[-1])

    def _within(self, name: str, attributes: Mapping[str, str], paragraph: Paragraph) -> None:
        match name:
            case "t" | "instrText":
                self._in = name
            case "pStyle":
                paragraph.quoted = "quot" in attributes.get("w:val", "").casefold()
            case "hyperlink" if target := self._targets.get(attributes.get("r:id", "")):
                anchor = attributes.get("w:anchor", "")
                paragraph.links.append(f"{target}#{anchor}" if anchor else target)
            case _:
                paragraph.text += _BREAKS.get(name, "")

    def _characters(self, text: str) -> None:
        if self._gone or not self._open:
            return
        if self._in == "t":
            self._open[-1].text += text
        elif self._in == "instrText":
            self._codes[-1] += text

    def _end(self, tag: str) -> None:
        if self._gone:
            self._gone -= 1
            return
        self._in = ""
        if tag == "w:p" and self._open:
            self._open.pop().links.extend(_LINK.findall(self._codes.pop()))
