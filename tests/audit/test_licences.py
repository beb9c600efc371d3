"""Every dependency has an allowed licence; the tools that audit them are installed apart."""

from __future__ import annotations

import pytest

from tests.audit.licences import faults, is_allowed, listed, locked
from tests.audit.locks import LOCKS, canonical, pinned
from tests.pages import ROOT, page

TOOLS = {"cyclonedx-bom", "pip-audit", "pip-licenses"}


def test_every_locked_package_has_a_licence_that_is_allowed() -> None:
    assert faults(listed(), locked()) == []


def test_a_package_without_a_licence_or_with_another_is_refused() -> None:
    licences = {"a": "MIT", "b": "GPL-3.0-only", "c": "UNKNOWN", "old": "MIT"}
    assert faults(licences, ["a", "b", "c", "new"]) == [
        "new: no licence listed; run make licences",
        "b: GPL-3.0-only is not an allowed licence",
        "c: UNKNOWN is not an allowed licence",
        "old: no longer a dependency; run make licences",
    ]


@pytest.mark.parametrize(
    "licence",
    [
        "MIT",
        "LGPLv3 or BSD",
        "GPL-2.0-only OR MIT AND Zlib",
        "BSD License; MIT License",
        "ISC License (ISCL)",
    ],
)
def test_allowed(licence: str) -> None:
    assert is_allowed(licence)


@pytest.mark.parametrize(
    "licence",
    ["", "UNKNOWN", "AGPL-3.0-only", "MIT AND GPL-3.0-only", "(MIT OR Zlib) AND GPL-3.0-only", "MIT; LGPLv3"],
)
def test_not_allowed(licence: str) -> None:
    assert not is_allowed(licence)


def test_every_lock_is_looked_at() -> None:
    assert {path.relative_to(ROOT).as_posix() for path in ROOT.rglob("requirements*.lock")} == {*LOCKS}


def test_the_tools_are_in_a_lock_of_their_own_with_hashes() -> None:
    assert {canonical(name) for name in pinned("tests/audit/requirements.lock")} >= TOOLS
    for lock in LOCKS[:-1]:
        assert not TOOLS & {canonical(name) for name in pinned(lock)}
    lines = page("tests/audit/requirements.lock").splitlines()
    assert all(line.startswith("    --hash=sha256:") or line.endswith(" \\") for line in lines)
