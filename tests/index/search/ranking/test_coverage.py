"""A source comes before our own notes if it has enough of the words, by weight."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from index.engine import Snapshot
from index.request import SORTS, Request
from kb.model import Collection, Thesaurus
from tests.engines import snapshot_of
from tests.index.memory_engine import memory_engine
from tests.index.samples import collection, document
from tests.tables import table

_FILLING = [f"the law of the land in case {at}" for at in range(12)]

CONTENT = replace(
    collection(
        document("treaty", kind="treaty", date="2001"),
        document("note", kind="note", date="2015"),
        treaty=[
            "the law on wages withheld by an agency",  # most of the words
            "the law on ships",  # one common word
            "港口国的法律",
            *_FILLING,
        ],
        note=[
            "an agency that withheld the wages of a worker in the harbour",
            "the law of nature",
            "港口国控制措施",
        ],
    ),
    thesaurus=Thesaurus(same=(("pay", "wages"),)),
)

_BOTH: dict[str, Callable[[Collection, Path], Snapshot]] = {
    "memory": lambda content, folder: memory_engine(content).snapshot(),
    "registered": snapshot_of,
}


@pytest.fixture(scope="module", params=_BOTH)
def snapshot(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return _BOTH[request.param](CONTENT, tmp_path_factory.mktemp("index"))


def first(snapshot: Snapshot, text: str, hits: int = 3, **asked: object) -> list[str]:
    found = snapshot.every_hit(Request(text=text, **asked))  # type: ignore[arg-type]
    return [hit.passage.address for hit in found][:hits]


MOST, WEAK, NOTE = "treaty/p1", "treaty/p2", "note/p1"


@table(
    "text",
    [
        "law withheld wages worker agency",
        "which law is for a worker if an agency has withheld wages in the harbour by night",
        "law withheld pay worker agency",  # a related term stands for its word
        "law withheld wages worker agency xyzzy unheard words",  # no passage has these, so they weigh nothing
        "la* withheld wage* worker agency",
    ],
)
@pytest.mark.parametrize("sort", SORTS)
def test_a_source_with_one_weak_word_comes_after_a_note_with_most(
    snapshot: Snapshot, text: str, sort: str
) -> None:
    listed = first(snapshot, text, 30, sort=sort)
    assert listed.index(MOST) < listed.index(NOTE) < listed.index(WEAK) < listed.index("note/p2")


def test_words_in_a_script_without_spaces_are_weighed_by_their_pairs(snapshot: Snapshot) -> None:
    assert first(snapshot, "港口国控制措施的实施") == ["note/p3", "treaty/p3"]


def test_a_word_alone_is_enough(snapshot: Snapshot) -> None:
    assert first(snapshot, "law xyzzy", 30)[-1] == "note/p2"
    assert first(snapshot, "harbour xyzzy") == [NOTE]


def test_where_all_are_of_one_kind_nothing_is_parted(snapshot: Snapshot) -> None:
    asked = Request(text="law withheld wages worker agency", filters={"kind": ("treaty",)})
    scores = [hit.score for hit in snapshot.every_hit(asked)]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize("grouped", [True, False])
def test_pages_go_on_where_the_last_ended(snapshot: Snapshot, grouped: bool) -> None:
    text = "which law is for a worker if an agency has withheld wages in the harbour by night"
    every = first(snapshot, text, 30, grouped=grouped)
    pages = [
        hit.passage.address
        for page in (1, 2)
        for hit in snapshot.search(Request(text=text, page=page, grouped=grouped)).hits
    ]
    assert pages == every
