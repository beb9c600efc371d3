"""Worker processes end with the process that started them."""

from __future__ import annotations

import os
import sys
import threading
import time

__all__ = ["WATCH_SECONDS", "end_with_parent", "watch_parent"]


WATCH_SECONDS = 2.0
"""Seconds between looks at whether the main process is still there."""


def watch_parent(parent: int) -> None:
    """Ends this process, from now on, when `parent` is gone; on Windows none ever gets another parent.

    The parent says itself who it is: one that was killed in the meantime is no longer known here.
    """
    if sys.platform != "win32":
        threading.Thread(target=end_with_parent, args=(parent,), daemon=True).start()


def end_with_parent(parent: int) -> None:
    """Ends this process once `parent` is gone: killed outright, it cannot stop its workers itself."""
    while os.getppid() == parent:
        time.sleep(WATCH_SECONDS)
    os._exit(1)
