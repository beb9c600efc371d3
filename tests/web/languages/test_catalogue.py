"""The catalogues of interface languages: complete, in step with the program, and fit for use."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from tests.web.languages.pseudo import source_catalogue
from web.languages.catalogue import ENGLISH, TRANSLATIONS, language_named, translation_file

SHIPPED = tuple(sorted(path.name for path in TRANSLATIONS.iterdir() if path.is_dir()))
_PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w+(?::,)?\}|<[^<>]*>|&\w+;")


def catalogue(tag: str) -> Catalog:
    with translation_file(TRANSLATIONS, tag).open(encoding="utf-8") as file:
        return read_po(file, tag)


@pytest.mark.parametrize("tag", SHIPPED)
def test_a_catalogue_has_exactly_what_there_is_to_translate(tag: str) -> None:
    made = catalogue(tag)
    assert {each.id for each in made} == {each.id for each in source_catalogue()}, "run make messages"
    assert not made.obsolete


@pytest.mark.parametrize("tag", SHIPPED)
def test_every_text_is_translated(tag: str) -> None:
    unsaid = [each.id for each in catalogue(tag) if each.id and (each.fuzzy or not _forms(each.string))]
    assert unsaid == []


@pytest.mark.parametrize("tag", SHIPPED)
def test_a_translation_has_the_placeholders_and_tags_of_its_text(tag: str) -> None:
    for each in catalogue(tag):
        if not each.id:
            continue
        english = each.id[1] if isinstance(each.id, tuple) else each.id
        for form in _forms(each.string):
            assert sorted(_PLACEHOLDER.findall(form)) == sorted(_PLACEHOLDER.findall(english)), english


@pytest.mark.parametrize("tag", SHIPPED)
def test_a_catalogue_says_who_has_read_it(tag: str) -> None:
    assert "machine-drafted, unreviewed" in catalogue(tag).header_comment


def test_a_language_without_a_catalogue_is_none(tmp_path: Path) -> None:
    assert language_named("th", tmp_path) is None
    assert language_named("no language", tmp_path) is None
    assert language_named("../en", tmp_path) is None
    assert language_named("en", tmp_path) is ENGLISH


def test_what_a_catalogue_leaves_open_is_said_in_english(tmp_path: Path) -> None:
    path = translation_file(tmp_path, "ru")
    path.parent.mkdir(parents=True)
    path.write_text(
        'msgid ""\nmsgstr ""\n"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && '
        'n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);\\n"\n\n'
        'msgid "Search"\nmsgstr "Поиск"\n\nmsgid "Help"\nmsgstr ""\n\n#, fuzzy\nmsgid "Menu"\nmsgstr "?"\n\n'
        'msgid "{count} note"\nmsgid_plural "{count:,} notes"\nmsgstr[0] "a"\nmsgstr[1] "b"\nmsgstr[2] "c"\n',
        encoding="utf-8",
    )
    russian = language_named("ru", tmp_path)
    assert russian is not None
    assert [russian.text(each) for each in ("Search", "Help", "Menu")] == ["Поиск", "Help", "Menu"]
    assert [russian.plural("{count} note", "{count:,} notes", n) for n in (1, 2, 5, 21)] == [
        "a",
        "b",
        "c",
        "a",
    ]
    assert russian.plural("one", "other", 2) == "other"
    assert f"{russian.number(12345):,}" == "12\N{NO-BREAK SPACE}345"
    assert (russian.own_name, russian.direction) == ("Русский", "ltr")


def _forms(string: object) -> tuple[str, ...]:
    forms = string if isinstance(string, tuple | list) else (string,)
    return tuple(map(str, forms)) if all(forms) else ()
