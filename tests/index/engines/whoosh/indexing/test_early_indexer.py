"""Indexing content while it is read gives the same index as indexing it whole."""

from __future__ import annotations

import json
import multiprocessing
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from index.cli.build import build
from index.engines.processes import pool
from index.engines.whoosh.generation import open_generation
from index.engines.whoosh.indexing import builder, early_indexer
from index.engines.whoosh.indexing.batches import batching
from index.engines.whoosh.indexing.batches.inverter import Batch, IndexedDocument
from index.engines.whoosh.indexing.build_lock import building
from kb.interchange import passage_shelf
from kb.model import Collection

pytestmark = pytest.mark.slow

Json = dict[str, Any]
Lines = dict[str, list[Json]]

_THEMES = [
    {"slug": "protection", "title": "Protection", "subpoints": [{"slug": "aftercare", "title": "Aftercare"}]},
    {"slug": "law", "title": "Law", "subpoints": [{"slug": "courts", "title": "Courts"}]},
]
_NAMES = ("a", "b", "empty", "c", "d")


def _lines() -> Lines:
    """Five documents; all but one have twelve passages."""
    passages = [
        {"document": name, "id": f"p{n}", "text": f"Victims of {name} are heard {n} times.", "themes": tags}
        for name in _NAMES
        if name != "empty"
        for n, tags in enumerate([["protection/aftercare"], ["protection", "law/courts"], []] * 4)
    ]
    documents = [{"id": name, "title": f"Report {name}", "date": "2020", "language": "en"} for name in _NAMES]
    return {"themes": list(_THEMES), "documents": documents, "passages": passages}


@pytest.fixture
def early(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[early_indexer.Indexed]]:
    """Processes for 20 passages, in batches of 8; the list has what each build found indexed already."""
    found: list[early_indexer.Indexed] = []
    indexed = early_indexer.EarlyIndexer.indexed

    def noted(self: early_indexer.EarlyIndexer, content: Collection) -> early_indexer.Indexed:
        found.append(indexed(self, content))
        return found[-1]

    monkeypatch.setattr(early_indexer.EarlyIndexer, "indexed", noted)
    monkeypatch.setattr(pool, "usable_cores", lambda: 2)
    monkeypatch.setattr(pool, "MIN_PARALLEL_PASSAGES", 20)
    monkeypatch.setattr("index.cli.build.expected_passages", lambda folder: 20)
    monkeypatch.setattr(batching, "_BATCH_PASSAGES", 8)
    yield found
    assert multiprocessing.active_children() == []


def _write(folder: Path, lines: Lines) -> Path:
    folder.mkdir(exist_ok=True)
    for name, records in lines.items():
        text = "".join(json.dumps(one) + "\n" for one in records)
        (folder / f"{name}.jsonl").write_text(text, encoding="utf-8")
    return folder


def _built(index: Path, *content: Path) -> None:
    options = [part for folder in content for part in ("--content", str(folder))]
    said = CliRunner().invoke(build, [*options, "--index", str(index)])
    assert said.exit_code == 0, said.output
    assert not list(index.glob("*.tmp"))


def _columns(index: Path) -> dict[str, bytes]:
    """Everything in the index but the time at which it was built."""
    (segment,) = open_generation(index, 1).segments
    names = set(segment.file.directory.columns) - {"catalogue.head"}
    assert len(names) > 50
    return {name: segment.file.array(name).tobytes() for name in names}


def _same_as_unhurried(folder: Path, monkeypatch: pytest.MonkeyPatch, *content: Path) -> None:
    """The index is the one that is built when nothing is begun before everything is read."""
    _built(folder / "early", *content)
    monkeypatch.setattr("index.cli.build.expected_passages", lambda folder: 0)
    _built(folder / "late", *content)
    assert _columns(folder / "early") == _columns(folder / "late")


def _as_they_are(lines: Lines) -> None:
    pass


def _other_order(lines: Lines) -> None:
    lines["passages"].sort(key=lambda one: one["document"] in "bc")


def _last_first(lines: Lines) -> None:
    lines["passages"].reverse()


def _in_two_stretches(lines: Lines) -> None:
    lines["passages"].append(lines["passages"].pop(14))


def _tags_out_of_order(lines: Lines) -> None:
    for one in lines["passages"][20:30]:
        one["themes"] = ["law", "protection/aftercare"]


def _themes_out_of_order(lines: Lines) -> None:
    lines["themes"] = [theme | {"order": 9 - at} for at, theme in enumerate(lines["themes"])]


def _with_a_note(lines: Lines) -> None:
    lines["documents"].insert(1, {"id": "law", "title": "Law", "kind": "note"})
    lines["passages"].insert(12, {"document": "law", "id": "courts", "text": "Courts hear victims."})


def _without_themes(lines: Lines) -> None:
    del lines["themes"]


