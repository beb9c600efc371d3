"""The licences of all dependencies: `licences.tsv`, written by pip-licenses, and which are allowed.

python -m tests.audit.licences PYTHON ...   # write the list anew from what these have installed
python -m tests.audit.licences --check PYTHON ...   # only compare; exit code 1 if a licence differs
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from tests.audit.locks import LOCKS, canonical, pinned

__all__ = ["LIST", "faults", "is_allowed", "listed", "locked"]

LIST = Path(__file__).with_name("licences.tsv")

ALLOWED = {
    "0BSD",
    "AGG-2.3",
    "Apache Software License",
    "Apache-2.0",
    "BSD",
    "BSD License",
    "BSD-2-Clause",
    "BSD-2-Clause-Views",
    "BSD-3-Clause",
    "CC0-1.0",
    "FTL",
    "IJG",
    "ISC",
    "ISC License (ISCL)",
    "MIT",
    "MIT License",
    "MIT-CMU",
    "MPL-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)",
    "PSF-2.0",
    "Python Software Foundation License",
    "Unicode-3.0",
    "Zlib",
    "libpng-2.0",
    "libtiff",
}
"""Licences that let an MIT program use a package as it is. MPL-2.0 binds only its own files, which we do
not change."""

_PDFIUM = "AGG-2.3 AND FTL AND IJG AND MIT AND Unicode-3.0 AND Zlib AND libpng-2.0 AND libtiff"
UNSTATED = {
    "axe-playwright-python": "MIT AND MPL-2.0",
    "pypdfium2": f"BSD-3-Clause AND Apache-2.0 AND {_PDFIUM}",
}
"""Packages whose metadata names no licence, or not all: what the licence files in them say."""


def locked() -> set[str]:
    """Every package of every lock."""
    return {canonical(name) for lock in LOCKS for name in pinned(lock)}


def listed(path: Path = LIST) -> dict[str, str]:
    """The list: the licence of each package."""
    lines = path.read_text(encoding="utf-8").splitlines()[1:]
    return dict(line.split("\t") for line in lines)


def is_allowed(licence: str) -> bool:
    """Whether all parts of a licence are allowed, or all parts of one alternative.

    A licence with parentheses is only allowed as a whole.
    """
    choices = re.split(r"\s+or\s+", licence, flags=re.IGNORECASE)
    return licence in ALLOWED or any({*re.split(r"\s+AND\s+|;\s*", one)} <= ALLOWED for one in choices)


def faults(licences: Mapping[str, str], packages: Iterable[str]) -> list[str]:
    """What is wrong with the list for these packages, one line each."""
    packages = set(packages)
    missing = [f"{name}: no licence listed; run make licences" for name in sorted(packages - {*licences})]
    refused = [
        f"{name}: {licence} is not an allowed licence"
        for name, licence in sorted(licences.items())
        if not is_allowed(licence)
    ]
    surplus = [
        f"{name}: no longer a dependency; run make licences" for name in sorted({*licences} - packages)
    ]
    return missing + refused + surplus


def _installed(python: str) -> dict[str, str]:
    """The licences of the packages that a Python has installed, as pip-licenses finds them."""
    command = ["pip-licenses", "--python", python, "--from=mixed", "--format=json", "--with-system"]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found = {canonical(each["Name"]): " ".join(each["License"].split()) for each in json.loads(done.stdout)}
    return found | {name: licence for name, licence in UNSTATED.items() if name in found}


def _now(pythons: Iterable[str]) -> dict[str, str]:
    """The list as it should be: a package that is not installed, such as one for Windows, keeps its line."""
    known = listed() if LIST.exists() else {}
    for python in pythons:
        known |= _installed(python)
    return {name: known[name] for name in sorted(locked() & {*known})}


def _write(licences: Mapping[str, str]) -> None:
    lines = ["package\tlicence", *(f"{name}\t{licence}" for name, licence in licences.items())]
    LIST.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main(arguments: list[str]) -> int:
    check = "--check" in arguments
    now = _now(one for one in arguments if one != "--check")
    found = faults(now, locked())
    if check:
        before = listed()
        found += [
            f"{name}: now {licence}, listed as {before[name]}; run make licences"
            for name, licence in now.items()
            if name in before and before[name] != licence
        ]
    else:
        _write(now)
    print("\n".join(found) or f"{len(now)} packages, every licence allowed")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
