"""A newcomer's path, walked: the commands of the README, then the pages of the site."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.newcomer.walk import COMMANDS, steps


@pytest.mark.slow
def test_three_files_become_passages_that_are_found_read_cited_and_put_into_a_brief(tmp_path: Path) -> None:
    shown = dict(steps(tmp_path))

    said = shown["kb init, add, accept, check"]
    assert "3 added, 0 unchanged, 0 failed." in said
    assert "drafts/un-ares-48-161-en.md is now documents/un-ares-48-161-en.md" in said
    assert "No faults: 3 themes" in said
    accepted = (tmp_path / "my-content/documents/un-ares-48-161-en.md").read_text(encoding="utf-8")
    assert 'suggested="prosecution/international-cooperation"' in accepted

    assert "Explanatory memorandum".casefold() in shown["kb serve"].casefold()
    assert "<mark>lasting</mark> <mark>peace</mark>" in shown["search"]
    assert "Noting with concern that events have occurred in Central America" in shown["passage"]
    assert "UNGA Res 48/161" in shown["passage"]
    assert "of the source, with the words of this passage marked" in shown["passage"]
    assert shown["marked page"].startswith("\x89PNG")
    assert "TY  - " in shown["citation"]
    assert "A/RES/48/161" in shown["citation"]
    assert "Noting with concern that events have occurred in Central America" in shown["brief"]
    assert (tmp_path / "my-content/ledger.jsonl").exists()


def test_the_commands_are_those_of_the_path() -> None:
    named = [line.split()[1] for line in COMMANDS.splitlines()]
    assert named == ["init", "add", "accept", "check"]