def _one_document_alone(lines: Lines) -> None:
    lines["documents"] = lines["documents"][:1]
    lines["passages"] = [one | {"document": "a", "id": f"p{n}"} for n, one in enumerate(lines["passages"])]


_CONTENT: dict[Callable[[Lines], None], tuple[int, int]] = {
    _as_they_are: (4, 0),
    _other_order: (0, 8),
    _last_first: (0, 0),
    _in_two_stretches: (0, 8),
    _tags_out_of_order: (4, 0),
    _themes_out_of_order: (4, 0),
    _with_a_note: (0, 8),
    _without_themes: (0, 0),
    _one_document_alone: (1, 0),
}
"""For each change of the lines, how many documents are found indexed, and passages of the next."""


@pytest.mark.parametrize("change", _CONTENT)
def test_it_is_the_index_that_is_built_after_reading(
    tmp_path: Path,
    early: list[early_indexer.Indexed],
    monkeypatch: pytest.MonkeyPatch,
    change: Callable[[Lines], None],
) -> None:
    lines = _lines()
    change(lines)
    _same_as_unhurried(tmp_path, monkeypatch, _write(tmp_path / "content", lines))
    assert (len(early[0].entries), early[0].begun) == _CONTENT[change]


@pytest.mark.parametrize(
    ("change", "held", "found"),
    [
        (_as_they_are, 600, 4),
        (_as_they_are, 100, 0),  # each document is put away several times
        (_last_first, 600, 0),
        (_other_order, 600, 0),
        (_in_two_stretches, 600, 0),
        (_one_document_alone, 600, 0),
    ],
)
def test_passages_that_were_put_away_meanwhile_are_known_by_their_digest(
    tmp_path: Path,
    early: list[early_indexer.Indexed],
    monkeypatch: pytest.MonkeyPatch,
    change: Callable[[Lines], None],
    held: int,
    found: int,
) -> None:
    monkeypatch.setattr(passage_shelf, "_HELD_CHARS", held)
    lines = _lines()
    change(lines)
    _same_as_unhurried(tmp_path, monkeypatch, _write(tmp_path / "content", lines))
    assert len(early[0].entries) == found


def test_what_is_indexed_early_is_not_indexed_again(
    tmp_path: Path, early: list[early_indexer.Indexed], monkeypatch: pytest.MonkeyPatch
) -> None:
    content = _write(tmp_path / "content", _lines())
    again: list[Batch] = []

    class Noted(batching.Batches):
        def full(self, documents: Iterable[IndexedDocument]) -> Iterator[Batch]:
            for batch in super().full(documents):
                again.append(batch)
                yield batch

    monkeypatch.setattr(builder, "Batches", Noted)
    _built(tmp_path / "early", content)
    assert len(early) == 1
    assert again == []


def test_beside_other_folders_nothing_is_begun(
    tmp_path: Path, early: list[early_indexer.Indexed], monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = _lines()
    first = _write(tmp_path / "first", lines)
    more = [one | {"id": f"more-{one['id']}"} for one in lines["documents"]]
    second = _write(tmp_path / "second", {"documents": more, "themes": lines["themes"]})
    _same_as_unhurried(tmp_path, monkeypatch, first, second)
    assert len(early[0].entries) == 0


def test_documents_of_both_forms_are_put_together(
    tmp_path: Path, early: list[early_indexer.Indexed], monkeypatch: pytest.MonkeyPatch
) -> None:
    content = _write(tmp_path / "content", _lines())
    (content / "documents").mkdir()
    text = "---\nslug: own\ntitle: Our own report\nkind: report\n---\n\nWords of our own.\n{: #p1 }\n"
    (content / "documents" / "own.md").write_text(text, encoding="utf-8")
    _same_as_unhurried(tmp_path, monkeypatch, content)
    assert len(early[0].entries) == 0


def test_of_content_with_faults_nothing_is_left(tmp_path: Path, early: list[early_indexer.Indexed]) -> None:
    lines = _lines()
    lines["passages"].append({"document": "unknown", "id": "p1", "text": "Whose?"})
    content, index = _write(tmp_path / "content", lines), tmp_path / "index"
    said = CliRunner().invoke(build, ["--content", str(content), "--index", str(index)])
    assert said.exit_code != 0
    assert early == []
    assert not [path for path in index.iterdir() if not path.name.startswith("build.")]
    lines["passages"].pop()
    _built(index, _write(content, lines))
    assert len(early[0].entries) == 4


def test_another_build_is_told_before_anything_is_read(
    tmp_path: Path, early: list[early_indexer.Indexed]
) -> None:
    content = _write(tmp_path / "content", _lines())
    (content / "passages.jsonl").write_text("at fault", encoding="utf-8")
    with building(tmp_path / "index"):
        said = CliRunner().invoke(build, ["--content", str(content), "--index", str(tmp_path / "index")])
    assert "at fault" not in str(said.exception) + said.output
    assert type(said.exception).__name__ == "IndexBusy"
