"""The registry of instruments."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.curated.instruments_file import INSTRUMENTS_FILE, read_instruments
from kb.sources.instrument import Article, Instrument

WHOLE = """
untoc:
  title: United Nations Convention
    against Transnational Organized Crime
  names: ["UNTOC (2000)", UNTOC]
  kind: treaty
  issuers: [United Nations]
  date: 2000-11-15
  treaty_series: 2225 UNTS 209
  url: https://treaties.example/XVIII-12
  articles:
    16: Extradition
    18 (13): Central authority
    guideline 4:
  source: Treaty Collection
"""


def read(tmp_path: Path, text: str) -> tuple[tuple[Instrument, ...], list[str]]:
    path = tmp_path / INSTRUMENTS_FILE
    path.write_text(text, encoding="utf-8")
    found, faults = read_instruments(path)
    assert all(fault.path == path and fault.remedy for fault in faults)
    return found, [f"{fault.line}: {fault.problem}" for fault in faults]


def test_an_instrument_has_names_facts_and_articles(tmp_path: Path) -> None:
    found, faults = read(tmp_path, WHOLE)
    assert faults == []
    assert found == (
        Instrument(
            id="untoc",
            title="United Nations Convention against Transnational Organized Crime",
            names=("UNTOC (2000)", "UNTOC"),
            kind="treaty",
            issuers=("United Nations",),
            url="https://treaties.example/XVIII-12",
            facts=(("date", "2000-11-15"), ("treaty_series", "2225 UNTS 209")),
            articles=(
                Article("16", "Extradition"),
                Article("18(13)", "Central authority"),
                Article("Guideline 4"),
            ),
            seen_in=("Treaty Collection",),
        ),
    )


def test_a_title_is_enough(tmp_path: Path) -> None:
    assert read(tmp_path, "a:\n  title: A") == ((Instrument("a", "A"),), [])
    assert read(tmp_path, "") == ((), [])


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a: A", "1: “a” has no entries of its own"),
        ("a:\n  names: [A]", "2: “a” has no title"),
        ("a b:\n  title: A", "2: “a b” is not a valid id"),
        ("a:\n  title: A\n  urk: x", "3: unknown key “urk”"),
        ("a:\n  title: [A]", "2: “title” takes a single value"),
        ("a:\n  title: A\n  url: javascript:alert(1)", "3: “javascript:alert(1)” is not a web address"),
        ("a:\n  title: A\n  date: someday", "3: “someday” is not a date"),
        ("a:\n  title: A\n  entry_into_force: 2000-13", "3: “2000-13” "),
        ("a:\n  title: A\n  articles: [16]", "3: expected articles"),
        ("a:\n  title: A\n  articles:\n    6 (3): x\n    6(3): y", "4: the article “6(3)” is listed twice"),
        ("a:\n  title: A\n  articles:\n    16: [x]", "4: values are nested too deeply"),
        ('a:\n  title: A\n  names: [A, " "]', "3: an item of “names” is empty"),
        ("a: {title: A, names: [X]}\nb: {title: B, names: [x]}", "2: “x” is the name of “b” and of “a”"),
        (f"a:\n  title: A\n  names: [{'x' * 201}]", "3: “names” is longer than 200 characters"),
        (f"a:\n  title: {'x' * 1001}", "2: “title” is longer than 1,000 characters"),
        (
            "a:\n  title: A\n  names: [" + ", ".join(f"n{n}" for n in range(51)) + "]",
            "3: an instrument has at",
        ),
        ("".join(f"i{n}: {{title: A}}\n" for n in range(1001)), "1: there are more than 1,000 instruments"),
        ("a: {title: {b: {c: d}}}", "1: values are nested too deeply"),
        ("a: &x {title: A}", "1: anchors (&) and aliases (*) are not supported"),
        ("a: {title: A}\na: {title: B}", "2: duplicate key “a”"),
        ("- a", "1: expected entries of the form “key: value”"),
    ],
)
def test_what_is_wrong_is_a_fault_on_its_line(tmp_path: Path, text: str, fault: str) -> None:
    faults = read(tmp_path, text)[1]
    assert any(found.startswith(fault) for found in faults), faults


def test_a_file_that_is_not_text_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / INSTRUMENTS_FILE).write_bytes(b"\xff")
    assert len(read_instruments(tmp_path / INSTRUMENTS_FILE)[1]) == 1
