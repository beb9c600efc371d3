"""Made-up languages that show what was never marked for translation, and what has no room for longer words.

Each text of the interface gets accents and becomes a third longer. One language runs left to right, the other
right to left; both borrow a real language's tag, so that browsers and Babel know their direction and plurals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import write_po

from web.languages.catalogue import TRANSLATIONS, translation_file

LEFT_TO_RIGHT, RIGHT_TO_LEFT = "el", "ar"
ROOT = TRANSLATIONS.parents[1]

_KEPT = re.compile(r"%\(\w+\)s|%%|\{[^{}]*\}|<[^<>]*>|&\w+;|(?<!\w)--[a-z-]+|\bsite\.yaml")
_ACCENTED = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "àƀçđéƒĝħîĵķļɱñôþǫŕšŧûṽŵẋýžÀƁÇĐÉƑĜĦÎĴĶĻṀÑÔÞǪŔŠŦÛṼŴẊÝŽ",
)
_RIGHT_TO_LEFT = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "ابتثجحخدذرزسشصضطظعغفقكلمنهابتثجحخدذرزسشصضطظعغفقكلمنه",
)
_WORD_CHARS = 8
_LONGER = 0.35


@cache
def source_catalogue() -> Catalog:
    """The catalogue of everything to translate, as `make messages` makes it."""
    with (TRANSLATIONS / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    catalogue = Catalog()
    found = extract_from_dir(ROOT, methods, options, comment_tags=(), strip_comment_tags=False)
    for name, line, text, _, _ in found:
        catalogue.add(text, None, [(name, line)])
    return catalogue


def write_pseudo_languages(folder: Path) -> None:
    """Writes the catalogues of both languages."""
    for tag, letters in ((LEFT_TO_RIGHT, _ACCENTED), (RIGHT_TO_LEFT, _RIGHT_TO_LEFT)):
        path = translation_file(folder, tag)
        path.parent.mkdir(parents=True)
        made = Catalog(locale=tag)
        for each in source_catalogue():
            if isinstance(each.id, tuple):
                other = pseudo(each.id[1], letters)
                made.add(each.id, (*[other] * (made.num_plurals - 1), other), each.locations)
            elif each.id:
                made.add(each.id, pseudo(each.id, letters), each.locations)
        with path.open("wb") as file:
            write_po(file, made)


def pseudo(text: str, letters: dict[int, int]) -> str:
    """The text in other letters, and longer; placeholders, tags and entities are kept."""
    if not text.strip():
        return text
    changed = "".join(each if kept else each.translate(letters) for each, kept in _pieces(text))
    return f"{changed} {_filling(max(1, round(_LONGER * len(_KEPT.sub('', text)))))}"


def _filling(chars: int) -> str:
    """`chars` characters of words after which a line can break."""
    whole, rest = divmod(chars, _WORD_CHARS + 1)
    return " ".join(["~" * _WORD_CHARS] * whole + ["~" * rest] * bool(rest))


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    at = 0
    for found in _KEPT.finditer(text):
        yield text[at : found.start()], False
        yield found[0], True
        at = found.end()
    yield text[at:], False
