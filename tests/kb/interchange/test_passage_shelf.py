"""A collection that is kept in a file while it is read is the same as one in memory."""

from __future__ import annotations

import io
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.collection.loader import load, read_collection
from kb.errors import KbError
from kb.interchange import passage_shelf
from kb.interchange.passage_shelf import PassageShelf, count
from kb.interchange.reader import read_interchange
from kb.interchange.writer import write_interchange
from kb.model import Collection, Document, Passage, Theme
from tests.engines import build


@pytest.fixture(autouse=True)
def _little_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passage_shelf, "_HELD_CHARS", 2_000)


@pytest.fixture
def shipped(shipped_collection: Collection, tmp_path: Path) -> Path:
    write_interchange(shipped_collection, tmp_path)
    return tmp_path


def test_all_fields_of_all_passages_come_back(shipped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = load([shipped])
    assert isinstance(read_interchange(shipped).passages, PassageShelf)
    monkeypatch.undo()
    plain = load([shipped])
    assert isinstance(plain.passages, dict)
    assert read == plain
    assert list(read.passages) == list(plain.passages)
    assert len(read.passages) == len(plain.passages)
    lines = [[one.line for one in content.all_passages()] for content in (read, plain)]
    assert lines[0] == lines[1]
    assert any(one.quotation for one in read.all_passages())
    assert "nowhere" not in read.passages


def test_passages_of_a_document_may_come_among_those_of_others() -> None:
    shelf, names = PassageShelf(), ["a", "b", "c"]
    for name in [*names, "empty"]:
        shelf.begin(name)
    every = [Passage(names[at % 3], f"p{at}", "words " * 50) for at in range(100)]
    for one in every:
        shelf.add(one)
    found = shelf.finished()
    assert found is shelf
    assert list(found) == [*names, "empty"]
    assert {name: list(found[name]) for name in names} == {
        name: [one for one in every if one.document == name] for name in names
    }
    assert found["empty"] == ()
    assert "d" not in found
    assert found.get("d") is None


def test_passages_are_counted_without_being_read(shipped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    draft, read = read_interchange(shipped), load([shipped])
    expected = len(list(read.all_passages()))
    assert expected > 20
    monkeypatch.setattr(passage_shelf, "_read", lambda file, size: pytest.fail("it was read"))
    assert isinstance(draft.passages, PassageShelf)
    assert not isinstance(read.passages, dict)
    assert count(draft.passages) == count(read.passages) == expected
    assert count({"a": (Passage("a", "p1", ""),), "b": ()}) == 1


def test_what_is_wrong_is_found_as_in_a_small_collection(shipped: Path) -> None:
    path = shipped / "passages.jsonl"
    lines = path.read_text("utf-8").splitlines()
    first = json.loads(lines[0])
    more = [first, first | {"id": "new", "themes": ["nowhere"]}]
    path.write_text("\n".join([*lines, *map(json.dumps, more)]) + "\n", "utf-8")
    _, faults = read_collection([shipped])
    assert [(one.line, one.message.code) for one in faults] == [
        (len(lines) + 1, "duplicate-id"),
        (len(lines) + 2, "unknown-tag"),
    ]


def test_a_full_disk_is_told(shipped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(shipped / "missing"))
    with pytest.raises(KbError, match=r"cannot be kept in .*missing: No such file or directory; free some"):
        load([shipped])


def test_a_machine_where_no_folder_takes_temporary_files_is_told_so(
    shipped: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.setattr(tempfile, "_candidate_tempdir_list", lambda: [str(shipped / "missing")])
    with pytest.raises(KbError, match="cannot be kept in a temporary file: No usable temporary directory"):
        load([shipped])


@pytest.mark.parametrize(
    "more",
    [{"html": "x" * 500}, {"heading": "x" * 500}, {"further": (("source", "x" * 500),)}],
    ids=lambda more: next(iter(more)),
)
def test_all_that_a_passage_may_be_long_by_counts(more: dict[str, Any]) -> None:
    shelf = PassageShelf()
    shelf.begin("a")
    every = tuple(Passage("a", f"p{at}", "x", **more) for at in range(10))
    for one in every:
        shelf.add(one)
    assert shelf.finished() is shelf
    assert shelf["a"] == every


def test_a_file_that_gives_less_than_it_is_asked_for_is_read_on(monkeypatch: pytest.MonkeyPatch) -> None:
    class Sparing(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            return super().read(min(size or 0, 7))

    monkeypatch.setattr(tempfile, "TemporaryFile", lambda buffering: Sparing())
    shelf = PassageShelf()
    shelf.begin("a")
    every = tuple(Passage("a", f"p{at}", "words " * 100) for at in range(10))
    for one in every:
        shelf.add(one)
    assert shelf.finished()["a"] == every


def test_a_file_that_was_cut_short_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    file = io.BytesIO()
    monkeypatch.setattr(tempfile, "TemporaryFile", lambda buffering: file)
    shelf = PassageShelf()
    shelf.begin("a")
    for at in range(10):
        shelf.add(Passage("a", f"p{at}", "words " * 100))
    file.truncate(10)
    with pytest.raises(KbError, match=r"cannot be kept in .*: Input/output error"):
        shelf.finished()["a"]


def test_an_index_of_passages_in_a_file_is_that_of_passages_in_memory(
    shipped: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path_factory.mktemp("index")
    first = build(load([shipped]), folder)
    monkeypatch.undo()
    second = build(load([shipped]), folder)
    assert (first.published, second.published) == (True, False), "digests of all that is stored agree"
    assert first.passages == second.passages


class _Listener:
    """Records what it is told, and which documents it is told will come again."""

    def __init__(self) -> None:
        self.told: dict[str, list[Passage]] = {}
        self.live: dict[str, Sequence[Passage]] = {}
        self.repeated: list[str] = []
        self.ended = 0

    def begin(self, themes: Sequence[Theme], documents: Sequence[Document]) -> None:
        pass

    def document(self, id: str, passages: Sequence[Passage]) -> None:
        assert id not in self.told
        assert not self.ended
        self.told[id], self.live[id] = list(passages), passages

    def again(self, id: str) -> None:
        assert id in self.told
        self.repeated.append(id)

    def end(self) -> None:
        self.ended += 1


_RUNS = st.lists(st.tuples(st.sampled_from("abcde"), st.integers(1, 9)), min_size=1, max_size=9)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_RUNS, st.integers(1, 60))
def test_a_listener_changes_nothing_and_hears_the_first_documents_whole(
    runs: list[tuple[str, int]], held: int
) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(passage_shelf, "_HELD_CHARS", held)
        shelf, listener = PassageShelf(), _Listener()
        shelf.tell(listener)
        for name in "abcde":
            shelf.begin(name)
        added: dict[str, list[Passage]] = {name: [] for name in "abcde"}
        for name, count_ in runs:
            for _ in range(count_):
                passage = Passage(name, f"p{len(added[name])}", f"{name}{len(added[name])}")
                added[name].append(passage)
                shelf.add(passage)
        put_away = {name for name, found in shelf._held.items() if len(found) < len(added[name])}
        ended_early = bool(listener.ended)
        found = shelf.finished()
    assert {name: list(found[name]) for name in "abcde"} == added
    assert listener.ended == 1
    in_order = list(dict.fromkeys(name for name, _ in runs))
    assert list(listener.told) == in_order[: len(listener.told)]
    for name, told in listener.told.items():
        assert told == added[name][: len(told)]
        assert ended_early or told == added[name]
        assert list(listener.live[name]) != told or name not in put_away
    if max(held // 4, 1) > sum(number for _, number in runs):
        assert listener.repeated or list(listener.told) == in_order


def test_of_a_document_too_long_to_hold_a_listener_keeps_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passage_shelf, "_HELD_CHARS", 40)
    shelf, listener = PassageShelf(), _Listener()
    shelf.tell(listener)
    for name, passages in (("a", 3), ("b", 6), ("c", 30), ("d", 3)):
        shelf.begin(name)
        for number in range(passages):
            shelf.add(Passage(name, f"p{number}", "ten chars."))
    assert {name: len(told) for name, told in listener.told.items()} == {"a": 3, "b": 6}
    assert all(not live for live in listener.live.values())
    assert len(shelf.finished()["c"]) == 30
    assert listener.ended == 1
