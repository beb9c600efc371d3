"""`kill -9` during builds that are large enough to use several processes."""

from __future__ import annotations

import time
from pathlib import Path

from index.request import Request
from kb.errors import IndexUnusable
from tests.engines import open_engine
from tests.torture.indexes import large_content, leftovers
from tests.torture.processes import descendants
from tests.torture.programs import build, quietly, run, started
from tests.torture.trial import Trial

__all__ = ["kills_during_large_builds"]

SIZES = (22_000, 23_000)
"""Passages of the two contents that take turns; from 20,000 on a build has a worker for each core."""

MAX_ORPHAN_SECONDS = 30


def kills_during_large_builds(trial: Trial) -> None:
    """The index has all of one content or all of the other; workers end, and nothing is left behind."""
    index = trial.folder / "index"
    contents = [large_content(trial.folder / str(size), size) for size in SIZES]
    began = time.monotonic()
    assert run(build(contents[0], index)).returncode == 0
    seconds = time.monotonic() - began
    for number in trial.rounds():
        content = (number + 1) % 2
        program = started(build(contents[content], index))
        time.sleep(trial.chance.random() * seconds)
        workers = descendants(program.pid)
        program.kill()
        done = " unchanged; " in program.communicate()[0]
        ended = _have_ended(workers)
        sizes = [SIZES[content]] if done else SIZES
        after = _passages(index)
        again = quietly("build", "--content", contents[content], "--index", index)
        sound = _passages(index) == SIZES[content] and not leftovers(index)
        fine = after in sizes and again.exit_code == 0 and sound and ended
        trial.check(fine, (after, again.output, sorted(leftovers(index)), ended))


def _passages(index: Path) -> int:
    """How many passages a search finds; 0 if the index cannot be used."""
    try:
        return open_engine(index).snapshot().search(Request(text="case")).total
    except IndexUnusable:
        return 0


def _have_ended(processes: set[int]) -> bool:
    until = time.monotonic() + MAX_ORPHAN_SECONDS
    while any(_runs(process) for process in processes):
        if time.monotonic() > until:
            return False
        time.sleep(0.1)
    return True


def _runs(process: int) -> bool:
    """Whether the process exists and is no zombie."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
