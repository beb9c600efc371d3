"""What `kb check --index` does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import click
from rich.console import Console

from index.cli.build import progress
from index.engine import GenerationCheck
from index.engines.registry import check_generations, with_engine
from index.english import ENGLISH, say
from kb.errors import IndexMissing
from kb.messages import Message, advice
from kb.settings import Settings
from kb.site import ENGINES

__all__ = ["MAX_PROBLEMS_LISTED", "check_index"]

MAX_PROBLEMS_LISTED = 20
"""Problems listed for each generation."""


def check_index(folder: Path) -> bool:
    """Verifies every byte of an index, prints what it finds, and tells whether all is sound.

    Says so where the site searches another index than that in the folder. Raises IndexMissing where there is
    none, IndexUnusable for one of another version.
    """
    on_cluster = with_engine(Settings.read((), folder)).engine != ENGINES[0]
    elsewhere = Message("index-on-cluster", folder=str(folder))
    try:
        with progress(Console(stderr=True), Message("checking-index")) as report:
            checks = check_generations(folder, report)
    except IndexMissing as missing:
        if not on_cluster:
            raise
        raise IndexMissing(elsewhere, ENGLISH) from missing
    for one in checks:
        for line in _lines(one):
            click.echo(line)
    click.echo(say(_verdict(folder, checks)))
    if on_cluster:
        click.echo(say(elsewhere), err=True)
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
