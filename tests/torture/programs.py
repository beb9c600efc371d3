"""The program as its users run it: `kb` in a separate process."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from click.testing import CliRunner, Result

from kb.cli.main import main
from tests.pages import ROOT
from tests.torture.trial import Skipped

__all__ = ["build", "command", "needed", "quietly", "run", "serving", "started"]

Done = subprocess.CompletedProcess[str]

MAX_SECONDS = 300
"""What takes longer hangs."""


def command(*words: str | Path) -> list[str]:
    return [sys.executable, "-m", "kb", *map(str, words)]


def build(content: Path, index: Path) -> list[str]:
    """The command line that builds an index of this content."""
    return command("build", "--content", content, "--index", index)


def run(words: Sequence[str], before: Callable[[], None] | None = None) -> Done:
    """Runs the command to its end; `before` is called in the new process."""
    return subprocess.run(
        words,
        preexec_fn=before,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=_environment(),
        check=False,
        timeout=MAX_SECONDS,
    )


def started(words: Sequence[str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT, env=_environment()
    )


def quietly(*words: str | Path) -> Result:
    """Runs the command in this process, which takes a fifth of the time."""
    return CliRunner().invoke(main, [str(word) for word in words])


def needed(*programs: str) -> None:
    """Raises Skipped if one of these is not installed."""
    for program in programs:
        if not shutil.which(program):
            raise Skipped(f"{program} is not installed")


def _environment() -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("KB_")}
    return kept | {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}


@contextmanager
def serving(index: Path, workers: int = 2) -> Iterator[tuple[int, subprocess.Popen[str]]]:
    """The port and process of `kb serve` over an index, ready to answer."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = command("serve", "--index", index, "--port", str(port), "--workers", str(workers))
    server = subprocess.Popen(words, text=True, cwd=ROOT, env=_environment(), stdout=subprocess.DEVNULL)
    try:
        _wait(port, server)
        yield port, server
    finally:
        server.terminate()
        try:
            server.wait(30)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _wait(port: int, server: subprocess.Popen[str]) -> None:
    until = time.monotonic() + MAX_SECONDS
    while time.monotonic() < until and server.poll() is None:
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=30)
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200:
                return
        except (OSError, HTTPException):
            pass
        time.sleep(0.1)
    raise RuntimeError("kb serve does not answer")
