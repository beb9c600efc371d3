"""Load over HTTP: distinct queries over connections that stay open, from a separate process."""

from __future__ import annotations

import random
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

from tests.bench.building import ROOT
from tests.bench.memory import anonymous_mb, descendants
from tests.bench.questions import SEED, Question
from tests.bench.timing import apart, say, spread
from web.urls import search_links

__all__ = ["CONNECTIONS", "WORKERS", "get", "load", "made_here", "ours", "served"]

CONNECTIONS = 8
WORKERS = 2

_HEAD = "Host: 127.0.0.1\r\nAccept: text/html\r\nAccept-Encoding: gzip, deflate, br, zstd\r\n\r\n"


def ours(workers: int = WORKERS) -> Sequence[str]:
    """The command of our server, for `served`."""
    return ("-m", "kb", "serve", "--workers", str(workers), "--port", "{port}", "--index", "{index}")


def made_here(site: str, workers: int = WORKERS) -> Sequence[str]:
    """The command of a site of the benchmark's own, for `served`."""
    return ("-m", "tests.bench.site", site, "{port}", str(workers), "{index}")


def load(index: Path, stock: Path | None, questions: Sequence[Question], seconds: float) -> dict[str, Any]:
    """Requests per second and times in ms, for our site and for one over stock Whoosh, if there is one."""
    asked = [search_links.search(question.request) for question in questions]
    random.Random(SEED).shuffle(asked)  # noqa: S311
    sites = {"kb": (ours(), index)} | ({"stock Whoosh": (made_here("stock"), stock)} if stock else {})
    measured = {}
    for name, (command, folder) in sites.items():
        say(f"HTTP: {name}, {CONNECTIONS} connections, {len(asked):,} distinct pages, {seconds:g} s at most")
        with served(command, folder) as (port, process):
            measured[name] = apart(_ask, port, asked, seconds)
            workers = [anonymous_mb(each) for each in descendants(process)[1:]]
            measured[name]["worker_mb"] = max((size for size in workers if size), default=None)
    return measured


@contextmanager
def served(command: Sequence[str], index: Path) -> Iterator[tuple[int, int]]:
    """The port and process of a site over an index; the process ends with the block."""
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = int(free.getsockname()[1])
    filled = [part.format(port=port, index=index) for part in command]
    with subprocess.Popen([sys.executable, *filled], cwd=ROOT, stdout=subprocess.DEVNULL) as process:
        try:
            _wait_for(port)
            yield port, process.pid
        finally:
            process.terminate()


def _wait_for(port: int) -> None:
    for _ in range(600):
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=10)
            connection.request("GET", "/search?q=ready")
            if connection.getresponse().read():
                return
        except (OSError, HTTPException):
            time.sleep(0.05)
        finally:
            connection.close()
    raise RuntimeError("the server does not answer")


def _ask(port: int, asked: Sequence[str], seconds: float) -> dict[str, Any]:
    """Every connection takes the next page until none is left or the time is up."""
    pages = iter(asked)
    lock = threading.Lock()
    taken: list[float] = []
    sizes: list[int] = []
    failed: list[str] = []
    over = time.perf_counter() + seconds

    def visitor() -> None:
        with socket.create_connection(("127.0.0.1", port)) as connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            while time.perf_counter() < over:
                with lock:
                    page = next(pages, None)
                if page is None:
                    return
                began = time.perf_counter()
                status, size = get(connection, page)
                taken.append((time.perf_counter() - began) * 1000)
                sizes.append(size)
                if status != 200:
                    failed.append(page)

    visitors = [threading.Thread(target=visitor) for _ in range(CONNECTIONS)]
    began = time.perf_counter()
    for each in visitors:
        each.start()
    for each in visitors:
        each.join()
    wall = time.perf_counter() - began
    return {
        "requests": len(taken),
        "failed": failed,
        "per_s": len(taken) / wall,
        "page_kb": sum(sizes) / max(1, len(sizes)) / 1024,
        **spread(taken)._asdict(),
    }


def get(connection: socket.socket, page: str) -> tuple[int, int]:
    """The status of a page and its size in bytes as sent; the server sends a Content-Length."""
    connection.sendall(f"GET {page} HTTP/1.1\r\n{_HEAD}".encode())
    received = b""
    while b"\r\n\r\n" not in received:
        part = connection.recv(65536)
        if not part:
            raise RuntimeError(f"the connection was closed on {page}")
        received += part
    head, _, body = received.partition(b"\r\n\r\n")
    fields = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:])
    left = int(fields[b"content-length"]) - len(body)
    size = len(body) + left
    while left > 0:
        left -= len(connection.recv(min(left, 1 << 16)))
    return int(head.split(b" ", 2)[1]), size
