"""The disk is full, or files cannot grow, at any point of a build or publication."""

from __future__ import annotations

import resource
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from kb.permanence.ledger import LEDGER_FILE, read_ledger
from tests.kb.permanence.test_power_cuts import TEXTS
from tests.kb.permanence.test_power_cuts import write_content as write_passages
from tests.torture.indexes import STATES, Built, leftovers, states
from tests.torture.programs import Done, build, command, quietly, run
from tests.torture.trial import Skipped, Trial

__all__ = ["files_that_may_not_grow", "full_disks"]

_ROOM = 3_000_000
"""More than an index of this content takes, with the one before it and the one in the making."""


def files_that_may_not_grow(trial: Trial) -> None:
    """Sets RLIMIT_FSIZE to random sizes, up to that of the largest file."""
    built = states(trial.folder)
    quietly("build", "--content", built.contents[0], "--index", built.index)
    largest = max(path.stat().st_size for path in built.index.iterdir() if path.is_file())
    last = 0
    for number in trial.rounds():
        size = trial.chance.randrange(largest)
        if number % 2:
            _publish(trial, trial.folder / "published", size // 10)
        else:
            content = (last + 1) % STATES
            done = run(build(built.contents[content], built.index), _limit(size))
            _check(trial, built, done, last, content)
            last = content


def _limit(size: int) -> Callable[[], None]:
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def _check(trial: Trial, built: Built, done: Done, last: int, content: int) -> None:
    """Checks that one line was printed and nothing is lost, and that the build works once there is room."""
    refused = done.returncode == 1 and _is_one_line(done)
    after = built.says() in built.answers_of(content if done.returncode == 0 else last)
    again = quietly("build", "--content", built.contents[content], "--index", built.index)
    sound = again.exit_code == 0 and built.says() in built.answers_of(content) and not leftovers(built.index)
    trial.check((refused or done.returncode == 0) and after and sound, (done.stderr, again.output))


def _is_one_line(done: Done) -> bool:
    """Whether it printed a message, perhaps after the progress of the build, and no traceback."""
    return "Traceback" not in done.stderr and "kb: " in done.stderr.splitlines()[-1]


def _publish(trial: Trial, folder: Path, size: int) -> None:
    write_passages(folder, TEXTS[0])
    (folder / LEDGER_FILE).unlink(missing_ok=True)
    quietly("publish", "--yes", "--content", folder)
    before = read_ledger(folder / LEDGER_FILE)
    write_passages(folder, TEXTS[1])
    done = run(command("publish", "--yes", "--content", folder), _limit(size))
    kept = read_ledger(folder / LEDGER_FILE) == before if done.returncode else True
    again = quietly("publish", "--yes", "--content", folder)
    fine = done.returncode == 0 or _is_one_line(done)
    trial.check(fine and kept and again.exit_code == 0, (done.stderr, again.output))


def full_disks(trial: Trial) -> None:
    """Fills a 3 MB disk in memory, except for a random rest, before each build."""
    with _small_disk(trial.folder / "disk") as disk:
        built = states(trial.folder)
        built = Built(disk / "index", built.contents)
        quietly("build", "--content", built.contents[0], "--index", built.index)
        last = 0
        for _ in trial.rounds():
            content = (last + 1) % STATES
            with _filled(disk, trial.chance.randrange(_ROOM // 4)):
                done = run(build(built.contents[content], built.index))
            _check(trial, built, done, last, content)
            last = content


@contextmanager
def _small_disk(folder: Path) -> Iterator[Path]:
    folder.mkdir()
    _root(["mount", "-t", "tmpfs", "-o", f"size={_ROOM}", "none", str(folder)])
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=False)


def _root(words: Sequence[str]) -> None:
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Skipped(f"{words[0]} is not permitted: {done.stderr.strip()}")


@contextmanager
def _filled(disk: Path, rest: int) -> Iterator[None]:
    """Fills the disk with a file that leaves `rest` bytes free."""
    filler = disk / "filler"
    filler.write_bytes(bytes(max(shutil.disk_usage(disk).free - rest, 0)))
    try:
        yield
    finally:
        filler.unlink()
