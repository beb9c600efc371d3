"""One reading process, as the process that started it sees it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from threading import Timer

from kb.importers.reading.frames import framed, read_frame
from kb.importers.reading.limits import MAX_ANSWER_BYTES

__all__ = ["ReadingEnded", "ReadingProcess"]

_PACKAGES = str(Path(__file__).resolve().parents[3])
_PROGRAM = "import sys; sys.path.append(sys.argv[1]); from kb.importers.reading.program import main; main()"
"""As `python -m kb.importers.reading.program`, but never from the working folder, which may hold anything."""

END_SECONDS = 10
"""How long a process with nothing left to read may take to end."""


class ReadingEnded(Exception):
    """A process ended, or was ended after its time, before it had answered; `code` is its exit code."""

    def __init__(self, code: int, overdue: bool) -> None:
        super().__init__(code)
        self.code = code
        self.overdue = overdue


class ReadingProcess:
    """Reads one file after the other."""

    def __init__(self) -> None:
        self._overdue = False
        self._process = subprocess.Popen(  # noqa: S603  # our own program
            [sys.executable, "-P", "-c", _PROGRAM, _PACKAGES],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            process_group=None if sys.platform == "win32" else 0,  # Ctrl-C is for us, who then end it
        )

    def answer(self, path: Path, seconds: float) -> bytes:
        """What the process says of a file. Raises ReadingEnded."""
        timer = Timer(seconds, self._end_overdue)
        timer.start()
        try:
            answer = self._exchange(os.fsencode(path.absolute()))
        finally:
            timer.cancel()
        if answer is None:
            raise ReadingEnded(self.wait(), self._overdue)
        return answer

    def kill(self) -> None:
        """Ends the process at once, and whatever it has started."""
        if self._process.poll() is not None:
            return
        if sys.platform == "win32":
            self._process.kill()
        else:
            os.killpg(self._process.pid, signal.SIGKILL)

    def close(self) -> None:
        """Tells the process that there are no more files."""
        for stream in (self._process.stdin, self._process.stdout):
            with suppress(OSError):  # it has ended already
                if stream:
                    stream.close()

    def wait(self) -> int:
        """Waits for the process to end; returns its exit code."""
        try:
            return self._process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()
            return self._process.wait()

    def _exchange(self, request: bytes) -> bytes | None:
        given, taken = self._process.stdin, self._process.stdout
        if not (given and taken):
            return None
        try:
            given.write(framed(request))
            given.flush()
        except BrokenPipeError:
            return None
        return read_frame(taken.read, MAX_ANSWER_BYTES)

    def _end_overdue(self) -> None:
        self._overdue = True
        self.kill()
