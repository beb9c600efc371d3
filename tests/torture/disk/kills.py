"""`kill -9` while `kb build` and `kb publish` run: at random moments, and at every system call."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from kb.permanence.ledger import LEDGER_FILE, read_ledger
from tests.kb.permanence.test_power_cuts import TEXTS, Entries
from tests.kb.permanence.test_power_cuts import write_content as write_passages
from tests.torture.indexes import STATES, Built, leftovers, states
from tests.torture.programs import build, command, needed, quietly, run, started
from tests.torture.trial import Trial

__all__ = [
    "kills_at_every_call_of_a_build",
    "kills_at_every_call_of_a_publication",
    "kills_during_builds",
    "kills_during_publications",
]

CHANGES = (
    "write,pwrite64,writev,fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat,mkdir,rmdir,ftruncate"
)
"""Calls that change what is on the disk."""

KILLED = 137, -9


def kills_during_builds(trial: Trial) -> None:
    """After each kill: the answers of one state or the other; after the next build, nothing left behind."""
    built = states(trial.folder)
    seconds = _seconds_of(build(built.contents[0], built.index))
    last = 0
    for number in trial.rounds():
        content = (number + 1) % STATES
        said = _killed(build(built.contents[content], built.index), trial.chance.random() * seconds)
        fine = [content] if " unchanged; " in said else [last, content]
        _check_build(trial, built, fine, content)
        last = content


def _check_build(trial: Trial, built: Built, fine: Sequence[int], content: int) -> None:
    """Checks that the killed build left one of the states `fine`, and the next one succeeds and cleans up."""
    after = built.says()
    again = quietly("build", "--content", built.contents[content], "--index", built.index)
    rest = leftovers(built.index)
    sound = after in built.answers_of(*fine) and again.exit_code == 0
    sound = sound and built.says() in built.answers_of(content) and not rest
    trial.check(sound, (after, again.output, sorted(rest)))


def _seconds_of(words: Sequence[str]) -> float:
    began = time.monotonic()
    done = run(words)
    assert done.returncode == 0, done.stderr
    return time.monotonic() - began


def _killed(words: Sequence[str], after: float) -> str:
    """What the command printed before it was killed."""
    program = started(words)
    time.sleep(after)
    program.kill()
    return program.communicate()[0]


def _killed_at_each_call(words: Sequence[str]) -> Iterator[int]:
    """Runs the command repeatedly, killed at its first change, its second and so on, until it finishes."""
    number = 0
    while True:
        number += 1
        inject = ["-e", f"trace={CHANGES}", "-e", f"inject={CHANGES}:signal=KILL:when={number}"]
        done = run(["strace", "-qq", "-o", "/dev/null", *inject, *words])
        if done.returncode not in KILLED:
            assert done.returncode == 0, done.stderr
            return
        yield number


def kills_at_every_call_of_a_build(trial: Trial) -> None:
    """Each build starts from the same index; only its main process is traced, which makes all changes."""
    needed("strace")
    built = states(trial.folder)
    quietly("build", "--content", built.contents[0], "--index", built.index)
    kept = Path(shutil.copytree(built.index, trial.folder / "kept"))
    for number in _killed_at_each_call(build(built.contents[1], built.index)):
        _check_build(trial, built, [0, 1], 1)
        shutil.rmtree(built.index)
        shutil.copytree(kept, built.index)
        trial.note = f"of its first {number} changes to the disk, each"
        if trial.over:
            return
    trial.note = "every change to the disk"


def kills_during_publications(trial: Trial) -> None:
    folder = trial.folder / "content"
    words = command("publish", "--yes", "--content", folder)
    write_passages(folder, TEXTS[0])
    seconds = _seconds_of(words)
    for _ in trial.rounds():
        for texts in TEXTS:
            (folder / LEDGER_FILE).unlink(missing_ok=True)
            write_passages(folder, TEXTS[0])
            quietly("publish", "--yes", "--content", folder)
            before = read_ledger(folder / LEDGER_FILE)[0]
            write_passages(folder, texts)
            said = _killed(words, trial.chance.random() * seconds)
            _check_publication(trial, folder, before, "to the ledger." in said)
            if trial.over:
                return


def _check_publication(trial: Trial, folder: Path, before: Entries, written: bool) -> None:
    """Checks that all entries are there or none, all if it said so, and that the next one is not blocked."""
    entries, faults = read_ledger(folder / LEDGER_FILE)
    again = quietly("publish", "--yes", "--content", folder)
    whole = read_ledger(folder / LEDGER_FILE)[0]
    fine = faults == () and entries in ([whole] if written else [before, whole])
    trial.check(fine and again.exit_code == 0, (len(entries), faults, again.output))


def kills_at_every_call_of_a_publication(trial: Trial) -> None:
    needed("strace")
    folder = trial.folder / "content"
    words = command("publish", "--yes", "--content", folder)
    for number in trial.rounds(len(TEXTS)):
        ledger = folder / LEDGER_FILE
        write_passages(folder, TEXTS[0])
        ledger.unlink(missing_ok=True)
        if number:
            quietly("publish", "--yes", "--content", folder)
        kept = ledger.read_bytes() if number else None
        before = read_ledger(ledger)[0]
        write_passages(folder, TEXTS[number])
        for _ in _killed_at_each_call(words):
            _check_publication(trial, folder, before, written=False)
            ledger.write_bytes(kept) if kept is not None else ledger.unlink()
            if trial.over:
                return
