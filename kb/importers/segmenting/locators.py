"""Locators as lawyers write them, `annex I, para 3(b)`, and ids made of them; both unique in a document."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence

from kb.numbering.articles import locator_word
from kb.numbering.labels import Label, ordinal
from kb.numbering.numerals import in_ascii_digits

__all__ = ["item_locator", "short_name", "sub_locator", "unique_ids", "unique_locators"]

MAX_NAME_CHARS = 48
MAX_ID_CHARS = 120
MIN_MAIN_ITEMS, MIN_MAIN_SHARE = 20, 0.75

_NOT_ID = re.compile(r"[^a-z0-9.]+")
_DOTS = re.compile(r"\.{2,}")
"""Dots that would make an id look like a span of passages."""


def item_locator(label: Label, *, recommendation: bool = False) -> str:
    """The locator of a paragraph or article of the document's own: `para 12`, `art 5`, `rec 88.14`."""
    value = in_ascii_digits(label.value)
    if label.is_article:
        return f"{locator_word(label.form)} {value}"
    if recommendation:
        return f"rec {value}"
    return f"para {value}" if any(map(str.isdecimal, value)) else f"para ({value})"


def sub_locator(owner: str, label: Label) -> str:
    """The locator of an item within another: `para 12(b)`, `art 16(2)`."""
    return f"{owner}({in_ascii_digits(label.value)})"


def short_name(heading: str) -> str:
    """The beginning of a heading, used to name a section."""
    name = heading.strip().rstrip(":.,;").strip()
    if len(name) <= MAX_NAME_CHARS:
        return name
    return f"{name[:MAX_NAME_CHARS].rpartition(' ')[0]}…"


def unique_locators(
    locators: Sequence[str], scopes: Sequence[str], groups: Sequence[int], pages: Sequence[int | None]
) -> list[str]:
    """The locators made unique: where two are alike, all in their lists are given their section's name.

    `groups` tells which list an item is in. Those still alike get their page, and finally a count. The
    list that is most of the document keeps its bare numbers.
    """
    lists: dict[str, set[int]] = defaultdict(set)
    for locator, group in zip(locators, groups, strict=True):
        lists[locator].add(group)
    restarted = {group for found in lists.values() if len(found) > 1 for group in found}
    restarted -= _main_list([group for group in groups if group in restarted])
    named = [
        f"{scope}, {locator}" if group in restarted and scope else locator
        for locator, scope, group in zip(locators, scopes, groups, strict=True)
    ]
    places: dict[str, set[int | None]] = defaultdict(set)
    for locator, page in zip(named, pages, strict=True):
        places[locator].add(page)
    paged = [
        f"{locator}, p {page}" if len(places[locator]) > 1 and page else locator
        for locator, page in zip(named, pages, strict=True)
    ]
    return _counted(paged)


def _main_list(groups: Sequence[int]) -> frozenset[int]:
    """The list that is most of a document, as the paragraphs of a judgment are beside those of its headnote.

    It continues from section to section, so none of them can name it.
    """
    (main, count), *_ = Counter(groups).most_common(1) or [(0, 0)]
    is_main = count >= MIN_MAIN_ITEMS and count >= MIN_MAIN_SHARE * len(groups)
    return frozenset({main}) if is_main else frozenset()


def _counted(locators: Sequence[str]) -> list[str]:
    counts, seen, made = Counter(locators), Counter[str](), []
    taken = set(locators)
    for locator in locators:
        if counts[locator] == 1:
            made.append(locator)
            continue
        seen[locator] += 1
        name = locator if seen[locator] == 1 else f"{locator} [{seen[locator]}]"
        while name in taken and name != locator:
            seen[locator] += 1
            name = f"{locator} [{seen[locator]}]"
        made.append(name)
    return made


def unique_ids(locators: Sequence[str]) -> list[str]:
    """An id for each locator: its ASCII letters and digits, with a number where two would be alike."""
    used: set[str] = set()
    ids = []
    for locator in locators:
        name = _ascii(locator)[:MAX_ID_CHARS].strip("-.") or "p"
        number, made = 1, name
        while made in used:
            number += 1
            made = f"{name}-{number}"
        used.add(made)
        ids.append(made)
    return ids


def _ascii(text: str) -> str:
    """The text in ASCII; a list letter in another script becomes its position in its alphabet."""
    text = re.sub(r"\((\w{1,2})\)", lambda found: f"({_letter(found[1])})", text.casefold())
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return _NOT_ID.sub("-", _DOTS.sub(" ", plain))


def _letter(value: str) -> str:
    return value if value.isascii() else f"l{ordinal(value)}"
