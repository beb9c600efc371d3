"""Checks a document against its source file: the checksum, and each passage word for word."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from kb.errors import MAX_FAULTS, Fault, FaultyRecord
from kb.files.reading import FileTooLarge, NotRegularFile, read_regular
from kb.formats.front_matter import line_of_key
from kb.ids import is_fingerprint
from kb.messages import Message
from kb.model import Document, Passage
from kb.text.source_match import (
    SearchedSource,
    TooManySteps,
    context_of_difference,
    first_difference,
    nearest_stretch,
    words_at_departure,
)

__all__ = ["MAX_SOURCE_BYTES", "SOURCES_FOLDER", "check_source"]

SOURCES_FOLDER = "sources"
MAX_SOURCE_BYTES = 20_000_000


def check_source(folder: Path, document: Document, passages: Sequence[Passage], place: Path) -> list[Fault]:
    """Faults of a document against its source; `place` is the file that holds its passages.

    An imported document may come without its source file; a curated one may not.
    """
    curated = place == document.path
    path = _inside(folder, document.source)
    if path is None:
        return [_fault(document, "source", Message("source-outside", folder=SOURCES_FOLDER))]
    try:
        data = read_regular(path, MAX_SOURCE_BYTES)
    except FileNotFoundError:
        message = Message("source-not-found", folder=SOURCES_FOLDER, source=document.source)
        return [_fault(document, "source", message)] if curated else []
    except OSError as exc:
        return [_fault(document, "source", _why_unread(exc))]
    return [*_checksum(document, data), *_words(document, data, passages, place)]


def _why_unread(error: OSError) -> Message:
    match error:
        case NotRegularFile():
            return Message("source-not-regular")
        case FileTooLarge():
            return Message("source-too-large", bytes=MAX_SOURCE_BYTES)
        case _:
            return Message("source-unreadable", reason=error.strerror or str(error))


def _inside(folder: Path, name: str) -> Path | None:
    if "\\" in name or ":" in name or "\0" in name:
        return None
    try:
        sources = (folder / SOURCES_FOLDER).resolve()
        path = (sources / name).resolve()
        inside = path.is_relative_to(sources) and sources.is_relative_to(folder.resolve())
        return path if inside else None
    except (OSError, RuntimeError, ValueError):
        return None


def _fault(document: Document, key: str, message: Message) -> Fault:
    line = line_of_key(document.path, key) if document.path.suffix == ".md" else document.line
    return Fault(document.path, line, message, FaultyRecord("documents", document.id))


def _checksum(document: Document, data: bytes) -> list[Fault]:
    checksum = hashlib.sha256(data).hexdigest()
    if checksum == document.sha256:
        return []
    fault = _fault(document, "sha256", Message("source-changed", found=checksum, expected=document.sha256))
    return [replace(fault, record=None) if is_fingerprint(document.sha256) else fault]


def _words(document: Document, data: bytes, passages: Sequence[Passage], place: Path) -> list[Fault]:
    try:
        source = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return [_fault(document, "source", Message("source-not-utf8"))]
    searched = SearchedSource(source)
    try:
        strange = [passage for passage in passages if not searched.has(passage.text)]
    except TooManySteps:
        return [_fault(document, "source", Message("source-comparison-too-long"))]
    faults = [Fault(place, one.line, _differs(one, source)) for one in strange[:MAX_FAULTS]]
    more = Message("more-not-verbatim", count=len(strange) - len(faults))
    return [*faults, *(Fault(place, one.line, more) for one in strange[MAX_FAULTS:][:1])]


def _differs(passage: Passage, source: str) -> Message:
    """The first difference of a passage from its source; either side of it may be empty."""
    words = words_at_departure(passage.text, source)
    stretch = nearest_stretch(words, source)
    if not stretch:
        return Message("not-in-source", passage=passage.id)
    ours, theirs = map(_short, first_difference(words, stretch))
    context = context_of_difference(words, stretch)
    if not ours:
        return Message("not-verbatim-missing", passage=passage.id, theirs=theirs, nearest=context)
    if not theirs:
        return Message("not-verbatim-added", passage=passage.id, ours=ours, nearest=context)
    return Message("not-verbatim", passage=passage.id, ours=ours, theirs=theirs, nearest=context)


def _short(words: str) -> str:
    return words if len(words) <= 80 else words[:80] + "..."
