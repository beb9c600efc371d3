"""Whether a search looks as if the person making it needs help."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from kb.site import HelpPanel, Site

__all__ = ["help_wanted", "looks_in_need"]

_DATA = Path(__file__).with_suffix(".tsv")
MAX_CHARS = 200
"""A longer text is a quotation or a research question."""

_WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = str.maketrans("", "", "'’‘")
_OPERATORS = re.compile(r"[\"“”„«»*~():]|(?:^|\s)[-+]\S|\b(?:AND|OR|NOT)\b|\w\?\w")

_Forms = frozenset[str]


def help_wanted(text: str, site: Site) -> HelpPanel | None:
    """The collection's help panel, if it has one and the person searching seems to need help."""
    return site.help if site.help and looks_in_need(text) else None


def looks_in_need(text: str) -> bool:
    """Whether a search, without quotation marks and operators, has words that ask for help."""
    if len(text) > MAX_CHARS or _OPERATORS.search(text):
        return False
    words = set(_WORD.findall(text.casefold().translate(_APOSTROPHES)))
    little, alone, together = _lists()
    rest = words - little
    return bool(rest and rest <= alone) or any(all(forms & words for forms in group) for group in together)


@cache
def _lists() -> tuple[_Forms, _Forms, tuple[tuple[_Forms, ...], ...]]:
    """The words that say little, those that ask for help alone, and the groups that do so together."""
    rows = [line.split("\t") for line in _DATA.read_text(encoding="utf-8").splitlines() if line[:1] != "#"]
    groups = [(how, tuple(_forms(words))) for how, *words in rows]
    by_use = {how: frozenset[str]().union(*forms) for how, forms in groups if how != "together"}
    return by_use["little"], by_use["alone"], tuple(forms for how, forms in groups if how == "together")


def _forms(words: list[str]) -> Iterator[_Forms]:
    return (frozenset(each.split("|")) for each in words)
