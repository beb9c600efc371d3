"""The content that ships."""

from __future__ import annotations

import datetime
import hashlib
from pathlib import Path

import pytest

from kb.collection import loader
from kb.collection.loader import read_collection
from kb.collection.publication import pending_entries
from kb.model import Collection, Passage
from kb.permanence.ledger import LEDGER_FILE
from kb.settings import shipped_content
from kb.sources.instrument_registry import InstrumentRegistry
from kb.text.source_match import occurs

THEMES = (
    (
        "legislative-frameworks",
        "Effective legislative frameworks",
        "Legislation & criminalisation",
        {
            "effective-frameworks": "Effective legislative frameworks",
            "criminalisation": "Criminalisation of trafficking",
            "international-standards": "International standards",
        },
    ),
    (
        "awareness-prevention",
        "Awareness-raising and prevention",
        "Awareness & prevention",
        {
            "awareness-raising": "Awareness-raising",
            "resilience": "Resilience of vulnerable groups",
            "re-victimisation": "Preventing re-victimisation",
            "migratory-pathways": "Safe and legal migratory pathways",
            "migrant-workers-rights": "Migrant workers’ rights and obligations",
            "complaint-mechanisms": "Complaint mechanisms",
            "referral-pathways": "Referral pathways",
        },
    ),
    (
        "frontline-training",
        "Training for frontline officials",
        "Frontline training",
        {
            "training": "Training of frontline officials",
            "investigation-prosecution": "Investigation and prosecution",
            "implementation": "Implementing legal frameworks",
            "indicators": "Indicators of trafficking",
        },
    ),
    (
        "stakeholder-coordination",
        "Stakeholder coordination",
        "Stakeholder coordination",
        {
            "coordination": "Stakeholder coordination",
            "victim-identification": "Identifying and protecting victims",
            "civil-society": "Civil society as first responder",
            "recruitment-agencies": "Recruitment agencies",
        },
    ),
    (
        "international-crime-cooperation",
        "International crime cooperation",
        "International crime cooperation",
        {
            "mechanisms": "Mechanisms for crime cooperation",
            "mutual-legal-assistance": "Mutual legal assistance",
            "extradition": "Extradition",
            "criminal-justice-response": "Criminal justice response",
        },
    ),
    (
        "victim-assistance-protection",
        "Assistance for and protection of victims",
        "Victim protection",
        {
            "assistance-protection": "Assistance and protection",
            "policies": "Practical and sustainable policies",
            "victim-sensitive-procedures": "Victim-sensitive procedures",
            "aftercare": "Aftercare",
        },
    ),
    (
        "regional-cooperation",
        "Regional cooperation",
        "Regional cooperation",
        {
            "value": "Value of regional cooperation",
            "other-forums": "Learning from other regional forums",
        },
    ),
)
"""Slug, title, label, and the titles of the sub-points by their slugs: links are made of them."""

SOURCE = "a345caa14d3b19d15589982d82128e84d8891f48c5eb29898c9c1ef02a22cd1f"


def test_the_shipped_content_is_whole_and_clean(shipped_collection: Collection) -> None:
    found = shipped_collection
    assert len(found.themes) == 7
    assert sum(len(theme.subpoints) for theme in found.themes) == 28
    assert len(found.documents) == 8
    assert [one.locator for one in found.passages[found.documents[0].id]] == [
        f"para {n}" for n in range(1, 11)
    ]


def test_every_shipped_passage_of_a_source_is_verbatim(shipped_collection: Collection) -> None:
    found = shipped_collection
    for document in found.documents:
        if document.source:
            source = (shipped_content() / "sources" / document.source).read_text(encoding="utf-8")
            assert all(occurs(passage.text, source) for passage in found.passages[document.id])


def test_every_shipped_sub_point_has_a_note_that_quotes_a_source(shipped_collection: Collection) -> None:
    found = shipped_collection
    for theme in found.themes:
        notes = {note.id: note for note in found.passages[theme.slug]}
        assert all(notes[subpoint.slug].quotation for subpoint in theme.subpoints)
        assert any(note.provisions for note in notes.values())


@pytest.mark.slow
def test_one_changed_word_in_any_shipped_passage_is_named(shipped: Path) -> None:
    (path,) = (shipped / "documents").glob("*.md")
    text = path.read_text(encoding="utf-8")
    for passage in loader.load([shipped]).passages[path.stem]:
        word = passage.text.split()[1]
        at = text.index(word, sum(len(line) + 1 for line in text.split("\n")[: passage.line - 1]))
        path.write_text(text[:at] + "altered" + text[at + len(word) :], encoding="utf-8")
        (fault,) = read_collection([shipped])[1][:1]
        assert fault.line == passage.line
        assert f"“{passage.id}” is not verbatim: it has “altered” where" in fault.problem


def test_the_shipped_themes_and_sub_points_keep_their_names(shipped_collection: Collection) -> None:
    themes = shipped_collection.themes
    assert [theme.order for theme in themes] == [1, 2, 3, 4, 5, 6, 7]
    assert (
        tuple(
            (theme.slug, theme.title, theme.label, {one.slug: one.title for one in theme.subpoints})
            for theme in themes
        )
        == THEMES
    )


def prose(note: Passage) -> str:
    """The text of a note without the list of its provisions."""
    return note.text.rpartition("\n\n")[0] if note.provisions else note.text


def test_every_shipped_note_has_60_to_300_words(shipped_collection: Collection) -> None:
    notes = [one for one in shipped_collection.all_passages() if one.html]
    assert len(notes) == 35
    assert [note.address for note in notes if not 60 <= len(prose(note).split()) <= 300] == []


def test_every_shipped_instrument_says_where_its_facts_were_seen(shipped_collection: Collection) -> None:
    found = shipped_collection
    assert {"untoc", "tip-protocol", "ilo-p029", "actip", "ohchr-principles"} <= found.instruments.keys()
    assert [id for id, one in found.instruments.items() if not one.seen_in] == []


def test_every_shipped_provision_is_of_an_instrument_and_article_of_the_registry(
    shipped_collection: Collection,
) -> None:
    found = shipped_collection
    registry = InstrumentRegistry(found.instruments.values())
    cited = {(one.instrument, one.article) for note in found.all_passages() for one in note.provisions}
    assert cited
    assert [pair for pair in sorted(cited) if registry.article(*pair) is None] == []


def test_the_shipped_source_is_untouched(shipped_collection: Collection) -> None:
    document = shipped_collection.documents[0]
    data = (shipped_content() / "sources" / document.source).read_bytes()
    assert hashlib.sha256(data).hexdigest() == document.sha256 == SOURCE


@pytest.mark.skipif(not (shipped_content() / LEDGER_FILE).exists(), reason="nothing is published yet")
def test_all_shipped_passages_are_published() -> None:
    survey = loader.survey([shipped_content()])
    assert survey.faults == ()
    assert pending_entries(survey, datetime.date.today()) == []
