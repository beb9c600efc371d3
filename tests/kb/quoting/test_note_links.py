"""Notes of a manuscript: their marks, and the words that these lead to."""

from __future__ import annotations

import time

import pytest

from kb.quoting.note_links import html_notes, markdown_notes
from tests.tables import table


@table(
    ("text", "notes"),
    [
        ("a[^1] b[^x].\n\n[^1]: One\n[^x]: Two\ngoes on\n\nNot this.", ["One", "Two\ngoes on"]),
        ("a[^1]\n\n[^1]: One\n\n    still one\n\n[^2]: none\n", ["One\n\n    still one"]),
        ("> a[^1]\n>\n> [^1]: One\n\nb", ["One"]),
        ("a[^1] and [^1] again\n\n[^1]: One", ["One", "One"]),
        ("a[^2] [^1]\n\n[^1]:\n", [""]),
        ("[^1]: first\n[^1]: second\n\na[^1]", ["first"]),
        ("no notes [1] here", []),
    ],
)
def test_in_markdown_a_mark_leads_to_its_note(text: str, notes: list[str]) -> None:
    assert [text[one.start : one.end].strip() for one in markdown_notes(text)] == notes
    assert all(text.startswith("[^", one.mark) for one in markdown_notes(text))


@table(
    ("html", "notes"),
    [
        ('<p>a<sup><a href="#fn1">1</a></sup></p><ol><li id="fn1"><p>One</p><p>Two</p></li></ol>',
         ["<p>One</p><p>Two</p>"]),
        ('a<a href="#n">[2]</a><p><a name="n">2</a> One</p><p>b</p>', ["2</a> One"]),
        ('a<a href="#n">*</a><p><sup id=n>*</sup> One<p>b', ["*</sup> One"]),
        ('a<a href="#n" id="m">1</a><li id="n">One <a href="#m">1</a></li>', ['One <a href="#m">1</a>']),
        ('see <a href="#n">section two</a><section id="n">none</section>', []),
        ('a<a href="#gone">1</a><a href="x.html#n">1</a><p id="n">b', []),
        ('a<a href="#n">1</a><li id="n">One<li>Two', ["One"]),
    ],
)  # fmt: skip
def test_in_html_a_link_with_a_number_or_sign_leads_to_its_note(html: str, notes: list[str]) -> None:
    assert [html[one.start : one.end] for one in html_notes(html)] == notes


@pytest.mark.slow
@pytest.mark.parametrize("text", ["[^1]", "[^1]: a\n", '<a href="#n">1</a>', '<p id="n">a', "<a name=n>"])
def test_any_text_takes_linear_time(text: str) -> None:
    began = time.process_time()
    markdown_notes(text * 20_000)
    html_notes(text * 20_000)
    assert time.process_time() - began < 5
