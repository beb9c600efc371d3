"""Pages of HTML: the main part, numbers that a browser computes, notes, tables, contents; hostile pages."""

from __future__ import annotations

import contextlib

import pytest

from kb.errors import SourceUnreadable
from kb.importers.blocks import SourceDocument
from kb.importers.html.reader import read_html_page
from kb.importers.segmenting.segmenter import segmented
from kb.sources.lines import replayed
from tests.tables import table

LONG = (
    "The Conference recalls that trafficking in persons is a serious crime and a violation of human dignity. "
)


def page(body: str, head: str = "") -> SourceDocument:
    return read_html_page(f"<!DOCTYPE html><html lang=en><head>{head}</head>{body}</html>".encode(), "a.html")


def texts(document: SourceDocument) -> list[str]:
    return [block.text for block in document.blocks]


def labels(body: str, head: str = "") -> list[str]:
    return [block.item.label if block.item else "" for block in page(body, head).blocks]


def test_what_helps_to_use_the_page_is_dropped_and_said() -> None:
    found = page(
        "<body><nav><a href=/>Home</a></nav><div class='breadcrumb'>You are here</div>"
        f"<div id=c><h1>Report</h1><p>{LONG}</p><p>{LONG}</p><div class=share-links>Share</div></div>"
        "<div id=footer>Imprint</div></body>"
    )
    assert texts(found) == ["Report", LONG.strip(), LONG.strip()]
    assert ("navigation", "Share") in [(one.reason, one.text) for one in found.dropped]


def test_the_main_part_is_what_is_marked_so_if_it_has_most_of_the_text() -> None:
    assert texts(page(f"<body><p>{LONG[:40]}</p><main><p>{LONG}</p></main></body>")) == [LONG.strip()]
    assert len(texts(page(f"<body><p>{LONG}</p><p>{LONG}</p><main><p>Teaser</p></main></body>"))) == 3


@table(
    ("items", "expected"),
    [
        ("<ol><li>x<li>y</ol>", ["1.", "2."]),
        ("<ol start=7><li>x<li>y</ol>", ["7.", "8."]),
        ("<ol reversed><li>x<li>y</ol>", ["2.", "1."]),
        ("<ol type=a><li>x<li value=4>y<li>z</ol>", ["a.", "d.", "e."]),
        ("<ol type=I><li>x<li>y</ol>", ["I.", "II."]),
        ("<ol style='list-style-type: lower-roman'><li>x<li>y</ol>", ["i.", "ii."]),
        ("<ol style='list-style: upper-latin outside'><li>x</ol>", ["A."]),
        ("<ol class='c legal'><li>x<li>y</ol>", ["a.", "b."]),
        ("<ol style='list-style:none'><li>(a) x</ol>", [""]),
        ("<ul><li>x</ul>", ["•"]),
        ("<ul type=square><li>x</ul>", ["▪"]),
        ("<ol><li>x<ol type=a><li>y<li>z</ol><li>w</ol>", ["1.", "a.", "b.", "2."]),
        ("<ol start=27 type=a><li>x</ol>", ["aa."]),
        ("<ol start=99999999999999999999><li>x</ol>", ["9999."]),
    ],
)
def test_the_numbers_of_a_list_are_those_a_browser_shows(items: str, expected: list[str]) -> None:
    assert (
        labels(f"<body>{items}</body>", "<style>ol.legal { list-style-type: lower-alpha }</style>")
        == expected
    )


@pytest.mark.parametrize(
    ("reference", "note"),
    [
        ("<sup><a href=#n1 id=r1>1</a></sup>", "<ol><li id=n1>See A. <a href=#r1>↩</a></li></ol>"),
        ("<a href=#n1 name=r1>[1]</a>", "<p><a name=n1 href=#r1>[1]</a> See A.</p>"),
        ("<a href=#n1><sup>1</sup></a>", "<div id=n1><p>1. See A.</p></div>"),
        ("<a href=#n1 role=doc-noteref>*</a>", "<aside id=n1 role=doc-footnote>See A.</aside>"),
    ],
)
def test_notes_are_apart_and_their_marks_out_of_the_words(reference: str, note: str) -> None:
    found = page(f"<body><p>Victims{reference} spoke. {LONG}</p>{note}</body>")
    assert texts(found) == [f"Victims spoke. {LONG}".strip()]
    assert [one.offset for one in found.blocks[0].notes] == [len("Victims")]
    assert [one.words.text for one in found.footnotes] == ["See A."]


def test_a_link_to_a_section_is_no_note() -> None:
    found = page(f"<body><p>See <a href=#s2>2</a>.</p><div id=s2><p>{LONG}</p></div></body>")
    assert texts(found) == ["See 2.", LONG.strip()]


def test_line_breaks_part_paragraphs_where_a_line_is_empty_or_numbered() -> None:
    found = page("<body><div>One<br>goes on<br><br>Two<br>(a) three<br>(b) four</div></body>")
    assert texts(found) == ["One goes on", "Two", "(a) three", "(b) four"]


