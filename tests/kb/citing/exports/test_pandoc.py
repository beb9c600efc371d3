"""Pandoc reads our BibTeX and CSL-JSON: the type, title, date, number and author of each kind of source.

Debian's pandoc, which `.ci/run` installs; without it these tests are skipped.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import Any

import pytest

from kb.citing.exports.item_values import credited
from kb.citing.exports.registry import FORMATS
from kb.citing.styles.registry import STYLES
from tests.kb.citing.exports.test_record_types import ALL_CASES, ZOTERO, made

pytestmark = pytest.mark.skipif(not shutil.which("pandoc"), reason="pandoc is not installed")

CASES = tuple(ZOTERO)
ITEMS = [made(ALL_CASES[name]) for name in CASES]
READERS = {"bibtex": "biblatex", "csl-json": "csljson"}

BIBTEX_HAS_NO = {"treaty": "legislation", "hearing": "report", "document": "report"}
"""CSL types that BibTeX cannot tell from these."""


@pytest.fixture(scope="module", params=READERS)
def read(request: pytest.FixtureRequest) -> tuple[str, dict[str, dict[str, Any]]]:
    """The name of a format, and what pandoc makes of each source in it."""
    text = FORMATS[request.param].write(ITEMS, STYLES["oscola"])
    command = ["pandoc", "-f", READERS[request.param], "-t", "csljson"]
    ran = subprocess.run(command, input=text, capture_output=True, text=True, encoding="utf-8", check=True)
    assert ran.stderr == ""
    return request.param, dict(zip(CASES, json.loads(ran.stdout), strict=True))


@pytest.mark.parametrize("name", CASES)
def test_pandoc_reads_each_kind_as_what_it_is(read: tuple[str, dict[str, dict[str, Any]]], name: str) -> None:
    (kind, found), item = (read[0], read[1][name]), credited(ITEMS[CASES.index(name)])
    wanted = item["type"]
    assert found["type"] == (BIBTEX_HAS_NO.get(wanted, wanted) if kind == "bibtex" else wanted)
    assert found["title"].replace("’", "'") == item["title"].replace("’", "'")
    assert found.get("issued", {}).get("date-parts") == item.get("issued", {}).get("date-parts")
    if "number" in item:
        assert found["number"] == item["number"]
    for ours, theirs in zip(item.get("author", ()), found.get("author", ()), strict=True):
        assert theirs.get("family", theirs.get("literal")) == ours.get("family", ours.get("literal"))
