"""Three builders at once in one folder."""

from __future__ import annotations

from tests.torture.indexes import STATES, leftovers, states
from tests.torture.programs import build, quietly, started
from tests.torture.trial import Trial

__all__ = ["three_builders"]


def three_builders(trial: Trial) -> None:
    """One or more of them build, one after another; the others are told that the folder is busy."""
    built = states(trial.folder)
    quietly("build", "--content", built.contents[0], "--index", built.index)
    refused = 0
    for _ in trial.rounds():
        chosen = trial.chance.sample(range(STATES), 3)
        running = [started(build(built.contents[content], built.index)) for content in chosen]
        done = [(program.communicate(), program.returncode) for program in running]
        won = [content for content, (_, code) in zip(chosen, done, strict=True) if code == 0]
        busy = [said for (_, said), code in done if code == 1 and "kb: " in said and "Traceback" not in said]
        refused += len(busy)
        fine = bool(won) and len(won) + len(busy) == 3 and not leftovers(built.index)
        trial.check(fine and built.says() in built.answers_of(*won), (won, done))
    trial.note = f"three each; {refused} told that another build is running"
