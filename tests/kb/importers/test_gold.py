"""Real documents beside their units as they were checked by hand; `make bench` prints the figures."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from kb.importers.blocks import SourceDocument
from kb.importers.registry import read_source
from kb.importers.segmenting.segmenter import segmented
from kb.importers.units import Unit
from kb.sources.lines import replayed
from tests.bench.importing import SHARED, Score, gold_files, score

pytestmark = [
    pytest.mark.skipif(
        not SHARED.exists(), reason="the documents are not beside the checkout: ../shared/import"
    ),
    pytest.mark.slow,
]

GOLD = gold_files()


@cache
def read(file: Path) -> tuple[SourceDocument, tuple[Unit, ...]]:
    name = json.loads(file.read_text(encoding="utf-8"))["document"]
    document = read_source(SHARED / "documents" / name)
    return document, segmented(document).units


def scored(file: Path) -> Score:
    return score(json.loads(file.read_text(encoding="utf-8")), read(file)[1])


@pytest.mark.parametrize("file", GOLD, ids=lambda file: file.stem)
def test_the_units_checked_by_hand_are_found(file: Path) -> None:
    found = scored(file)
    assert found.found >= 0.9 * found.units, found.missed
    assert found.verbatim >= 0.95 * found.found
    assert found.labels >= 0.95 * found.labelled
    assert found.pages >= 0.99 * found.paged


def test_over_all_of_them_more_is_asked() -> None:
    found = sum(map(scored, GOLD), Score("all"))
    assert found.found >= 0.95 * found.units
    assert found.extra < 0.05 * found.units


@pytest.mark.parametrize("file", GOLD, ids=lambda file: file.stem)
def test_every_unit_is_replayed_from_its_lines_and_has_a_locator_of_its_own(file: Path) -> None:
    document, units = read(file)
    assert [replayed(document.lines, unit.spans) for unit in units] == [unit.text for unit in units]
    assert len({unit.locator for unit in units}) == len({unit.id for unit in units}) == len(units)


def test_a_restart_of_numbers_is_told_apart_by_its_section() -> None:
    file = next(file for file in GOLD if file.stem == "iacthr-president-2023-es")
    locators = {unit.locator for unit in read(file)[1]}
    assert {"VISTO, para 1", "CONSIDERANDO QUE, para 1", "RESUELVE, para 1"} <= locators
