"""Merged segments, whatever was deleted from them, equal one segment of the remaining passages."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.engines.records.passage_record import write_passage
from index.engines.whoosh.indexing.batches.batching import indexed_document
from index.engines.whoosh.indexing.batches.inverter import Batch, IndexedDocument, write_batch
from index.engines.whoosh.indexing.batches.lexicon import Lexicon
from index.engines.whoosh.indexing.segment_merge import MergeSource, merge
from index.engines.whoosh.segment.file import SegmentFile
from index.engines.whoosh.segment.stored_records import StoredRecords
from index.engines.whoosh.segment.writer import SegmentWriter
from kb.model import Document, Passage

_WORDS = ("victim", "victims", "re-victimisation", "children", "trafficking", "anti-trafficking", "人口贩运")


def document(number: int, words: Sequence[str]) -> IndexedDocument:
    """A document of one passage."""
    kind, language = "report" * (number % 2), ("en", "th", "und")[number % 3]
    made = Document(f"d{number}", "Report on trafficking", kind, f"20{number:02}", language=language)
    themes = ("protection/aftercare",) * (number % 3)
    passage = Passage(made.id, "p1", " ".join(words), "", " ".join(words[1:2]), themes)
    titles = {"protection/aftercare": "Aftercare of victims"}
    return indexed_document(number, made, [write_passage(passage)], titles)


documents = st.lists(st.lists(st.sampled_from(_WORDS), max_size=6), min_size=1, max_size=12).map(
    lambda texts: [document(number, words) for number, words in enumerate(texts)]
)


def segment(path: Path, batch: Batch) -> SegmentFile:
    return SegmentFile(write_batch(path, batch, Lexicon()), lasting=False)


def merged(path: Path, sources: Sequence[MergeSource]) -> SegmentFile:
    def finish(writer: SegmentWriter) -> None:
        writer.add_bytes("last", b"written")

    merge(path, sources, finish)
    return SegmentFile(path)


@st.composite
def cut(draw: st.DrawFn) -> tuple[list[IndexedDocument], list[bool], list[int]]:
    """Documents, which of them are live, and where they are cut into segments."""
    found = draw(documents)
    live = draw(st.sampled_from((st.just(True), st.booleans())))
    alive = draw(st.lists(live, min_size=len(found), max_size=len(found)))
    return found, alive, sorted(draw(st.lists(st.integers(0, len(found)), max_size=3)))


@given(cut())
def test_merged_segments_are_what_one_of_the_passages_left_would_be(
    tmp_path_factory: pytest.TempPathFactory, given: tuple[list[IndexedDocument], list[bool], list[int]]
) -> None:
    folder = tmp_path_factory.mktemp("merged")
    found, alive, cuts = given
    sources = [
        MergeSource(segment(folder / f"{at}.kb", found[first:stop]), np.array(alive[first:stop], np.bool_))
        for at, (first, stop) in enumerate(pairwise([0, *cuts, len(found)]))
    ]
    made = merged(folder / "merged.kb", sources)
    left = [one for one, stays in zip(found, alive, strict=True) if stays]
    assert columns(made) == columns(segment(folder / "expected.kb", left))
    assert [StoredRecords(made)[number] for number in range(len(left))] == [one.records[0] for one in left]
    assert made.array("last").tobytes() == b"written"


def columns(file: SegmentFile) -> dict[str, tuple[str, list[int]]]:
    """The types and values of all columns but those that hold records in blocks, and the last."""
    return {
        name: (column.type, file.array(name).tolist())
        for name, column in file.directory.columns.items()
        if not name.startswith(("record.", "last"))
    }
