"""Things go wrong under a running server: workers die, a segment is truncated."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import time
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from subprocess import Popen

from tests.index.engines.whoosh.test_power_cuts import CONTENTS
from tests.torture.indexes import Built, states
from tests.torture.processes import descendants
from tests.torture.programs import quietly, serving
from tests.torture.trial import Trial

__all__ = ["dying_workers", "segments_cut_short"]

PATIENCE_SECONDS = 30

Answer = tuple[int, tuple[str, ...]]
"""How many passages were found, and the first of them."""


def dying_workers(trial: Trial) -> None:
    """Kills one or several of the server's processes, again and again: it survives, and answers soon."""
    built = _twice_built(trial.folder)
    with serving(built.index) as (port, server):
        for _ in trial.rounds():
            _kill_some(server, trial.chance)
            name = trial.chance.choice([*CONTENTS[1]])
            found = _answered(port, name)
            trial.check(found == _expected(1, name) and server.poll() is None, (name, found and found[0]))
            time.sleep(trial.chance.random() * 2)


def _twice_built(folder: Path) -> Built:
    built = states(folder)
    for content in built.contents[:2]:
        assert quietly("build", "--content", content, "--index", built.index).exit_code == 0
    return built


def _kill_some(server: Popen[str], chance: random.Random) -> None:
    running = sorted(descendants(server.pid))
    for process in chance.sample(running, chance.randint(1, len(running))) if running else ():
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)


def _expected(state: int, name: str) -> Answer:
    size = CONTENTS[state].get(name, 0)
    return size, tuple(f"law {name} {at} {size}" for at in range(min(size, 50)))


def _answered(port: int, name: str) -> Answer | None:
    """The answer, asking until there is one; None if none came in time."""
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        if answer := _asked(port, name):
            return answer
        time.sleep(0.1)
    return None


def _asked(port: int, name: str) -> Answer | None:
    """What was found in one document; None without an answer of 200."""
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
    try:
        connection.request("GET", f"/api/search?q={name}&document={name}&per=50&sort=document")
        answer = connection.getresponse()
        data = answer.read()
        if answer.status != 200:
            return None
        found = json.loads(data)
    except (OSError, HTTPException):
        return None
    finally:
        connection.close()
    return found["total"], tuple(hit["text"] for hit in found["hits"])


def segments_cut_short(trial: Trial) -> None:
    """Truncates the newest segment while it is served: this generation or the one before must answer."""
    built = _twice_built(trial.folder)
    kept = Path(shutil.copytree(built.index, trial.folder / "kept"))
    newest = max(built.index.glob("*.kb"), key=lambda path: path.stat().st_mtime_ns).name
    for _ in trial.rounds():
        index = Path(shutil.copytree(kept, trial.folder / f"index-{trial.n}"))
        with serving(index) as (port, server):
            names = trial.chance.sample([*CONTENTS[0]], 4)
            _answered(port, names[0])
            path = index / newest
            os.truncate(path, trial.chance.randrange(path.stat().st_size))
            for name in names:
                found = _answered(port, name)
                fine = found in (_expected(0, name), _expected(1, name)) and server.poll() is None
                trial.check(fine, (name, found and found[0]))
        shutil.rmtree(index)
