"""The glossary: terms with what the thesaurus says of them."""

from __future__ import annotations

from kb.model import DistinctPair, Theme, Thesaurus
from web.presenters.glossary import Difference, build_glossary, defined_among

THESAURUS = Thesaurus(
    same=(("trafficking in persons", "human trafficking"), ("help", "aid")),
    acronyms={"TIP": "trafficking in persons", "MLA": "mutual legal assistance"},
    one_way={"human trafficking": ("servitude", "Mutual legal assistance"), "x": ("y",)},
    never_conflate=(
        DistinctPair("TIP", "smuggling", "A border."),
        DistinctPair("extradition", "mutual legal assistance"),
    ),
    definitions={
        "trafficking in persons": "A crime.",
        "mutual legal assistance": "Help between States.",
        "AID, legal!": "Advice.",
        "aid legal": "Other advice.",
        "ความช่วยเหลือ": "คำ",
    },
)
THEMES = (
    Theme("one", "One", "One", 1, related=("Human trafficking",)),
    Theme("two", "Two", "Two", 2, related=("servitude",)),
)


def test_an_entry_has_all_that_the_thesaurus_says_of_its_term() -> None:
    entries = {entry.term: entry for entry in build_glossary(THESAURUS, THEMES)}
    found = entries["trafficking in persons"]
    assert found.anchor == "trafficking-in-persons"
    assert found.definition == "A crime."
    assert found.short_forms == ("TIP",)
    assert found.synonyms == ("human trafficking",)
    assert found.related == (
        ("servitude", "/search?q=servitude"),
        ("Mutual legal assistance", "/glossary#mutual-legal-assistance"),
    )
    assert found.differences == (Difference(("smuggling", "/search?q=smuggling"), "A border."),)
    assert found.themes == THEMES[:1]


def test_a_pair_is_told_at_both_terms_that_are_defined() -> None:
    entries = {entry.term: entry for entry in build_glossary(THESAURUS, ())}
    (difference,) = entries["mutual legal assistance"].differences
    assert difference == Difference(("extradition", "/search?q=extradition"), "")


def test_entries_are_in_alphabetical_order_and_no_two_have_one_anchor() -> None:
    entries = build_glossary(THESAURUS, ())
    assert [entry.anchor for entry in entries] == [
        "aid-legal",
        "aid-legal-2",
        "mutual-legal-assistance",
        "trafficking-in-persons",
        "ความช่วยเหลือ",
    ]


def test_terms_lead_to_their_entries_whatever_their_case() -> None:
    asked = ("Mutual Legal Assistance", "smuggling", "mutual legal assistance")
    assert defined_among(THESAURUS, asked) == [
        ("mutual legal assistance", "/glossary#mutual-legal-assistance")
    ]
    assert defined_among(Thesaurus(), asked) == []
