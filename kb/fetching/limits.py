"""Limits on fetching one address."""

from __future__ import annotations

from dataclasses import dataclass

from kb.importers.registry import MAX_FILE_BYTES

__all__ = ["FetchLimits"]


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """Unpacked bytes of the document; seconds in all, and seconds of silence; redirects on the way."""

    max_bytes: int = MAX_FILE_BYTES
    seconds: float = 600
    stall_seconds: float = 30
    max_redirects: int = 10
