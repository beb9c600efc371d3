"""An estimate of how much content there is, before any of it is read."""

from __future__ import annotations

from pathlib import Path

__all__ = ["expected_passages"]

_BYTES_EACH = {"passages.jsonl": 800, "passages.jsonl.gz": 250}
"""The bytes of a passage of three sentences, plain and gzipped."""


def expected_passages(folder: Path) -> int:
    """About how many passages a folder has in the interchange form; 0 where that cannot be told."""
    return max(_size(folder / name) // each for name, each in _BYTES_EACH.items())


def _size(path: Path) -> int:
    try:
        return path.stat().st_size if path.is_file() else 0
    except OSError:
        return 0
