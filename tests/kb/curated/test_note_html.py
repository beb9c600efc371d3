"""Notes as HTML."""

from __future__ import annotations

import html as stdlib_html
import re

from hypothesis import given
from hypothesis import strategies as st

from kb.curated.note_html import mark_html, plain_text, render_note, sanitise_html

MARKDOWN = "Hello *big* world\nsecond & third\n\n- one\n- two `code`\n\n> said [so](/x)\n\nlast  \nline"
PLAIN = "Hello big world second & third\n\none\ntwo code\n\nsaid so\n\nlast\nline"

pieces = st.sampled_from(
    ["*a*", "**b**", "- c", "> d", "`e`", "[f](/g)", "\n\n", "\n", " ", "&", "<b>", "1. h", "  \n"]
)
markdowns = st.lists(pieces | st.text(max_size=8), max_size=30).map("".join)
ranges = st.lists(st.tuples(st.integers(-3, 60), st.integers(-3, 60)), max_size=5)


def test_blocks_are_parted_by_a_blank_line_and_items_by_a_line() -> None:
    assert plain_text(render_note(MARKDOWN)) == PLAIN


def test_scripts_handlers_and_strange_links_do_not_survive() -> None:
    html = render_note(
        '<script>x()</script><p onclick="x()">a</p>\n\n[b](javascript:x) [c](data:x) <img src=x onerror=y>'
    )
    assert "script" not in html
    assert "onclick" not in html
    assert "onerror" not in html
    assert "data:" not in html


def test_links_to_this_site_and_the_web_survive() -> None:
    html = render_note("[a](/search?q=b) [c](https://example.org/)")
    assert '<a href="/search?q=b">' in html
    assert '<a href="https://example.org/">' in html


def test_the_list_of_provisions_keeps_its_class_and_no_other() -> None:
    assert (
        sanitise_html('<ul class="provisions x"><li>a</li></ul>') == '<ul class="provisions"><li>a</li></ul>'
    )


def test_a_range_across_elements_becomes_several_marks() -> None:
    marked = mark_html(render_note("one *two* three"), [(0, 9)])
    assert marked == "<p><mark>one </mark><em><mark>two</mark></em><mark> t</mark>hree</p>"


def test_overlapping_ranges_are_one_mark() -> None:
    assert mark_html("<p>abcdef</p>", [(3, 5), (1, 4)]) == "<p>a<mark>bcde</mark>f</p>"


def test_marked_text_is_escaped() -> None:
    assert mark_html("<p>a &lt;b&gt; &amp; c</p>", [(2, 5)]) == "<p>a <mark>&lt;b&gt;</mark> &amp; c</p>"


def test_marking_what_was_not_sanitised_lets_nothing_through() -> None:
    assert mark_html('<p>a<script>b</script><b title="x">c</b></p>', [(0, 1)]) == "<p><mark>a</mark>c</p>"


@given(markdowns, ranges)
def test_marking_leaves_the_text_as_it_is(markdown: str, found: list[tuple[int, int]]) -> None:
    html = render_note(markdown)
    marked = mark_html(html, found)
    assert plain_text(marked) == plain_text(html)
    assert re.sub(r"</?mark>", "", marked) == mark_html(html, [])


@given(markdowns, ranges)
def test_what_is_marked_is_what_the_ranges_name(markdown: str, found: list[tuple[int, int]]) -> None:
    html = render_note(markdown)
    text = plain_text(html)
    named = {at for begin, end in found for at in range(max(begin, 0), min(end, len(text)))}
    wanted = "".join(text[at] for at in sorted(named)).split()
    marked = "".join(re.findall(r"<mark>(.*?)</mark>", mark_html(html, found), re.DOTALL))
    assert "".join(stdlib_html.unescape(marked).split()) == "".join(wanted)


@given(markdowns, ranges)
def test_the_first_mark_alone_bears_the_id_that_is_given(markdown: str, found: list[tuple[int, int]]) -> None:
    html = render_note(markdown)
    plainly, named = mark_html(html, found), mark_html(html, found, 'a"<b>')
    assert named == plainly.replace("<mark>", '<mark id="a&quot;&lt;b&gt;">', 1)


@given(markdowns)
def test_sanitising_twice_changes_nothing(markdown: str) -> None:
    html = render_note(markdown)
    assert sanitise_html(html) == html


@given(st.text(), ranges)
def test_any_text_can_be_read_as_html(text: str, found: list[tuple[int, int]]) -> None:
    assert plain_text(mark_html(text, found)) == plain_text(text)
