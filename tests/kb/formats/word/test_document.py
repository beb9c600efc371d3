"""Word documents: read whatever their prefixes and part names, refused where they cannot be trusted."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import BadRequest
from kb.formats import ooxml_package
from kb.formats.word.document import read_docx
from kb.formats.word.paragraphs import Paragraph
from tests.calls import calls
from tests.kb.formats.word_files import BODY, NOTES, PARTS, RELATIONSHIPS, W, document, written_docx

TRANSITIONAL = "http://schemas.openxmlformats.org"
STRICT = "http://purl.oclc.org/ooxml"


def paragraphs(folder: Path, parts: dict[str, str]) -> list[Paragraph]:
    path = written_docx(folder / "a.docx", parts)
    return list(read_docx(path, path.read_bytes()).paragraphs)


def unprefixed(xml: str) -> str:
    """The part with Word's namespace as the default one and other prefixes for the rest."""
    bare = xml.replace("<w:", "<").replace("</w:", "</").replace("xmlns:w=", "xmlns:v=", 1)
    bare = bare.replace(" w:", " v:").replace(" r:id", " rr:id").replace("xmlns:r=", "xmlns:rr=")
    namespace = f"{TRANSITIONAL}/wordprocessingml/2006/main"
    return bare.replace(f'xmlns:v="{namespace}"', f'xmlns="{namespace}" xmlns:v="{namespace}"', 1)


def strict(xml: str) -> str:
    """The part in the strict namespaces."""
    return xml.replace(f"{TRANSITIONAL}/wordprocessingml/2006/", f"{STRICT}/wordprocessingml/").replace(
        f'{TRANSITIONAL}/officeDocument/2006/relationships"', f'{STRICT}/officeDocument/relationships"'
    )


@pytest.mark.parametrize("rewritten", [unprefixed, strict])
def test_elements_are_known_by_their_namespace(tmp_path: Path, rewritten: Callable[[str], str]) -> None:
    parts = PARTS | {name: rewritten(PARTS[name]) for name in ("word/document.xml", "word/footnotes.xml")}
    assert parts != PARTS
    assert paragraphs(tmp_path, parts) == paragraphs(tmp_path, PARTS)


def test_an_element_of_another_namespace_is_none_of_words(tmp_path: Path) -> None:
    body = '<w:p><w:r><w:t>kept</w:t></w:r><x:t xmlns:x="urn:x">other</x:t><t>bare</t></w:p>'
    assert [one.text for one in paragraphs(tmp_path, {"word/document.xml": document(body)})] == ["kept"]


@pytest.mark.parametrize("base", [f"{TRANSITIONAL}/officeDocument/2006", f"{STRICT}/officeDocument"])
def test_parts_are_found_by_their_relationships(tmp_path: Path, base: str) -> None:
    def related(*targets: tuple[str, str]) -> str:
        rows = (
            f'<Relationship Id="r{number}" Type="{base}/relationships/{kind}" Target="{target}"/>'
            for number, (kind, target) in enumerate(targets)
        )
        return f'<Relationships xmlns="{RELATIONSHIPS}">{"".join(rows)}</Relationships>'

    parts = {
        "_rels/.rels": related(("styles", "no.xml"), ("officeDocument", "/main/text.xml")),
        "main/text.xml": BODY,
        "main/_rels/text.xml.rels": related(("footnotes", "../notes/foot.xml")),
        "notes/foot.xml": NOTES,
    }
    read = paragraphs(tmp_path, parts)
    assert [one.where for one in read[-2:]] == ["footnote 2", "footnote 1"]
    assert [one.text for one in read] == [one.text for one in paragraphs(tmp_path, PARTS)]


def test_what_python_docx_writes_is_read(tmp_path: Path) -> None:
    written = docx.Document()
    written.add_paragraph("One ").add_run("two")
    written.add_paragraph("three", style="Intense Quote")
    written.save(str(tmp_path / "a.docx"))
    read = read_docx(tmp_path / "a.docx", (tmp_path / "a.docx").read_bytes()).paragraphs
    assert [(one.text, one.quoted) for one in read] == [("One two", False), ("three", True)]


def styles(*rows: tuple[str, str, str]) -> str:
    """A part of styles, each with an id, a name and the id of the style that it is based on."""
    written = (
        f'<w:style w:type="paragraph" w:styleId="{style}"><w:name w:val="{name}"/>'
        + (f'<w:basedOn w:val="{base}"/>' if base else "")
        + "</w:style>"
        for style, name, base in rows
    )
    return f"<w:styles {W}>{''.join(written)}</w:styles>"


