"""The source passages of a theme: each once, with the words of its sub-points in it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from kb.model import Document, Passage, Quotation
from web.presenters.theme_sources import theme_sources

TEXT = "prevent abuse and protect victims"
SOURCE = Passage("d", "p1", TEXT)


def snapshot(*passages: Passage) -> Any:
    held = {(one.document, one.id): one for one in passages}
    return SimpleNamespace(documents={"d": Document("d", "D")}, passage=lambda *place: held.get(place))


def note(id: str, words: str, passage: str = "p1") -> Passage:
    return Passage("theme", id, "Ours", quotation=Quotation("d", passage, words))


@pytest.mark.parametrize(
    ("notes", "pieces"),
    [
        ([], [(TEXT, "")]),
        (
            [note("b", "protect victims"), note("a", "prevent abuse")],
            [("prevent abuse", "a"), (" and ", ""), ("protect victims", "b")],
        ),
        (
            [note("a", "abuse and protect"), note("b", "protect victims")],
            [("prevent ", ""), ("abuse and protect", "a"), (" victims", "b")],
        ),
        ([note("a", TEXT), note("b", "abuse")], [(TEXT, "a")]),
        ([note("a", "words that are gone")], [(TEXT, "")]),
    ],
)
def test_a_passage_is_cut_at_the_words_of_sub_points(
    notes: list[Passage], pieces: list[tuple[str, str]]
) -> None:
    (source,) = theme_sources(snapshot(SOURCE), [SOURCE], notes)
    assert list(source.pieces) == pieces
    assert "".join(piece for piece, _ in source.pieces) == TEXT


def test_each_passage_is_listed_once_also_one_that_only_notes_quote() -> None:
    other = Passage("d", "p2", "other words")
    notes = [note("a", "abuse"), note("b", "victims"), note("c", "other", "p2"), note("e", "x", "gone")]
    listed = theme_sources(snapshot(SOURCE, other), [SOURCE], notes)
    assert [one.passage.id for one in listed] == ["p1", "p2"]
    assert [one.subpoints for one in listed] == [("a", "b"), ("c",)]
