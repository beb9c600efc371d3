"""Themes suggested for passages: how well, for what reasons, and when there are none."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from index.theme_suggestions.suggester import ThemeSource, ThemeSuggester, themes_for_drafts
from kb.collection.folder import read_folder
from kb.curated.theme_terms_file import ThemeTerm
from kb.model import Document, Passage, SubPoint, Theme, ThemeSuggestion, Thesaurus
from tests.bench.theme_suggestions import labelled, score, score_left_out, shipped_source
from tests.kb.folders import interchange
from tests.tables import table

DOCUMENT = Document("d", "A report")


@pytest.fixture(scope="module")
def source() -> ThemeSource:
    return shipped_source()


@pytest.fixture(scope="module")
def suggester(source: ThemeSource) -> ThemeSuggester:
    return ThemeSuggester(source)


def suggested(suggester: ThemeSuggester, text: str, **fields: str) -> tuple[ThemeSuggestion, ...]:
    (passage,) = suggester.suggested(DOCUMENT, [Passage("d", "p", text, **fields)])  # type: ignore[arg-type]
    return passage.suggested


def values(suggester: ThemeSuggester, text: str, **fields: str) -> list[str]:
    return [one.value for one in suggested(suggester, text, **fields)]


def test_labelled_passages_get_their_themes(suggester: ThemeSuggester) -> None:
    found = score(suggester, labelled())
    assert found.f1 > 0.82
    assert found.recall_at_3 > 0.93


@pytest.mark.slow
def test_notes_and_passages_that_were_left_out_get_their_themes(source: ThemeSource) -> None:
    found = score_left_out(source)
    assert found.f1 > 0.6
    assert found.recall_at_3 > 0.95


def test_a_suggestion_is_a_sub_point_with_its_confidence_and_the_words_that_decided(
    suggester: ThemeSuggester,
) -> None:
    first, *others = suggested(suggester, "Open a shelter for victims and pay them compensation.")
    assert first.value == "victim-assistance-protection/assistance-protection"
    assert first.confidence > 90
    assert {"shelter", "compensation"} <= set(first.words)
    assert others == []


@table(
    "text",
    [
        "Continue to combat trafficking in persons, especially women and children.",
        "The meeting was adjourned.",
        "12",
        "...",
        "Il faut protéger les victimes de la traite et les héberger dans un centre d’accueil.",
        "Die Opfer sind zu schützen, und die Täter werden von dem Gericht bestraft.",
        "การคุ้มครองผู้เสียหายจากการค้ามนุษย์",
    ],
)
def test_nothing_is_suggested_where_nothing_is_known(suggester: ThemeSuggester, text: str) -> None:
    assert values(suggester, text) == []


def test_a_passage_that_has_themes_is_left_as_it_is(suggester: ThemeSuggester) -> None:
    passage = Passage("d", "p", "Train the police.", themes=("regional-cooperation",))
    assert suggester.suggested(DOCUMENT, [passage])[0].suggested == ()


def test_a_heading_counts_less_than_the_words_of_a_passage(suggester: ThemeSuggester) -> None:
    heading = "Extradition > Extradition of nationals and mutual legal assistance"
    (given,) = suggester.ranked(DOCUMENT, Passage("d", "p", "It may be refused.", heading=heading), "en")[:1]
    (said,) = suggester.ranked(DOCUMENT, Passage("d", "p", heading), "en")[:1]
    assert given.value == said.value == "international-crime-cooperation"
    assert given.confidence < said.confidence


def test_an_article_that_notes_list_speaks_for_their_themes(suggester: ThemeSuggester) -> None:
    (first, *_) = suggested(suggester, "The request was made under article 18 of UNTOC.")
    assert first.value == "international-crime-cooperation/mutual-legal-assistance"
    assert "UNTOC (2000) 18" in first.words
    treaty = Document("treaty", "United Nations Convention against Transnational Organized Crime")
    article = Passage("treaty", "art-16", "This article applies to the offences covered.", locator="art 16")
    top = suggester.ranked(treaty, article, "en")[0]
    assert (top.value, "UNTOC (2000) 16" in top.words) == ("international-crime-cooperation", True)


def test_terms_of_another_language_suggest_themes_in_it(source: ThemeSource) -> None:
    terms = (ThemeTerm("victim-assistance-protection/aftercare", "réadaptation des victimes", "fr"),)
    suggester = ThemeSuggester(replace(source, terms=terms))
    text = "Les victimes ont droit à leur réadaptation dans le pays où elles se trouvent."
    assert values(suggester, text) == ["victim-assistance-protection/aftercare"]
    assert values(suggester, "The word for it is réadaptation, of the victimes as of others.") == []


def test_what_the_thesaurus_has_in_another_language_suggests_themes_in_it(source: ThemeSource) -> None:
    thesaurus = Thesaurus(same=(("mutual legal assistance", "entraide judiciaire"),))
    suggester = ThemeSuggester(replace(source, thesaurus=thesaurus))
    text = "La demande d’entraide judiciaire est adressée à l’autorité de l’État requis."
    assert values(suggester, text) == ["international-crime-cooperation/mutual-legal-assistance"]
    assert values(suggester, "La demande est adressée à l’autorité de l’État requis.") == []


def test_themes_in_another_language_than_english_suggest_themes_in_it() -> None:
    themes = (Theme("aide", "Assistance aux victimes", "Aide", 1), Theme("loi", "Lois et peines", "Lois", 2))
    notes = (
        Passage("aide", "introduction", "Un hébergement pour les victimes et des soins.", themes=("aide",)),
        Passage("loi", "introduction", "Les peines que la loi prévoit pour les auteurs.", themes=("loi",)),
    )
    passages = tuple((Document(one.document, "", "note"), (one,)) for one in notes)
    suggester = ThemeSuggester(ThemeSource(themes, passages, thesaurus=Thesaurus()))
    assert values(suggester, "Il faut une assistance pour toutes les victimes et un hébergement.") == ["aide"]
    assert values(suggester, "The assistance of victims and the shelter of all of them.") == []


def test_terms_in_scripts_without_spaces_have_to_follow_each_other(source: ThemeSource) -> None:
    terms = (ThemeTerm("victim-assistance-protection", "คุ้มครองผู้เสียหาย", "th"),)
    suggester = ThemeSuggester(replace(source, terms=terms))
    thai = Document("d", "D", language="th")
    for text, found in (("การคุ้มครองผู้เสียหายจากการค้ามนุษย์", True), ("ผู้เสียหายได้รับการคุ้มครอง", False)):
        (passage,) = suggester.suggested(thai, [Passage("d", "p", text)])
        assert bool(passage.suggested) is found


def test_accepted_passages_suggest_what_they_were_accepted_under() -> None:
    themes = (Theme("sea", "Ships", "Ships", 1), Theme("land", "Farms", "Farms", 2))
    kinds = {"sea": "The crew of the trawler was kept at anchor near the reef.",
             "land": "The pickers of the orchard slept in a barn by the field."}  # fmt: skip
    accepted = tuple(
        Passage("old", f"{theme}{number}", f"{text} Case {number}.", themes=(theme,))
        for theme, text in kinds.items()
        for number in range(10)
    )
    suggester = ThemeSuggester(
        ThemeSource(themes, passages=((Document("old", "Old"), accepted),), thesaurus=Thesaurus())
    )
    (found,) = suggested(suggester, "A trawler was at anchor by the reef, and its crew was hungry.")
    assert found.value == "sea"
    assert {"trawler", "anchor"} & set(found.words)
    assert values(suggester, "The parliament was dissolved in the spring.") == []


def test_what_the_thesaurus_says_of_a_term_counts() -> None:
    theme = Theme("help", "Help", "Help", 1, subpoints=(SubPoint("law", "Mutual legal assistance"),))
    thesaurus = Thesaurus(
        same=(("mutual legal assistance", "judicial help"),), acronyms={"MLA": "mutual legal assistance"}
    )
    suggester = ThemeSuggester(ThemeSource((theme,), thesaurus=thesaurus))
    assert values(suggester, "The MLA was asked for.") == ["help/law"]
    assert values(suggester, "There was judicial help.") == ["help/law"]
    assert values(suggester, "A mla was asked for.") == []


def test_a_long_passage_is_read_as_far_as_a_limit(suggester: ThemeSuggester) -> None:
    filler = "Nothing is said here of what is looked for. "
    assert values(suggester, filler * 1_000 + "Open a shelter for victims.") == []
    assert len(values(suggester, "victim protection UNTOC article 18 " * 100_000)) < 7


def test_themes_of_a_folder_without_theme_files_are_known(tmp_path: Path) -> None:
    folder = interchange(
        tmp_path / "ours",
        documents=[{"id": "old", "title": "Old"}],
        passages=[{"document": "old", "id": "p", "text": "x", "themes": ["fishing-vessels"]}],
    )
    add = themes_for_drafts(read_folder(folder))
    (passage,) = add(DOCUMENT, [Passage("d", "p", "The workers of a fishing vessel were at sea.")])
    assert [one.value for one in passage.suggested] == ["fishing-vessels"]