def styled(style: str) -> str:
    return document(f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>words</w:t></w:r></w:p>')


@pytest.mark.parametrize(
    "rows",
    [
        (("a3", "Quote", ""),),
        (("a3", "Block Text", ""),),
        (("a3", "My own", "b1"), ("b1", "Another", "c1"), ("c1", "Intense Quote", "")),
        *(
            (("a3", name, ""),)
            for name in ("Zitat", "Citation intense", "Cita destacada", "Citação", "引用文 2")
        ),
        *(
            (("a3", name, ""),)
            for name in ("明显引用", "인용", "คำอ้างอิง", "اقتباس", "Цитата 2", "Trích dẫn", "Petikan")
        ),
        (("a3", "Blockzitat", ""),),
    ],
)
def test_a_block_quotation_is_known_by_the_name_of_its_style_or_of_one_it_is_based_on(
    tmp_path: Path, rows: tuple[tuple[str, str, str], ...]
) -> None:
    parts = {"word/document.xml": styled("a3"), "word/styles.xml": styles(*rows)}
    assert [one.quoted for one in paragraphs(tmp_path, parts)] == [True]


@pytest.mark.parametrize(
    "rows",
    [
        (),
        (("a3", "Body Text", "b1"), ("b1", "Normal", "a3")),
        (("a3", "Capacitación", ""), ("Quote", "Quote", "")),
    ],
)
def test_other_paragraphs_are_no_quotations_even_if_their_styles_are_based_in_a_circle(
    tmp_path: Path, rows: tuple[tuple[str, str, str], ...]
) -> None:
    parts = {"word/document.xml": styled("a3"), "word/styles.xml": styles(*rows)}
    assert [one.quoted for one in paragraphs(tmp_path, parts)] == [False]


@pytest.mark.parametrize("style", ["Quote", "IntenseQuote", "BlockText", "Zitat", "Citation", "Cita"])
def test_a_style_that_is_not_defined_is_known_by_its_id(tmp_path: Path, style: str) -> None:
    (one,) = paragraphs(tmp_path, {"word/document.xml": styled(style)})
    assert one.quoted


def test_a_former_style_under_tracked_changes_does_not_count(tmp_path: Path) -> None:
    change = '<w:pPrChange><w:pPr><w:pStyle w:val="Normal"/></w:pPr></w:pPrChange>'
    body = styled("Quote").replace("</w:pPr>", f"{change}</w:pPr>")
    assert [one.quoted for one in paragraphs(tmp_path, {"word/document.xml": body})] == [True]


@pytest.mark.parametrize(
    ("run", "words"),
    [
        ('<w:sym w:font="Times" w:char="201C"/><w:t>law</w:t><w:sym w:font="Times" w:char="201D"/>', "“law”"),
        ('<w:sym w:font="Arial" w:char="F093"/><w:t>law</w:t><w:sym w:font="Arial" w:char="F094"/>', "“law”"),
        (
            '<w:sym w:font="Wingdings" w:char="F07D"/><w:t>law</w:t>'
            '<w:sym w:font="Wingdings" w:char="F07E"/>',
            "“law”",
        ),
        ('<w:sym w:font="Symbol" w:char="F0B7"/><w:sym w:font="Wingdings" w:char="F0A7"/>', "••"),
        ('<w:sym w:font="Symbol" w:char="F061"/><w:sym w:font="x"/><w:sym w:font="x" w:char="D800"/>', "α"),
        ("<w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t>", ""),
        ('<w:rPr><w:vanish w:val="0"/></w:rPr><w:t>shown</w:t>', "shown"),
        ("<w:rPr><w:strike/></w:rPr><w:t>struck</w:t>", ""),
        ('<w:rPr><w:dstrike w:val="true"/></w:rPr><w:t>struck</w:t>', ""),
        ('<w:rPr><w:strike w:val="false"/></w:rPr><w:t>shown</w:t>', "shown"),
        ('<w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>12, 3</w:t>', ""),
        ('<w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>th</w:t>', "th"),
        ('<w:rPr><w:vertAlign w:val="subscript"/></w:rPr><w:t>2</w:t>', "2"),
        (
            "<w:ruby><w:rt><w:r><w:t>kan</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>漢</w:t></w:r></w:rubyBase></w:ruby>",
            "漢",
        ),
    ],
)
def test_symbols_are_characters_and_hidden_words_and_pronunciations_are_left_out(
    tmp_path: Path, run: str, words: str
) -> None:
    body = f"<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr><w:r>{run}</w:r><w:r><w:t>.</w:t></w:r></w:p>"
    assert [one.text for one in paragraphs(tmp_path, {"word/document.xml": document(body)})] == [f"{words}."]


@pytest.mark.parametrize(
    ("properties", "words"),
    [
        ("", "shown"),
        ('<w:rPr><w:rStyle w:val="h"/></w:rPr>', ""),
        ('<w:rPr><w:rStyle w:val="h2"/></w:rPr>', ""),
        ('<w:rPr><w:rStyle w:val="h"/><w:vanish w:val="0"/></w:rPr>', "shown"),
        ('<w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>', "shown"),
    ],
)
def test_words_are_hidden_by_their_style_too(tmp_path: Path, properties: str, words: str) -> None:
    hiding = '<w:style w:styleId="h"><w:rPr><w:vanish/></w:rPr></w:style>'
    hiding += '<w:style w:styleId="h2"><w:basedOn w:val="h"/></w:style><w:style w:styleId="x"/>'
    hiding += (
        '<w:style w:styleId="FootnoteReference"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
    )
    body = f"<w:p><w:r>{properties}<w:t>shown</w:t></w:r><w:r>{properties}<w:t>7</w:t></w:r></w:p>"
    hidden = '<w:p><w:pPr><w:pStyle w:val="h"/></w:pPr><w:r><w:t>gone</w:t></w:r></w:p>'
    parts = {
        "word/document.xml": document(body + hidden),
        "word/styles.xml": f"<w:styles {W}>{hiding}</w:styles>",
    }
    expected = words and (words if "FootnoteReference" in properties else f"{words}7")
    assert [one.text for one in paragraphs(tmp_path, parts)] == [expected, ""]


@pytest.mark.parametrize(
    ("indent", "indented"),
    [
        ('w:left="720" w:right="720"', True),
        ('w:start="567" w:end="284"', True),
        ('w:left="720"', False),
        ('w:left="720" w:right="10"', False),
        ('w:left="-720" w:right="x"', False),
    ],
)
def test_a_paragraph_indented_on_both_sides_is_known(tmp_path: Path, indent: str, indented: bool) -> None:
    body = f"<w:p><w:pPr><w:ind {indent}/></w:pPr><w:r><w:t>words</w:t></w:r></w:p>"
    assert [one.indented for one in paragraphs(tmp_path, {"word/document.xml": document(body)})] == [indented]


def test_the_words_of_drawn_text_are_read(tmp_path: Path) -> None:
    body = '<w:p xmlns:v="urn:schemas-microsoft-com:vml"><w:r><w:pict><v:textpath string="“law”"/>'
    (one,) = paragraphs(tmp_path, {"word/document.xml": document(f"{body}</w:pict></w:r></w:p>")})
    assert one.text == "“law” "


def test_the_marks_of_notes_are_known_by_their_place(tmp_path: Path) -> None:
    raised = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
    mark = f'<w:r>{raised}<w:t>*</w:t><w:footnoteReference w:id="7"/></w:r>'
    body = f"<w:p><w:r><w:t>one</w:t></w:r>{mark}</w:p>"
    read = paragraphs(tmp_path, PARTS | {"word/document.xml": document(body)})
    assert [(one.text, one.note_marks, one.note) for one in read] == [
        ("one", [(3, ("footnote", "7"))], None),
        ("“first” /passages/a/p3", [], ("footnote", "7")),
    ]


@pytest.mark.parametrize(
    ("code", "link"),
    [
        ('HYPERLINK "http://h/passages/a/p1"', "http://h/passages/a/p1"),
        ("HYPERLINK http://h/passages/a/p1 ", "http://h/passages/a/p1"),
        ('HYPERLINK  "http://h/documents/a" \\l "p1"', "http://h/documents/a#p1"),
        ('HYPERLINK "http://h/documents/a" \\o "tip" ', "http://h/documents/a"),
    ],
)
def test_the_links_of_both_forms_of_fields_are_read(tmp_path: Path, code: str, link: str) -> None:
    attribute = code.replace('"', "&quot;")
    body = (
        f'<w:p><w:fldSimple w:instr=" {attribute} "><w:r><w:t>one</w:t></w:r></w:fldSimple></w:p>'
        f"<w:p><w:r><w:instrText>{code[:15]}</w:instrText></w:r><w:r><w:instrText>{code[15:]}</w:instrText></w:r>"
        "<w:r><w:t>two</w:t></w:r></w:p>"
    )
    read = paragraphs(tmp_path, {"word/document.xml": document(body)})
    assert [(one.text, one.links) for one in read] == [("one", [link]), ("two", [link])]


PACKAGE = f'xmlns="{RELATIONSHIPS}"'


def text(words: str) -> str:
    return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"


def test_the_words_of_all_parts_are_read_and_what_is_not_is_named(tmp_path: Path) -> None:
    kinds = {
        "r1": ("header", "h2.xml"),
        "r2": ("header", "h1.xml"),
        "r3": ("footer", "f.xml"),
        "r4": ("comments", "c.xml"),
        "r5": ("diagramData", "d.xml"),
        "r6": ("theme", "theme.xml"),
        "r7": ("aFChunk", "/chunk.html"),
        "r8": ("package", "embeddings/x.docx"),
        "r9": ("header", "gone.xml"),
    }
    rows = (f'<Relationship Id="{one}" Type="x/{kind}" Target="{to}"/>' for one, (kind, to) in kinds.items())
    drawing = "http://schemas.openxmlformats.org/drawingml/2006/main"
    parts = {
        "word/document.xml": document(text("body")),
        "word/_rels/document.xml.rels": f"<Relationships {PACKAGE}>{''.join(rows)}</Relationships>",
        "word/h1.xml": f"<w:hdr {W}>{text('second')}</w:hdr>",
        "word/h2.xml": f"<w:hdr {W}>{text('first')}{text('too')}</w:hdr>",
        "word/f.xml": f"<w:ftr {W}>{text('foot')}</w:ftr>",
        "word/c.xml": f'<w:comments {W}><w:comment w:id="4">{text("a")}{text("b")}</w:comment>'
        f'<w:comment w:id="2">{text("c")}</w:comment></w:comments>',
        "word/d.xml": f'<d xmlns:a="{drawing}"><a:p><a:r><a:t>box</a:t></a:r><a:br/>'
        "<a:r><a:t>es</a:t></a:r></a:p></d>",
    }
    path = written_docx(tmp_path / "a.docx", parts)
    read = read_docx(path, path.read_bytes())
    assert [(one.where, one.text) for one in read.paragraphs] == [
        *(("paragraph 1", "body"), ("comment 1", "a"), ("comment 1", "b"), ("comment 2", "c")),
        *(("header 1", "first"), ("header 1", "too"), ("header 2", "second"), ("footer 1", "foot")),
        ("diagram 1", "box\nes"),
    ]
    assert read.unread == ("chunk.html", "word/embeddings/x.docx", "word/gone.xml")


def test_a_drawing_that_has_only_its_fallback_is_read(tmp_path: Path) -> None:
    namespace = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    body = f"<w:p {namespace}><w:r><mc:AlternateContent><mc:Fallback>{text('box')}</mc:Fallback>"
    body += "</mc:AlternateContent></w:r></w:p>"
    assert [one.text for one in paragraphs(tmp_path, {"word/document.xml": document(body)})] == ["", "box"]


BOMB = "".join(f'<!ENTITY a{at} "{f"&a{at - 1};" * 10}">' for at in range(1, 12))


@pytest.mark.parametrize(
    "parts",
    [
        {},
        {"word/document.xml": "<w:p>"},
        {"word/document.xml": "<w:document><w:p/></w:document>"},
        {"word/document.xml": BODY.replace("w:document", "w:workbook")},
        {"word/document.xml": f"<!DOCTYPE x>{BODY.partition('?>')[2]}"},
        {"word/document.xml": f'<!DOCTYPE x [<!ENTITY a0 "lol">{BOMB}]>{document("<w:p>&a11;</w:p>")}'},
        {"word/document.xml": f'<!DOCTYPE x SYSTEM "secret">{document("<w:p/>")}'},
        {"word/document.xml": '<!DOCTYPE x [<!ENTITY s SYSTEM "secret">]>' + document("<w:p>&s;</w:p>")},
        {"word/document.xml": document("<w:p>&undeclared;</w:p>")},
        PARTS | {"word/footnotes.xml": "<w:footnotes>"},
        PARTS | {"word/footnotes.xml": NOTES.replace(" xmlns:w", " xmlns:v")},
    ],
    ids=[
        *(
            "empty",
            "broken",
            "no namespace",
            "another kind of file",
            "document type",
            "entity bomb",
            "external document type",
        ),
        *("external entity", "undeclared entity", "broken notes", "notes of no namespace"),
    ],
)
def test_a_word_document_that_cannot_be_trusted_is_refused(
    tmp_path: Path, parts: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "secret").write_text("secret", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(BadRequest, match=r"cannot read .* as a Word document; save it as DOCX again"):
        paragraphs(tmp_path, parts)


def _refusal(folder: Path, parts: dict[str, str]) -> str:
    with pytest.raises(BadRequest) as refused:
        paragraphs(folder, parts)
    return str(refused.value)


def test_a_document_unpacks_to_no_more_than_its_limit_in_all_parts_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ooxml_package, "MAX_UNPACKED_BYTES", 100_000)
    bomb = document("<w:p/>" + " " * 90_000)
    assert len(paragraphs(tmp_path, {"word/document.xml": bomb})) == 1
    for parts in ({"word/document.xml": bomb * 2}, {"word/document.xml": bomb, "word/styles.xml": bomb}):
        assert "the document unpacks to more than 100,000 bytes" in _refusal(tmp_path, parts)


def test_a_document_has_no_more_tags_and_parts_than_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ooxml_package, "MAX_TAGS", 1_000)
    monkeypatch.setattr(ooxml_package, "MAX_PARTS", 50)
    many_tags = {"word/document.xml": document("<w:p/>" * 1_000)}
    assert "the document has more than 1,000 tags" in _refusal(tmp_path, many_tags)
    many_parts = {"word/document.xml": document("<w:p/>"), **{f"a{number}": "" for number in range(50)}}
    assert "the document has more than 50 parts" in _refusal(tmp_path, many_parts)


