"""The thesaurus file."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.curated import thesaurus_file
from kb.curated.thesaurus_file import THESAURUS_FILE, merge_thesauri, read_thesaurus, write_thesaurus
from kb.model import DistinctPair, Thesaurus
from kb.settings import shipped_content


def read(tmp_path: Path, text: str) -> tuple[thesaurus_file.Thesaurus, list[str]]:
    path = tmp_path / "thesaurus.yaml"
    path.write_text(text, encoding="utf-8")
    found, faults = read_thesaurus(path)
    assert all(fault.path == path and fault.remedy for fault in faults)
    return found, [f"{fault.line}: {fault.problem}" for fault in faults]


def test_the_shipped_thesaurus_is_clean() -> None:
    found, faults = read_thesaurus(shipped_content() / THESAURUS_FILE)
    assert faults == ()
    assert found.acronyms["MLA"] == "mutual legal assistance"
    assert ("Palermo Protocol", "Palermo Convention") in {pair[:2] for pair in found.never_conflate}
    assert all(pair.reason for pair in found.never_conflate)
    assert found.definitions["extradition"].startswith("The formal procedure")
    assert found.instruments == {}


def test_every_part_is_read(folder: Path) -> None:
    found, faults = read_thesaurus(folder / THESAURUS_FILE)
    assert faults == ()
    assert found.same == (("labour", "labor"),)
    assert found.one_way == {"victim": ("survivor",)}
    assert found.never_conflate == (DistinctPair("extradition", "surrender"),)
    assert found.definitions == {}


def test_parts_may_be_absent_or_empty(tmp_path: Path) -> None:
    assert read(tmp_path, "") == (thesaurus_file.Thesaurus(), [])
    assert read(tmp_path, "same:\nacronyms:\n") == (thesaurus_file.Thesaurus(), [])


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a: b", "1: unknown key “a”"),
        ("same: word", "1: expected a list"),
        ("same: [word]", "1: expected a list"),
        ("acronyms: [A]", "1: expected entries"),
        ("same:\n - [a]", "2: a group needs at least two terms"),
        ("same:\n - [a, A]", "2: duplicate term in a list"),
        ("same:\n - [a, b]\n - [c, B]", "3: “B” is in two groups"),
        ('same:\n - [a, " "]', "2: expected a term"),
        ("acronyms:\n  Tip: trafficking", "2: the acronym “Tip” is not in capitals"),
        ("acronyms:\n  TIP:", "2: expected a term"),
        ("one_way:\n  a: [b, A]", "2: “a” is in its own list"),
        ("never_conflate:\n - [a, b, c]", "2: a pair never to be conflated needs two terms"),
        ("same: [[a, b]]\nnever_conflate:\n - [B, A]", "3: “B” and “A” must never be conflated"),
        (
            "same: [[a, b], [c, d]]\nacronyms: {B: c}\nnever_conflate:\n - [x, y]\n - [a, D]",
            "5: “a” and “D” must never be conflated",
        ),
        ("never_conflate:\n - {term: a, other: b}", "2: a pair never to be conflated needs two terms"),
        ("never_conflate:\n - {term: a, other: b, because: c}", "2: a pair never to be conflated needs two"),
        ("never_conflate:\n - {term: a, other: A, reason: b}", "2: duplicate term in a list"),
        ('never_conflate:\n - {term: a, other: b, reason: ""}', "2: expected a term"),
        (f"never_conflate:\n - {{term: a, other: b, reason: {'x' * 501}}}", "2: this has 501 characters, at"),
        ("never_conflate:\n - [a]\n - {term: c, other: d, reason: e}\nsame: [[c, d]]", "3: “c” and “d” must"),
        ("definitions: [a]", "1: expected entries"),
        ("definitions:\n  a: [b]", "2: expected a term"),
        ("definitions:\n  a:", "2: expected a term"),
        (f"definitions:\n  a: {'x ' * 300}", "2: this has 599 characters, at most 500 are allowed"),
        ("definitions: {a: x, A: y}", "1: “A” is defined twice, the first time as “a”"),
        ("acronyms: {MLA: help}\ndefinitions:\n  help: x\n  MLA: y", "4: “MLA” is defined twice"),
        ("same: [[[a]]]", "1: values are nested too deeply"),
        ("same: *a", "1: anchors (&) and aliases (*) are not supported"),
        ("- a", "1: expected entries of the form “key: value”"),
        ("same: [a", "1: invalid YAML: "),
    ],
)
def test_what_is_wrong_is_a_fault_on_its_line(tmp_path: Path, text: str, fault: str) -> None:
    faults = read(tmp_path, text)[1]
    assert any(found.startswith(fault) for found in faults), faults


def test_what_is_written_reads_back_the_same(tmp_path: Path) -> None:
    text = (
        "same: [[labour, labor]]\nacronyms: {MLA: mutual legal assistance}\none_way: {victim: [survivor]}\n"
        "never_conflate:\n - [a, b]\n - {term: c, other: d, reason: 'They differ: “c” is old.'}\n"
        "definitions: {MLA: 'Help between States: formal.'}\ninstruments: {UNTOC: The Convention}\n"
    )
    found, faults = read(tmp_path, text)
    assert faults == []
    assert found.never_conflate[1] == DistinctPair("c", "d", "They differ: “c” is old.")
    write_thesaurus(found, tmp_path / "written.yaml")
    assert read_thesaurus(tmp_path / "written.yaml") == (found, ())


def test_where_folders_differ_the_first_one_counts() -> None:
    one = Thesaurus(never_conflate=(DistinctPair("a", "b", "why"),), definitions={"a": "first"})
    other = Thesaurus(
        never_conflate=(DistinctPair("a", "b"), DistinctPair("c", "d")), definitions={"a": "second", "c": "x"}
    )
    merged = merge_thesauri([one, other])
    assert merged.never_conflate == (DistinctPair("a", "b", "why"), DistinctPair("c", "d"))
    assert merged.definitions == {"a": "first", "c": "x"}


def test_a_file_that_is_not_text_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "thesaurus.yaml").write_bytes(b"\xff")
    assert len(read_thesaurus(tmp_path / "thesaurus.yaml")[1]) == 1
