"""Power cuts on a real file system: a copy of a mounted ext4 image has only what has reached the disk."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.index.engines.whoosh.test_power_cuts import answers
from tests.torture.indexes import STATES, states
from tests.torture.programs import build, needed, run
from tests.torture.trial import Skipped, Trial

__all__ = ["power_cuts_on_ext4"]

_IMAGE_BYTES = 32_000_000

MAX_WAIT_SECONDS = 6.0
"""The journal is committed every 5 s; what is not synced reaches the disk up to 30 s later."""

CUTS = 3
"""After each build."""


def power_cuts_on_ext4(trial: Trial) -> None:
    """Cuts the power after each successful build: its answers must be there.

    A file that is never synced is written beside it, to show that the copies do lose such files.
    """
    needed("mkfs.ext4", "mount", "umount")
    image, disk = trial.folder / "disk.img", trial.folder / "disk"
    with image.open("wb") as file:
        file.truncate(_IMAGE_BYTES)
    _root(["mkfs.ext4", "-q", "-F", str(image)])
    built, unsynced = states(trial.folder), 0
    with _mounted(image, disk):
        for number in trial.rounds():
            content = number % STATES
            done = run(build(built.contents[content], disk / "index"))
            assert done.returncode == 0, done.stderr
            (disk / f"unsynced-{number}").write_text("not synced", encoding="utf-8")
            for _ in range(CUTS):
                time.sleep(trial.chance.random() * MAX_WAIT_SECONDS / CUTS)
                with _mounted(_copied(image), trial.folder / "copy") as after:
                    said = answers(after / "index")
                    path = after / f"unsynced-{number}"
                    unsynced += not path.exists() or not path.read_bytes()
                trial.check(said in built.answers_of(content), (content, said))
    trial.note = f"a file beside it that was not synced was lost {unsynced} times"


def _copied(image: Path) -> Path:
    """A copy of one moment: repeated until nothing was written while it was made."""
    copy = image.with_suffix(".copy")
    while True:
        shutil.copyfile(image, copy)
        if _digest(copy) == _digest(image):
            return copy


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def _mounted(image: Path, folder: Path) -> Iterator[Path]:
    folder.mkdir(exist_ok=True)
    _root(["mount", "-o", "loop", str(image), str(folder)])
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=False)


def _root(words: Sequence[str]) -> None:
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Skipped(f"{words[0]} is not permitted: {done.stderr.strip()}")
