"""Markdown of right-to-left passages."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest

from kb.citing.csl_item import CslItem, passage_item
from kb.citing.exports.briefing import BriefEntry, BriefSection, briefing
from kb.citing.exports.footnoted_text import markdown
from kb.citing.exports.registry import FORMATS
from kb.citing.styles.registry import STYLES
from kb.model import Document, Passage
from kb.quoting.extraction import find_quotations
from kb.quoting.manuscript import read_manuscript

DAY = datetime.date(2026, 11, 23)
ARABIC = Document("ar", "إعلان", "report", language="ar")
UNKNOWN = Document("ar", "إعلان", "report", language="Arabic")
THAI = Document("th", "แถลงการณ์", "report", language="th")
WORDS = "تلتزم الدول (UN) بحماية الضحايا:\nجميع الضحايا."


def record(document: Document, passage: Passage) -> CslItem:
    return passage_item(document, passage, f"https://kb.example/{passage.address}", DAY)


def of_one(document: Document, text: str) -> str:
    item = record(document, Passage(document.id, "p1", text))
    return FORMATS["markdown"].write([item], STYLES["oscola"])


def of_a_brief(document: Document, text: str) -> str:
    section = BriefSection("", (BriefEntry(record(document, Passage(document.id, "p1", text))),))
    return markdown(briefing("Brief", [section], STYLES["oscola"]))


Written = Callable[[Document, str], str]


@pytest.mark.parametrize("written", [of_one, of_a_brief])
@pytest.mark.parametrize(
    ("document", "attributes"), [(ARABIC, ' dir="rtl" lang="ar"'), (UNKNOWN, ' dir="rtl"')]
)
def test_a_quotation_from_right_to_left_is_in_an_element_that_says_so(
    written: Written, document: Document, attributes: str
) -> None:
    text = written(document, WORDS)
    assert f"<div{attributes}>\n\n> " in text
    assert "\n\n</div>\n" in text
    assert "\u2068" not in text


@pytest.mark.parametrize("written", [of_one, of_a_brief])
def test_any_other_quotation_is_as_it_was(written: Written) -> None:
    assert "<div" not in written(THAI, "รัฐภาคีจะคุ้มครองผู้เสียหาย")
    assert "<div" not in written(ARABIC, "States protect victims.")


@pytest.mark.parametrize("written", [of_one, of_a_brief])
def test_the_quotation_is_found_in_it_as_in_any_manuscript(written: Written, tmp_path: Path) -> None:
    file = tmp_path / "brief.md"
    file.write_text(written(ARABIC, WORDS), encoding="utf-8")
    found = [letters(span.text) for span in find_quotations(read_manuscript(file).text)]
    assert letters(WORDS) in found


def letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))
