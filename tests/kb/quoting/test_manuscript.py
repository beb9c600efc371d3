"""Manuscripts: Markdown, HTML, DOCX and plain text, each quotation known by its place."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import BadRequest
from kb.formats.html import read as read_html
from kb.quoting.manuscript import Manuscript, read_manuscript
from kb.quoting.passage_references import references

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'


def written(folder: Path, name: str, text: str) -> Manuscript:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read_manuscript(path)


def placed(manuscript: Manuscript) -> list[tuple[str, str]]:
    return [
        (" ".join(claim.text.split()), manuscript.where(claim.start)) for claim in manuscript.quotations()
    ]


def test_markdown_gives_quotations_without_its_markup(tmp_path: Path) -> None:
    manuscript = written(
        tmp_path,
        "a.md",
        '---\ntitle: "no"\n---\nIt says “the *States*\n**Parties**”[^1], '
        'see [“para” 7](http://h/passages/a/b "no") and <a href="no">“a _link_”</a> `"code"`{.no key="no"}.\n'
        '<!-- "no" -->\n```py\nx = "no"\n```\n\n> a \\* block\n> goes on\n>\n> — A source\n',
    )
    assert placed(manuscript) == [
        ("the States Parties", "4"),
        ("para", "5"),
        ("a link", "5"),
        ("a * block goes on", "11"),
    ]
    (link,) = references(manuscript.raw, lambda _: False)
    assert manuscript.where_raw(link.start) == "5"


def test_html_gives_marks_elements_and_blocks_by_line(tmp_path: Path) -> None:
    manuscript = written(
        tmp_path,
        "a.html",
        '<title>"no"</title>\n<p>It says &ldquo;the\nStates&rdquo;, <q>la <q>loi</q></q>.</p>\n'
        '<!-- "no" --><script>"no"</script>\n<blockquote><p>a block\ngoes on</p>\n<p>two</p></blockquote>\n'
        '<p class=\'"\'>1 < 2 "x<br>y"</p><a href="/passages/a/b">c</a>',
    )
    assert placed(manuscript) == [
        ("the States", "2"),
        ("la “loi”", "3"),
        ("a block goes on", "5"),
        ("two", "7"),
        ("x y", "8"),
    ]
    assert [one.passage for one in references(manuscript.raw, lambda _: False)] == ["b"]


def test_plain_text_is_taken_as_it_is(tmp_path: Path) -> None:
    manuscript = written(tmp_path, "a.txt", "\ufeffOne\r\n“two *three*”\r“four”")
    assert placed(manuscript) == [("two *three*", "2"), ("four", "3")]


@given(st.text(st.sampled_from("<>/!-abq \"'\n&;=pre"), max_size=80))
def test_anything_can_be_read_as_html(html: str) -> None:
    text, places = read_html(html)
    assert [offset for offset, _ in places] == sorted(offset for offset, _ in places)
    assert len(text) <= 4 * len(html) + 4


@pytest.mark.parametrize(
    "html", ["<a " * 30_000, "<!--" * 30_000, "<q>" * 30_000, "<script>" * 10_000, "<" * 50_000]
)
def test_html_that_is_left_open_is_read_in_time(html: str) -> None:
    assert len(read_html(html)[0]) <= len(html)


BODY = f"""<?xml version="1.0"?><w:document {W} {R}
 xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body>
<w:p><w:r><w:t xml:space="preserve">It says “the </w:t></w:r><w:proofErr/><w:r><w:t>States”</w:t><w:br/></w:r>
 <w:del><w:r><w:delText>“gone”</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>“moved”</w:t></w:r></w:moveFrom>
 <w:r><w:footnoteReference w:id="7"/></w:r><w:r><w:footnoteReference w:id="3"/></w:r></w:p>
<w:p/>
<w:p><w:pPr><w:pStyle w:val="IntenseQuote"/></w:pPr>
 <w:r><w:t>a block co</w:t><w:noBreakHyphen/><w:t>operates</w:t></w:r></w:p>
<w:tbl><w:tr><w:tc><w:p><w:hyperlink r:id="r1" w:anchor="x"><w:r><w:t>“cell”</w:t></w:r></w:hyperlink></w:p>
 </w:tc></w:tr></w:tbl>
<w:p><w:r><w:instrText>HYPERLINK "http://h/passages/a/p2"</w:instrText></w:r><w:r><w:t>field</w:t></w:r>
 <w:r><mc:AlternateContent><mc:Choice><w:p><w:r><w:t>“box”</w:t></w:r></w:p></mc:Choice>
 <mc:Fallback><w:p><w:r><w:t>“box”</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent></w:r></w:p>
</w:body></w:document>"""
NOTES = f"""<w:footnotes {W}><w:footnote w:id="-1"><w:p><w:r><w:t>“separator”</w:t></w:r></w:p></w:footnote>
<w:footnote w:id="3"><w:p><w:r><w:t>“second”</w:t></w:r></w:p></w:footnote>
<w:footnote w:id="7"><w:p><w:r><w:t>“first” /passages/a/p3</w:t></w:r></w:p></w:footnote></w:footnotes>"""
RELATED = '<Relationships><Relationship Id="r1" Target="http://h/passages/a/p1"/></Relationships>'
PARTS = {
    "word/document.xml": BODY,
    "word/footnotes.xml": NOTES,
    "word/_rels/document.xml.rels": RELATED,
}


def docx(path: Path, parts: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return path


def test_a_word_document_is_read_by_paragraph_with_its_notes(tmp_path: Path) -> None:
    manuscript = read_manuscript(docx(tmp_path / "a.docx", PARTS))
    assert placed(manuscript) == [
        ("the States", "paragraph 1"),
        ("a block co-operates", "paragraph 3"),
        ("cell", "paragraph 4"),
        ("box", "paragraph 6"),
        ("second", "footnote 2"),
        ("first", "footnote 1"),
    ]
    links = references(manuscript.raw, lambda _: False)
    assert [(one.passage, manuscript.where_raw(one.start)) for one in links] == [
        ("p1", "paragraph 4"),
        ("p2", "paragraph 5"),
        ("p3", "footnote 1"),
    ]


@pytest.mark.parametrize(
    "parts",
    [
        {},
        {"word/document.xml": "<w:p>"},
        {"word/document.xml": '<!DOCTYPE x [<!ENTITY a "aaaa">]>' + BODY.partition("?>")[2]},
        {"word/document.xml": " " * 51_000_000},
    ],
    ids=["empty", "broken", "document type", "too large"],
)
def test_a_word_document_that_cannot_be_trusted_is_refused(tmp_path: Path, parts: dict[str, str]) -> None:
    with pytest.raises(BadRequest, match="no Word document that can be read; save it as DOCX again"):
        read_manuscript(docx(tmp_path / "a.docx", parts))


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.docx", b"no archive", "no Word document"),
        ("a.md", b"caf\xe9", "not in UTF-8; save it as UTF-8"),
        ("a.pdf", b"%PDF-1.7\0", "no text; give Markdown, HTML, DOCX or plain text"),
        ("a.txt", b" " * 20_000_001, "more than 20,000,000 bytes; check it in parts"),
    ],
)
def test_a_file_that_is_no_manuscript_is_refused_with_what_to_do(
    tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(BadRequest, match=words):
        read_manuscript(path)
