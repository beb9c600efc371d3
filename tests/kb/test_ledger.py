"""The ledger, and what it holds content to."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kb import collection, ledger
from kb.ledger import Entry
from kb.model import Passage, Withdrawal
from kb.provenance import fingerprint

Edit = Callable[[str, str, str], None]
DAY = "2026-11-23"


def entry(id: str, text: str, status: str = "published", date: str = DAY) -> Entry:
    return Entry("d", id, fingerprint(text), date, status, text)  # type: ignore[arg-type]


def passage(id: str, text: str) -> Passage:
    return Passage("d", id, text)


def faults_of(path: Path, *lines: Any) -> list[str]:
    text = "".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines)
    path.write_text(text, encoding="utf-8")
    return [f"{fault.line}: {fault.problem}" for fault in ledger.read(path)[1]]


def bare(id: str, text: str, status: str = "published", date: str = DAY, **changed: Any) -> dict[str, Any]:
    known = {
        "document": "d",
        "id": id,
        "fingerprint": fingerprint(text),
        "date": date,
        "status": status,
        "text": text,
    }
    return known | changed


def test_what_was_appended_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / ledger.NAME
    first, second = (entry("p1", "a"), entry("p2", "“b”\n")), (entry("p1", "c", "amended"),)
    ledger.append(path, first)
    ledger.append(path, second)
    assert ledger.read(path) == ((*first, *second), ())
    assert [file.name for file in tmp_path.iterdir()] == [ledger.NAME]


def test_a_last_line_without_its_end_is_kept_apart(tmp_path: Path) -> None:
    path = tmp_path / ledger.NAME
    ledger.append(path, [entry("p1", "a")])
    path.write_bytes(path.read_bytes().rstrip())
    ledger.append(path, [entry("p2", "b")])
    assert len(ledger.read(path)[0]) == 2


def test_an_append_that_fails_leaves_the_ledger_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / ledger.NAME
    ledger.append(path, [entry("p1", "a")])
    before = path.read_bytes()

    def fail(_: int) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(OSError, match="disk full"):
        ledger.append(path, [entry("p2", "b")])
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == [ledger.NAME]


def test_no_ledger_is_an_empty_one(tmp_path: Path) -> None:
    assert ledger.read(tmp_path / ledger.NAME) == ((), ())


def test_new_changed_and_gone_passages_are_pending() -> None:
    entries = (
        entry("p1", "a"),
        entry("p2", "b"),
        entry("p3", "c"),
        entry("p3", "c", "withdrawn"),
        entry("p4", "d"),
    )
    here = (passage("p1", "a"), passage("p2", "bb"), passage("p3", "c"), passage("p5", "e"))
    assert ledger.pending(entries, here, DAY) == (
        entry("p2", "bb", "amended"),
        entry("p3", "c"),
        entry("p5", "e"),
        entry("p4", "d", "withdrawn"),
    )


def test_white_space_is_no_change() -> None:
    assert ledger.pending([entry("p1", "a b")], [passage("p1", "a\n b")], DAY) == ()


def test_withdrawn_passages_leave_their_fingerprint() -> None:
    entries = (entry("p1", "a"), entry("p1", "a", "withdrawn"), entry("p2", "b"))
    assert ledger.withdrawals(entries) == (Withdrawal("d", "p1", fingerprint("a"), DAY),)


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        (["{"], "1: this line is not JSON"),
        ([bare("p1", "a", fingerprint="0")], "1: the fingerprint is not that of the text"),
        ([bare("p1", "a", status="lost")], "1: “lost” is not a status"),
        ([bare("p1", "a", date="yesterday")], "1: “yesterday” is not a day"),
        ([bare("p1", "a", date="20150101")], "1: “20150101” is not a day"),
        (
            [bare("p1", "a"), bare("p2", "b", date="2020-01-01")],
            "2: 2020-01-01 is earlier than the line before it",
        ),
        ([bare("p1", "a"), bare("p1", "a")], "2: “d/p1” is published a second time"),
        ([bare("p1", "a"), bare("p1", "a", "amended")], "2: “d/p1” is amended without a change"),
        ([bare("p1", "a", "amended")], "1: “d/p1” is amended, but was not published"),
        ([bare("p1", "a", "withdrawn")], "1: “d/p1” is withdrawn, but was not published"),
        ([bare("p1", "a") | {"text": None}], "1: “text” is missing"),
        ([bare("a/b", "a")], '1: "a/b" cannot be the “id”'),
    ],
)
def test_a_wrong_line_is_a_fault(tmp_path: Path, lines: list[Any], fault: str) -> None:
    faults = faults_of(tmp_path / ledger.NAME, *lines)
    assert len(faults) == 1
    assert faults[0].startswith(fault)


def publish(folder: Path) -> None:
    found = collection.load([folder])
    entries = ledger.read(folder / ledger.NAME)[0]
    pending = ledger.pending(entries, collection.passages_of(folder, found), DAY)
    ledger.append(folder / ledger.NAME, pending)


def problems(folder: Path) -> list[str]:
    return [
        f"{fault.path.name}:{fault.line}: {fault.problem}; {fault.remedy}"
        for fault in collection.read([folder])[1]
    ]


TREATY = "documents/treaty.md"
A2 = 'They shall protect victims.\n{: #a2 locator="art 2" themes="cooperation" }\n'


def test_an_unpublished_change_is_no_fault(folder: Path, edit: Edit) -> None:
    publish(folder)
    edit(TREATY, "source: treaty.txt\n", "")
    edit(TREATY, "They shall protect victims", "They shall protect all victims")
    assert problems(folder) == []


def test_words_put_in_place_of_others_are_a_reused_id(folder: Path, edit: Edit) -> None:
    publish(folder)
    edit(TREATY, "Recalling the Protocol,", "They shall protect victims.")
    (problem,) = problems(folder)
    assert "treaty.md:10: the id “preamble” was published with other words" in problem
    assert "keep “preamble” for those words alone" in problem


def test_words_under_a_new_id_are_renumbered(folder: Path, edit: Edit) -> None:
    publish(folder)
    edit(TREATY, "#a2", "#a3")
    (problem,) = problems(folder)
    assert "these words were published as “a2” and now stand under “a3”; keep the id “a2” for them" in problem


def test_words_that_changed_places_are_renumbered(folder: Path, edit: Edit) -> None:
    publish(folder)
    edit(TREATY, "#preamble", "#x")
    edit(TREATY, "#a2", "#preamble")
    edit(TREATY, "#x", "#a2")
    assert len([problem for problem in problems(folder) if "these words were published as" in problem]) == 2


def test_a_withdrawn_id_may_come_back_with_its_words(folder: Path, edit: Edit) -> None:
    publish(folder)
    edit(TREATY, A2, "")
    assert problems(folder) == []
    publish(folder)
    assert [one.passage for one in collection.load([folder]).withdrawn] == ["a2"]
    path = folder / TREATY
    path.write_text(path.read_text(encoding="utf-8") + "\n" + A2, encoding="utf-8")
    assert problems(folder) == []
    assert collection.load([folder]).withdrawn == ()
    publish(folder)
    assert ledger.read(folder / ledger.NAME)[0][-1].status == "published"


def test_a_withdrawn_id_may_not_come_back_with_other_words(folder: Path, edit: Edit) -> None:
    publish(folder)
    edit(TREATY, A2, "")
    publish(folder)
    path = folder / TREATY
    changed = A2.replace("They shall protect", "shall protect")
    path.write_text(path.read_text(encoding="utf-8") + "\n" + changed, encoding="utf-8")
    (problem,) = problems(folder)
    assert "the id “a2” was published with other words" in problem


def test_a_note_may_be_rewritten_under_its_id(folder: Path, edit: Edit) -> None:
    publish(folder)
    edit("themes/01-cooperation.md", "What States do together.", "Quite another introduction to it.")
    assert problems(folder) == []


def test_equal_words_under_two_published_ids_are_no_renumbering(folder: Path, edit: Edit) -> None:
    edit(TREATY, A2, A2 + "\n" + A2.replace("#a2", "#a3"))
    publish(folder)
    edit(TREATY, "\n" + A2.replace("#a2", "#a3"), "")
    assert problems(folder) == []
