"""`kb serve` under attack: one worker, and readers who must not notice."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path

import pytest

from kb.model import Collection
from tests.engines import build
from tests.web.server.in_process import page, wait_until

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="looks for worker processes in /proc"),
]
IDLE = 1_300
_SERVE = "from web.cli import serve; serve()"


class Served:
    """A server, seen from outside."""

    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self.process, self.port = process, port

    def get(self, path: str) -> tuple[int, str]:
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=60)) as connection:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()

    def answers(self) -> bool:
        try:
            return self.get("/healthz")[0] == 200
        except OSError:
            return False

    def workers(self) -> list[int]:
        """The children of the process that only copies itself."""
        return [worker for nursery in children(self.process.pid) for worker in children(nursery)]


def children(process: int) -> list[int]:
    tasks = Path(f"/proc/{process}/task").glob("*/children")
    return [int(child) for task in tasks for child in task.read_text(encoding="ascii").split()]


@contextmanager
def served(index: Path) -> Iterator[Served]:
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = int(free.getsockname()[1])
    arguments = ("--port", str(port), "--workers", "1", "--threads", "2")
    environment = os.environ | {"KB_INDEX": str(index)}
    process = subprocess.Popen(
        [sys.executable, "-c", _SERVE, *arguments],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        site = Served(process, port)
        wait_until(site.answers)
        yield site
    finally:
        process.terminate()
        assert process.wait(30) == 0


@pytest.fixture(scope="module")
def index(shipped: Collection, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two generations: the shipped content, and nothing."""
    folder = tmp_path_factory.mktemp("served") / "index"
    build(Collection(), folder)
    build(shipped, folder)
    return folder


@pytest.fixture(scope="module")
def site(index: Path) -> Iterator[Served]:
    with served(index) as made:
        yield made


def finds(site: Served) -> bool:
    return "mutual legal assistance" in site.get("/search?q=extradition")[1]


def test_idle_connections_and_unfinished_bodies_lock_nobody_out(site: Served) -> None:
    unfinished = (
        page("/check").replace(b"GET", b"POST").replace(b"\r\n\r\n", b"\r\nContent-Length: 9\r\n\r\n")
    )
    with ExitStack() as stack:
        for at in range(IDLE):
            silent = stack.enter_context(socket.create_connection(("127.0.0.1", site.port), timeout=60))
            if at < 20:
                silent.sendall(unfinished)
        assert finds(site)
        assert site.answers()


def test_workers_that_are_killed_are_back_however_often(site: Served) -> None:
    known: set[int] = set()
    for _ in range(3):
        wait_until(lambda: bool(set(site.workers()) - known))
        (worker,) = set(site.workers()) - known
        os.kill(worker, signal.SIGKILL)
        known.add(worker)
        assert finds(site)
    assert site.process.poll() is None


def test_without_the_process_that_is_copied_workers_come_back_more_slowly(site: Served) -> None:
    for nursery in children(site.process.pid):
        for worker in children(nursery):
            os.kill(worker, signal.SIGKILL)
        os.kill(nursery, signal.SIGKILL)
    wait_until(lambda: finds(site))


def test_a_segment_cut_short_while_it_is_served_gives_no_wrong_answer(index: Path, tmp_path: Path) -> None:
    folder = tmp_path / "index"
    shutil.copytree(index, folder)
    newest = max(folder.glob("MAIN_*.kb"), key=lambda path: path.stat().st_size)
    with served(folder) as site:
        assert finds(site)
        os.truncate(newest, 1_000)
        assert "No passages found" in site.get("/search?q=extradition")[1]
        status, said = site.get("/healthz")
        assert status == 200
        assert "is served instead" in said
