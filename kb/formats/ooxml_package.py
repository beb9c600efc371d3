"""The parts of an Office Open XML file: found by their relationships, parsed without building a tree.

Such a file is a ZIP archive of XML parts (ECMA-376 part 2). Its vocabularies have two sets of
namespaces, transitional and strict (ECMA-376 part 1, annex A); both are known here by one prefix, so
that a reader can ask for `w:p` whatever the file calls it.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple, Protocol

from lxml import etree

__all__ = [
    "UNREADABLE",
    "ElementHandler",
    "Relationship",
    "parse_part",
    "prefixed",
    "prefixed_keys",
    "related_part",
    "relationships",
]

MAX_PART_BYTES = 50_000_000
"""Of one part, unpacked."""

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
    """`{namespace}name` as `w:name`; a name of no namespace known here as it is."""
    namespace, _, local = name.rpartition("}")
    prefix = _NAMESPACES.get(namespace[1:])
    return f"{prefix}:{local}" if prefix else name


def prefixed_keys(attributes: Mapping[str, str]) -> dict[str, str]:
    """Attributes by their prefixed names."""
    return {prefixed(name): value for name, value in attributes.items()}


def related_part(archive: zipfile.ZipFile, source: str, kind: str, usual_name: str) -> str:
    """The name of the part that another one, or the package (""), points to; else its usual name."""
    for related in relationships(archive, source):
        if related.kind == kind and not related.external:
            return posixpath.normpath(posixpath.join("/", posixpath.dirname(source), related.target))[1:]
    return posixpath.join(posixpath.dirname(source), usual_name)


def relationships(archive: zipfile.ZipFile, source: str) -> list[Relationship]:
    """What a part, or the package (""), points to; nothing where it has no relationships."""
    folder, name = posixpath.split(source)
    part = posixpath.join(folder, "_rels", f"{name}.rels")
    reader = _RelationshipReader()
    if part in archive.namelist():
        parse_part(archive, part, reader)
    return reader.relationships


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


def parse_part(archive: zipfile.ZipFile, name: str, handler: ElementHandler) -> None:
    """Tells the handler of a part's elements, in time linear in its size.

    Raises one of `UNREADABLE` for a part that is missing, damaged, no XML, or too large, and for a
    document type of its own, without reading it: no Office file has one, and entities need one.
    """
    part = archive.getinfo(name)
    if part.file_size > MAX_PART_BYTES or part.compress_type not in _COMPRESSION:
        raise zipfile.BadZipFile(f"{name} is too large or packed as no Office file is")
    parser = etree.XMLParser(
        target=_Target(handler), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    with archive.open(part) as file:
        # what is read never exceeds the size declared, whatever it unpacks to
        while chunk := file.read(_CHUNK_BYTES):
            parser.feed(chunk)
    parser.close()


class _Target:
    """A handler as lxml wants it."""

    def __init__(self, handler: ElementHandler) -> None:
        self.start, self.end, self.data = handler.start, handler.end, handler.data

    def doctype(self, *_: object) -> None:
        raise etree.XMLSyntaxError("a document type is declared", 0, 0, 0)

    def close(self) -> None: ...
