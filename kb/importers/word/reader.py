"""A Word document as blocks, footnotes and rows of tables."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from kb.errors import SourceUnreadable
from kb.formats.ooxml_package import UNREADABLE, OfficePackage, PackageTooLarge, core_properties
from kb.importers.blocks import Dropped, DropReason, SourceDocument
from kb.importers.word.body import BodyReader
from kb.importers.word.list_items import ListItems
from kb.importers.word.notes import note_elements, note_marks
from kb.importers.word.numbering import ListCounters, list_definitions
from kb.importers.word.runs import RunReader
from kb.importers.word.styles import style_sheet
from kb.importers.word.xml_tree import Element, child, part_tree
from kb.messages import Message

__all__ = ["read_word"]

_EXTRACTOR = "kb word 1"
_RUNNING: dict[str, DropReason] = {"header": "running-head", "footer": "running-foot"}


def read_word(data: bytes, name: str) -> SourceDocument:
    """The text of a Word document. Raises SourceUnreadable for one that is damaged or too large."""
    try:
        return _WordFile(OfficePackage(data)).document()
    except PackageTooLarge as exc:
        raise SourceUnreadable(exc.message) from exc
    except (*UNREADABLE, RecursionError) as exc:
        raise SourceUnreadable(Message("word-damaged", name=name)) from exc


class _WordFile:
    def __init__(self, package: OfficePackage) -> None:
        self._package = package
        self._main = package.related_part("", "officeDocument", "word/document.xml")

    def document(self) -> SourceDocument:
        body = child(part_tree(self._package, self._main), "w:body")
        if body is None:
            raise ValueError("no body")
        reader = self._reader(body)
        reader.read(body)
        for kind in ("footnote", "endnote"):
            reader.read_notes(kind, note_elements(self._part(f"{kind}s"), kind))
        return SourceDocument(
            extractor=_EXTRACTOR,
            lines=tuple(reader.lines),
            blocks=tuple(reader.blocks),
            footnotes=tuple(reader.footnotes),
            dropped=(*reader.dropped, *self._running_heads()),
            metadata=core_properties(self._package),
            remarks=tuple(self._remarks()),
        )

    def _reader(self, body: Element) -> BodyReader:
        styles = style_sheet(self._part("styles"))
        definitions = list_definitions(self._part("numbering"), styles.lists())
        runs = RunReader(styles, note_marks(body, self._part("settings")))
        return BodyReader(styles, ListItems(styles, ListCounters(definitions)), runs)

    def _part(self, kind: str) -> Element | None:
        """The part to which the main one has a relationship of this kind, if any."""
        name = self._package.related_part(self._main, kind, f"{kind}.xml")
        return part_tree(self._package, name) if name in self._package.names else None

    def _related(self, kind: str) -> Iterator[str]:
        folder = posixpath.dirname(self._main)
        for related in self._package.relationships(self._main):
            part = posixpath.normpath(posixpath.join("/", folder, related.target))[1:]
            if related.kind == kind and not related.external and part in self._package.names:
                yield part

    def _running_heads(self) -> Iterator[Dropped]:
        """The headers and footers, each once."""
        seen: set[str] = set()
        for kind, reason in _RUNNING.items():
            for part in self._related(kind):
                tree = part_tree(self._package, part)
                text = " ".join("".join(one.text or "" for one in tree.iter("w:t")).split())
                if text and text not in seen:
                    seen.add(text)
                    yield Dropped(reason, text)

    def _remarks(self) -> Iterator[Message]:
        if any(self._related("comments")):
            yield Message("word-comments-left-out")
        if count := len(list(self._related("aFChunk"))):
            yield Message("word-parts-not-read", count=count)
