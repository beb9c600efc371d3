"""The power fails during builds and publications: see `tests/power_cuts.py` for the model."""

from __future__ import annotations

from tests.index.engines.whoosh import test_power_cuts as builds
from tests.kb.permanence import test_power_cuts as publications
from tests.torture.programs import needed
from tests.torture.trial import Trial

__all__ = ["power_cuts_in_builds", "power_cuts_in_publications"]


def power_cuts_in_builds(trial: Trial) -> None:
    """Cuts the power at every point of six builds, in random order, as far as time allows."""
    needed("strace")
    recorded = builds.recording(trial.folder)
    states = 0
    wanted = list(range(len(recorded.calls) + 1))
    trial.chance.shuffle(wanted)
    share = -(-len(wanted) // 8)  # each part is replayed from the start
    for part in trial.rounds(8):
        for point in builds.replayed(
            recorded, wanted[part * share : (part + 1) * share], trial.chance, trial.folder / "index"
        ):
            states += point.states
            trial.check(not (point.lost or point.wrong), point)
            if trial.over:
                break
    trial.note = f"{states:,} states of the disk at {trial.n} of {len(wanted)} system calls"


def power_cuts_in_publications(trial: Trial) -> None:
    needed("strace")
    states = 0
    for number in trial.rounds(3):
        base = trial.folder / str(number)
        base.mkdir()
        for point in publications.replayed(base, trial.chance):
            states += point.states
            trial.check(not (point.lost or point.blocked), point)
    trial.note = f"{states:,} states of the disk"
