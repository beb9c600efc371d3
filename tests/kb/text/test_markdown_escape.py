"""Any text as Markdown, and back."""

from __future__ import annotations

import html
import re
from functools import partial

import markdown
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from kb.text.markdown_escape import escape, escape_value, unescape
from tests.tables import table

SPECIAL = list("\n\n  \\\\&;#*1.){:}\"'<>[]_`|~-=+\t\r\v\f\x00\x7f\x85\u2028\u00a0\ufeff")
texts = st.text(st.sampled_from(SPECIAL) | st.characters(codec="utf-8"), max_size=60)


@given(texts)
@example("*x* 1. <b> # {: #x } --- &amp; \\")
@example("a\n\nb\n\n")
@example(" \n ")
@example("&#10;\n\\\n")
def test_any_text_reads_back_the_same(text: str) -> None:
    assert unescape(escape(text)) == text


@given(texts)
def test_a_written_text_has_no_blank_line_and_opens_no_markup(text: str) -> None:
    for line in escape(text).split("\n"):
        assert line.strip(" \t") or not text
        assert not re.match(r"\{:|#|---", line)


@given(texts)
def test_a_value_in_an_attribute_list_stays_on_its_line_and_reads_back(text: str) -> None:
    value = escape_value(text)
    assert not re.search(r"[\n\r\x85\u2028]", value)
    assert unescape(value) == text


@table(
    ("written", "meant"),
    [
        ("one\n  two  ", "one two"),
        ("one\\\ntwo", "one\ntwo"),
        ("one\\\\\ntwo", "one\\ two"),
        ("a *star* _here_", "a *star* _here_"),
        ("\\*a\\* \\q", "*a* \\q"),
        ("&eacute;&#233;&#xE9; &nosuch; & &#55296; &#9999999;", "ééé &nosuch; & &#55296; &#9999999;"),
        ("end\\", "end\\"),
        ("", ""),
    ],
)
def test_what_an_editor_writes_is_read_as_the_grammar_says(written: str, meant: str) -> None:
    assert unescape(written) == meant


VISIBLE = st.text(st.sampled_from(list("ab1 *_#<>[](){}`|~-=+.&;:!\\\"'")), min_size=1, max_size=30)
VIEWERS = {
    "CommonMark": MarkdownIt("commonmark").render,
    "CommonMark with tables": MarkdownIt("gfm-like", {"linkify": False}).render,
    "Python-Markdown": partial(markdown.markdown, extensions=["extra"]),
}


@pytest.mark.parametrize("viewer", VIEWERS)
@given(text=VISIBLE)
def test_a_markdown_viewer_shows_the_text(viewer: str, text: str) -> None:
    shown = html.unescape(re.sub(r"</?p>", "", VIEWERS[viewer](escape(text))))
    assert " ".join(shown.split()) == " ".join(text.split())
