"""HTML as text: whatever is given is read, in time linear in its length."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.formats.html import read_html


@given(st.text(st.sampled_from("<>/!-abq \"'\n&;=pre"), max_size=80))
def test_anything_can_be_read_as_html(html: str) -> None:
    text, source_map = read_html(html)
    assert [offset for offset, _ in source_map] == sorted(offset for offset, _ in source_map)
    assert len(text) <= 4 * len(html) + 4


@pytest.mark.parametrize(
    "html", ["<a " * 30_000, "<!--" * 30_000, "<q>" * 30_000, "<script>" * 10_000, "<" * 50_000]
)
def test_html_that_is_left_open_is_read_in_time(html: str) -> None:
    assert len(read_html(html)[0]) <= len(html)


def test_words_are_read_however_deep_they_are_nested() -> None:
    assert read_html("<div>word " * 3_000)[0].split() == ["word"] * 3_000


def test_a_line_is_known_however_far_down_it_is() -> None:
    text, source_map = read_html("<p>word</p>\n" * 70_000 + "<p>last</p>")
    place = text.index("last")
    assert [line for offset, line in source_map if offset == place][-1] == "70001"
