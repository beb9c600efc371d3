"""HTML as text: whatever is given is read, in time linear in its length."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.formats.html import read_html, read_xhtml
from tests.tables import table


@given(st.text(st.sampled_from("<>/!-abq \"'\n&;=pre"), max_size=80))
def test_anything_can_be_read_as_html(html: str) -> None:
    text, source_map, _ = read_html(html)
    assert [offset for offset, _ in source_map] == sorted(offset for offset, _ in source_map)
    assert len(text) <= 4 * len(html) + 4


@table(
    ("html", "words"),
    [
        ("robust<sup>1</sup> means<sup>2, 3</sup> of<sup>[4]</sup> law<sup>†</sup>", "robust means of law"),
        ('robust<a href="#fn1" role="doc-noteref"><sup>1</sup></a>', "robust"),
        ('robust<a class="footnote-ref" href="n.html#n1">a</a>', "robust"),
        ("robust<a href='#_ftn1' name='_ftnref1'><span>[iv]</span></a>", "robust"),
        ('robust<sup><a href="#x">b</a></sup> <a href="#fnref1">↩︎</a>', "robust"),
        ('the 19<sup>th</sup> of <a href="#p4">4</a>, 2<sup>e</sup>', "the 19th of 4, 2e"),
        ("<del>weak</del><ins>robust</ins> <s>or</s><strike>not</strike>", "robust"),
        ("a <span hidden>weak </span>law <i style='color:red; display : none'>or</i>", "a law"),
        ('<div hidden="until-found"><p>weak</div>law', "law"),
        ('a <span style="text-decoration: underline line-through">or </span>law', "a law"),
        ("a <span style='mso-hide:all'>or </span>law <kbd>x</kbd><samp>y</samp>", "a law"),
        ("<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp>字<rt>ji</ruby>", "漢字"),
        ("a <del>never closed", "a never closed"),
        ("a <p hidden>never closed <p>b</p>", "a never closed b"),
        ('a <b title="<del>">law</b> <input hidden>too', "a law too"),
    ],
)
def test_marks_of_notes_and_what_is_deleted_or_hidden_are_no_words(html: str, words: str) -> None:
    assert read_html(html)[0].split() == words.split()


def test_each_line_of_a_block_quotation_begins_with_a_sign() -> None:
    html = "<blockquote>one<br>two<p>three</p></blockquote>four<br>five<blockquote hidden>no</blockquote>six"
    assert read_html(html)[0].split("\n") == ["> one", "> two", "", "> three", "", "four", "five", "", "six"]


@pytest.mark.parametrize(
    "html",
    [
        "<blockquote>one</blockquote>",
        "<p class=MsoQuote>one</p>",
        "<p class='x MsoIntenseQuote'><span>one</span></p>",
        '<div class="blockquote"><p>one</p></div>',
        '<section class="pull-quote">one</section>',
        "<P CLASS=MsoBlockText>one</P>",
    ],
)
def test_block_quotations_are_known_by_element_or_class(html: str) -> None:
    assert read_html(f"<p>zero</p>{html}<p>two</p>")[0].split() == ["zero", ">", "one", "two"]


def test_other_classes_are_no_block_quotations() -> None:
    html = "<p class='unquoted'>a</p><p class='quote-form'>b</p><span class=quote>c</span><p class=quote>d"
    assert read_html(html)[0].split() == ["a", "b", "c", "d"]


def test_xhtml_has_character_data_and_elements_that_end_themselves() -> None:
    xhtml = '<p>a</p><script src="x"/><p><![CDATA[b < c &amp; d]]></p><title\n/><p>e</p>'
    text, source_map, _ = read_xhtml(xhtml)
    assert text.split() == ["a", "b", "<", "c", "&amp;", "d", "e"]
    assert [line for at, line in source_map if at == text.index("e")][-1] == "2"


@pytest.mark.parametrize(
    "html",
    ["<a " * 30_000, "<!--" * 30_000, "<q>" * 30_000, "<script>" * 10_000, "<" * 50_000],
)
def test_html_that_is_left_open_is_read_in_time(html: str) -> None:
    assert len(read_html(html)[0]) <= len(html)


@pytest.mark.slow
@pytest.mark.parametrize(
    "html", ["<del>" * 30_000, "<p hidden>" * 20_000, "<sup>1" * 20_000, "<rt>" * 30_000]
)
def test_elements_left_open_that_are_no_words_are_read_in_time(html: str) -> None:
    assert len(read_html(html)[0]) <= len(html)


def test_words_are_read_however_deep_they_are_nested() -> None:
    assert read_html("<div>word " * 3_000)[0].split() == ["word"] * 3_000


@pytest.mark.slow
def test_a_line_is_known_however_far_down_it_is() -> None:
    text, source_map, _ = read_html("<p>word</p>\n" * 70_000 + "<p>last</p>")
    place = text.index("last")
    assert [line for offset, line in source_map if offset == place][-1] == "70001"
