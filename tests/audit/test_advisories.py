"""What is reported about pip-audit's answers, and with which exit code."""

from __future__ import annotations

import json

import pytest

from tests.audit.advisories import NONE_KNOWN, NOT_AUDITED, SOME_KNOWN, answer_of, report

SOUND = {"name": "click", "version": "8.5.1", "vulns": []}
AFFECTED = {
    "name": "flask",
    "version": "0.5",
    "vulns": [
        {"id": "PYSEC-2019-179", "fix_versions": ["1.0"]},
        {"id": "PYSEC-2023-62", "fix_versions": ["2.2.5", "2.3.2"]},
        {"id": "PYSEC-2026-1", "fix_versions": []},
    ],
}
UNKNOWN = {"name": "nh3", "skip_reason": "Dependency not found on PyPI and could not be audited: nh3 (0.3.8)"}


def said(*packages: object) -> tuple[str, int]:
    return report(answer_of(json.dumps({"dependencies": packages, "fixes": []})))


def test_no_advisory() -> None:
    assert said(SOUND, SOUND) == ("No advisory known about 2 packages.", NONE_KNOWN)


def test_advisories_are_listed_with_the_versions_that_fix_them() -> None:
    flask = (
        "flask 0.5: PYSEC-2019-179 (fixed in 1.0), PYSEC-2023-62 (fixed in 2.2.5 or 2.3.2), "
        "PYSEC-2026-1 (fixed in no version yet)"
    )
    assert said(SOUND, AFFECTED) == (flask, SOME_KNOWN)


def test_a_package_that_the_service_does_not_know_is_not_audited() -> None:
    text, code = said(SOUND, UNKNOWN)
    assert text.splitlines()[0] == "NOT AUDITED: no advisory data about nh3"
    assert code == NOT_AUDITED
    assert said(AFFECTED, UNKNOWN)[1] == SOME_KNOWN


@pytest.mark.parametrize("printed", ["", "Traceback (most recent call last):", "requests.ConnectionError"])
def test_a_service_that_cannot_be_reached_is_no_success(printed: str) -> None:
    text, code = report(answer_of(printed))
    assert text.startswith("NOT AUDITED: no advisory data could be reached (tried: pypi, osv).")
    assert code == NOT_AUDITED