def test_contents_are_dropped() -> None:
    contents = "".join(f"<li><a href=#s{number}>Section {number}</a></li>" for number in range(4))
    found = page(f"<body><ul>{contents}</ul><p>{LONG}</p></body>")
    assert texts(found) == [LONG.strip()]
    assert [one.reason for one in found.dropped] == ["contents"]


def test_rows_have_their_header_and_a_table_for_the_layout_is_none() -> None:
    cells = "<tr><th>State<th>Date</tr><tr><td>Chad<td>2009</tr>"
    found = page(f"<body><table>{cells}</table><table><tr><td><p>{LONG}</table></body>").blocks
    assert [block.row.header if block.row else None for block in found] == [(), ("State", "Date"), None]


def test_every_unit_is_replayed_from_its_lines() -> None:
    found = page(f"<body><h2>I. Facts</h2><ol><li>{LONG}<ol type=a><li>one\u00a0 two;</ol></ol></body>")
    units = segmented(found).units
    assert [replayed(found.lines, unit.spans) for unit in units] == [unit.text for unit in units]
    assert [unit.locator for unit in units][1:] == ["para 1", "para 1(a)"]


@pytest.mark.parametrize(
    "data",
    [
        "<meta charset=iso-8859-1><p>d\u00e9j\u00e0 \u2013 vu</p>".encode("cp1252"),
        b"\xef\xbb\xbf" + "<meta charset=latin1><p>d\u00e9j\u00e0 \u2013 vu</p>".encode(),
        b"\xff\xfe" + "<p>d\u00e9j\u00e0 \u2013 vu</p>".encode("utf-16-le"),
        '<?xml version="1.0" encoding="utf-8"?><p>d\u00e9j\u00e0 \u2013 vu</p>'.encode(),
        "<meta charset=no-such-set><p>d\u00e9j\u00e0 \u2013 vu</p>".encode(),
    ],
)
def test_the_character_set_is_what_browsers_take_it_for(data: bytes) -> None:
    assert texts(read_html_page(data, "a.html")) == ["d\u00e9j\u00e0 \u2013 vu"]


def test_a_page_says_its_title_language_and_date() -> None:
    head = (
        "<title> A  report</title><meta name=date content='2021-05-03T10:00'>"
        "<meta name=author content='UNODC'>"
    )
    assert dict(page(f"<body><p>{LONG}</p></body>", head).metadata) == {
        "page_title": "A report",
        "kind": "web page",
        "language": "en",
        "date": "2021-05-03",
        "authors": "UNODC",
    }


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script><p onclick=x>Words</p><style>p {}</style>",
        "<p>Words</p><iframe src=file:///etc/passwd></iframe><object data=http://example.org/x></object>",
        "<p>Words</p><p hidden>no</p><p style='display: none'>no</p>",
        "<p>Wo<!-- x -->rds</p><template><p>no</p></template>",
    ],
)
def test_only_what_a_reader_sees_is_read(body: str) -> None:
    assert texts(page(f"<body>{body}</body>")) == ["Words"]


def test_an_entity_of_a_document_type_is_not_expanded() -> None:
    data = (
        b'<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/passwd">]><html><body><p>Words &a;</p></body></html>'
    )
    assert "root:" not in "".join(texts(read_html_page(data, "a.html")))


@pytest.mark.parametrize("data", [b"", b"   ", b"<" * 1_000_001, b"<!---->"])
def test_what_has_no_words_or_far_too_many_tags_is_refused_in_one_line(data: bytes) -> None:
    with pytest.raises(SourceUnreadable) as refusal:
        read_html_page(data, "a.html")
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("tag", ["div", "ol", "blockquote", "table", "b", "a"])
def test_deep_nesting_is_read_or_refused(tag: str) -> None:
    data = f"<body>{f'<{tag}>' * 3000}Words{f'</{tag}>' * 3000}</body>".encode()
    with contextlib.suppress(SourceUnreadable):
        read_html_page(data, "a.html")


def test_a_page_says_for_search_engines_who_published_it_and_when() -> None:
    head = (
        "<title>Fees | Example Aid</title><link rel=canonical href=https://example.org/fees>"
        "<meta name=citation_author content='Gallagher, Anne'>"
        "<meta name=citation_author content='King, Mary'>"
        "<meta name=citation_journal_title content='A Review'>"
        '<script type="application/ld+json">{"@graph": [{"headline": "Fees that workers pay",'
        ' "datePublished": "2020-02-29T08:00:00Z", "publisher": {"name": "Example Aid"}}]}</script>'
        '<script type="application/ld+json">{"broken</script>'
    )
    assert dict(page(f"<body><p>{LONG}</p></body>", head).metadata) == {
        "page_title": "Fees | Example Aid",
        "title": "Fees that workers pay",
        "date": "2020-02-29",
        "issuers": "Example Aid",
        "persons": "Gallagher, Anne; King, Mary",
        "container": "A Review",
        "kind": "journal article",
        "url": "https://example.org/fees",
        "language": "en",
    }
