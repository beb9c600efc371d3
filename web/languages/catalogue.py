"""The words of the interface in one language, from the catalogue that translators edit.

The `.po` files are read directly, so nothing has to be compiled and nothing can be stale.
"""

from __future__ import annotations

import gettext
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

__all__ = ["ENGLISH", "TRANSLATIONS", "InterfaceLanguage", "language_named", "tags_in", "translation_file"]

TRANSLATIONS = Path(__file__).parents[1] / "translations"


_OWN_NAMES = {"id": "Bahasa Indonesia"}
"""Languages for which Unicode's list has a shorter name than people use."""


class _Number(int):
    """A number that is grouped as is usual in its language wherever a text has `{count:,}`."""

    locale: Locale

    def __format__(self, spec: str) -> str:
        return format_decimal(int(self), locale=self.locale) if spec == "," else super().__format__(spec)


@dataclass(frozen=True, slots=True)
class InterfaceLanguage:
    """A language of the interface; what is not translated is said in English.

    `texts` and `plurals` are translations by English text; plurals have all forms of the language, of which
    `form` chooses one for a number. `of_scripts` are the texts that scripts need.
    """

    tag: str
    locale: Locale
    texts: Mapping[str, str]
    plurals: Mapping[str, tuple[str, ...]]
    form: Callable[[int], int]
    of_scripts: Mapping[str, str | tuple[str, ...]]

    @property
    def direction(self) -> str:
        """The direction of its script, as `dir` takes it."""
        return str(self.locale.text_direction)

    @property
    def is_english(self) -> bool:
        return self.tag == "en"

    @property
    def own_name(self) -> str:
        """What its speakers call it."""
        name = _OWN_NAMES.get(self.tag) or self.locale.get_display_name(self.locale) or self.tag
        return name[:1].upper() + name[1:]

    def text(self, english: str) -> str:
        return self.texts.get(english, english)

    def plural(self, one: str, other: str, count: int) -> str:
        forms = self.plurals.get(one)
        return forms[self.form(count)] if forms else one if count == 1 else other

    def number(self, value: int) -> int:
        if self.is_english or -1000 < value < 1000:
            return value
        made = _Number(value)
        made.locale = self.locale
        return made


def _germanic(count: int) -> int:
    return int(count != 1)


ENGLISH = InterfaceLanguage("en", Locale("en"), {}, {}, _germanic, {})


def translation_file(folder: Path, tag: str) -> Path:
    """The path of a language's catalogue in a folder."""
    return folder / tag.replace("-", "_") / "LC_MESSAGES" / "messages.po"


@cache
def tags_in(folder: Path) -> tuple[str, ...]:
    """The languages that a folder has catalogues for, English first."""
    found = sorted(path.name.replace("_", "-") for path in folder.iterdir() if path.is_dir())
    return ("en", *found)


@cache
def language_named(tag: str, folder: Path = TRANSLATIONS) -> InterfaceLanguage | None:
    """The language with this tag; None if there is no catalogue for it."""
    if tag == "en":
        return ENGLISH
    try:
        locale = Locale.parse(tag, sep="-")
        with translation_file(folder, tag).open(encoding="utf-8") as file:
            catalog = read_po(file, locale, ignore_obsolete=True)
    except (FileNotFoundError, UnknownLocaleError, ValueError):
        return None
    return _language(tag, locale, catalog)


def _language(tag: str, locale: Locale, catalog: Catalog) -> InterfaceLanguage:
    said = [each for each in catalog if each.id and not each.fuzzy and all(_forms(each))]
    plurals = {_key(each): _forms(each) for each in said if isinstance(each.id, tuple)}
    texts = {_key(each): _forms(each)[0] for each in said}  # for plurals the first form, as in gettext
    of_scripts = [_key(each) for each in said if any(place.endswith(".js") for place, _ in each.locations)]
    return InterfaceLanguage(
        tag,
        locale,
        texts,
        plurals,
        gettext.c2py(catalog.plural_expr),
        {key: plurals[key] if key in plurals else texts[key] for key in of_scripts},
    )


def _key(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _forms(message: Message) -> tuple[str, ...]:
    """All forms of a translation; a single empty one if there is none."""
    said = message.string or ""
    return (said,) if isinstance(said, str) else tuple(said)
