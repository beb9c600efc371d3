"""Bits of an index flip: every byte of a small one, sampled ones of a large one."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from tests.index.engines.whoosh.test_bit_rot import both_answers, changed, outcome_of, with_deletions
from tests.torture.trial import Trial

__all__ = ["flips_in_a_large_index", "flips_in_a_small_index"]

LARGE = 2_500
"""Passages of each of nine documents."""


def flips_in_a_small_index(trial: Trial) -> None:
    """Flips bits in every byte once, in random order, as far as time allows."""
    folder = with_deletions(trial.folder, 3)
    files = sorted(filter(Path.is_file, folder.iterdir()))
    places = [(path, at) for path in files for at in range(path.stat().st_size)]
    trial.chance.shuffle(places)
    _flip(trial, folder, places)
    trial.note += f"; {len(places):,} bytes in all"


def flips_in_a_large_index(trial: Trial) -> None:
    """Flips random bytes, in each file equally often, since most bytes are in one of them."""
    folder = with_deletions(trial.folder, LARGE)
    files = sorted(path for path in folder.iterdir() if path.is_file() and path.stat().st_size)
    size = sum(path.stat().st_size for path in files)
    drawn = (trial.chance.choice(files) for _ in range(100_000))
    _flip(trial, folder, [(path, trial.chance.randrange(path.stat().st_size)) for path in drawn])
    trial.note += f"; {size / 1_000_000:.1f} MB"


def _flip(trial: Trial, folder: Path, places: list[tuple[Path, int]]) -> None:
    sound, before = both_answers(folder)
    outcomes: Counter[str] = Counter()
    for number in trial.rounds(len(places)):
        path, place = places[number]
        bit = 1 << trial.chance.randrange(8)
        with changed(path, place, bit):
            try:
                outcome = outcome_of(folder, sound, before)
            except Exception as exc:  # whatever a damaged file may cause
                outcome, what = "", repr(exc)
            else:
                what = "a wrong answer"
        outcomes[outcome] += 1
        trial.check(bool(outcome), f"byte {place} of {path.name}, bit {bit}: {what}")
    trial.note = ", ".join(f"{count:,} {name}" for name, count in sorted(outcomes.items()) if name)
