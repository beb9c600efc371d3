"""Checks a document against its source file: the checksum, and each passage word for word.

A source that is not plain text has an extract beside it (`kb.collection.extract_file`); what its spans
give is then what passages are held to.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kb.collection.extract_file import EXTRACT_ENDING, SourceExtract, read_extract
from kb.errors import MAX_FAULTS, Fault, FaultyRecord
from kb.files.listing import is_there, leads_out
from kb.files.reading import FileTooLarge, NotRegularFile, open_regular, read_regular
from kb.formats.front_matter import line_of_key
from kb.ids import is_fingerprint, is_id, shortened
from kb.messages import Message
from kb.model import Document, Passage
from kb.sources.kept_source import KeptFile, KeptSource
from kb.text.fingerprint import collapse
from kb.text.source_match import (
    SearchedSource,
    TooManySteps,
    context_of_difference,
    first_difference,
    nearest_stretch,
    words_at_departure,
)

__all__ = [
    "MAX_EXTRACTED_BYTES",
    "MAX_SOURCE_BYTES",
    "SOURCES_FOLDER",
    "CheckedSource",
    "check_source",
    "extract_name",
    "extract_names",
    "extract_of",
    "new_extract_name",
]

SOURCES_FOLDER = "sources"
MAX_SOURCE_BYTES = 20_000_000
MAX_EXTRACTED_BYTES = 200 * 1024 * 1024
"""The limit for a source with an extract: scans are large."""

_PDF_WITHIN = 1_024
"""The header of a PDF may come after other bytes."""


@dataclass(frozen=True, slots=True)
class CheckedSource:
    """The faults of a document against its source, and the source's files; None if it has none."""

    faults: Sequence[Fault] = ()
    kept: KeptSource | None = None


def extract_name(document: str) -> str:
    """The path of a document's extract, if it has one, within the content folder."""
    return f"{SOURCES_FOLDER}/{document}{EXTRACT_ENDING}"


def new_extract_name(document: str, sha256: str) -> str:
    """The path of a new version's extract until it replaces the one before."""
    return f"{SOURCES_FOLDER}/{document}@{shortened(sha256)}{EXTRACT_ENDING}"


def extract_names(document: Document) -> tuple[str, ...]:
    """The paths that a document's extract may have; the first that exists counts."""
    if not is_id(document.id):
        return ()
    new = [new_extract_name(document.id, document.sha256)] if is_fingerprint(document.sha256) else []
    return (*new, extract_name(document.id))


def extract_of(folder: Path, document: Document) -> Path | None:
    """The extract of a document of this content folder, if it has one."""
    return next((folder / name for name in extract_names(document) if is_there(folder / name)), None)


def check_source(folder: Path, document: Document, passages: Sequence[Passage], place: Path) -> CheckedSource:
    """Checks a document against its source; `place` is the file that holds its passages.

    An imported document may come without its source file; a curated one may not.
    """
    curated = place == document.path
    path = _inside(folder, document.source)
    if path is None:
        return CheckedSource([_fault(document, "source", Message("source-outside", folder=SOURCES_FOLDER))])
    extract_path = extract_of(folder, document)
    most = MAX_EXTRACTED_BYTES if extract_path else MAX_SOURCE_BYTES
    try:
        data = read_regular(path, most)
    except FileNotFoundError:
        message = Message("source-not-found", folder=SOURCES_FOLDER, source=document.source)
        return CheckedSource([_fault(document, "source", message)] if curated else [])
    except OSError as exc:
        return CheckedSource([_fault(document, "source", _why_unread(exc, most))])
    wrong = _checksum(document, data)
    file = KeptFile(document.sha256, len(data), path)
    if extract_path is None:
        return CheckedSource([*wrong, *_words(document, data, passages, place)], KeptSource(file))
    extract, faults = _read_extract(document, extract_path)
    if faults:
        return CheckedSource([*wrong, *faults])
    is_pdf = b"%PDF-" in data[:_PDF_WITHIN]
    kept = KeptSource(file, _kept(extract_path), extract.pages if is_pdf else 0)
    return CheckedSource([*wrong, *_extracted_words(document, extract, passages, place)], kept)


def _kept(path: Path) -> KeptFile:
    with open_regular(path) as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        return KeptFile(sha256, file.tell(), path)


def _why_unread(error: OSError, most: int) -> Message:
    match error:
        case NotRegularFile():
            return Message("source-not-regular")
        case FileTooLarge():
            return Message("source-too-large", bytes=most)
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
    return _not_in(document, passages, place, source)


def _read_extract(document: Document, path: Path) -> tuple[SourceExtract, tuple[Fault, ...]]:
    if leads_out(path, path.parent):
        return SourceExtract("", "", ""), (Fault(path, 0, Message("leads-out")),)
    extract, faults = read_extract(path)
    if not faults and extract.sha256 != document.sha256:
        message = Message("extract-of-other-source", source=document.source)
        return extract, (Fault(path, 1, message),)
    return extract, faults


def _extracted_words(
    document: Document, extract: SourceExtract, passages: Sequence[Passage], place: Path
) -> list[Fault]:
    """Faults of passages that are not what their spans give.

    Those that an editor cut or merged are looked for in all that the spans give, then in the lines.
    """
    edited = [one for one in passages if collapse(extract.replayed(one.id)) != collapse(one.text)]
    known = {one.id for one in edited}
    pages = [
        *_on_other_pages(extract, (one for one in passages if one.id not in known), place),
        *_beyond_pages(extract, edited, place),
    ]
    return [*pages, *(_not_in(document, edited, place, *_texts(extract)) if edited else ())]


def _on_other_pages(extract: SourceExtract, passages: Iterable[Passage], place: Path) -> Iterator[Fault]:
    """Faults of passages whose pages are not those of their spans."""
    for one in passages:
        pages = extract.pages_of(one.id)
        if one.page and pages and (one.page, one.page_end or one.page) != (pages[0], pages[-1]):
            said = str(pages[0]) if len(pages) == 1 else f"{pages[0]} to {pages[-1]}"
            message = Message("on-other-pages", passage=one.id, pages=said)
            yield Fault(place, one.line, message, FaultyRecord("passages", one.address))


def _beyond_pages(extract: SourceExtract, passages: Iterable[Passage], place: Path) -> Iterator[Fault]:
    """Faults of passages on pages that their source does not have."""
    for one in passages:
        if (last := one.page_end or one.page) and 0 < extract.pages < last:
            message = Message("beyond-pages", passage=one.id, page=last, pages=extract.pages)
            yield Fault(place, one.line, message, FaultyRecord("passages", one.address))


def _texts(extract: SourceExtract) -> tuple[str, str]:
    replays = "\n".join(map(extract.replayed, extract.passages))
    return replays, "\n".join(line.text for line in extract.lines)


def _not_in(document: Document, passages: Sequence[Passage], place: Path, *texts: str) -> list[Fault]:
    """Faults of the passages that none of the texts contains."""
    searched = [SearchedSource(text) for text in texts]
    try:
        strange = [one for one in passages if not any(text.has(one.text) for text in searched)]
    except TooManySteps:
        return [_fault(document, "source", Message("source-comparison-too-long"))]
    source = "\n".join(texts)
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
