"""Each phrase is joined only once per segment."""

from __future__ import annotations

import gc
from weakref import ref

import numpy as np
import pytest

from index.engines.whoosh.matching import kept_phrases
from index.engines.whoosh.matching.doc_sets import Docs
from index.query.compiled import Adjacent


class Text:
    """Stands for a segment."""


@pytest.fixture
def joined(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """The phrases that were joined; each is in 1,000 documents."""
    asked: list[tuple[str, ...]] = []

    def phrase(segment: object, field: str, forms: tuple[str, ...], slop: int) -> Docs:
        asked.append(forms)
        return np.arange(1000, dtype=np.uint32)

    monkeypatch.setattr(kept_phrases, "phrase", phrase)
    return asked


def ask(segment: Text, *forms: str, slop: int = 0) -> Docs:
    return kept_phrases.phrase_docs(segment, Adjacent("text", forms, slop))  # type: ignore[arg-type]


def test_a_phrase_is_joined_once_for_each_segment_and_slop(joined: list[tuple[str, ...]]) -> None:
    one, other = Text(), Text()
    assert len(ask(one, "a", "b")) == len(ask(one, "a", "b")) == 1000
    assert len(joined) == 1
    ask(one, "a", "b", slop=2)
    ask(other, "a", "b")
    assert len(joined) == 3


def test_nobody_can_change_what_others_get(joined: list[tuple[str, ...]]) -> None:
    with pytest.raises(ValueError, match="read-only"):
        ask(Text(), "a", "b")[0] = 7


def test_nothing_is_kept_of_a_segment_that_is_closed(joined: list[tuple[str, ...]]) -> None:
    segment = Text()
    ask(segment, "a", "b")
    gone = ref(segment)
    del segment
    gc.collect()
    assert gone() is None
