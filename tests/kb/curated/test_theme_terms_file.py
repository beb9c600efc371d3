"""The file of theme terms."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.collection.folder import read_folder
from kb.curated.theme_terms_file import THEME_TERMS_FILE, read_theme_terms, unknown_theme_terms
from kb.settings import shipped_content
from kb.tags import ThemeNames

STARTER = Path(__file__).parents[3] / "kb" / "starter"


def read(folder: Path, text: str) -> tuple[list[tuple[str, str, str]], list[str]]:
    (folder / THEME_TERMS_FILE).write_text(text, encoding="utf-8")
    terms, faults = read_theme_terms(folder)
    assert all(one.remedy for one in faults)
    return [(one.value, one.text, one.language) for one in terms], [
        f"{one.line}: {one.problem}" for one in faults
    ]


@pytest.mark.parametrize("folder", [shipped_content(), STARTER], ids=["shipped", "starter"])
def test_the_terms_that_ship_are_those_of_themes_that_ship(folder: Path) -> None:
    terms, faults = read_theme_terms(folder)
    assert faults == ()
    themes = (theme for draft in read_folder(folder).drafts for theme in draft.themes)
    titles = ThemeNames.of(themes).titles
    assert unknown_theme_terms(folder, terms, titles) == ()
    assert {one.value.partition("/")[0] for one in terms} == {one.partition("/")[0] for one in titles}


def test_terms_are_listed_alone_or_by_language(tmp_path: Path) -> None:
    text = 'training: ["training", " capacity  building "]\na/b:\n  en: ["x"]\n  fr-CA: ["é"]\n'
    assert read(tmp_path, text) == (
        [
            ("training", "training", ""),
            ("training", "capacity building", ""),
            ("a/b", "x", "en"),
            ("a/b", "é", "fr"),
        ],
        [],
    )


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a: word", "1: expected a list"),
        ("a/b/c: [x]", "1: “a/b/c” is not a theme or sub-point"),
        ("a:\n  english: [x]", "2: “english” is not the tag of a language"),
        ("a: [x, '']", "1: expected a term"),
        (f"a: [{'x' * 201}]", "1: expected a term"),
        ("a: [", "invalid YAML"),
    ],
)
def test_what_is_no_list_of_terms_is_said(tmp_path: Path, text: str, fault: str) -> None:
    terms, (said,) = read(tmp_path, text)
    assert fault in said
    assert all(text == "x" for _, text, _ in terms)


def test_a_folder_without_the_file_has_no_terms(tmp_path: Path) -> None:
    assert read_theme_terms(tmp_path) == ((), ())


def test_a_file_elsewhere_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "ours").mkdir()
    (tmp_path / "terms.yaml").write_text("a: [x]")
    (tmp_path / "ours" / THEME_TERMS_FILE).symlink_to(tmp_path / "terms.yaml")
    terms, (fault,) = read_theme_terms(tmp_path / "ours")
    assert (terms, fault.message.code) == ((), "leads-out")
