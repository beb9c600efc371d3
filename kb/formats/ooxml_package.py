"""The parts of an Office Open XML file: found by their relationships, parsed without building a tree.

Such a file is a ZIP archive of XML parts (ECMA-376 part 2). Its vocabularies have two sets of
namespaces, transitional and strict (ECMA-376 part 1, annex A); both are known here by one prefix, so
that a reader can ask for `w:p` whatever the file calls it.
"""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple, Protocol

from lxml import etree

from kb.messages import Message

__all__ = [
    "UNREADABLE",
    "ElementHandler",
    "OfficePackage",
    "PackageTooLarge",
    "Relationship",
    "core_properties",
    "prefixed",
    "prefixed_keys",
]

MAX_PARTS, MAX_UNPACKED_BYTES, MAX_TAGS = 10_000, 100_000_000, 2_000_000
"""Limits for one file. A thesis of 500 pages has some 50 parts, 10 MB and 500,000 tags."""

MAX_PARAGRAPHS = 200_000
"""The limit for one part. A thesis of 500 pages has some 10,000."""

_DIRECTORY_ENTRY = b"PK\x01\x02"

_CHUNK_BYTES = 1 << 20
_COMPRESSION = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)

_OFFICE = ("http://schemas.openxmlformats.org", "http://purl.oclc.org/ooxml")
_NAMESPACES = {
    "http://schemas.openxmlformats.org/package/2006/relationships": "rel",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    f"{_OFFICE[0]}/wordprocessingml/2006/main": "w",
    f"{_OFFICE[1]}/wordprocessingml/main": "w",
    f"{_OFFICE[0]}/officeDocument/2006/relationships": "r",
    f"{_OFFICE[1]}/officeDocument/relationships": "r",
    f"{_OFFICE[0]}/officeDocument/2006/math": "m",
    f"{_OFFICE[1]}/officeDocument/math": "m",
    f"{_OFFICE[0]}/drawingml/2006/main": "a",
    f"{_OFFICE[1]}/drawingml/main": "a",
    "urn:schemas-microsoft-com:vml": "v",
}

UNREADABLE = (
    *(zipfile.BadZipFile, zlib.error, EOFError, OSError),
    *(KeyError, NotImplementedError, RuntimeError),  # no such part, unknown packing, a password
    *(ValueError, struct.error),  # names that are not text, offsets before the beginning
    etree.XMLSyntaxError,
)
"""What reading a damaged or hostile file may raise."""


class Relationship(NamedTuple):
    """Where a part, or the package itself, points; `kind` is the last segment of the relationship's type."""

    id: str
    kind: str
    target: str
    external: bool


class ElementHandler(Protocol):
    """Told of each element of a part in turn; tags and attributes as `{namespace}name`."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None: ...

    def end(self, tag: str) -> None: ...

    def data(self, text: str) -> None: ...


@lru_cache(maxsize=1024)
def prefixed(name: str) -> str:
    """`{namespace}name` as `w:name`; names in unknown namespaces stay as they are."""
    namespace, _, local = name.rpartition("}")
    prefix = _NAMESPACES.get(namespace[1:])
    return f"{prefix}:{local}" if prefix else name


def prefixed_keys(attributes: Mapping[str, str]) -> dict[str, str]:
    """Attributes by their prefixed names."""
    return {prefixed(name): value for name, value in attributes.items()}


class PackageTooLarge(Exception):
    """The file is too large to be read; `message` says which limit it exceeds."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.code)
        self.message = message


