"""What a hit is called: its heading if that tells it apart, else its first words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.results import Hit, Snippet
from kb.model import Document, Passage
from web.presenters.results.hit_titles import (
    MAX_TITLE_CHARS,
    document_name,
    first_words,
    hit_titles,
    place,
)

TEXT = "States Parties shall afford one another the widest measure of mutual legal assistance in all cases."
FIRST = "States Parties shall afford one another the widest measure of mutual legal…"
DOCUMENT = Document("d", "A treaty")


def hit(heading: str = "", unit: str = "", document: Document = DOCUMENT, id: str = "p1") -> Hit:
    passage = Passage(document.id, id, TEXT, heading=heading, unit=unit)  # type: ignore[arg-type]
    return Hit(passage, document, Snippet(""))


@pytest.mark.parametrize(
    ("heading", "unit", "title"),
    [
        ("Article 46 Mutual legal assistance", "", "Article 46 Mutual legal assistance"),
        ("Mutual legal assistance", "article", "Mutual legal assistance"),
        ("Preamble", "", "Preamble"),
        ("Article 46", "", FIRST),
        ("Art. 46(2)", "", FIRST),
        ("Part II", "", FIRST),
        ("3.1", "", FIRST),
        ("", "", FIRST),
        ("Recommendations", "paragraph", FIRST),
        ("Recommendations", "bullet", FIRST),
    ],
)
def test_a_passage_has_its_heading_or_its_first_words(heading: str, unit: str, title: str) -> None:
    assert hit_titles([hit(heading, unit)]) == [title]


def test_a_heading_that_two_hits_share_tells_neither_apart() -> None:
    assert hit_titles([hit("Recommendations"), hit("Recommendations"), hit("Preamble")]) == [
        FIRST,
        FIRST,
        "Preamble",
    ]


def test_a_note_has_its_heading_and_an_introduction_the_title_of_its_theme() -> None:
    theme = Document("prevention", "Prevention", "note")
    notes = [hit("Resilience", "", theme, "resilience"), hit("Introduction", "", theme, "introduction")]
    assert hit_titles(notes) == ["Resilience", "Prevention"]


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("Short.", "Short."),
        ("  two\n lines ", "two lines"),
        ("word " * 40, f"{'word ' * 15}word…"),
        ("x" * 200, f"{'x' * MAX_TITLE_CHARS}…"),
        ("人口贩运" * 50, f"{'人口贩运' * (MAX_TITLE_CHARS // 4)}…"),
    ],
)
def test_first_words_are_on_one_line_and_cut_between_words(text: str, cut: str) -> None:
    assert first_words(text) == cut


@pytest.mark.parametrize(
    ("locator", "heading", "where"),
    [
        ("art 46 Mutual legal assistance", "Article 46 Mutual legal assistance", "art 46"),
        ("art 46", "Article 46 Mutual legal assistance", "art 46"),
        ("para 4", "", "para 4"),
        ("Preamble", "Preamble", "Preamble"),
        ("", "Preamble", "p1"),
    ],
)
def test_a_place_does_not_repeat_the_heading(locator: str, heading: str, where: str) -> None:
    assert place(Passage("d", "p1", TEXT, locator, heading)) == where


def test_a_document_is_named_by_its_label_or_its_short_title() -> None:
    further = (("short_title", "The treaty"),)
    named = Document("d", "A very long title " * 10, further=further)
    assert document_name(named) == "The treaty"
    assert document_name(replace(named, further=(*further, ("label", "Our name")))) == "Our name"
    assert len(document_name(Document("d", "A very long title " * 10))) <= MAX_TITLE_CHARS
