"""A reference to some words of a passage leads to these words, or nowhere."""

from __future__ import annotations

import pytest

from index.citation_resolver.resolver import resolve
from index.english import say
from index.quotation_check.reference_check import check_reference
from kb.model import Collection, Document, Passage
from kb.published import Move
from kb.quoting.passage_references import find_references
from kb.text.fingerprint import fingerprint
from tests.engines import Snapshot, snapshot_of
from tests.tables import table

WORDS = "States shall punish traffickers."
PRINT = fingerprint(WORDS)[:12]


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    passages = (Passage("plan", "p1", WORDS), Passage("plan", "p2", "More words."))
    collection = Collection(
        documents=(Document("plan", "A plan", "report"),),
        passages={"plan": passages},
        moves=(Move("plan", "p0", "plan/p1"),),
    )
    return snapshot_of(collection, tmp_path_factory.mktemp("excerpts") / "index")


@table(
    ("text", "url"),
    [
        ("plan/p1:2-3", "/passages/plan/p1:2-3"),
        ("see plan/p1:2-3.", "/passages/plan/p1:2-3"),
        (f"plan/p1:2-3@{PRINT}", "/passages/plan/p1:2-3"),
        (f"plan/p1@{PRINT}", "/passages/plan/p1"),
        (f"https://kb.example/passages/plan/p1:2-3?v={PRINT}", "/passages/plan/p1:2-3"),
        ("plan/p0:1-2", "/passages/plan/p1:1-2"),
        ("plan/p1..p2:2-5", "/passages/plan/p1..p2:2-5"),
        ("see plan/p1:1-1,3-4.", "/passages/plan/p1:1-1,3-4"),
        ("https://kb.example/passages/plan/p1?v=00000000", "/passages/plan/p1"),
    ],
)
def test_an_excerpt_is_resolved_to_its_own_address(snapshot: Snapshot, text: str, url: str) -> None:
    found = resolve(snapshot, text)
    assert [(one.url, one.confidence) for one in found.matches] == [(url, 1.0)]
    assert found.notices == ()


@table(
    ("text", "code", "word"),
    [
        ("plan/p1:3-1", "excerpt-reversed", "unknown"),
        ("see plan/p1:3-1.", "excerpt-reversed", "unknown"),
        ("/passages/plan/p1:3-1", "excerpt-reversed", "unknown"),
        ("plan/p0:3-1", "excerpt-reversed", "unknown"),
        ("plan/p1:0-3", "not-a-reference", "unknown"),
        ("plan/p1:2-9", "excerpt-beyond-end", "unknown"),
        ("/passages/plan/p1:2-9", "excerpt-beyond-end", "unknown"),
        ("plan/p0:2-9", "excerpt-beyond-end", "unknown"),
        ("plan/p1..p2:1-99", "excerpt-beyond-end", "unknown"),
        ("plan/p1:1-3@00000000", "words-changed", "changed since"),
        ("plan/p1@00000000", "words-changed", "changed since"),
        ("plan/p1..p2@00000000", "words-changed", "changed since"),
        ("/passages/plan/p1:1-3?v=00000000", "words-changed", "changed since"),
    ],
)
def test_words_that_are_not_there_are_neither_resolved_nor_found(
    snapshot: Snapshot, text: str, code: str, word: str
) -> None:
    found = resolve(snapshot, text)
    assert (found.matches, [one.code for one in found.notices]) == ((), [code])
    (reference,) = find_references(text)
    verdict = check_reference(reference, snapshot)
    assert verdict.word == word
    assert verdict.remark
    assert word != "unknown" or verdict.remark.code == code


def test_an_excerpt_whose_words_are_there_is_found(snapshot: Snapshot) -> None:
    verdicts = [check_reference(one, snapshot) for one in find_references("plan/p1:1-4 and plan/p0:1-2")]
    assert [one.word for one in verdicts] == ["found", "moved"]
    assert verdicts[1].remark
    assert "plan/p1:1-2" in say(verdicts[1].remark)


@pytest.mark.parametrize("text", ["and/or:3-1", "plan/p9:3-1"])
def test_what_names_no_passage_is_no_excerpt(snapshot: Snapshot, text: str) -> None:
    assert "excerpt-reversed" not in [one.code for one in resolve(snapshot, text).notices]
