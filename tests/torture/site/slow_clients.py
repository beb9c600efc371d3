"""Clients that hog the server: idle ones, slow headers, slow bodies, slow readers."""

from __future__ import annotations

import resource
import socket
import time
from contextlib import ExitStack
from http.client import HTTPConnection

from tests.torture.indexes import large_content
from tests.torture.programs import quietly, serving
from tests.torture.site.asking import asked
from tests.torture.trial import Trial

__all__ = ["slow_clients"]

PATIENCE_SECONDS = 20
"""How long a reader waits: far longer than any should, so that a slow machine fails nothing."""

_POST = b"POST /check HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"

ATTACKS: dict[str, tuple[int, tuple[bytes, ...]]] = {
    "idle connections": (1_300, (b"",)),
    "slow headers": (200, (b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ", b"x", b"x")),
    "slow bodies": (200, (_POST + b"Content-Length: 10000\r\n\r\ntext=", b"x", b"x")),
    "slow chunks": (200, (_POST + b"Transfer-Encoding: chunked\r\n\r\n5\r\ntext=\r\n", b"1\r\nx\r\n")),
    "slow readers": (100, (b"GET /documents/r0 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",)),
    "slow readers of exports": (20, (b"GET /search.csv HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",)),
}
"""How many connections, and what each sends, part by part."""

PATHS = ("/healthz", "/search?q=victim", "/documents/r0", "/healthz")
"""What readers ask for meanwhile."""


def slow_clients(trial: Trial) -> None:
    """Everybody else must still be answered."""
    index = trial.folder / "index"
    built = quietly("build", "--content", large_content(trial.folder / "content", 2_000), "--index", index)
    assert built.exit_code == 0, built.output
    most = _most_files() // 2
    refused = 0
    with serving(index) as (port, _):
        for _ in trial.rounds():
            for name, (count, parts) in ATTACKS.items():
                with ExitStack() as stack:
                    held = [_opened(port, stack) for _ in range(min(count, most))]
                    refused += held.count(None)
                    for part in parts:
                        _send([each for each in held if each], part)
                        for path in PATHS:
                            trial.check(_answered(port, path), f"{name}: no answer from {path}")
                trial.check(_answered(port, "/healthz"), f"after {name}: no answer")
                if trial.over:
                    return
            trial.note = f"up to {min(1_300, most):,} connections held; {refused:,} refused"


def _most_files() -> int:
    """How many files this process may have open, after raising the limit as far as possible."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = min(hard, 8_192) if hard != resource.RLIM_INFINITY else 8_192
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    return most


def _opened(port: int, stack: ExitStack) -> socket.socket | None:
    """A connection that receives little at a time; None if it was refused."""
    held = stack.enter_context(socket.socket())
    held.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2_048)
    held.settimeout(5)
    try:
        held.connect(("127.0.0.1", port))
    except OSError:
        return None
    return held


def _send(held: list[socket.socket], part: bytes) -> None:
    for each in held:
        try:
            each.send(part)
        except OSError:  # the server has closed it
            continue


def _answered(port: int, path: str) -> bool:
    """Whether a reader gets the page, trying again if the server asks for it (503)."""
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
        status = asked(connection, "GET", path)
        connection.close()
        if status != 503:
            return status == 200
        time.sleep(0.5)
    return False
