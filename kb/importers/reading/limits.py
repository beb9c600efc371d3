"""How much the process that reads files may use: a file may be made to use up everything."""

from __future__ import annotations

import sys
from contextlib import suppress

from kb.files.reading import read_regular

__all__ = [
    "MAX_ANSWER_BYTES",
    "MAX_CPU_SECONDS",
    "MAX_FILES_A_PROCESS",
    "MAX_KEPT_BYTES",
    "MAX_MEMORY_BYTES",
    "MAX_SECONDS",
    "has_grown",
    "limit_next_file",
    "limit_this_process",
]

MAX_SECONDS = 1800
"""Wall-clock time per file: OCR of a hundred pages takes a quarter of an hour, in processes of its own."""

MAX_CPU_SECONDS = 120
"""The limit for each file; two thousand pages with their layout take a quarter of it."""

MAX_MEMORY_BYTES = 1_500_000_000
MAX_ANSWER_BYTES = 500_000_000

MAX_FILES_A_PROCESS = 200
MAX_KEPT_BYTES = 300_000_000
"""After so many files, or with so much memory, a new process takes over; starting it takes half a second."""


def limit_this_process() -> None:
    """Sets the limits of memory and output for good, where the system has them."""
    if sys.platform == "win32":
        return
    import resource

    limits = {
        resource.RLIMIT_AS: MAX_MEMORY_BYTES,
        resource.RLIMIT_FSIZE: MAX_ANSWER_BYTES,
        resource.RLIMIT_CORE: 0,
    }
    for limit, most in limits.items():
        with suppress(ValueError, OSError):  # macOS has no limit of memory; a lower one may be set already
            resource.setrlimit(limit, (most, most))


def limit_next_file() -> None:
    """Lets the process use `MAX_CPU_SECONDS` from now on; beyond that, the system ends it."""
    if sys.platform == "win32":
        return
    import resource

    usage = resource.getrusage(resource.RUSAGE_SELF)
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    with suppress(ValueError, OSError):
        resource.setrlimit(
            resource.RLIMIT_CPU, (int(usage.ru_utime + usage.ru_stime) + 1 + MAX_CPU_SECONDS, most)
        )


def has_grown() -> bool:
    """Whether the process ever held too much memory to go on reading files."""
    if sys.platform == "win32":
        return False
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    return (_most_held() or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit) > MAX_KEPT_BYTES


def _most_held() -> int:
    """The most bytes that this program has held, as Linux reports them; 0 elsewhere.

    There `ru_maxrss` is handed down: it may be what the process that started this one held.
    """
    try:
        status = read_regular("/proc/self/status")
    except OSError:
        return 0
    line = next((each for each in status.splitlines() if each.startswith(b"VmHWM:")), b"VmHWM: 0 kB")
    return int(line.split()[1]) * 1024
