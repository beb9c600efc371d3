"""Markup made to take time, each in a form that once took time quadratic in its length, or worse."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.formats.attribute_list import parse_attributes
from kb.formats.html import read_html, read_xhtml
from kb.formats.html_markup import is_note_label, is_note_number, unescape_html
from kb.formats.markdown import read_markdown
from tests.kb.growth import LINEAR, growth
from tests.tables import table

HOSTILE: dict[str, Callable[[int], object]] = {
    "spaces before the target of a definition": lambda size: read_markdown(f"[a]:{' ' * size}<\n"),
    "spaces behind it": lambda size: read_markdown(f"[a]: b{' ' * size}x\n"),
    "a link never closed": lambda size: read_markdown(f"[a]({'x' * 2_000}" * (size // 500)),
    "struck out words never closed": lambda size: read_markdown("~~a " * size),
    "inline notes never closed": lambda size: read_markdown("^[a " * size),
    "runs of backticks, each of another length": lambda size: read_markdown(
        "".join("`" * length + "a" for length in range(int((2 * size) ** 0.5)))
    ),
    "nested block quotations": lambda size: read_markdown(">" * size),
    "nested lists": lambda size: read_markdown("- " * size),
    "front matter never closed": lambda size: read_markdown("---\n" + "--- x\n" * size),
    "character data never closed": lambda size: read_xhtml("<![CDATA[" * size),
    "elements never closed": lambda size: read_html("<blockquote><b><del>" * (size // 4)),
    "comments and quotation marks never closed": lambda size: read_html("<a \"<a '<!--" * size),
    "properties of a style": lambda size: read_html(f'<b style="{"text-decoration:" * size}">a</b>'),
    "an attribute list never closed": lambda size: parse_attributes('{: #p a="' + "b\\\\" * size, ("a",)),
}


@pytest.mark.slow
@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_markup_takes_time_linear_in_its_length(kind: str) -> None:
    assert growth(HOSTILE[kind], 2_000) < LINEAR


@table("row", ["1" * 199, "*" * 199, "1 " * 99, "(1) " * 49, "[1], " * 39])
@table("last", ["", "x", "]", "."])
def test_a_row_of_numbers_is_a_note_or_not_in_one_pass(row: str, last: str) -> None:
    assert growth(lambda size: [is_note_number(row + last) for _ in range(size)], 20) < LINEAR
    assert not is_note_label(row + "x")


@table(
    ("words", "is_number"),
    [
        ("1", True),
        ("12, 13", True),
        ("[12]", True),
        ("3–5", True),
        ("**", True),
        ("12345", False),
        ("", False),
    ],
)
def test_numbers_and_signs_of_notes_are_known(words: str, is_number: bool) -> None:
    assert is_note_number(words) is is_number


@table(
    ("reference", "text"),
    [
        ("&#65;", "A"),
        ("&#0000000000000065;", "A"),
        ("&#x41;&#X0000000000000041;", "AA"),
        (f"&#{'9' * 5_000};x", "\ufffdx"),
        (f"&#x{'f' * 5_000};x", "\ufffdx"),
        ("&#1114112;&#xD800;", "\ufffd\ufffd"),
        (f"&#{'0' * 5_000}65;&#{'0' * 5_000};", "A\ufffd"),
        ("&#;&#x;&amp;#", "&#;&#x;&#"),
    ],
)
def test_references_to_characters_that_cannot_be_are_replaced(reference: str, text: str) -> None:
    assert unescape_html(reference) == text
    assert read_html(f"<p>{reference}</p>").text.strip() == text
