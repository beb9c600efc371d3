"""What `kb check --index` does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import click
from rich.console import Console

from index.cli.build import progress
from index.engine import GenerationCheck
from index.engines.registry import check_generations
from index.english import ENGLISH, say
from kb.messages import Message, advice

__all__ = ["MAX_PROBLEMS_LISTED", "check_index"]

MAX_PROBLEMS_LISTED = 20
"""Listed of each generation."""


def check_index(folder: Path) -> bool:
    """Verifies every byte of an index, prints what it finds, and tells whether all is sound.

    Raises IndexMissing where there is none, IndexUnusable for one of another version.
    """
    with progress(Console(stderr=True), Message("checking-index")) as report:
        checks = check_generations(folder, report)
    for one in checks:
        for line in _lines(one):
            click.echo(line)
    click.echo(say(_verdict(folder, checks)))
    return all(not one.problems for one in checks)


def _lines(one: GenerationCheck) -> Iterator[str]:
    if not one.problems:
        passages = say(Message("count-passages", count=one.passages))
        yield say(Message("generation-sound", generation=one.generation, built=one.built, passages=passages))
        return
    yield say(Message("generation-damaged", generation=one.generation))
    for problem in one.problems[:MAX_PROBLEMS_LISTED]:
        yield f"  {advice(problem, ENGLISH)[0]}"
    if rest := one.problems[MAX_PROBLEMS_LISTED:]:
        yield f"  {say(Message('more-damage', count=len(rest)))}"


def _verdict(folder: Path, checks: Sequence[GenerationCheck]) -> Message:
    sound = [one for one in checks if not one.problems]
    if len(sound) == len(checks):
        return Message("index-sound", folder=str(folder))
    if sound:
        return Message("index-partly-damaged", folder=str(folder), generation=sound[0].generation)
    return Message("index-damaged", folder=str(folder))
