"""Our index is a Whoosh index: what Whoosh itself asks of one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from whoosh import query

from index.engines.records.passage_record import read_passage
from index.engines.whoosh.compat.whoosh_index import WhooshIndex
from index.engines.whoosh.indexing.builder import build
from tests.index.engines.whoosh.oracle import LiveBM25F
from tests.index.samples import collection, passage

CONTENT = collection(
    a=[
        passage("a", "p1", "law of the sea", "protection", heading="Extradition"),
        passage("a", "p2", "the laws, the lawyer"),
    ],
    b=[passage("b", "p1", "sea sea sea and law")],
)


@pytest.fixture
def searcher(tmp_path: Path) -> Iterator[Any]:
    build(CONTENT, tmp_path)
    with WhooshIndex(tmp_path).searcher(weighting=LiveBM25F()) as searcher:
        yield searcher


def found(searcher: Any, asked: Any, **given: Any) -> list[str]:
    return [read_passage(hit["record"]).address for hit in searcher.search(asked, **given)]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (query.Prefix("text", "law"), {"a/p1", "a/p2", "b/p1"}),
        (query.Wildcard("text", "l?w"), {"a/p1", "b/p1"}),
        (query.FuzzyTerm("text", "lae"), {"a/p1", "b/p1"}),
        (query.TermRange("text", "lawt", "of"), {"a/p1", "a/p2"}),
        (query.Regex("text", "s.a"), {"a/p1", "b/p1"}),
        (query.Phrase("text", ["of", "the", "sea"]), {"a/p1"}),
        (query.Term("theme", "protection"), {"a/p1"}),
        (query.Every(), {"a/p1", "a/p2", "b/p1"}),
    ],
)
def test_whooshs_own_queries_run_on_it(searcher: Any, asked: Any, expected: set[str]) -> None:
    assert set(found(searcher, asked, limit=None)) == expected


def test_a_limit_gives_the_best(searcher: Any) -> None:
    assert found(searcher, query.Term("text", "sea"), limit=1) == ["b/p1"]


def test_terms_and_their_statistics_are_listed(searcher: Any) -> None:
    reader = searcher.reader()
    assert list(reader.lexicon("text")) == [b"and", b"law", b"laws", b"lawyer", b"of", b"sea", b"the"]
    assert list(reader.lexicon("document")) == [b"a", b"b"]
    assert ("kind", b"report") in set(reader.all_terms())
    assert next(term for term, _ in reader.iter_from("text", "o")) == ("text", b"of")
    info = reader.term_info("text", "sea")
    assert (info.doc_frequency(), info.weight(), info.max_weight()) == (2, 4.0, 3.0)
    assert (info.min_length(), info.max_length(), info.min_id(), info.max_id()) == (4, 5, 0, 2)
    assert (reader.frequency("text", "sea"), reader.doc_frequency("text", "none")) == (4.0, 0)
    assert (reader.min_field_length("text"), reader.max_field_length("text")) == (4, 5)
    cursor = reader.cursor("text")
    assert (cursor.find(b"lax"), cursor.next(), cursor.first()) == ("of", "sea", "and")


def test_postings_give_positions_weights_and_values(searcher: Any) -> None:
    postings = searcher.postings("text", "the")
    assert [postings.value_as("positions"), postings.weight()] == [[2], 1.0]
    assert searcher.reader().schema["text"].format.decode_positions(postings.value()) == [2]
    copy = postings.copy()
    assert not postings.next()
    assert (postings.id(), postings.value_as("positions")) == (1, [0, 2])
    assert copy.id() == 0
    postings.skip_to(5)
    assert not postings.is_active()


def test_columns_are_read_by_name(searcher: Any) -> None:
    assert list(searcher.reader().column_reader("ordinal")) == [0, 1, 0]
    assert list(searcher.reader().column_reader("serial")) == [0, 0, 1]


def test_whooshs_document_writer_is_refused_with_the_reason(tmp_path: Path) -> None:
    build(CONTENT, tmp_path)
    with pytest.raises(NotImplementedError, match="filled in bulk"):
        WhooshIndex(tmp_path).writer()


def test_whoosh_sees_no_deleted_document(tmp_path: Path) -> None:
    many = {f"d{n}": ["law"] * 300 for n in range(10)}
    build(collection(**many), tmp_path)
    build(collection(**{name: texts for name, texts in many.items() if name != "d4"}), tmp_path)
    index = WhooshIndex(tmp_path)
    assert (index.latest_generation(), index.is_empty()) == (2, False)
    with index.searcher() as searcher:
        reader = searcher.reader()
        assert (reader.doc_count(), reader.doc_count_all(), reader.has_deletions()) == (2_700, 3_000, True)
        assert [number for number in range(3_000) if reader.is_deleted(number)] == [*range(1_200, 1_500)]
        assert found(searcher, query.Term("document", "d4"), limit=None) == []
        assert len(found(searcher, query.Term("text", "law"), limit=None)) == 2_700
