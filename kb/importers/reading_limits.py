"""How much the process that reads one file may use. What it reads may be made to use up everything."""

from __future__ import annotations

import sys
from contextlib import suppress

__all__ = ["MAX_ANSWER_BYTES", "MAX_CPU_SECONDS", "MAX_MEMORY_BYTES", "MAX_SECONDS", "limit_this_process"]

MAX_SECONDS = 300
"""By the clock."""

MAX_CPU_SECONDS = 120
"""Two thousand pages with their layout take a quarter of it."""

MAX_MEMORY_BYTES = 1_500_000_000
MAX_ANSWER_BYTES = 500_000_000


def limit_this_process() -> None:
    """Sets the limits of time, memory and output for good, where the system has them."""
    if sys.platform == "win32":
        return
    import resource

    limits = {
        resource.RLIMIT_AS: (MAX_MEMORY_BYTES, MAX_MEMORY_BYTES),
        resource.RLIMIT_CPU: (MAX_CPU_SECONDS, MAX_CPU_SECONDS + 5),
        resource.RLIMIT_FSIZE: (MAX_ANSWER_BYTES, MAX_ANSWER_BYTES),
        resource.RLIMIT_CORE: (0, 0),
    }
    for limit, most in limits.items():
        with suppress(ValueError, OSError):  # macOS has no limit of memory; a lower one may be set already
            resource.setrlimit(limit, most)
