"""`make bench-scale`: both engines over a collection, and over ten copies of it with changed words."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from kb.settings import shipped_content
from tests.bench.machine import machine, versions
from tests.bench.plots import draw as plotted
from tests.bench.questions import Question
from tests.bench.scale.base import prepared
from tests.bench.scale.cluster import lacking_here, three_nodes
from tests.bench.scale.multiplied import multiply
from tests.bench.scale.paper import sections
from tests.bench.scale.table import tables
from tests.bench.scale.two_engines import both_engines
from tests.bench.timing import apart, say

RESULTS = Path("build") / "bench-scale"


@click.command()
@click.argument("content", nargs=-1, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--times", multiple=True, type=click.IntRange(1), default=(1, 10), show_default=True,
              help="A size to measure: the content so many times over.")  # fmt: skip
@click.option("--passages", type=click.IntRange(20), default=None, help="Only so many of the content.")
@click.option("--each", type=click.IntRange(1, 100), default=30, show_default=True,
              help="Queries of every kind; there are twelve kinds.")  # fmt: skip
@click.option("--output", type=click.Path(path_type=Path), default=RESULTS, help="Where the results go.")
def main(
    content: tuple[Path, ...], times: tuple[int, ...], passages: int | None, each: int, output: Path
) -> None:
    """Measure the content of the folders CONTENT, else what ships."""
    if lacking := lacking_here():
        raise click.ClickException(f"no cluster here without {lacking}")
    folders = tuple(folder.resolve() for folder in content) or (shipped_content(),)
    steps: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory(prefix="kb-bench-scale-") as scratch:
        say("reading the content, drawing queries")
        base = Path(scratch) / "base"
        questions: Sequence[Question] = apart(prepared, folders, passages, each, base)
        for number in sorted(set(times)):
            steps.append(_measured(base, number, Path(scratch) / "step", questions))
            _write(steps, output)
    click.echo((output / "README.md").read_text(encoding="utf-8"))


def _measured(base: Path, times: int, scratch: Path, questions: Sequence[Question]) -> dict[str, Any]:
    """Measures one size, on a cluster that is started for it and holds nothing else."""
    content = scratch / "content"
    say(f"writing the content {times} times over")
    passages = multiply(base, content, times)
    with three_nodes() as cluster:
        found = both_engines(cluster, (content,), passages, scratch, questions)
    shutil.rmtree(scratch)
    return found


def _write(steps: Sequence[dict[str, Any]], folder: Path) -> None:
    """Writes the results after each size, so that they are kept whatever happens to the next."""
    results = {"machine": machine(), "versions": versions(), "growth": steps}
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "results.json").write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    plots = plotted(results, folder)
    said = ", ".join((*results["machine"].values(), *(f"{name} {one}" for name, one in versions().items())))
    parts = ["# Measured", f"{said}.", *tables(steps), *sections(steps)]
    parts += [f"![{title}]({name})" for name, title in plots.items()]
    (folder / "README.md").write_text("\n\n".join(parts) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
