"""What is known about the words of a generation is asked for only once, and together."""

from __future__ import annotations

from index.engines.opensearch.passage_index import PassageIndex
from index.engines.opensearch.words.known_words import KnownWords
from tests.index.engines.opensearch.canned import CannedCluster, word_list

WORDS = [
    {"term": "law", "form": "law", "stems": ["law"], "text": 9, "stem": 12, "heading": 1, "most": 12},
    {"term": "laws", "form": "laws", "stems": ["law"], "text": 5, "most": 5},
    {"term": "sea", "form": "sea", "stems": ["sea"], "text": 2, "stem": 2, "most": 2},
    {"term": "treati", "stem": 1, "title": 1, "most": 1},
    {"term": "lawes", "form": "lawes", "stems": ["law"], "heading": 1, "most": 1},
]


def counts(window: int) -> tuple[KnownWords, CannedCluster]:
    cluster = CannedCluster(word_list(WORDS, window))
    return KnownWords(PassageIndex(cluster, "kb-words")), cluster


def test_a_small_list_is_read_once_and_never_asked_again() -> None:
    words, cluster = counts(window=10)
    assert words.of("stem", ["law", "sea", "unknown"]) == [12, 2, 0]
    assert words.of("heading", ["law"]) == [1]
    assert words.forms_of(["law"]) == ("law", "laws")
    assert words.forms_of(["unknown"]) == ()
    words.look_ahead(["more"], ["more"])
    assert words.is_whole
    assert cluster.requests == 1


def test_of_a_large_list_the_commonest_are_known_and_others_are_asked_once() -> None:
    words, cluster = counts(window=2)
    assert words.of("text", ["laws", "law"]) == [5, 9]
    assert cluster.requests == 1
    for _ in range(2):
        assert words.of("text", ["sea", "unknown", "law", "sea"]) == [2, 0, 9, 2]
        assert words.of("title", ["sea", "unknown"]) == [0, 0]
    assert cluster.requests == 2
    for _ in range(2):
        assert words.forms_of(["sea", "law"]) == ("law", "laws", "sea")
    assert cluster.requests == 3


def test_what_is_said_ahead_is_asked_in_one_request() -> None:
    words, cluster = counts(window=1)
    words.look_ahead(["sea", "law", "unknown", "treati"], ["law", "sea"])
    assert cluster.requests == 2  # the commonest, then all else
    assert words.of("stem", ["treati", "unknown", "sea"]) == [1, 0, 2]
    assert words.forms_of(["law"]) == ("law", "laws")
    words.look_ahead(["sea"], ["law"])
    assert cluster.requests == 2
