"""Field lengths as the cluster counts them, and the constants that make up for it."""

from __future__ import annotations

import pytest

from index.engines.opensearch.mapping import Lengths, index_body
from index.engines.opensearch.tokens import document_source
from index.query.compiled import K1, B
from tests.index.samples import document, passage

ANSWER = {
    "hits": {"total": {"value": 4}},
    "aggregations": {
        "text_length": {"value": 40.0},
        "heading_length": {"value": 6.0},
        "stem_terms": {"value": 60.0},
        "heading_stem_terms": {"value": 6.0},
        "having_text_length": {"doc_count": 4},
        "having_heading_length": {"doc_count": 2},
        "having_stem_terms": {"doc_count": 4},
        "having_heading_stem_terms": {"doc_count": 2},
    },
}


def test_the_constants_undo_how_the_cluster_counts() -> None:
    lengths = Lengths.of(ANSWER)
    assert [lengths.average(field) for field in ("text", "stem", "heading")] == [10, 11.5, 1.5]
    made = lengths.settings()["index"]["similarity"]
    for field, average in {"text": 40 / 4, "stem": 60 / 4, "heading": 6 / 2, "heading_stem": 6 / 2}.items():
        k1, b = made[f"kb_{field}"]["k1"], made[f"kb_{field}"]["b"]
        for length in (1, 7, 30):
            ours = K1 * (1 - B + B * length / lengths.average(field))
            assert k1 * (1 - b + b * length / average) == pytest.approx(ours, rel=1e-12)
    assert made["kb_text"]["k1"] == pytest.approx(K1)


def test_an_empty_index_has_our_constants() -> None:
    for one in index_body()["settings"]["index"]["similarity"].values():
        assert (one["k1"], one["b"]) == (pytest.approx(K1), pytest.approx(B))
    assert Lengths().average("text") == 1


def test_every_field_of_a_source_is_mapped() -> None:
    known = index_body()["mappings"]["properties"].keys()
    dated = document("a", date="1999", kind="note", language="fr")
    some = [
        passage("a", "p1", "re-entry", "protection", heading="re-entry"),
        passage("a", "h", "x", unit="heading"),
    ]
    for one in some:
        made = document_source(dated, one, rank=0, ordinal=0, titles={}, record="")
        assert made.keys() <= known
