"""Worker processes forked within milliseconds from one that has everything imported (POSIX)."""

from __future__ import annotations

import gc
import os
import signal
import socket
import struct
import threading
import time
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress

__all__ = ["ForkedProcess", "Nursery"]

_ANSWER = struct.Struct("=i")
_ALIVE = 1 << 20
"""Stands for the exit code of a process that still runs."""

_MAX_LANES = 64
_POLL_SECONDS = 0.01


class Nursery:
    """A fork of this process, made before it has threads or connections, whose only job is to fork workers.

    `run` is what a worker does with its lanes. Raises OSError once the fork is gone.
    """

    def __init__(self, run: Callable[[Sequence[socket.socket]], None]) -> None:
        self._ours, theirs = socket.socketpair()
        self._lock = threading.Lock()
        if os.fork() == 0:
            self._ours.close()
            _alone(lambda: _tend(theirs, run))
        theirs.close()

    def start(self, lanes: Sequence[socket.socket]) -> ForkedProcess:
        """A new worker, which has copies of the lanes."""
        with self._lock:
            socket.send_fds(self._ours, [b"S"], [lane.fileno() for lane in lanes])
            return ForkedProcess(self, self._answer())

    def exit_code(self, pid: int) -> int | None:
        """The exit code of a process; None if it is running or unknown."""
        with self._lock:
            self._ours.sendall(b"E" + _ANSWER.pack(pid))
            code = self._answer()
        return None if code == _ALIVE else code

    def _answer(self) -> int:
        data = self._ours.recv(_ANSWER.size, socket.MSG_WAITALL)
        if len(data) < _ANSWER.size:
            raise ConnectionResetError
        return int(_ANSWER.unpack(data)[0])

    def close(self) -> None:
        self._ours.close()


class ForkedProcess:
    """A forked process with the interface that `multiprocessing` has."""

    def __init__(self, nursery: Nursery, pid: int) -> None:
        self._nursery, self.pid = nursery, pid
        self.exitcode: int | None = None

    def kill(self) -> None:
        if self.exitcode is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)

    def is_alive(self) -> bool:
        if self.exitcode is None:
            with suppress(OSError):
                self.exitcode = self._nursery.exit_code(self.pid)
        return self.exitcode is None

    def join(self, timeout: float) -> None:
        """Waits until it has ended, for `timeout` seconds at most."""
        end = time.monotonic() + timeout
        while self.is_alive() and time.monotonic() < end:
            time.sleep(_POLL_SECONDS)


def _alone(do: Callable[[], None]) -> None:
    """Runs `do` in a forked process, which then exits without the original's clean-up."""
    code = 1
    try:
        do()
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


def _tend(control: socket.socket, run: Callable[[Sequence[socket.socket]], None]) -> None:
    """Does what the original process asks, until that is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()  # forks share memory that is not written to
    while True:
        asked, files, _, _ = socket.recv_fds(control, 1, _MAX_LANES)
        match asked:
            case b"S":
                control.sendall(_ANSWER.pack(_copy(control, files, run)))
            case b"E":
                (pid,) = _ANSWER.unpack(control.recv(_ANSWER.size, socket.MSG_WAITALL))
                control.sendall(_ANSWER.pack(_exit_code(pid)))
            case _:
                return


def _copy(
    control: socket.socket, files: Sequence[int], run: Callable[[Sequence[socket.socket]], None]
) -> int:
    pid = os.fork()
    if pid == 0:
        control.close()
        _alone(lambda: run([socket.socket(fileno=file) for file in files]))
    for file in files:
        os.close(file)
    return pid


def _exit_code(pid: int) -> int:
    try:
        ended, status = os.waitpid(pid, os.WNOHANG)
    except ChildProcessError:
        return _ALIVE
    return os.waitstatus_to_exitcode(status) if ended else _ALIVE
