"""A worker process ends with the process that started it."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from index.engines.processes import parent_process


def test_a_process_ends_as_soon_as_it_has_another_parent(monkeypatch: pytest.MonkeyPatch) -> None:
    parents = iter([4711, 4711, 1])
    ended: list[int] = []
    monkeypatch.setattr(os, "getppid", lambda: next(parents))
    monkeypatch.setattr(os, "_exit", ended.append)
    monkeypatch.setattr(parent_process, "WATCH_SECONDS", 0.0)
    parent_process.end_with_parent(4711)
    assert ended == [1]


@pytest.mark.skipif(sys.platform == "win32", reason="no process gets another parent")
def test_a_process_ends_whose_parent_was_gone_before_it_looked() -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    code = (
        "import threading; from index.engines.processes.parent_process import watch_parent;"
        f"watch_parent({gone.pid}); threading.Event().wait()"
    )
    assert subprocess.run([sys.executable, "-c", code], timeout=60).returncode == 1
