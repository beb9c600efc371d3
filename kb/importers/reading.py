"""Reads files in processes of their own, as many at once as there are cores."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from typing import IO

from kb.errors import SourceUnreadable
from kb.importers.draft import ImportDraft
from kb.importers.draft_json import draft_from_json
from kb.importers.reading_limits import MAX_ANSWER_BYTES, MAX_CPU_SECONDS, MAX_SECONDS
from kb.messages import Message

__all__ = ["Outcome", "read_draft", "read_drafts"]

Outcome = ImportDraft | SourceUnreadable
"""What became of one file."""

_PACKAGES = str(Path(__file__).resolve().parents[2])
_READ = (
    "import sys; sys.path.append(sys.argv[1]); "
    "from pathlib import Path; from kb.importers.reading_process import main; main(Path(sys.argv[2]))"
)
"""As `python -m kb.importers.reading_process`, but never from the working folder, which may hold anything."""


def read_drafts(paths: Iterable[Path]) -> Iterator[tuple[Path, Outcome]]:
    """Each file with its draft, or with why there is none, in order.

    Only a few are read ahead, so that memory does not grow with their number.
    """
    cores = _cores()
    waiting = iter(paths)
    with ThreadPoolExecutor(cores) as pool:
        reading: deque[tuple[Path, Future[Outcome]]] = deque()
        for path in islice(waiting, 2 * cores):
            reading.append((path, pool.submit(_outcome, path)))
        while reading:
            path, outcome = reading.popleft()
            yield path, outcome.result()
            for following in islice(waiting, 1):
                reading.append((following, pool.submit(_outcome, following)))


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _outcome(path: Path) -> Outcome:
    try:
        return read_draft(path)
    except SourceUnreadable as exc:
        return exc


def read_draft(path: Path, seconds: float = MAX_SECONDS) -> ImportDraft:
    """The draft of a file. Raises SourceUnreadable, also where reading it took too much of anything."""
    with tempfile.TemporaryFile() as answer:
        try:
            ended = subprocess.run(  # noqa: S603  # our own program; the path is one argument of it
                [sys.executable, "-P", "-c", _READ, _PACKAGES, str(path.absolute())],
                stdin=subprocess.DEVNULL,
                stdout=answer,
                stderr=subprocess.DEVNULL,
                timeout=seconds,
                check=False,
            )
        except subprocess.TimeoutExpired as exc:
            raise SourceUnreadable(_too_long(path, seconds)) from exc
        if ended.returncode:
            raise SourceUnreadable(_why_ended(path, ended.returncode))
        return _draft(path, answer)


def _why_ended(path: Path, code: int) -> Message:
    if -code in (getattr(signal, "SIGXCPU", None), getattr(signal, "SIGKILL", None)):
        return _too_long(path, MAX_CPU_SECONDS)
    return Message("reading-ended", name=path.name, exit_code=code)


def _too_long(path: Path, seconds: float) -> Message:
    return Message("reading-takes-long", name=path.name, seconds=seconds)


def _draft(path: Path, answer: IO[bytes]) -> ImportDraft:
    """The answer of the process, which what it read may have taken over."""
    answer.seek(0)
    try:
        value = json.loads(answer.read(MAX_ANSWER_BYTES))
        if "draft" in value:
            return draft_from_json(value["draft"])
        failure = Message.from_json(value["failure"])
    except (ValueError, TypeError, KeyError, RecursionError) as exc:
        raise SourceUnreadable(Message("reading-ended", name=path.name, exit_code=0)) from exc
    raise SourceUnreadable(failure)
