"""The locks: which packages are pinned, and what for."""

from __future__ import annotations

import re
from pathlib import Path

from tests.pages import ROOT

__all__ = ["LOCKS", "canonical", "pinned"]

LOCKS = (
    "requirements.lock",
    "requirements-build.lock",
    "index/engines/opensearch/requirements.lock",
    "tests/requirements.lock",
    "tests/judged/requirements.lock",
    "tests/bench/requirements.lock",
    "tests/audit/requirements.lock",
)
"""What the program needs comes first, then what builds, tests, measures and audits it."""

_PIN = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)", re.MULTILINE)


def canonical(name: str) -> str:
    """A package's name as PEP 503 writes it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pinned(lock: str | Path) -> dict[str, str]:
    """The packages of a lock and their versions; the last one if Pythons differ."""
    return dict(_PIN.findall((ROOT / lock).read_text(encoding="utf-8")))