def test_parts_that_overlap_or_have_no_place_in_the_file_are_refused(tmp_path: Path) -> None:
    path = written_docx(tmp_path / "a.docx", {"word/document.xml": document("<w:p/>")})
    data = path.read_bytes()
    at = data.rindex(b"PK\x01\x02") + 42  # where the entry says that its part begins
    for offset in (b"\xff\xff\xff\xff", b"\0\0\0\x80", b"\x07\0\0\0"):
        with pytest.raises(BadRequest):
            read_docx(path, data[:at] + offset + data[at + 4 :])


def test_a_part_packed_as_no_office_file_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.docx", "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("word/document.xml", BODY)
    with pytest.raises(BadRequest):
        read_docx(tmp_path / "a.docx", (tmp_path / "a.docx").read_bytes())


@given(st.data())
def test_a_damaged_file_is_refused_or_read(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in PARTS.items():
            archive.writestr(name, text)
    damaged = bytearray(packed.getvalue())
    for _ in range(data.draw(st.integers(1, 4))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.mktemp("damaged") / "a.docx"
    path.write_bytes(damaged[: data.draw(st.integers(0, len(damaged)))])
    with suppress(BadRequest):
        read_docx(path, path.read_bytes())


RUN = "<w:r><w:t>a run of words </w:t></w:r>"


@pytest.mark.slow
@pytest.mark.parametrize(
    "body",
    [
        lambda size: f"<w:p>{RUN * size}</w:p>",
        lambda size: f"<w:p>{RUN}</w:p>" * size,
        lambda size: "<w:p>" * size + "</w:p>" * size,
        lambda size: "<w:del>" * size + RUN + "</w:del>" * size,
        lambda size: f"<w:p>{'<w:r><w:instrText>HYPERLINK </w:instrText></w:r>' * size}</w:p>",
    ],
    ids=["runs", "paragraphs", "paragraphs in paragraphs", "deletions in deletions", "field codes"],
)
def test_the_work_grows_with_the_size(tmp_path: Path, body: Callable[[int], str]) -> None:
    paths = [
        written_docx(tmp_path / f"{size}.docx", {"word/document.xml": document(body(size))})
        for size in (1_000, 10_000)
    ]
    few, many = (calls(partial(read_docx, path, path.read_bytes())) for path in paths)
    assert few > 1_000
    assert many < 11 * few


def test_a_paragraph_of_a_hundred_thousand_runs_is_put_together_once(tmp_path: Path) -> None:
    (one,) = paragraphs(tmp_path, {"word/document.xml": document(f"<w:p>{RUN * 100_000}</w:p>")})
    assert one.text == "a run of words " * 100_000
