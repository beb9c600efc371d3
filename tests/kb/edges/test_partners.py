"""Where a stretch ends so that it includes what closes its brackets and quotation marks."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kb.edges.partners import end_with_closing, partners
from tests.tables import table


@table(
    ("text", "stretch", "ended"),
    [
        ("under 6(3), or", "6(3", "6(3)"),
        ("under 6(3)) or", "6(3", "6(3)"),
        ("under 6(a[b]) or", "6(a[b", "6(a[b])"),
        ("under 6(a[b)] or", "6(a[b", "6(a[b)]"),
        ("says (of “it”) so", "(of “it", "(of “it”)"),
        ("says (it) so", "it", "it"),
        ("says “of (it)” so", "of (it", "of (it)"),
        ("says a(b) (c)", "a(b", "a(b)"),
    ],
)
def test_a_stretch_ends_behind_what_closes_a_sign_in_it(text: str, stretch: str, ended: str) -> None:
    start = text.index(stretch)
    assert text[start : end_with_closing(text, start, start + len(stretch))] == ended


def test_few_of_very_many_closing_signs_are_looked_at() -> None:
    text = "a" + "(" * 800 + "b" + ")" * 800
    assert end_with_closing(text, 0, 802) == 802 + 20


@given(st.text(st.sampled_from("ab ()[]{}"), max_size=30), st.data())
def test_so_it_is_for_each_closing_bracket_alone(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    last = end
    while text[last : last + 1] in {*")]}"} and last - start in partners(text[start : last + 1]):
        last += 1
    assert end_with_closing(text, start, end) == min(last, end + 20)
