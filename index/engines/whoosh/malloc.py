"""Keeping freed memory: a search makes and drops arrays as long as the collection, many times a second.

glibc by default gives blocks of that size back to the system at once and asks for them again, page
by page: that took two thirds of the time of a search for common words. Up to 64 MB are kept
instead. Other systems' allocators are left as they are.
"""

from __future__ import annotations

import ctypes
import sys
from contextlib import suppress

__all__ = ["keep_freed_memory"]

_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3
"""Parameters of mallopt(3)."""

_MAX_MMAP_THRESHOLD_BYTES = 32 << 20
"""Bytes: the most that glibc takes for the size from which on blocks are mapped one by one."""


def keep_freed_memory() -> None:
    """Tells the allocator of this process not to give memory back that the next search will need."""
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # musl has no mallopt
            mallopt = ctypes.CDLL(None).mallopt
            mallopt(_MMAP_THRESHOLD, _MAX_MMAP_THRESHOLD_BYTES)
            mallopt(_TRIM_THRESHOLD, 2 * _MAX_MMAP_THRESHOLD_BYTES)
