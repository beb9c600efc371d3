"""What is remembered of words that were published: amended, withdrawn, moved."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

from kb.collection import loader
from kb.collection.publication import pending_entries
from kb.interchange.writer import write_interchange
from kb.model import Collection
from kb.permanence.history import CurrentPassages
from kb.published import Withdrawal
from kb.text.fingerprint import fingerprint
from tests.kb.folders import interchange

Edit = Callable[[str, str, str], None]
TREATY = "documents/treaty.md"
A2 = "They shall protect victims."
BLOCK = f'{A2}\n{{: #a2 locator="art 2" themes="cooperation" }}\n'


def publish(folder: Path, day: str) -> Collection:
    survey = loader.survey([folder])
    assert survey.faults == ()
    for one in pending_entries(survey, datetime.date.fromisoformat(day)):
        one.write()
    return loader.load([folder])


def words(found: Collection, address: str) -> list[tuple[str, str, str]]:
    return [(f"{one.document}/{one.passage}", one.date, one.text) for one in found.published[address]]


def test_where_nothing_changed_nothing_is_kept_twice(folder: Path) -> None:
    assert loader.load([folder]).published == {}
    assert publish(folder, "2015-11-23").published == {}


def test_all_words_of_an_amended_passage_are_kept_with_their_days(folder: Path, edit: Edit) -> None:
    edit(TREATY, "source: treaty.txt\n", "")
    publish(folder, "2015-11-23")
    edit(TREATY, A2, "They shall protect all victims.")
    unpublished = loader.load([folder])
    assert words(unpublished, "treaty/a2") == [("treaty/a2", "2015-11-23", A2)]
    found = publish(folder, "2015-11-24")
    assert list(found.published) == ["treaty/a2"]
    assert words(found, "treaty/a2") == [
        ("treaty/a2", "2015-11-23", A2),
        ("treaty/a2", "2015-11-24", "They shall protect all victims."),
    ]
    assert [one.fingerprint for one in found.published["treaty/a2"]] == [
        fingerprint(A2),
        fingerprint("They shall protect all victims."),
    ]


def test_words_that_came_back_are_kept_with_those_between(folder: Path, edit: Edit) -> None:
    edit(TREATY, "source: treaty.txt\n", "")
    publish(folder, "2015-11-23")
    edit(TREATY, A2, "They shall protect all victims.")
    publish(folder, "2015-11-24")
    edit(TREATY, "They shall protect all victims.", A2)
    found = publish(folder, "2015-11-25")
    assert [date for _, date, _ in words(found, "treaty/a2")] == ["2015-11-23", "2015-11-24", "2015-11-25"]


def test_what_is_gone_is_remembered_before_and_after_its_withdrawal_is_published(
    folder: Path, edit: Edit
) -> None:
    publish(folder, "2015-11-23")
    edit(TREATY, BLOCK, "")
    found = loader.load([folder])
    assert found.withdrawn == (Withdrawal("treaty", "a2", fingerprint(A2), ""),)
    assert words(found, "treaty/a2") == [("treaty/a2", "2015-11-23", A2)]
    found = publish(folder, "2015-11-24")
    assert found.withdrawn == (Withdrawal("treaty", "a2", fingerprint(A2), "2015-11-24"),)
    assert words(found, "treaty/a2") == [("treaty/a2", "2015-11-23", A2)]


def test_words_of_an_id_that_moved_are_looked_for_where_it_leads(folder: Path, edit: Edit) -> None:
    edit(TREATY, "source: treaty.txt\n", "")
    publish(folder, "2015-11-23")
    edit(TREATY, "#a2 ", '#a3 formerly="a2" ')
    assert publish(folder, "2015-11-24").published == {}
    edit(TREATY, A2, "They shall protect all victims.")
    found = publish(folder, "2015-11-25")
    assert list(found.published) == ["treaty/a3"]
    assert words(found, "treaty/a3") == [
        ("treaty/a2", "2015-11-23", A2),
        ("treaty/a3", "2015-11-25", "They shall protect all victims."),
    ]


def test_an_export_keeps_the_past(folder: Path, edit: Edit, tmp_path: Path) -> None:
    edit(TREATY, "source: treaty.txt\n", "")
    publish(folder, "2015-11-23")
    edit(TREATY, A2, "They shall protect all victims.")
    edit(TREATY, "#a2 ", '#a3 formerly="a2" ')
    publish(folder, "2015-11-24")
    edit(TREATY, "Recalling the Protocol,\n{: #preamble }\n", "")
    found = publish(folder, "2015-11-25")
    assert (len(found.withdrawn), len(found.moves), len(found.published)) == (1, 1, 2)
    write_interchange(found, tmp_path / "out")
    again = loader.load([tmp_path / "out"])
    assert again == found
    (tmp_path / "out" / "moves.jsonl").write_text("", encoding="utf-8")
    assert loader.load([tmp_path / "out"]).moves == found.moves  # the passage itself says so too


def test_two_ledgers_tell_of_one_passage(tmp_path: Path) -> None:
    def content(name: str, *texts: str) -> Path:
        lines = [{"document": "d", "id": f"p{n}", "text": text} for n, text in enumerate(texts, 1)]
        return interchange(tmp_path / name, [{"id": "d", "title": "T"}], lines)

    one = content("one", "Words that are published first.")
    publish(one, "2015-11-23")
    two = content("two", "Words that are published second.")
    publish(two, "2015-11-24")
    interchange(two, [], [])
    (two / "documents.jsonl").write_text('{"id": "e", "title": "E"}\n', encoding="utf-8")
    found = loader.load([one, two])
    assert [date for _, date, _ in words(found, "d/p1")] == ["2015-11-23", "2015-11-24"]
    assert found.withdrawn == ()


def test_what_stands_is_looked_at_document_by_document() -> None:
    class Asked(dict[str, tuple[()]]):
        def get(self, key: str, default: object = None) -> tuple[()]:  # type: ignore[override]
            asked.append(key)
            return ()

    asked: list[str] = []
    present = CurrentPassages(Collection(passages=Asked()))
    assert not present.has(("a", "p1"))
    assert present.print(("a", "p2")) == ""
    assert not present.has(("b", "p1"))
    assert asked == ["a", "b"]
