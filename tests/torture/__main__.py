"""`python -m tests.torture`: runs every torture, one after the other, and prints a table; see README.md."""

from __future__ import annotations

import io
import random
import sys
import tempfile
import traceback
from collections.abc import Iterable
from contextlib import redirect_stderr
from pathlib import Path

import click

from tests.torture.registry import TORTURES
from tests.torture.table import markdown
from tests.torture.trial import Row, Skipped, Trial


@click.command()
@click.option("--only", multiple=True, metavar="NAME", help="Only tests with this in their name; repeatable.")
@click.option("--sample", is_flag=True, help="The ten minutes that CI runs.")
@click.option("--seconds", type=float, help="Of each test, in place of its own.")
@click.option("--seed", type=int, help="Of all that is drawn at random. Default: another each time.")
@click.option("--output", type=click.Path(path_type=Path), help="A file for the table.")
def main(
    only: tuple[str, ...], sample: bool, seconds: float | None, seed: int | None, output: Path | None
) -> None:
    """Try to make the program lose something, say something wrong or lock somebody out."""
    if seed is None:
        seed = random.randrange(1_000_000)  # noqa: S311
    print(f"--seed {seed}", flush=True)
    rows = []
    for name in _chosen(only):
        torture = TORTURES[name]
        limit = torture.sample_seconds if sample else torture.seconds
        rows.append(_run(name, limit if seconds is None else seconds, seed))
        print(f"{name}: {rows[-1].n:,} tried, {rows[-1].failures} failed. {rows[-1].note}", flush=True)
    table = markdown(rows)
    print(f"\n{table}")
    if output:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(table + "\n", encoding="utf-8")
    sys.exit(any(row.failures for row in rows))


def _chosen(only: Iterable[str]) -> list[str]:
    chosen = [name for name in TORTURES if not only or any(part in name for part in only)]
    if not chosen:
        raise click.UsageError(f"no such test; there are: {', '.join(TORTURES)}")
    return chosen


def _run(name: str, seconds: float, seed: int) -> Row:
    with tempfile.TemporaryDirectory(prefix="torture-", ignore_cleanup_errors=True) as folder:
        trial = Trial(name, Path(folder).resolve(), seconds, seed)
        try:
            with redirect_stderr(io.StringIO()):  # notices of damage, thousands of them
                TORTURES[name].run(trial)
        except Skipped as exc:
            trial.note = f"skipped: {exc}"
        except Exception:
            trial.check(False, f"the test broke off: {traceback.format_exc(limit=-3)}")
        return trial.row()


if __name__ == "__main__":
    main(prog_name="python -m tests.torture")