class OfficePackage:
    """The parts of one file, read within limits for all of them together.

    Raises one of `UNREADABLE` for a file that is damaged, and PackageTooLarge.
    """

    def __init__(self, data: bytes) -> None:
        if data.count(_DIRECTORY_ENTRY) > MAX_PARTS:
            raise PackageTooLarge(Message("docx-too-many-parts", count=MAX_PARTS))
        self._archive = zipfile.ZipFile(io.BytesIO(data))
        self.names = frozenset(self._archive.namelist())
        self._bytes_left, self._tags_left = MAX_UNPACKED_BYTES, MAX_TAGS

    def related_part(self, source: str, kind: str, usual_name: str) -> str:
        """The name of the part that another one, or the package (""), points to; else its usual name."""
        for related in self.relationships(source):
            if related.kind == kind and not related.external:
                return posixpath.normpath(posixpath.join("/", posixpath.dirname(source), related.target))[1:]
        return posixpath.join(posixpath.dirname(source), usual_name)

    def relationships(self, source: str) -> list[Relationship]:
        """What a part, or the package (""), points to; nothing where it has no relationships."""
        folder, name = posixpath.split(source)
        part = posixpath.join(folder, "_rels", f"{name}.rels")
        reader = _RelationshipReader()
        if part in self.names:
            self.parse(part, reader)
        return reader.relationships

    def parse(self, name: str, handler: ElementHandler) -> None:
        """Tells the handler of a part's elements, in time linear in its size.

        Raises one of `UNREADABLE` for a part that is missing, not XML, or has a document type: no Office file
        has one, and entities need one.
        """
        part = self._archive.getinfo(name)
        if part.compress_type not in _COMPRESSION:
            raise zipfile.BadZipFile(f"{name} is packed as no Office file is")
        self._bytes_left -= part.file_size
        if self._bytes_left < 0:
            raise PackageTooLarge(Message("docx-too-large", bytes=MAX_UNPACKED_BYTES))
        parser = etree.XMLParser(
            target=_Target(handler), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
        )
        with self._archive.open(part) as file:
            # what is read never exceeds the size declared, whatever it unpacks to
            while chunk := file.read(_CHUNK_BYTES):
                self._count_tags(chunk)
                parser.feed(chunk)
        parser.close()

    def _count_tags(self, chunk: bytes) -> None:
        self._tags_left -= chunk.count(b"<")
        if self._tags_left < 0:
            raise PackageTooLarge(Message("docx-too-many-tags", count=MAX_TAGS))


class _RelationshipReader:
    def __init__(self) -> None:
        self.relationships: list[Relationship] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if prefixed(tag) == "rel:Relationship":
            kind = attributes.get("Type", "").rpartition("/")[2]
            external = attributes.get("TargetMode") == "External"
            target = attributes.get("Target", "")
            self.relationships.append(Relationship(attributes.get("Id", ""), kind, target, external))

    def end(self, tag: str) -> None: ...

    def data(self, text: str) -> None: ...


class _Target:
    """Adapts a handler to what lxml calls."""

    def __init__(self, handler: ElementHandler) -> None:
        self.start, self.end, self.data = handler.start, handler.end, handler.data

    def doctype(self, *_: object) -> None:
        raise etree.XMLSyntaxError("a document type is declared", 0, 0, 0)

    def close(self) -> None: ...


_PROPERTIES = {"title": "title", "creator": "authors", "language": "language"}
MAX_PROPERTY_CHARS = 1000


def core_properties(package: OfficePackage) -> dict[str, str]:
    """The title, author and language in the core properties (ECMA-376, part 2, 11), by a document's fields.

    Raises what the package raises.
    """
    name = package.related_part("", "core-properties", "docProps/core.xml")
    if name not in package.names:
        return {}
    handler = _ElementTexts()
    package.parse(name, handler)
    texts = {tag: " ".join(text.split())[:MAX_PROPERTY_CHARS] for tag, text in handler.texts.items()}
    return {field: texts[tag] for tag, field in _PROPERTIES.items() if texts.get(tag)}


class _ElementTexts:
    """The text of each element by its local name."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self._open: list[str] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._open.append(tag.rpartition("}")[2])

    def end(self, tag: str) -> None:
        self._open.pop()

    def data(self, text: str) -> None:
        if self._open:
            self.texts[self._open[-1]] = self.texts.get(self._open[-1], "") + text
