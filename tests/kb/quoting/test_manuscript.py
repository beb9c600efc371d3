"""Manuscripts: Markdown, HTML, DOCX and plain text, each quotation known by its place."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kb.errors import BadRequest
from kb.formats.word import paragraphs as word_paragraphs
from kb.messages import Message
from kb.quoting import manuscript as module
from kb.quoting.manuscript import Manuscript, read_manuscript
from kb.quoting.passage_references import find_references
from tests.kb.formats.word_files import PARTS, written_docx
from tests.kb.growth import LINEAR, growth


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
    (link,) = find_references(manuscript.raw)
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
    assert [one.passage for one in find_references(manuscript.raw)] == ["b"]


def test_plain_text_is_taken_as_it_is(tmp_path: Path) -> None:
    manuscript = written(tmp_path, "a.txt", "\ufeffOne\r\n“two *three*”\r“four”")
    assert placed(manuscript) == [("two *three*", "2"), ("four", "3")]


def test_a_word_document_is_read_by_paragraph_with_its_notes(tmp_path: Path) -> None:
    manuscript = read_manuscript(written_docx(tmp_path / "a.docx", PARTS))
    assert placed(manuscript) == [
        ("the States", "paragraph 1"),
        ("a block co-operates", "paragraph 3"),
        ("cell", "paragraph 4"),
        ("box", "paragraph 6"),
        ("second", "footnote 2"),
        ("first", "footnote 1"),
    ]
    links = find_references(manuscript.raw)
    assert [(one.passage, manuscript.where_raw(one.start)) for one in links] == [
        ("p1", "paragraph 4"),
        ("p2", "paragraph 5"),
        ("p3", "footnote 1"),
    ]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.docx", b"no archive", "as a Word document"),
        ("a.md", b"caf\xe9", "is not UTF-8 text; save it in UTF-8"),
        (
            "a.pdf",
            b"%PDF-1.7\0",
            "cannot read the format of .*; save it as Markdown, HTML, DOCX or plain text",
        ),
        (
            "a.rtf",
            b"{\\rtf1 \\'93law\\'94}",
            "cannot read the format of .*; save it as Markdown, HTML, DOCX or plain text",
        ),
        ("a.odt", b"PK\x03\x04\0", "cannot read the format of .*; save it as Markdown, HTML, DOCX"),
        ("a.doc", b"<html><blockquote>the law</blockquote>", "cannot read the format of "),
        ("a.tex", b"\\begin{quote}the law\\end{quote}", "cannot read the format of "),
        ("a.rst", b"::\n\n  the law", "cannot read the format of "),
        ("a.docx", b"{\\rtf1 law}", "as a Word document; save it as DOCX again"),
        ("a.txt", b"\0the law", "cannot read the format of "),
        ("a.txt", b" " * 20_000_001, "larger than 20,000,000 bytes; check it in parts"),
    ],
)
def test_a_file_that_is_no_manuscript_is_refused_with_what_to_do(
    tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(BadRequest, match=words):
        read_manuscript(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_text_is_read_whatever_program_wrote_it(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text("He says “the law”.\r\n", encoding=encoding)
    assert placed(read_manuscript(path)) == [("the law", "1")]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", "---\na: b\n---\n`x` and ``y`` <!-- z -->\n~~a~~ <s>b</s><sup>1</sup>"),
        ("a.html", "<!-- z --><p hidden>a</p><code>b</code><script>c</script>"),
    ],
)
def test_a_manuscript_says_what_was_left_out(tmp_path: Path, name: str, text: str) -> None:
    manuscript = written(tmp_path, name, text)
    codes = {one.code for one in manuscript.unread}
    assert {"unread-code", "unread-comments", "unread-hidden"} <= codes
    assert ("unread-front-matter" in codes) == (name == "a.md")
    assert [one.code for one in manuscript.parts] == ["read-lines"]


def test_a_word_document_says_which_parts_were_read(tmp_path: Path) -> None:
    manuscript = read_manuscript(written_docx(tmp_path / "a.docm", PARTS))
    assert manuscript.parts == (Message("read-paragraphs", count=6), Message("read-footnotes", count=2))
    assert manuscript.unread == (Message("unread-hidden", count=2),)
    assert manuscript.skipped == ()


def test_a_quotation_of_one_endless_word_is_found_where_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(f"He said “{'9' * 50_000} or less” once.", encoding="utf-8")
    manuscript = read_manuscript(path)
    (claim,) = manuscript.quotations()
    assert manuscript.raw_spans([claim]) == [(9, 9 + 50_000 + 8)]
    assert growth(lambda size: manuscript.raw_spans([replace(claim, text="7" * size)]), 5_000) < LINEAR


@pytest.mark.parametrize(
    ("text", "line", "limit"),
    [
        ("\n" * 11, 11, "10 lines"),
        ("a\n" + "<b>" * 11, 2, "10 < characters"),
        ("a\n" + "` " * 11, 2, "10 ` characters"),
        ("a\n\n" + "“a” " * 6, 3, "10 quotation marks"),
    ],
)
@pytest.mark.parametrize("suffix", [".md", ".html", ".txt"])
def test_what_would_take_too_much_memory_is_refused_with_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str, text: str, line: int, limit: str
) -> None:
    for name in ("_MAX_LINES", "_MAX_SIGNS", "_MAX_MARKS"):
        monkeypatch.setattr(module, name, 10)
    with pytest.raises(BadRequest) as refused:
        written(tmp_path, f"a{suffix}", text)
    assert (
        str(refused.value) == f"{tmp_path}/a{suffix}:{line}: there are more than {limit}; check it in parts"
    )


def test_a_word_document_has_no_more_paragraphs_than_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(word_paragraphs, "MAX_PARAGRAPHS", 3)
    with pytest.raises(BadRequest, match="the document has more than 3 paragraphs; check it in parts"):
        read_manuscript(written_docx(tmp_path / "a.docx", PARTS))
