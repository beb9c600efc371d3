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
