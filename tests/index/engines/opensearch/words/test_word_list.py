"""The word list counts what the passages of a generation have."""

from __future__ import annotations

from typing import Any

import numpy as np

from index.engines.opensearch.rerank import FetchedWords
from index.engines.opensearch.tokens import begin_mark, document_source
from index.engines.opensearch.words.word_counts import WordCounts
from index.engines.opensearch.words.word_list import COUNTED_FIELDS, MARKED_FIELDS, words_body
from tests.index.samples import document, passage

TEXTS = ["Law of the co-operation of states", "Nothing", "laws, laws and law", "co operation of the state"]
SOURCES = [
    document_source(
        document("a", title="Treaties"),
        passage("a", f"p{at}", text, heading="Co-operation"),
        rank=1,
        ordinal=at,
        titles={},
        record="",
    )
    for at, text in enumerate(TEXTS)
]


def listed() -> dict[str, dict[str, Any]]:
    counts = WordCounts()
    for source in SOURCES:
        counts.add(source)
    made = list(counts.documents(["en"]))
    assert len({one["term"] for one in made}) == len(made)
    return {one["term"]: one for one in made}


def test_every_count_is_that_of_the_passages() -> None:
    words = FetchedWords(np.arange(len(SOURCES)), SOURCES)
    for term, one in listed().items():
        for field in COUNTED_FIELDS:
            counted = begin_mark(term) if field in MARKED_FIELDS else term
            assert one.get(field, 0) == (words.counts(field, counted) > 0).sum(), (field, term)
        assert one["most"] == max(one.get(field, 0) for field in COUNTED_FIELDS)


def test_forms_have_stems_and_stems_that_are_no_forms_have_none() -> None:
    found = listed()
    assert (found["laws"]["stems"], found["laws"]["passages"], found["laws"]["text"]) == (["law"], 1, 1)
    assert found["cooperation"]["text_marks"] == 1
    assert (found["cooperation"]["heading"], found["cooperation"]["passages"]) == (4, 5)
    assert found["cooper"].keys() == {"term", "most", "stem", "heading_stem"}
    assert found["treati"]["title"] == 4


def test_the_index_has_a_field_for_all_of_it() -> None:
    fields = words_body()["mappings"]["properties"]
    assert all(one.keys() <= fields.keys() for one in listed().values())
