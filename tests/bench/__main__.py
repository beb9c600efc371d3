"""`make bench`: measures us beside the peers, compares the figures with the bars, writes tables and plots."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from kb.settings import shipped_content
from tests.bench.bars import verdicts
from tests.bench.peers import PEERS, available
from tests.bench.plots import draw
from tests.bench.run import PARTS, Plan, run
from tests.bench.table import markdown
from tests.bench.timing import say

RESULTS = Path("build") / "bench"


@click.command()
@click.argument("content", nargs=-1, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--passages", type=click.IntRange(min=20), default=None, help="Only so many, from the first on."
)
@click.option("--peer", "peers", multiple=True, type=click.Choice(list(PEERS)), help="Only these peers.")
@click.option("--part", "parts", multiple=True, type=click.Choice(list(PARTS)), help="Only these parts.")
@click.option(
    "--each", type=click.IntRange(1, 100), default=30, show_default=True, help="Queries of every kind."
)
@click.option("--seconds", default=15.0, show_default=True, help="Of load on each server, at most.")
@click.option("--output", type=click.Path(path_type=Path), help="Where the results go.")
@click.option("--draw", "kept", type=click.Path(exists=True, dir_okay=False, path_type=Path), default=None,
              help="Measure nothing: draw table and plots from this results.json.")  # fmt: skip
def main(
    content: tuple[Path, ...],
    passages: int | None,
    peers: tuple[str, ...],
    parts: tuple[str, ...],
    each: int,
    seconds: float,
    output: Path | None,
    kept: Path | None,
) -> None:
    """Measure the content of the folders CONTENT, else what ships."""
    if kept:
        write(json.loads(kept.read_text(encoding="utf-8")), output or kept.parent)
        return
    plan = Plan(
        tuple(folder.resolve() for folder in content) or (shipped_content(),),
        passages or 0,
        tuple(peer for peer in available() if not peers or peer in peers),
        tuple(part for part in PARTS if not parts or part in parts),
        each,
        seconds,
    )
    missing = [peer for peer in peers or PEERS if peer not in plan.peers]
    if missing:
        say(f"not installed, so not compared with: {', '.join(missing)}")
    with tempfile.TemporaryDirectory(prefix="kb-bench-") as scratch:
        write(run(plan, Path(scratch)), output or RESULTS)


def write(results: dict[str, Any], folder: Path) -> None:
    """Writes results.json, the tables and the plots, and prints the bars."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "results.json").write_text(_by_part(results), encoding="utf-8")
    plots = draw(results, folder)
    if not plots:
        say("no plots are drawn: matplotlib is not installed, or nothing for them was measured")
    (folder / "README.md").write_text(markdown(results, plots), encoding="utf-8")
    for line in _lines(results):
        click.echo(line)


def _by_part(results: dict[str, Any]) -> str:
    """JSON with one line for each part, so that two runs can be compared."""
    lines = [f"{json.dumps(name)}: {json.dumps(part)}" for name, part in results.items()]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _lines(results: dict[str, Any]) -> Sequence[str]:
    return [
        f"{each.verdict:12}  {each.bar.name}: {each.figure or '-'} (wanted: {each.bar.target})"
        for each in verdicts(results)
    ]


if __name__ == "__main__":
    main()
