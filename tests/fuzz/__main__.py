"""Fuzzes the readers: `python -m tests.fuzz --inputs 1000000 [READER ...]`; a table on standard output.

Input number 7 of a reader with seed 1 is made by `Random("1 7")`, so that it can be reproduced.
"""

from __future__ import annotations

import argparse
import secrets
import sys
import time
from collections.abc import Sequence
from random import Random

from tests.fuzz.readers import READERS, Reader
from tests.fuzz.trial import Trial

MAX_FAILURES = 5
"""After so many kinds of failure in one reader, the rest of its inputs tell nothing new."""

HEAD = "| reader | inputs | failures | dearest, units | seconds |\n| --- | --- | --- | --- | --- |"


def main(arguments: Sequence[str]) -> int:
    """Runs the fuzzer and returns the exit code: 1 if an input failed."""
    parser = argparse.ArgumentParser(prog="tests.fuzz", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--inputs", type=int, default=1_000_000, help="of all readers together")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(2**32))
    parser.add_argument("readers", nargs="*", metavar="READER", help=f"of: {', '.join(READERS)}")
    options = parser.parse_args(arguments)
    readers = {name: READERS[name] for name in options.readers or READERS}
    whole = sum(reader.share for reader in readers.values())
    print(f"seed {options.seed}\n\n{HEAD}", flush=True)
    failed = 0
    for name, reader in readers.items():
        failed += _fuzz(name, reader, max(1, options.inputs * reader.share // whole), options.seed)
    return bool(failed)


def _fuzz(name: str, reader: Reader, inputs: int, seed: int) -> int:
    """Gives `inputs` inputs to a reader, prints a row and what failed, and returns the number of failures."""
    failures: dict[str, str] = {}
    began, number = time.thread_time(), 0
    with Trial(reader) as trial:
        while number < inputs and len(failures) < MAX_FAILURES:
            data = reader.make(Random(f"{seed} {number}"))  # noqa: S311
            if what := trial.failure(data):
                failures.setdefault(what.partition(":")[0], f"input {number}: {what}\n{_shown(trial, data)}")
            number += 1
    row = (name, f"{number:,}", len(failures), f"{trial.dearest:,.0f}", f"{time.thread_time() - began:,.0f}")
    print(f"| {' | '.join(map(str, row))} |", flush=True)
    for failure in failures.values():
        print(f"{name}, {failure}", file=sys.stderr, flush=True)
    return len(failures)


def _shown(trial: Trial, data: bytes) -> str:
    reduced = trial.reduced(data)
    return f"{reduced[:2_000]!r} ({len(reduced):,} bytes)"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
