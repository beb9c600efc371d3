"""First pages made up for tests."""

from __future__ import annotations

from kb.importers.blocks import Block, BlockPlace, BlockStyle, Dropped, SourceDocument
from kb.importers.spanned_text import line_text
from kb.sources.lines import SourceLine

__all__ = ["BODY", "read_page"]

BODY = (
    "The participants discussed how workers who are held in debt can be found and helped, and by whom. " * 6
)


def read_page(
    *texts: str | tuple[str, float], running: tuple[str, ...] = (), **metadata: str
) -> SourceDocument:
    """A document of one page, on which each text, of 10 points unless given, is a block of one line."""
    pairs = [(one, 10.0) if isinstance(one, str) else one for one in (*texts, BODY)]
    lines = tuple(SourceLine(text.strip(), 1) for text, _ in pairs)
    blocks = tuple(
        Block(line_text(line.text, number), BlockStyle(size=size, bold=size > 10), BlockPlace(1, 1))
        for number, (line, (_, size)) in enumerate(zip(lines, pairs, strict=True))
    )
    dropped = tuple(Dropped("running-head", text, 1) for text in running)
    return SourceDocument("test 1", lines, blocks, dropped=dropped, metadata=metadata, pages=1)
