"""Workers forked from a process: they run and die, and their death is noticed."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterator, Sequence

import pytest

from web.server.workers.nursery import ForkedProcess, Nursery

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="Windows copies no processes"),
]


def echo(lanes: Sequence[socket.socket]) -> None:
    (lane,) = lanes
    while data := lane.recv(100):
        if data == b"fail":
            raise RuntimeError("as asked")
        lane.sendall(b"%d" % os.getpid())


@pytest.fixture
def nursery() -> Iterator[Nursery]:
    made = Nursery(echo)
    yield made
    made.close()


def started(nursery: Nursery) -> tuple[ForkedProcess, socket.socket]:
    ours, theirs = socket.socketpair()
    with theirs:
        return nursery.start([theirs]), ours


def test_each_worker_is_a_process_of_its_own_and_ends_with_its_lanes(nursery: Nursery) -> None:
    (first, one), (second, two) = started(nursery), started(nursery)
    with one, two:
        for process, lane in ((first, one), (second, two)):
            lane.sendall(b"?")
            assert int(lane.recv(100)) == process.pid
            assert process.is_alive()
    for process in (first, second):
        process.join(20)
        assert process.exitcode == 0


def test_how_it_ended_is_known(nursery: Nursery) -> None:
    (killed, one), (failed, two) = started(nursery), started(nursery)
    with one, two:
        killed.kill()
        two.sendall(b"fail")
        assert one.recv(1) == two.recv(1) == b""
        killed.join(20)
        failed.join(20)
        assert (killed.exitcode, failed.exitcode) == (-9, 1)
        killed.kill()  # once more does no harm


def test_without_the_nursery_nothing_is_started(nursery: Nursery) -> None:
    nursery._ours.shutdown(socket.SHUT_RDWR)
    ours, theirs = socket.socketpair()
    with ours, theirs, pytest.raises(BrokenPipeError):
        nursery.start([theirs])
