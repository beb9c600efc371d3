"""The passages of golden_brief.md, and how that writes a cited text."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace

from kb.citing.csl_item import CslItem, passage_item
from kb.citing.rich_text import RichText
from kb.citing.works.cited_text import CitedText
from kb.model import Document, Passage
from tests.kb.citing.styles.golden_sources import CASES, FURTHER

DAY = datetime.date(2026, 11, 23)

MIXED = (
    ("case", "para 112"),
    ("legislation", "s 45"),
    ("resolution", "para 3"),
    ("Palermo Protocol", "art 3(a)"),
    ("UNODC 2018", "p 12"),
    ("UNODC 2018", "p 14"),
    ("Bales", "p 5"),
    ("case", "para 113"),
    ("UNODC 2018", "p 12"),
    ("legislation", "s 46"),
    ("resolution", "para 4"),
    ("Palermo Protocol", "art 6"),
    ("Palermo Protocol", "art 6"),
    ("UNODC", "p 9"),
    ("UNODC 2018", "p 15"),
    ("Tang", "para 35"),
    ("Tang", "para 36"),
    ("EU instrument", "art 8"),
    ("Bales and Cornell", "p 4"),
    ("Bales", "p 6"),
)
"""Sources of golden_sources.py, each with the place cited."""


def cited(document: Document, locator: str) -> CslItem:
    """The record of a passage at this place."""
    return passage_item(document, Passage(document.id, f"at-{locator}", "abc", locator), "", DAY)


def of_source(name: str, locator: str) -> CslItem:
    document = (CASES.get(name) or FURTHER[name])[0]
    return cited(replace(document, id=name.replace(" ", "-")), locator)


def slanted(runs: RichText) -> str:
    return "".join(f"*{text}*" if is_slanted else text for text, is_slanted in runs)


def written(text: CitedText) -> Iterator[str]:
    """References and lists as golden_brief.md has them."""
    yield from (f"> {each.number or '-'} {slanted(each.runs)}" for each in text.passages)
    if text.works.title:
        yield f"### {text.works.title}"
    for group in text.works.groups:
        if group.heading:
            yield f"#### {group.heading}"
        yield from (f"> {slanted(entry.runs)}" for entry in group.entries)
