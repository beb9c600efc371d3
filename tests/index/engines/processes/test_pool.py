"""Parts of a build are done in order, with or without processes, and failures there are reported here."""

from __future__ import annotations

import multiprocessing
import multiprocessing.connection
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from index.engines.processes import pool
from index.engines.processes.pool import BuildProcesses
from kb.errors import IndexUnusable


@pytest.fixture
def several(monkeypatch: pytest.MonkeyPatch) -> Iterator[BuildProcesses]:
    monkeypatch.setattr(pool, "usable_cores", lambda: 2)
    with BuildProcesses() as processes:
        processes.expect(pool.MIN_PARALLEL_PASSAGES)
        yield processes


def doubled(part: int) -> tuple[int, int]:
    return 2 * part, os.getpid()


def killed(part: int) -> int:
    if part == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return part


def killed_while_sending(part: int) -> int:
    def send_half(connection: Any, data: bytes, write: object = None) -> None:
        os.write(connection.fileno(), data[: len(data) // 2])
        os.kill(os.getpid(), signal.SIGKILL)

    if part == 3:
        multiprocessing.connection.Connection._send = send_half  # type: ignore[attr-defined]
    return part


def refused(part: int) -> int:
    if part == 3:
        raise ValueError(part)
    return part


def test_few_are_done_by_the_process_that_asks() -> None:
    with BuildProcesses() as processes:
        processes.expect(pool.MIN_PARALLEL_PASSAGES - 1)
        assert list(processes.each(doubled, range(5))) == [(2 * part, os.getpid()) for part in range(5)]


def _no_semaphores(*given: object) -> None:
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize("refused_by", ["__init__", "submit"])
def test_where_no_process_can_be_started_the_parts_are_done_here(
    monkeypatch: pytest.MonkeyPatch, refused_by: str
) -> None:
    monkeypatch.setattr(pool, "usable_cores", lambda: 2)
    monkeypatch.setattr(pool.ProcessPoolExecutor, refused_by, _no_semaphores)
    with BuildProcesses() as processes:
        processes.expect(pool.MIN_PARALLEL_PASSAGES)
        assert list(processes.each(doubled, range(3))) == [(2 * part, os.getpid()) for part in range(3)]


@pytest.mark.slow
def test_many_are_done_in_order_by_others_and_taken_as_they_are_done(several: BuildProcesses) -> None:
    taken: list[int] = []

    def parts() -> Iterator[int]:
        for part in range(20):
            taken.append(part)
            yield part

    ahead = []
    found = []
    for made, process in several.each(doubled, parts()):
        ahead.append(len(taken) - len(found))
        found.append(made)
        assert process != os.getpid()
    assert found == [2 * part for part in range(20)]
    assert max(ahead) == 3


@pytest.mark.slow
def test_what_fails_in_a_process_ends_the_build(several: BuildProcesses) -> None:
    made = several.each(refused, range(20))
    assert [next(made) for _ in range(3)] == [0, 1, 2]
    with pytest.raises(ValueError, match="3"):
        next(made)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no such signal")
def test_a_process_that_is_killed_ends_the_build(several: BuildProcesses) -> None:
    with pytest.raises(IndexUnusable, match="a build process was killed"):
        list(several.each(killed, range(20)))


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no such signal")
def test_one_that_is_killed_in_the_middle_of_what_it_sends_ends_the_build_too(
    several: BuildProcesses,
) -> None:
    with pytest.raises(IndexUnusable, match="a build process was killed"):
        list(several.each(killed_while_sending, range(20)))


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no such signal")
def test_one_that_is_killed_between_two_parts_ends_the_build_too(several: BuildProcesses) -> None:
    made = several.each(doubled, range(20))
    _, process = next(made)
    for one in multiprocessing.active_children():
        one.kill()
        one.join()
    assert process not in [one.pid for one in multiprocessing.active_children()]
    with pytest.raises(IndexUnusable, match="a build process was killed"):
        list(made)


def never_ready() -> None:
    threading.Event().wait()


def ready_without_parent() -> None:
    os.kill(os.getppid(), signal.SIGKILL)
    threading.Event().wait()


def ready_after_an_interrupt() -> None:
    """Ctrl+C goes to all processes of a terminal: here when one is ready, and the other may be half so."""
    if multiprocessing.current_process().name.endswith("-1"):
        os.killpg(0, signal.SIGINT)
    threading.Event().wait()


def interrupts(part: int) -> bool:
    return signal.getsignal(signal.SIGINT) is signal.SIG_IGN


@pytest.mark.slow
def test_after_an_error_no_process_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "usable_cores", lambda: 2)
    others = multiprocessing.active_children()

    def interrupted() -> None:
        with BuildProcesses(never_ready) as processes:
            processes.expect(pool.MIN_PARALLEL_PASSAGES)
            assert len(multiprocessing.active_children()) == len(others) + 2
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert multiprocessing.active_children() == others


@pytest.mark.slow
def test_an_interrupt_is_for_the_main_process(several: BuildProcesses) -> None:
    assert all(several.each(interrupts, range(4)))


def in_a_session_of_its_own(begin: str, then: str) -> subprocess.CompletedProcess[str]:
    """What a program says that starts two processes; their output must end for this to return."""
    code = (
        "import signal, threading\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # else ignored behind a shell's `&`
        "from index.engines.processes import pool\n"
        f"from {__name__} import {begin}\n"
        "pool.usable_cores = lambda: 2\n"
        f"with pool.BuildProcesses({begin}) as processes:\n"
        "    processes.expect(pool.MIN_PARALLEL_PASSAGES)\n"
        f"    {then}\n"
    )
    run = [sys.executable, "-c", code]
    return subprocess.run(run, capture_output=True, text=True, timeout=120, start_new_session=True)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no groups of processes that share a signal")
def test_an_interrupt_while_processes_start_is_told_once() -> None:
    said = in_a_session_of_its_own("ready_after_an_interrupt", "threading.Event().wait()").stderr
    assert said.count("Traceback") == 1, said
    assert said.endswith("KeyboardInterrupt\n")


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no such signal")
def test_processes_whose_parent_is_killed_while_they_start_end_too() -> None:
    ended = in_a_session_of_its_own("ready_without_parent", "threading.Event().wait()")
    assert ended.returncode == -signal.SIGKILL
