"""Work on an untrusted file, in a process of its own with limits on time, memory and output."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

__all__ = ["ProcessLimits", "limit_this_process", "own_output", "program"]

_PACKAGES = str(Path(__file__).resolve().parents[2])
_GRACE_SECONDS = 5
"""Time between the signal that ends a process and the one that it cannot ignore."""


@dataclass(frozen=True, slots=True)
class ProcessLimits:
    """Seconds elapsed and of CPU time, bytes of memory and of each file that is written."""

    seconds: float
    cpu_seconds: int
    memory_bytes: int
    output_bytes: int


def program(module: str, *arguments: str) -> list[str]:
    """The command that calls `main` of a module with arguments, in this Python.

    Like `python -m MODULE`, but never importing from the working folder, which may hold anything.
    """
    call = f"import sys; sys.path.append(sys.argv[1]); from {module} import main; main(*sys.argv[2:])"
    return [sys.executable, "-P", "-c", call, _PACKAGES, *arguments]


def own_output() -> IO[bytes]:
    """Standard output for the answer alone: whatever a library prints goes to standard error."""
    output = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return output


def limit_this_process(limits: ProcessLimits) -> None:
    """Sets the limits for good, where the system has them; the parent process enforces the elapsed time."""
    if sys.platform == "win32":
        return
    import resource

    most = {
        resource.RLIMIT_AS: (limits.memory_bytes, limits.memory_bytes),
        resource.RLIMIT_CPU: (limits.cpu_seconds, limits.cpu_seconds + _GRACE_SECONDS),
        resource.RLIMIT_FSIZE: (limits.output_bytes, limits.output_bytes),
        resource.RLIMIT_CORE: (0, 0),
    }
    for limit, values in most.items():
        with suppress(ValueError, OSError):  # macOS has no memory limit; a lower one may be set already
            resource.setrlimit(limit, values)
