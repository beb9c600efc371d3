"""`kb eval`."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console

from index import evaluation
from index.cli.build import progress
from index.english import say
from kb.messages import Message

__all__ = ["evaluate"]


@click.command("eval")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--run", "run_file", type=click.Path(dir_okay=False, path_type=Path), help="Write a TREC run.")
@click.option(
    "--depth", type=click.IntRange(1, 100_000), default=1_000, show_default=True, help="Hits per query."
)
def evaluate(folder: Path, run_file: Path | None, depth: int) -> None:
    """Measure search on a judged collection: corpus.jsonl, queries.jsonl, qrels.tsv."""
    collection = evaluation.read_judged(folder)
    with progress(Console(stderr=True), Message("searching")) as report:
        run = evaluation.run_queries(collection, depth, report)
    if run_file:
        with run_file.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(evaluation.trec_lines(run))
    for name, value in evaluation.measure(collection, run).items():
        click.echo(f"{name}\t{value:.4f}")
    click.echo(f"{say(Message('time-per-query'))}\t{run.seconds * 1000:.2f}")
