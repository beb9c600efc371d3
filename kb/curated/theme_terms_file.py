"""The file of theme terms: words in a passage that speak for a theme or sub-point.

    frontline-training: ["training"]
    victim-assistance-protection/aftercare:
      en: ["rehabilitation", "reintegration"]
      fr: ["réadaptation"]

A plain list is in the language of the themes. Builds do not read the file; theme suggestions do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kb.errors import Fault
from kb.files.listing import is_there, leads_out
from kb.formats.text_file import read_text_file
from kb.formats.yaml_nodes import YamlNode, parse_yaml
from kb.ids import is_theme_value
from kb.languages.language_tag import check_language, primary_language
from kb.messages import Message

__all__ = ["THEME_TERMS_FILE", "ThemeTerm", "read_theme_terms", "unknown_theme_terms"]

THEME_TERMS_FILE = "theme-terms.yaml"
MAX_TERM_CHARS = 200


@dataclass(frozen=True, slots=True)
class ThemeTerm:
    """A term that speaks for a theme, `slug` or `slug/subpoint`; an empty language is that of the themes."""

    value: str
    text: str
    language: str = ""
    line: int = 1


def read_theme_terms(folder: Path) -> tuple[tuple[ThemeTerm, ...], tuple[Fault, ...]]:
    """The theme terms of a content folder, and the faults of their file; none if there is no file."""
    path = folder / THEME_TERMS_FILE
    if not is_there(path):
        return (), ()
    if leads_out(path, folder):
        return (), (Fault(path, 1, Message("leads-out")),)
    text, unreadable = read_text_file(path)
    if unreadable:
        return (), unreadable
    root, faults = parse_yaml(text, path, depth=3)
    found = [one for key, node in (root.entries or {}).items() for one in _of_theme(key, node)]
    terms = tuple(one for one in found if isinstance(one, ThemeTerm))
    wrong = [one for one in found if not isinstance(one, ThemeTerm)]
    return terms, (*faults, *(Fault(path, node.line, message) for node, message in wrong))


def unknown_theme_terms(
    folder: Path, terms: tuple[ThemeTerm, ...], titles: Mapping[str, str]
) -> tuple[Fault, ...]:
    """A fault for each theme that has terms and does not exist; `titles` has those that do."""
    lines = {one.value: one.line for one in reversed(terms) if one.value not in titles}
    path = folder / THEME_TERMS_FILE
    return tuple(
        Fault(path, line, Message("terms-of-unknown-theme", value=value)) for value, line in lines.items()
    )


_Wrong = tuple[YamlNode, Message]


def _of_theme(value: str, node: YamlNode) -> Iterator[ThemeTerm | _Wrong]:
    if not is_theme_value(value):
        yield node, Message("bad-tag", tag=value[:80])
        return
    by_language = {"": node} if node.entries is None else node.entries
    for language, listed in by_language.items():
        if language and check_language(language):
            yield listed, Message("terms-of-unknown-language", language=language[:80])
        elif listed.items is None:
            yield listed, Message("expected-list")
        else:
            tag = primary_language(language) if language else ""
            yield from (_term(value, item, tag) for item in listed.items)


def _term(value: str, item: YamlNode, language: str) -> ThemeTerm | _Wrong:
    text = " ".join((item.text or "").split())
    if not text or len(text) > MAX_TERM_CHARS:
        return item, Message("expected-term")
    return ThemeTerm(value, text, language, item.line)
