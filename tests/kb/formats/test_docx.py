"""Word documents: read whatever their prefixes and part names, refused where they cannot be trusted."""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import FrameType

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import BadRequest
from kb.formats.docx import Paragraph, read_docx
from tests.kb.formats.word_files import BODY, NOTES, PARTS, RELATIONSHIPS, document, written_docx

TRANSITIONAL = "http://schemas.openxmlformats.org"
STRICT = "http://purl.oclc.org/ooxml"


def paragraphs(folder: Path, parts: dict[str, str]) -> list[Paragraph]:
    return read_docx(written_docx(folder / "a.docx", parts))


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
    read = read_docx(tmp_path / "a.docx")
    assert [(one.text, one.quoted) for one in read] == [("One two", False), ("three", True)]


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
        {"word/document.xml": " " * 50_000_001},
        {"word/document.xml": document("<w:p/>" * 9_000_000)},
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
        *("external entity", "undeclared entity", "large when unpacked", "zip bomb of paragraphs"),
        *("broken notes", "notes of no namespace"),
    ],
)
def test_a_word_document_that_cannot_be_trusted_is_refused(
    tmp_path: Path, parts: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "secret").write_text("secret", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(BadRequest, match=r"cannot read .* as a Word document; save it as DOCX again"):
        paragraphs(tmp_path, parts)


def test_a_part_packed_as_no_office_file_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.docx", "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("word/document.xml", BODY)
    with pytest.raises(BadRequest):
        read_docx(tmp_path / "a.docx")


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
        read_docx(path)


def calls(path: Path) -> int:
    """The function calls that reading a file takes, those of C functions included."""
    count = 0

    def counted(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        read_docx(path)
    finally:
        sys.setprofile(before)
    return count


RUN = "<w:r><w:t>a run of words </w:t></w:r>"


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
    few, many = (
        calls(written_docx(tmp_path / f"{size}.docx", {"word/document.xml": document(body(size))}))
        for size in (1_000, 10_000)
    )
    assert few > 1_000
    assert many < 11 * few


def test_a_paragraph_of_a_hundred_thousand_runs_is_put_together_once(tmp_path: Path) -> None:
    (one,) = paragraphs(tmp_path, {"word/document.xml": document(f"<w:p>{RUN * 100_000}</w:p>")})
    assert one.text == "a run of words " * 100_000
