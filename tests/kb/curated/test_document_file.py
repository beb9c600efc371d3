"""Curated documents: front matter and passages."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.curated import document_file
from kb.curated.document_file import DOCUMENT_FIELDS, dump_document, read_document_file
from kb.ids import is_id
from kb.model import Document, Passage
from kb.sources.person_name import PersonName

FRONT = "---\nslug: d\ntitle: T\nkind: treaty\n{}\n---\nwords\n{{: #p1 }}\n"

words = st.text(st.sampled_from(list("ab:#,[]{}\"'\\\n-?!&* ")) | st.characters(codec="utf-8"), max_size=15)
shown = words.filter(lambda text: bool(text.strip()))
parts = words.map(lambda text: text if text.strip() else "")
names = st.builds(PersonName, shown, parts, parts) | st.builds(PersonName, literal=shown)
slugs = st.text(st.sampled_from("abN0._-"), min_size=1, max_size=8).filter(is_id)


@st.composite
def written(draw: st.DrawFn) -> Document:
    status = draw(st.sampled_from(document_file.STATUSES))
    keys = words.filter(lambda key: key not in {*DOCUMENT_FIELDS, "slug", "id"})
    return Document(
        id=draw(slugs),
        title=draw(shown),
        kind=draw(shown.filter(lambda kind: kind != "note")),
        date=draw(st.sampled_from(["", "2015", "2015-03-25/2015-03-26", "201X"])),
        event_date=draw(st.sampled_from(["", "1998~"])),
        issuers=tuple(draw(st.lists(shown, max_size=3))),
        authors=tuple(draw(st.lists(names, max_size=3))),
        editors=tuple(draw(st.lists(names, max_size=2))),
        place=draw(words),
        language=draw(st.sampled_from(["", "en", "no"])),
        url=draw(words),
        licence=draw(words),
        source=draw(st.sampled_from(["", "a.txt"])),
        sha256="0" * 64,
        numbering=draw(words),
        status=status,
        superseded_by="other" if status == "superseded" else "",
        supplied=tuple(draw(st.lists(st.sampled_from(DOCUMENT_FIELDS), max_size=3))),
        formerly=tuple(draw(st.lists(slugs, max_size=2))),
        further=tuple(draw(st.dictionaries(keys, words, max_size=3)).items()),
    )


@given(document=written(), text=shown.filter(lambda text: bool(text.split())))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_document_written_reads_back_the_same(document: Document, text: str, tmp_path: Path) -> None:
    path = tmp_path / "d.md"
    passages = (Passage(document.id, "p1", text, locator="para 1"),)
    path.write_text(dump_document(document, passages), encoding="utf-8", newline="")
    assert read_document_file(path) == (document, passages, ())


def faults_of(tmp_path: Path, text: str | bytes) -> list[str]:
    path = tmp_path / "d.md"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    faults = read_document_file(path)[2]
    assert all(fault.path == path and fault.remedy for fault in faults)
    return [f"{fault.line}: {fault.problem}" for fault in faults]


def test_values_stay_the_strings_that_were_written(tmp_path: Path) -> None:
    path = tmp_path / "d.md"
    path.write_text(
        FRONT.format("number: 012\nok: no\nday: 2015-01-01\nempty:\nlist: [1, 2]"), encoding="utf-8"
    )
    document, _, faults = read_document_file(path)
    assert not faults
    assert document.further == (
        ("number", "012"),
        ("ok", "no"),
        ("day", "2015-01-01"),
        ("empty", ""),
        ("list", "1, 2"),
    )


@pytest.mark.parametrize("prefix", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("newline", [b"\n", b"\r\n"])
def test_byte_order_marks_and_windows_line_ends_are_no_faults(
    tmp_path: Path, prefix: bytes, newline: bytes
) -> None:
    text = prefix + FRONT.format("place: Bangkok").encode().replace(b"\n", newline)
    assert faults_of(tmp_path, text) == []


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ("date: yesterday", "5: “yesterday” is not a date"),
        ("event_date: 2015-02-30", "5: “2015-02-30” names a day or month that does not exist"),
        ("source: a.txt", "5: the source has no checksum"),
        ("sha256: abc", "5: this is not a SHA-256 checksum"),
        (f"label: {'a' * 61}", "5: a label is one line of at most 60 characters"),
        ('label: "a\\nb"', "5: a label is one line of at most 60 characters"),
        ("status: old", "5: unknown status “old”"),
        ("ocr: maybe", "5: unknown OCR state “maybe”"),
        ("status: superseded", "5: a superseded document must name its successor"),
        ("superseded_by: e", "5: only a superseded document has “superseded_by”"),
        ("language: English", "5: “English” is not a language tag"),
        ("language: th, en", "5: “th, en” names several languages"),
        ("language: th_TH", "5: “th_TH” is not a language tag"),
        (f"{'x' * 201}: y", "5: a key is longer than 200 characters"),
        ("supplied: [colour]", "5: a document has no field “colour”"),
        ("id: d", "5: a document's id is called “slug” here"),
        ("title: Again", "5: duplicate key “title”"),
        ("place: [a, b]", "5: “place” takes a single value, not a list"),
        ("place: {a: b}", "5: entries cannot be nested here"),
        ("issuers:\n  - a\n  -", "7: an item of “issuers” is empty"),
        ('issuers: [a, ""]', "5: an item of “issuers” is empty"),
        ("issuers: [[a]]", "5: values are nested too deeply"),
        ("a: &x b", "5: anchors (&) and aliases (*) are not supported"),
        ("a: *x", "5: anchors (&) and aliases (*) are not supported"),
        ("a: !!int 1", "5: tags (!) are not supported"),
        ("[a]: b", "5: a key must be a plain word"),
        ("a: b: c", "5: invalid YAML: mapping values are not allowed here"),
        ('a: "\\UFFFFFFFF"', "2: invalid YAML: impossible character or number"),
        ('a: "\\uD800"', "5: there is half a character here (a lone surrogate)"),
        ("a: \x00", "5: there is a NUL character here"),
    ],
)
def test_a_wrong_entry_is_a_fault_on_its_line(tmp_path: Path, entry: str, fault: str) -> None:
    assert fault in faults_of(tmp_path, FRONT.format(entry))


NO_START = "2: invalid YAML: expected '<document start>', but found '<stream end>'"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("words", "1: the file does not begin with front matter"),
        ("", "1: the file does not begin with front matter"),
        ("---\nslug: d\n", "1: the front matter is not closed"),
        ("---\n- a\n---\n", "2: expected entries of the form “key: value”"),
        ("---\nword\n---\n", "2: expected entries of the form “key: value”"),
        (
            "---\n%YAML 1.1\n---\n",
            "2: invalid YAML: expected '<document start>', but found '<stream end>'",
        ),
        ("---\n--- a\n---\n", "2: there is a --- line or a % directive inside the YAML"),
        ("---\n# nothing\n---\n", "1: “slug” is missing from the front matter"),
        ("---\ntitle: T\nkind:\n---\nx\n{: #1 }", "3: “kind” is missing from the front matter"),
        ("---\nslug: a/b\ntitle: T\nkind: k\n---\n", "2: “a/b” is not a valid slug"),
        ("---\nslug: ..\ntitle: T\nkind: k\n---\n", "2: “..” is not a valid slug"),
        (
            "---\nslug: a\ntitle: T\nkind: note\n---\n",
            "4: the kind “note” is reserved for this site's own words",
        ),
        ("---\nslug: a\ntitle: T\nkind: k\n---\n", "6: the document has no passages"),
        ("---\n" + "[" * 1000 + "\n---\n", "2: values are nested too deeply"),
        ("---\n" + "a: b\n" * 100_000 + "---\n", "2: the YAML is longer than 256,000 characters"),
        (b"---\nslug: \xff\n---\n", "2: this is not UTF-8 text"),
        (b"---\n\n\0", "3: there is a NUL character here"),
        (b" " * 8_000_001, "1: the file is larger than 8,000,000 bytes"),
    ],
)
def test_a_file_that_cannot_be_read_is_a_fault(tmp_path: Path, text: str | bytes, fault: str) -> None:
    assert fault in faults_of(tmp_path, text)


def test_a_folder_named_like_a_document_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "d.md").mkdir()
    (fault,) = read_document_file(tmp_path / "d.md")[2]
    assert fault.problem.startswith("cannot read the file: ")


def test_an_entry_may_be_one_value_or_a_list(tmp_path: Path) -> None:
    path = tmp_path / "d.md"
    path.write_text(FRONT.format("issuers: UNODC"), encoding="utf-8")
    assert read_document_file(path)[0].issuers == ("UNODC",)
