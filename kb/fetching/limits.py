"""How much one address may take."""

from __future__ import annotations

from dataclasses import dataclass

from kb.importers.registry import MAX_FILE_BYTES

__all__ = ["FetchLimits"]


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """Bytes of the document, unpacked; seconds in all, and without a sign of life; redirects on the way."""

    max_bytes: int = MAX_FILE_BYTES
    seconds: float = 600
    stall_seconds: float = 30
    max_redirects: int = 10
