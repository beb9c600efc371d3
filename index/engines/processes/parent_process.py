"""Worker processes end with the process that started them."""

from __future__ import annotations

import os
import sys
import threading
import time

__all__ = ["WATCH_SECONDS", "end_with_parent", "watch_parent"]


WATCH_SECONDS = 2.0
"""Seconds between checks that the parent process is still there."""


def watch_parent(parent: int) -> None:
    """Ends this process as soon as `parent` is gone; not on Windows, where the parent's id never changes.

    The parent passes its own id: killed in the meantime, it could no longer be looked up here.
    """
    if sys.platform != "win32":
        threading.Thread(target=end_with_parent, args=(parent,), daemon=True).start()


def end_with_parent(parent: int) -> None:
    """Ends this process once `parent` is gone: killed outright, it cannot stop its workers itself."""
    while os.getppid() == parent:
        time.sleep(WATCH_SECONDS)
    os._exit(1)
