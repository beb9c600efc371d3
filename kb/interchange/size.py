"""How much content there may be, known before any of it is read."""

from __future__ import annotations

from pathlib import Path

__all__ = ["expected_passages"]

_BYTES_EACH = {"passages.jsonl": 800, "passages.jsonl.gz": 250}
"""Of a passage of three sentences, as JSON and packed."""


def expected_passages(folder: Path) -> int:
    """About how many passages a folder has in the interchange form; 0 where that cannot be seen."""
    return max(_size(folder / name) // each for name, each in _BYTES_EACH.items())


def _size(path: Path) -> int:
    try:
        return path.stat().st_size if path.is_file() else 0
    except OSError:
        return 0
