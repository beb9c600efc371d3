"""The content that all sizes are made of, and the queries asked of each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kb.collection.loader import load
from kb.interchange.writer import write_interchange
from tests.bench.questions import Question, draw, vocabulary
from tests.bench.rows import cut, rows

__all__ = ["prepared"]


def prepared(folders: Sequence[Path], passages: int | None, each: int, base: Path) -> list[Question]:
    """Leaves the content in `base` in the interchange form, and draws the queries."""
    collection = load(folders)
    collection = cut(collection, passages) if passages else collection
    write_interchange(collection, base)
    return draw(vocabulary(list(rows(collection))), each)
