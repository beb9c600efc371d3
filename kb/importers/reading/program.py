"""The program of a reading process: paths come on standard input, drafts go to standard output.

Both are in [frames](frames.py). The process ends when standard input does, even in the middle of a file: the
process that started it is then gone.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import IO

from kb.errors import SourceUnreadable
from kb.importers.draft import draft_of
from kb.importers.draft_json import dump_answer
from kb.importers.reading.frames import framed, read_frame
from kb.importers.reading.limits import (
    MAX_FILES_A_PROCESS,
    MAX_MEMORY_BYTES,
    has_grown,
    limit_next_file,
    limit_this_process,
)
from kb.messages import Message

__all__ = ["main"]

MAX_PATH_BYTES = 1_000_000
GRACE_SECONDS = 5
"""How long the process, if it is in the middle of a file, outlives standard input."""

MAX_REASON_CHARS = 200


def main() -> None:
    """Reads one file after the other and says what each is, whatever happens."""
    with _output() as output:
        limit_this_process()
        for number, path in enumerate(_paths(), 1):
            limit_next_file()
            output.write(framed(_answer(path, number == 1)))
            output.flush()
            if number == MAX_FILES_A_PROCESS or has_grown():
                return


def _output() -> IO[bytes]:
    """Standard output for answers alone: whatever a library prints goes to standard error."""
    output = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return output


def _paths() -> Iterator[Path]:
    waiting: SimpleQueue[bytes | None] = SimpleQueue()
    Thread(target=_listen, args=(waiting,), daemon=True).start()
    while (path := waiting.get()) is not None:
        yield Path(os.fsdecode(path))


def _listen(waiting: SimpleQueue[bytes | None]) -> None:
    """Passes on what arrives; at the end of input, ends the process and whatever it has started."""
    while (path := read_frame(_from_input, MAX_PATH_BYTES)) is not None:
        waiting.put(path)
    waiting.put(None)
    time.sleep(GRACE_SECONDS)
    if sys.platform != "win32" and os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os._exit(1)


def _from_input(length: int) -> bytes:
    """`length` bytes of standard input, bypassing its buffer, whose lock would outlive this thread."""
    parts = []
    while length and (part := os.read(0, length)):
        parts.append(part)
        length -= len(part)
    return b"".join(parts)


def _answer(path: Path, first: bool) -> bytes:
    try:
        return dump_answer(draft_of(path))
    except SourceUnreadable as exc:
        failure = exc.message or _failed(path, exc)
    except MemoryError:
        if not first:  # earlier files may have left too little: a new process tries this one again
            os._exit(1)
        failure = Message("reading-takes-memory", name=path.name, megabytes=MAX_MEMORY_BYTES // 1_000_000)
    except ImportError as exc:
        failure = Message("reader-not-installed", module=exc.name or str(exc))
    except Exception as exc:  # a reader that fails on one file must not fail on the others
        failure = _failed(path, exc)
    return dump_answer(failure)


def _failed(path: Path, exc: Exception) -> Message:
    reason = " ".join(f"{type(exc).__name__}: {exc}".split())
    return Message("reading-failed", name=path.name, reason=reason[:MAX_REASON_CHARS])


if __name__ == "__main__":
    main()
