"""A content folder with one draft, as `kb add` leaves it: its file, its source, its extract."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from kb.collection.extract_file import PassageSpans, SourceExtract, dump_extract
from kb.curated.document_file import dump_document
from kb.model import Document, Passage
from kb.sources.lines import Box, SourceLine, Span

__all__ = ["SLUG", "THEME", "draft_folder", "write_draft"]

SLUG = "fees-report"
THEME = """---
slug: work
title: Work
order: 1
---
What work is about.

## Fees {: #fees }

Who pays fees.

## Wages {: #wages }

Who is paid.
"""
SOURCE = b"%PDF-1.4 the bytes of the source are not read here"

LINES = (
    ("Report on fees", 1),
    ("1. Most workers said that they had paid fees, and that", 1),
    ("recruiters never gave them a receipt.", 1),
    ("2. The workers asked how unpaid wages could be re-", 1),
    ("covered. Nobody knew.", 2),
    ("Part II", 2),
    ("3. States should prohibit fees & <charges> of *any* kind.", 2),
    ("12", 2),
    ("4. States should prohibit fees & <charges> of *any* kind.", 2),
)


def _span(line: int, start: int = 3, less: int = 0, glue: str = "") -> Span:
    """A span of a line from `start`, without `less` characters at its end."""
    return Span(line, start, len(LINES[line][0]) - less, glue)


PASSAGES: Sequence[tuple[str, str, Sequence[Span]]] = (
    ("p1", "", (_span(1), _span(2, 0, glue=" "))),
    ("p2", "", (_span(3, less=1), _span(4, 0))),
    ("p3", "Part II", (_span(6),)),
    ("p4", "Part II", (_span(8),)),
)


def draft_folder(folder: Path) -> Path:
    """The folder, with a theme and a draft of four passages on two pages."""
    (folder / "themes").mkdir(parents=True)
    (folder / "themes/01-work.md").write_text(THEME, encoding="utf-8")
    write_draft(folder, SLUG, PASSAGES, LINES)
    return folder


def write_draft(
    folder: Path,
    slug: str,
    passages: Sequence[tuple[str, str, Sequence[Span]]],
    lines: Sequence[tuple[str, int]],
) -> None:
    """Writes a draft whose passages, each with its id and heading, are these spans of these lines."""
    source = SOURCE + slug.encode()
    sha256 = hashlib.sha256(source).hexdigest()
    read = tuple(
        SourceLine(text, page, Box(72, 72 + 12.0 * number, 500, 84 + 12.0 * number))
        for number, (text, page) in enumerate(lines)
    )
    spans = {id: PassageSpans(tuple(made)) for id, _, made in passages}
    extract = SourceExtract("made by hand 1", f"{slug}.pdf", sha256, read, spans)
    document = Document(
        slug, "Report on fees", kind="report", source=f"{slug}.pdf", sha256=sha256, supplied=("kind",)
    )
    written = [
        Passage(slug, id, extract.replayed(id), locator=f"para {number}", heading=heading)
        for number, (id, heading, _) in enumerate(passages, 1)
    ]
    for name in ("sources", "drafts"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / f"sources/{slug}.pdf").write_bytes(source)
    extract_text = "".join(dump_extract(extract))
    (folder / f"sources/{slug}.text.jsonl").write_text(extract_text, encoding="utf-8", newline="\n")
    markdown = dump_document(document, written)
    (folder / f"drafts/{slug}.md").write_text(markdown, encoding="utf-8", newline="\n")
