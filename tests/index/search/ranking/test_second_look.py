"""The second look: nearness and feedback against what the texts themselves say; the order it gives."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis.analyzer import tokenize
from index.backend import Occurrences
from index.query.compiled import K1
from index.request import Request
from index.search.ranking.proximity import Pair, proximity
from index.search.ranking.relevance_feedback import feedback_terms
from index.tuning import Tuning
from kb.model import Passage
from tests.engines import Snapshot, snapshot_of
from tests.index.samples import collection

FORMS = ["law", "laws", "sea", "of", "the", "un"]
TEXTS = st.lists(st.lists(st.sampled_from(FORMS), max_size=14).map(" ".join), min_size=1, max_size=6)


def opened(folder: Path, *texts: str) -> Snapshot:
    return snapshot_of(collection(a=list(texts)), folder)


def found(snapshot: Snapshot, text: str) -> list[str]:
    return [hit.passage.id for hit in snapshot.search(Request(text=text)).hits]


def expected(text: str, first: set[str], second: set[str], gap: int) -> float:
    """How near the words stand, place by place."""
    forms = [word.form for word in tokenize(text)]
    places = [at for at, form in enumerate(forms) if form in second]
    total = 0.0
    for here in (at for at, form in enumerate(forms) if form in first):
        ahead = min((at - here for at in places if at > here), default=99)
        back = min((here - at for at in places if at < here), default=99)
        total += (1 / (1 + abs(ahead - gap))) * (ahead <= Tuning.PROXIMITY_WORDS)
        total += (1 / (1 + back + gap)) * (back <= Tuning.PROXIMITY_WORDS)
    return total


@given(TEXTS, st.integers(1, 3))
def test_proximity_is_that_of_the_texts(texts: list[str], gap: int) -> None:
    cut = [[word.form for word in tokenize(text)] for text in texts]

    def occurrences(forms: Sequence[str]) -> Occurrences:
        found = [
            (owner, at) for owner, each in enumerate(cut) for at, form in enumerate(each) if form in forms
        ]
        owners, places = (np.array([one[part] for one in found], np.int64) for part in (0, 1))
        return Occurrences(owners, places)

    scores = proximity(occurrences, np.full(len(texts), 1.5), [Pair(("law", "laws"), ("sea",), gap, 2.0)])
    counts = [expected(text, {"law", "laws"}, {"sea"}, gap) for text in texts]
    assert scores == pytest.approx([2.0 * count * (K1 + 1) / (count + 1.5) for count in counts])


def test_words_stand_best_as_they_were_typed(tmp_path: Path) -> None:
    far = "law and many other words that stand between what was asked and the sea"
    snapshot = opened(tmp_path, far, "sea law and many other words that stand here besides what was asked",
                      "law sea and many other words that stand here besides what was asked")  # fmt: skip
    assert found(snapshot, "law sea") == ["p3", "p2", "p1"]


def test_the_gap_of_words_that_say_nothing_is_kept(tmp_path: Path) -> None:
    rest = "many more words of no use to anybody"
    snapshot = opened(tmp_path, f"law sea {rest} of the", f"law of the sea {rest}")
    assert found(snapshot, "law of the sea")[0] == "p2"
    assert found(snapshot, "law sea")[0] == "p1"


def test_the_best_passages_say_what_else_a_query_is_about(tmp_path: Path) -> None:
    best = ["extradition treaty court judge warrant"] * 3
    snapshot = opened(
        tmp_path,
        *best,
        "extradition treaty fish boats harbour nets",
        "extradition treaty judge warrant harbour nets",
        *(f"other {word} words" for word in ("fish", "boats", "court", "judge", "warrant", "nets") * 6),
    )
    order = found(snapshot, "extradition treaty court")
    assert order.index("p5") < order.index("p4")


def test_what_speaks_loudest_is_rare_and_in_the_best_passages() -> None:
    passages = [(Passage("a", "p1", "law sea the of"), "en"), (Passage("a", "p2", "law fish"), "en")]
    loud = feedback_terms(
        passages,
        np.array([2.0, 1.0]),
        4.0,
        lambda stems: [{"law": 1.0, "sea": 3.0}.get(s, 0.5) for s in stems],
    )
    assert next(iter(loud)) == "sea"
    assert set(loud) == {"law", "sea", "fish"}  # stop words say nothing


def test_passages_ranked_again_stand_before_all_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [f"law {'sea ' * (at % 7)} {'fish ' * (at % 5)} un {'x ' * at}" for at in range(60)]
    snapshot = opened(tmp_path, *texts)
    first = [hit.passage.id for hit in snapshot.search(Request(text="law un", per=50)).hits]
    monkeypatch.setattr(Tuning, "RERANKED_PASSAGES", 20)
    hits = list(snapshot.every_hit(Request(text="law un")))
    assert [hit.passage.id for hit in hits[:50]] != first  # fewer were ranked again
    assert len({hit.passage.id for hit in hits}) == 60
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    paged = [snapshot.search(Request(text="law un", page=page)).hits for page in range(1, 7)]
    assert [hit.passage.id for page in paged for hit in page] == [hit.passage.id for hit in hits]


def test_scores_of_a_page_fall_from_hit_to_hit(tmp_path: Path) -> None:
    texts = [f"law {'sea ' * (at % 7)} {'fish ' * (at % 5)} un" for at in range(40)]
    results = opened(tmp_path, *texts).search(Request(text="law sea fish", per=50))
    scores = [hit.score for hit in results.hits if hit.matched == "all"]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] > scores[-1] > 0
