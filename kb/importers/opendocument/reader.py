"""An OpenDocument text as blocks, footnotes and rows of tables."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from kb.errors import SourceUnreadable
from kb.formats.ooxml_package import UNREADABLE, OfficePackage, PackageTooLarge
from kb.importers.blocks import SourceDocument
from kb.importers.opendocument.body import TextBody
from kb.importers.opendocument.lists import ListNumbers
from kb.importers.opendocument.styles import local_name, text_styles
from kb.importers.word.xml_tree import part_tree
from kb.messages import Message

__all__ = ["read_opendocument"]

_EXTRACTOR = "kb odt 1"
_METADATA = {"title": "title", "initial-creator": "authors", "language": "language"}


def read_opendocument(data: bytes, name: str) -> SourceDocument:
    """The text of a document. Raises SourceUnreadable for one that is damaged, locked or too large."""
    try:
        return _read(OfficePackage(data), name)
    except PackageTooLarge as exc:
        raise SourceUnreadable(exc.message) from exc
    except (*UNREADABLE, RecursionError) as exc:
        raise SourceUnreadable(Message("opendocument-damaged", name=name)) from exc


def _read(package: OfficePackage, name: str) -> SourceDocument:
    manifest = _part(package, "META-INF/manifest.xml")
    if manifest is not None and any(local_name(one.tag) == "encryption-data" for one in manifest.iter()):
        raise SourceUnreadable(Message("opendocument-locked", name=name))
    content = part_tree(package, "content.xml")
    text = next((one for one in content.iter() if local_name(one.tag) == "text" and len(one)), None)
    styles = text_styles(_part(package, "styles.xml"), content)
    body = TextBody(styles, ListNumbers(styles))
    if text is not None:
        body.read(text)
    return SourceDocument(
        extractor=_EXTRACTOR,
        lines=tuple(body.lines),
        blocks=tuple(body.blocks),
        footnotes=tuple(body.footnotes),
        dropped=tuple(body.dropped),
        metadata=_metadata(_part(package, "meta.xml")),
    )


def _part(package: OfficePackage, name: str) -> ET.Element | None:
    return part_tree(package, name) if name in package.names else None


def _metadata(meta: ET.Element | None) -> dict[str, str]:
    found = {local_name(one.tag): (one.text or "").strip() for one in (() if meta is None else meta.iter())}
    return {field: found[local] for local, field in _METADATA.items() if found.get(local)}
