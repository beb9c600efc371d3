"""Reading only the changed JSON lines gives the same passages and faults as reading them all."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Container, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.collection.incremental.refresh import Refreshed, refresh
from kb.collection.loader import read_collection
from kb.interchange import line_runs
from kb.interchange.line_runs import KnownLines, kept_lines
from kb.interchange.reader import read_interchange
from kb.model import Document, Passage
from kb.permanence.ledger import LEDGER_FILE
from tests.kb.collection.incremental.test_refresh import LONG, WORDS, age, publish, same
from tests.kb.folders import interchange
from tests.kb.known import Known, known, nothing
from tests.tables import table

DOCUMENTS: list[dict[str, Any]] = [
    {"id": "a", "title": "A"},
    {"id": "b", "title": "B"},
    {"id": "c", "title": "C", "kind": "note"},
    {"id": "d", "title": "D"},
]
QUOTING = {"quotation": {"document": "a", "passage": "p1", "words": "Each State Party"}}
THEMES = [{"slug": "t", "title": "T"}]


def line(document: str, id: str, text: str, **fields: Any) -> bytes:
    return json.dumps({"document": document, "id": id, "text": text} | fields).encode() + b"\n"


LINES = [
    line("a", "p1", LONG[0]),
    line("a", "p2", WORDS[2]),
    line("b", "p1", WORDS[4], themes=["t"]),
    line("b", "p2", LONG[1]),
    line("c", "p1", "See there.", **QUOTING),
    line("d", "p1", "Words."),
    line("a", "p3", "At the end."),
]


TABBED = line("b", "p8", "Words and words.").replace(b"and ", b"and\t")


def write(folder: Path, lines: Sequence[bytes]) -> None:
    (folder / "passages.jsonl").write_bytes(b"".join(lines))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = interchange(tmp_path / "c", DOCUMENTS, themes=THEMES)
    write(folder, LINES)
    age(folder)
    return folder


@pytest.fixture
def before(folder: Path) -> Known:
    return known(refresh([folder], nothing()))


def read_after(folder: Path, before: Known, lines: Sequence[bytes]) -> Refreshed | None:
    write(folder, lines)
    return same([folder], before)


@table(
    ("lines", "changed"),
    [
        ([*LINES[:2], line("b", "p1", "Other words."), *LINES[3:]], {"b"}),
        ([*LINES[:3], line("b", "p9", "More words."), *LINES[3:]], {"b"}),
        ([*LINES[:2], line("d", "p9", "More words."), *LINES[2:]], {"d"}),
        ([*LINES, line("b", "p9", "More words.")], {"b"}),
        ([*LINES[:3], *LINES[4:]], {"b"}),
        ([*LINES[:6], LINES[6].rstrip()], {"a"}),
        ([LINES[6], *LINES[:6]], {"a"}),
        ([*LINES[2:4], *LINES[:2], *LINES[4:]], set()),
        ([*LINES[:2], b"\n", b" \r\n", *LINES[2:]], set()),
        ([*LINES[:2], LINES[2].replace(b"\n", b"\r\n"), *LINES[3:]], {"b"}),
        ([b"\xef\xbb\xbf", *LINES], {"a"}),
        ([b"\xef\xbb\xbf", line("b", "p9", "More words."), *LINES], {"b"}),
        ([*LINES, TABBED], {"b"}),
        ([*LINES[:2], TABBED, *LINES[2:]], {"b"}),
    ],
)
def test_only_documents_with_other_lines_are_read(
    folder: Path, before: Known, lines: Sequence[bytes], changed: set[str]
) -> None:
    write(folder, lines)
    before.asked.clear()
    found = refresh([folder], before)
    assert found.unchanged == {"a", "b", "c", "d"} - changed
    quoted = {"a"} - changed  # by the note in c
    assert set(before.asked) == quoted
    assert same([folder], before)


@table(
    "lines",
    [
        [*LINES[:2], b"{\n", *LINES[2:]],
        [*LINES[:2], b'{"document": "b"}{"document": "b"}\n', *LINES[2:]],
        [*LINES[:6], LINES[6].rstrip(), LINES[0]],
        [LINES[1].rstrip(), *LINES[2:], LINES[0]],
        [*LINES, LINES[3]],
        [*LINES, *LINES[2:4]],
        [*LINES, line("e", "p1", "Words.")],
        [*LINES, line("b", "p9", "Words.", themes=["nowhere"])],
        [*LINES, b'{"document": "\\ud800", "id": "p1", "text": "x"}\n'],
        [LINES[0].replace(b"Each", b"Every"), *LINES[1:]],
        [*LINES[:1], b"\xef\xbb\xbf" + LINES[1], *LINES[2:]],
        [b"[" * 100_000 + b"\n", *LINES],
    ],
)
def test_a_fault_is_found_with_its_line(folder: Path, before: Known, lines: Sequence[bytes]) -> None:
    assert read_after(folder, before, lines) is None


def test_a_change_of_a_note_has_everything_read(folder: Path, before: Known) -> None:
    found = read_after(folder, before, [*LINES, line("c", "p9", "More words.")])
    assert found
    assert found.unchanged == frozenset()


def test_without_themes_all_tags_are_read(folder: Path) -> None:
    (folder / "themes.jsonl").unlink()
    before = known(refresh([folder], nothing()))
    found = read_after(folder, before, [*LINES, line("b", "p9", "Words.", themes=["new"])])
    assert found
    assert [theme.slug for theme in found.collection.themes] == ["t", "new"]
    assert found.unchanged == frozenset()


def test_words_that_were_published_are_remembered(folder: Path) -> None:
    publish(folder)
    before = known(refresh([folder], nothing()))
    found = read_after(folder, before, [*LINES[:3], line("b", "p2", LONG[1] + " Indeed."), *LINES[4:6]])
    assert found
    assert [(one.document, one.passage) for one in found.collection.withdrawn] == [("a", "p3")]
    assert list(found.collection.published) == ["a/p3", "b/p2"]
    assert found.unchanged == {"c", "d"}


def test_published_words_under_another_id_are_refused(folder: Path) -> None:
    publish(folder)
    before = known(refresh([folder], nothing()))
    assert read_after(folder, before, [*LINES[:3], line("b", "p9", LONG[1]), *LINES[4:]]) is None
    assert read_after(folder, before, [*LINES[:3], *LINES[4:], line("d", "p2", LONG[1])]) is None
    assert read_after(folder, before, [*LINES[:3], line("b", "p2", "Words."), *LINES[4:]]) is None


def test_the_id_of_a_document_in_another_folder_is_refused(folder: Path, tmp_path: Path) -> None:
    other = interchange(tmp_path / "o", [{"id": "e", "title": "E"}], [], themes=[])
    (other / "documents").mkdir()
    for folders in ([folder, other], [other, folder]):
        before = known(refresh(folders, nothing()))
        path = other / "documents/b.md"
        path.write_text(
            "---\nslug: b\ntitle: B\nkind: report\n---\n\nWords.\n{#p1 themes=nowhere}\n", "utf-8"
        )
        assert same(folders, before) is None
        path.unlink()


@table(
    ("documents", "changed"),
    [
        ([DOCUMENTS[0], {"id": "b", "title": "Other"}, *DOCUMENTS[2:]], {"b"}),
        ([*DOCUMENTS, {"id": "e", "title": "E"}], set()),
        ([*DOCUMENTS[1:], DOCUMENTS[0]], set()),
        ([*DOCUMENTS[:3], DOCUMENTS[3] | {"superseded_by": "a", "status": "superseded"}], {"d"}),
        ([*DOCUMENTS[:3], DOCUMENTS[3] | {"date": "2020", "further": [1]}], {"d"}),
        ([*DOCUMENTS[:2], DOCUMENTS[2] | {"title": "Other"}, DOCUMENTS[3]], {"a", "b", "c", "d"}),
        ([*DOCUMENTS[:3], DOCUMENTS[3] | {"kind": "note"}], {"a", "b", "c", "d"}),
    ],
)
def test_only_documents_that_differ_are_read(
    folder: Path, before: Known, documents: Sequence[dict[str, Any]], changed: set[str]
) -> None:
    list_documents(folder, documents)
    found = same([folder], before)
    list_documents(folder, DOCUMENTS)
    assert found
    assert found.unchanged == {"a", "b", "c", "d"} - changed


def list_documents(folder: Path, documents: Sequence[dict[str, Any]]) -> None:
    lines = (json.dumps(one) + "\n" for one in documents)
    (folder / "documents.jsonl").write_text("".join(lines), encoding="utf-8")


@table(
    "documents",
    [
        DOCUMENTS[:3],
        [*DOCUMENTS, DOCUMENTS[0]],
        [*DOCUMENTS[:3], {"id": "D", "title": "D"}],
        [*DOCUMENTS[:3], {"id": "d"}],
        [*DOCUMENTS[:3], DOCUMENTS[3] | {"superseded_by": "e"}],
        [],
    ],
)
def test_a_fault_of_documents_is_found_with_its_line(
    folder: Path, before: Known, documents: Sequence[dict[str, Any]]
) -> None:
    list_documents(folder, documents)
    assert same([folder], before) is None


def test_a_document_comes_and_goes_with_its_passages(folder: Path) -> None:
    documents, lines = [*DOCUMENTS[:2], DOCUMENTS[3]], [*LINES[:4], *LINES[5:]]
    list_documents(folder, documents)
    write(folder, lines)
    publish(folder)
    before = known(refresh([folder], nothing()))
    list_documents(folder, documents[:2])
    gone = read_after(folder, before, [*lines[:4], lines[5]])
    assert gone
    assert gone.unchanged == {"a", "b"}
    assert [(one.document, one.passage) for one in gone.collection.withdrawn] == [("d", "p1")]
    list_documents(folder, documents)
    back = read_after(folder, known(gone), lines)
    assert back
    assert back.unchanged == {"a", "b"}
    assert back.collection.withdrawn == ()


def test_the_days_of_published_notes_have_everything_read(folder: Path) -> None:
    publish(folder)
    before = known(refresh([folder], nothing()))
    list_documents(folder, [*DOCUMENTS, {"id": "e", "title": "E"}])
    found = same([folder], before)
    assert found
    assert found.unchanged == frozenset()


def test_a_document_without_passages_goes(folder: Path) -> None:
    list_documents(folder, [*DOCUMENTS, {"id": "e", "title": "E"}])
    before = known(refresh([folder], nothing()))
    list_documents(folder, DOCUMENTS)
    found = same([folder], before)
    assert found
    assert found.unchanged == {"a", "b", "c", "d"}


def test_a_long_document_has_several_runs(
    folder: Path, before: Known, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(line_runs, "_MAX_RUN_BYTES", 100)
    before = known(refresh([folder], nothing()))
    assert before.manifest
    (runs,) = before.manifest.runs.values()
    assert [run.document for run in runs] == ["a", "a", "b", "c", "d", "a"]
    found = read_after(folder, before, [LINES[0], line("a", "p2", "Other."), *LINES[2:]])
    assert found
    assert found.unchanged == {"b", "c", "d"}


@dataclass
class Replacing(Container[str]):
    """No documents; whoever asks for one finds another file under the path."""

    path: Path
    data: bytes

    def __contains__(self, document: object) -> bool:
        other = self.path.with_name("other")
        other.write_bytes(self.data)
        other.replace(self.path)
        return False


@table("later", [LINES[:1], [*LINES, *LINES], [LINES[5], LINES[0]], [b"{\n"]])
def test_both_readings_are_of_one_file(folder: Path, before: Known, later: Sequence[bytes]) -> None:
    assert before.manifest
    (runs,) = before.manifest.runs.values()
    write(folder, [*LINES, TABBED])
    path = folder / "passages.jsonl"
    draft = read_interchange(folder, KnownLines(runs, Replacing(path, b"".join(later))))
    assert path.read_bytes() == b"".join(later)
    assert draft.every_fault == ()
    assert [(id, [one.id for one in of]) for id, of in draft.passages.items()] == [
        ("b", ["p1", "p2", "p8"]),
        ("c", ["p1"]),
    ]


class Writing(Known):
    """A build that has a file written when it is asked for passages."""

    folder = Path()

    def passages(self, document: str) -> tuple[Passage, ...]:
        write(self.folder, LINES)
        return super().passages(document)


def test_a_file_that_changes_while_it_is_read_is_read_whole(folder: Path) -> None:
    first = refresh([folder], nothing())
    before = Writing(first.collection, first.manifest)
    before.folder = folder
    write(folder, [*LINES, line("b", "p9", "More words.")])
    found = refresh([folder], before)
    assert found.collection == read_collection([folder])[0]
    assert found.unchanged == frozenset()
    assert "a" in before.asked


def test_faults_are_those_of_a_whole_reading(folder: Path, before: Known) -> None:
    before.texts["a"] = ()  # what the note in c quotes
    assert read_after(folder, before, [*LINES, line("b", "p9", "More words.")])


class Counting(io.BytesIO):
    """Counts the bytes that are read from it."""

    count = 0

    def read(self, size: int | None = -1, /) -> bytes:
        data = super().read(size)
        self.count += len(data)
        return data


def test_a_run_is_looked_for_once(folder: Path) -> None:
    lines = [line("d", f"p{number}", "Words.") for number in range(200)]
    write(folder, lines)
    run = read_interchange(folder, KnownLines((), frozenset())).runs[0]
    file = Counting(lines[0] * 200 + b"".join(lines))
    kept = kept_lines(file, KnownLines([run], frozenset()), {"d": Document(id="d", title="D", kind="report")})
    assert kept.changed == {"d"}
    assert kept.runs == {}
    assert 0 < file.count <= run.size


TEXTS = st.sampled_from(WORDS)
DOCUMENT, ID = st.sampled_from("aaabbcde"), st.sampled_from(["p1", "p2", "p3", "p4"])
NEW_LINES = st.one_of(
    st.builds(line, DOCUMENT, ID, TEXTS),
    st.builds(
        lambda document, id, text, more: line(document, id, text, **more),
        DOCUMENT,
        ID,
        TEXTS,
        st.sampled_from(
            [
                QUOTING,
                {"themes": ["t"]},
                {"themes": ["nowhere"]},
                {"formerly": ["p1"]},
                {"formerly": ["a/p2"]},
            ]
        ),
    ),
    st.sampled_from([b"\n", b"\r\n", b"{\n", b"x", b"", b"\xef\xbb\xbf", LINES[0], LINES[3], TABBED]),
)
PLACE = st.integers(0, 12)


def _insert(lines: list[bytes], at: int, to: int, new: bytes) -> list[bytes]:
    return [*lines[:at], new, *lines[at:]]


def _change(lines: list[bytes], at: int, to: int, new: bytes) -> list[bytes]:
    return [*lines[:at], new, *lines[at + 1 :]]


def _remove(lines: list[bytes], at: int, to: int, new: bytes) -> list[bytes]:
    return [*lines[:at], *lines[at + 1 :]]


def _move(lines: list[bytes], at: int, to: int, new: bytes) -> list[bytes]:
    rest = [*lines[:at], *lines[at + 1 :]]
    return [*rest[:to], *lines[at : at + 1], *rest[to:]]


def _copy(lines: list[bytes], at: int, to: int, new: bytes) -> list[bytes]:
    return [*lines[:to], *lines[at : at + 2], *lines[to:]]


def _reform(lines: list[bytes], at: int, to: int, new: bytes) -> list[bytes]:
    return [one.replace(b"\n", b"\r\n") if number == at else one for number, one in enumerate(lines)]


def _unterminated(lines: list[bytes], at: int, to: int, new: bytes) -> list[bytes]:
    return [one.rstrip(b"\r\n") if number == at else one for number, one in enumerate(lines)]


WAYS = [_insert, _insert, _change, _remove, _move, _copy, _reform, _unterminated]
LISTED = st.lists(
    st.sampled_from(
        [
            *DOCUMENTS,
            DOCUMENTS[1] | {"title": "Other"},
            {"id": "e", "title": "E"},
            {"id": "e", "title": "E", "formerly": ["d"]},
            {"id": "d", "title": "D", "status": "superseded", "superseded_by": "a"},
        ]
    ),
    unique_by=lambda one: str(one["id"]),
)
EDITS = st.lists(st.tuples(st.sampled_from(WAYS), PLACE, PLACE, NEW_LINES), min_size=1, max_size=3)


@given(
    published=st.booleans(),
    run=st.sampled_from([60, 1 << 20]),
    rounds=st.lists(st.tuples(EDITS, st.none() | LISTED), min_size=1, max_size=4),
)
def test_any_edits_of_lines_are_read_as_if_everything_were(
    folder: Path, published: bool, run: int, rounds: list[list[Any]]
) -> None:
    copy = folder.with_name("edited")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(folder, copy)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(line_runs, "_MAX_RUN_BYTES", run)
        if published:
            publish(copy)
        lines, before = LINES, known(refresh([copy], nothing()))
        for edits, listed in rounds:
            if listed is not None:
                ids = {one["id"] for one in listed}
                list_documents(copy, [*listed, *(one for one in DOCUMENTS[:3] if one["id"] not in ids)])
            edited = lines
            for way, *values in edits:
                edited = way(edited, *values)
            if found := read_after(copy, before, edited):
                lines = (copy / "passages.jsonl").read_bytes().splitlines(keepends=True)
                if published and not read_collection([copy])[1]:
                    publish(copy)
                    found = refresh([copy], known(found))
                before = known(found)
    assert (copy / LEDGER_FILE).exists() == published
