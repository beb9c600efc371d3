"""The interchange form."""

from __future__ import annotations

import gzip
import json
import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.collection import loader
from kb.collection.loader import read_collection
from kb.errors import MAX_FAULTS
from kb.interchange.reader import read_interchange
from kb.interchange.writer import INTERCHANGE_FILES, write_interchange
from kb.model import Collection, Document, Passage, SubPoint
from kb.published import Published, Withdrawal
from kb.sources.instrument import Instrument
from kb.sources.person_name import PersonName
from kb.text.fingerprint import fingerprint

DOCUMENTS = [
    {"id": "d", "title": "T", "kind": "treaty", "date": None, "country": "FR", "number": 7, "gone": None}
]
PASSAGES = [
    {"document": "d", "id": "p1", "text": "One.", "themes": ["a/x"], "locator": None},
    {"document": "d", "id": "p2", "text": "Two.", "heading": "Part I", "locator": "art 2"},
]


def fill(folder: Path, **files: Any) -> Path:
    for name, content in ({"documents": DOCUMENTS, "passages": PASSAGES} | files).items():
        if isinstance(content, list):
            content = "".join(json.dumps(one) + "\n" for one in content).encode()
        (folder / f"{name}.jsonl").write_bytes(content)
    return folder


def faults_of(folder: Path) -> list[str]:
    faults = read_interchange(folder).faults
    assert all(fault.line >= 1 and fault.remedy for fault in faults)
    return [f"{fault.path.name}:{fault.line}: {fault.problem}" for fault in faults]


def test_documents_and_passages_are_read_in_order(tmp_path: Path) -> None:
    draft = read_interchange(fill(tmp_path))
    (document,) = draft.documents
    assert draft.faults == ()
    assert document.date == ""
    assert document.further == (("country", "FR"), ("number", "7"))
    assert [one.id for one in draft.passages["d"]] == ["p1", "p2"]
    assert draft.passages["d"][0].themes == ("a", "a/x")
    assert (draft.passages["d"][1].locator, draft.passages["d"][1].heading) == ("art 2", "Part I")


def test_without_a_file_of_themes_they_are_made_from_the_tags(tmp_path: Path) -> None:
    (theme,) = read_interchange(fill(tmp_path)).made
    assert (theme.slug, theme.title, theme.order) == ("a", "A", 1)
    assert theme.subpoints == (SubPoint("x", "X"),)


def test_described_themes_are_read(tmp_path: Path) -> None:
    described = [
        {"slug": "a", "title": "Alpha", "subpoints": [{"slug": "x", "title": "Xi"}]},
        {"slug": "b", "title": "B"},
    ]
    draft = read_interchange(fill(tmp_path, themes=described))
    assert draft.made == ()
    assert [(theme.label, theme.order) for theme in draft.themes] == [("Alpha", 1), ("B", 2)]


def test_gzipped_files_with_a_byte_order_mark_and_blank_lines_are_read(tmp_path: Path) -> None:
    fill(tmp_path)
    plain = tmp_path / "passages.jsonl"
    (tmp_path / "passages.jsonl.gz").write_bytes(
        gzip.compress(b"\xef\xbb\xbf" + plain.read_bytes() + b"\n\r\n")
    )
    plain.unlink()
    draft = read_interchange(tmp_path)
    assert draft.faults == ()
    assert len(draft.passages["d"]) == 2


def test_the_unit_and_the_pages_of_a_passage_are_read(tmp_path: Path) -> None:
    given = [
        {"document": "d", "id": "1", "text": "x", "unit": "row", "page": 3},
        {"document": "d", "id": "2", "text": "x", "unit": None, "page": "3", "page_end": 4},
        {"document": "d", "id": "3", "text": "x", "page": "xii"},
    ]
    draft = read_interchange(fill(tmp_path, passages=given))
    assert draft.faults == ()
    assert [(each.unit, each.page, each.page_end, each.further) for each in draft.passages["d"]] == [
        ("row", 3, 3, ()),
        ("", 3, 4, ()),
        ("", None, None, (("page", "xii"),)),
    ]


def one(**values: Any) -> list[dict[str, Any]]:
    return [values]


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("passages", b"{", "passages.jsonl:1: invalid JSON: "),
        ("passages", b"\n[1]", "passages.jsonl:2: this line is not a JSON object"),
        ("passages", b"\xff", "passages.jsonl:1: this is not UTF-8 text"),
        ("passages", b'{"a": "\xed\xa0\x80"}', "passages.jsonl:1: this is not UTF-8 text"),
        ("passages", b"[" * 100_000, "passages.jsonl:1: this line is nested too deeply"),
        ("passages", b"1" * 5000, "passages.jsonl:1: a number has more than 100 digits"),
        ("passages", b" " * 10_000_001, "passages.jsonl:1: this line is longer than 10,000,000 bytes"),
        (
            "passages",
            b'{"document": "d", "id": "p", "text": "\\ud800"}',
            "passages.jsonl:1: there is half a character here",
        ),
        ("passages", b'{"id": "a", "id": "b"}', "passages.jsonl:1: duplicate key “id”"),
        (
            "passages",
            one(document="d", id="p", text="x", unit="clause"),
            "passages.jsonl:1: unknown unit “clause”",
        ),
        (
            "passages",
            one(document="d", id="p", text="x", unit=["row"]),
            "passages.jsonl:1: unknown unit “['row']”",
        ),
        (
            "passages",
            one(document="d", id="p", text="x", page=0),
            "passages.jsonl:1: “page” is “0”, which is not a page",
        ),
        ("passages", one(document="d", id="p", text="x", page=True), "passages.jsonl:1: “page” is “True”"),
        ("passages", one(document="d", id="p", text="x", page=2.5), "passages.jsonl:1: “page” is “2.5”"),
        (
            "passages",
            one(document="d", id="p", text="x", page=9, page_end=8),
            "passages.jsonl:1: “page_end” is 8",
        ),
        (
            "passages",
            b'{"id": "a", "x": [{"y": 1, "y": 1}]}',
            "passages.jsonl:1: duplicate key “y”",
        ),
        ("documents", b'{"id": "d", "x": NaN}', "documents.jsonl:1: “NaN” is not a JSON number"),
        ("documents", b'{"id": "d", "x": -Infinity}', "documents.jsonl:1: “-Infinity” is not a JSON number"),
        ("documents", b'{"id": "d", "x": 1e999}', "documents.jsonl:1: “1e999” is not a JSON number"),
        (
            "withdrawn",
            one(document="d", passage="p", fingerprint="F" * 64, date="2015-01-01"),
            "withdrawn.jsonl:1: this is not a fingerprint",
        ),
        (
            "withdrawn",
            one(document="d", passage="p", fingerprint="f" * 64, date="2015-02-30"),
            "withdrawn.jsonl:1: “2015-02-30” is not a day",
        ),
        (
            "moves",
            one(document="d", passage="p", to="d"),
            "moves.jsonl:1: “d” is not a valid target",
        ),
        ("moves", one(document="d", to="e/p"), "moves.jsonl:1: “e/p” is not a valid document id"),
        ("moves", one(document="d", passage="p"), "moves.jsonl:1: “to” is missing"),
        ("moves", one(document="d", passage="", to="d/p"), 'moves.jsonl:1: "" is not a valid “passage”'),
        ("moves", one(document="d", to="e") * 2, "moves.jsonl:2: duplicate id “d”"),
        (
            "moves",
            one(document="d", passage="p", to="e/p") * 2,
            "moves.jsonl:2: duplicate id “d/p”",
        ),
        (
            "published",
            one(document="d", passage="p", fingerprint="f" * 64, date="2015-01-01", text="x"),
            "published.jsonl:1: the fingerprint does not match the text",
        ),
        (
            "published",
            one(document="d", passage="p", fingerprint=fingerprint("x"), text="x"),
            "published.jsonl:1: “date” is missing",
        ),
        ("passages", one(document="e", id="p", text="x"), "passages.jsonl:1: unknown document “e”"),
        ("passages", one(document=7, id="p", text="x"), "passages.jsonl:1: unknown document “7”"),
        ("passages", one(document="d", text="x"), "passages.jsonl:1: “id” is missing"),
        ("passages", one(document="d", id="a/b", text="x"), 'passages.jsonl:1: "a/b" is not a valid “id”'),
        ("passages", one(document="d", id=7, text="x"), "passages.jsonl:1: 7 is not a valid “id”"),
        ("passages", one(document="d", id="p", text=" "), "passages.jsonl:1: passage “p” is empty"),
        ("passages", one(document="d", id="p", text=7), "passages.jsonl:1: “text” is not a string"),
        (
            "passages",
            one(document="d", id="p", text="x", themes="a"),
            "passages.jsonl:1: “themes” is not a list",
        ),
        (
            "passages",
            one(document="d", id="p", text="x", themes=[1]),
            "passages.jsonl:1: “themes” is not a list",
        ),
        (
            "passages",
            one(document="d", id="p", text="x", themes=["a/b/c"]),
            "passages.jsonl:1: “a/b/c” is not a theme",
        ),
        (
            "passages",
            one(document="d", id="p", text="x", heading="h", quotation=1),
            "passages.jsonl:1: “quotation” is not",
        ),
        (
            "passages",
            one(document="d", id="p", text="x", heading="h", provisions=[{}]),
            "passages.jsonl:1: “instrument” is",
        ),
        ("passages", [*PASSAGES, PASSAGES[0]], "passages.jsonl:3: duplicate id “p1”"),
        ("documents", one(id="d"), "documents.jsonl:1: “title” is missing"),
        ("documents", [*DOCUMENTS, *DOCUMENTS], "documents.jsonl:2: duplicate id “d”"),
        ("documents", one(id="d", title="T", date="1 May"), "documents.jsonl:1: “1 May” is not a date"),
        (
            "documents",
            one(id="d", title="T", language="tha"),
            "documents.jsonl:1: “tha” is not a language tag",
        ),
        (
            "documents",
            one(id="d", title="T", slug="e"),
            "documents.jsonl:1: a document's id is called “id” here",
        ),
        (
            "documents",
            one(id="d", title="T", issuers="UN"),
            "documents.jsonl:1: “issuers” is not a list of strings",
        ),
        (
            "documents",
            [{"id": "d", "title": "T", "x" * 201: "y"}],
            "documents.jsonl:1: a key is longer than 200",
        ),
        (
            "passages",
            one(document="d", id="p9", text="x", html="<b>" * 20_001),
            "passages.jsonl:1: “html” has more than 20,000 tags",
        ),
        ("themes", one(slug="a", title="A", order="1"), "themes.jsonl:1: “order” is not a whole number"),
        (
            "themes",
            one(slug="a", title="A", subpoints=["x"]),
            "themes.jsonl:1: “subpoints” is not a list of objects",
        ),
        ("instruments", one(name="UNTOC"), "instruments.jsonl:1: “title” is missing"),
        ("instruments", one(title="UNTOC"), "instruments.jsonl:1: “name” is missing"),
        ("instruments", one(id="a b", title="A"), "instruments.jsonl:1: “a b” is not a valid id"),
        ("instruments", one(id="a", title="A", urk="x"), "instruments.jsonl:1: unknown key “urk”"),
        ("instruments", 2 * one(id="a", title="A"), "instruments.jsonl:2: duplicate id “a”"),
        ("withdrawn", one(document="d", passage="p"), "withdrawn.jsonl:1: “fingerprint” is missing"),
        (
            "withdrawn",
            2 * one(document="d", passage="p", fingerprint="f" * 64, date="2015-01-01"),
            "withdrawn.jsonl:2: duplicate id “d/p”",
        ),
    ],
)
def test_what_cannot_be_read_is_a_fault_on_its_line(
    tmp_path: Path, name: str, content: Any, fault: str
) -> None:
    faults = faults_of(fill(tmp_path, **{name: content}))
    assert any(found.startswith(fault) for found in faults), faults


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("withdrawn", "restore this file, or export it again"),
        ("moves", "restore this file, or export it again"),
        ("published", "restore this file, or export it again"),
        ("passages", "write one object {...} per line"),
    ],
)
def test_a_line_of_the_history_that_cannot_be_read_is_not_mended_by_hand(
    tmp_path: Path, name: str, remedy: str
) -> None:
    faults = read_interchange(fill(tmp_path, **{name: b'{"document": "d", "pass'})).every_fault
    assert [one.remedy for one in faults if one.path.stem == name] == [remedy]


@pytest.mark.parametrize("cut", [5, -4, -30])
def test_a_truncated_gzip_is_a_fault(tmp_path: Path, cut: int) -> None:
    fill(tmp_path)
    data = gzip.compress((tmp_path / "passages.jsonl").read_bytes() * 50)
    (tmp_path / "passages.jsonl").unlink()
    (tmp_path / "passages.jsonl.gz").write_bytes(data[:cut])
    assert any("cannot read past this point" in fault for fault in faults_of(tmp_path))


def test_a_gzip_that_is_none_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "themes.jsonl.gz").write_bytes(b"{}")
    assert any("cannot read past this point" in fault for fault in faults_of(fill(tmp_path)))


def test_the_same_file_in_both_forms_is_a_fault(tmp_path: Path) -> None:
    fill(tmp_path)
    (tmp_path / "passages.jsonl.gz").write_bytes(gzip.compress(b""))
    assert "passages.jsonl.gz:1: passages.jsonl is here as well" in faults_of(tmp_path)


def test_faults_beyond_two_hundred_are_counted_by_kind(tmp_path: Path) -> None:
    wrong = [{"document": "d", "id": f"p{n}", "text": 7 if n % 2 else " "} for n in range(1501)]
    faults = faults_of(fill(tmp_path, passages=[*wrong, {"id": "a"}]))
    assert len(faults) == MAX_FAULTS + 3
    assert faults[MAX_FAULTS:] == [
        "passages.jsonl:201: 651 more of this kind, from here on: passage “p200” is empty",
        "passages.jsonl:202: 650 more of this kind, from here on: “text” is not a string",
        "passages.jsonl:1502: unknown document “None”",
    ]


def test_a_file_of_nothing_but_faults_is_read_to_its_end(tmp_path: Path) -> None:
    faults = faults_of(fill(tmp_path, passages=b"{\n" * 1000 + b" " * 10_000_001))
    assert len(faults) == MAX_FAULTS + 2
    assert faults[-1] == "passages.jsonl:1001: this line is longer than 10,000,000 bytes"


def test_html_of_notes_is_sanitised_again(tmp_path: Path) -> None:
    html = '<p onclick="x()">a<script>b</script></p>'
    passages = one(document="d", id="p", text="a", heading="h", html=html)
    assert read_interchange(fill(tmp_path, passages=passages)).passages["d"][0].html == "<p>a</p>"


def exported(found: Collection, folder: Path) -> Collection:
    write_interchange(found, folder)
    return loader.load([folder])


def test_exporting_and_importing_gives_an_equal_collection(
    shipped: Path, folder: Path, tmp_path: Path
) -> None:
    for number, folders in enumerate(([shipped], [folder], [shipped, folder])):
        found = loader.load(folders)
        assert exported(found, tmp_path / str(number)) == found


@pytest.mark.skipif(sys.platform == "win32", reason="needs named pipes and links")
def test_an_export_waits_for_no_pipe_and_writes_through_no_link(tmp_path: Path) -> None:
    own, out = tmp_path / "own", tmp_path / "out"
    own.write_text("mine", encoding="utf-8")
    out.mkdir()
    os.mkfifo(out / "documents.jsonl")
    (out / "passages.jsonl").symlink_to(own)
    found = loader.load([fill(tmp_path, passages=one(document="d", id="p", text="a"))])
    assert exported(found, out) == found
    assert own.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("character", [*map(chr, range(0x20)), "\x7f", *map(chr, range(0x80, 0xA0))])
def test_control_characters_are_kept_however_they_are_written(tmp_path: Path, character: str) -> None:
    words = f"End of page{character}Victims"
    escaped = json.dumps({"document": "d", "id": "p1", "text": words})
    lines = [escaped]
    if character != "\n":
        lines.append(escaped.replace('"p1"', '"p2"').replace(json.dumps(character)[1:-1], character))
    draft = read_interchange(fill(tmp_path, passages="\n".join(lines).encode()))
    assert draft.faults == ()
    assert {passage.text for passage in draft.passages["d"]} == {words}


@pytest.mark.parametrize("character", [" ", "\t", "\f", "\v", "\x1c", "\x1f", "\x85", "\r\n"])
def test_a_passage_of_white_space_alone_is_empty(tmp_path: Path, character: str) -> None:
    words = one(document="d", id="p", text=character * 2)
    assert faults_of(fill(tmp_path, passages=words)) == ["passages.jsonl:1: passage “p” is empty"]


any_text = st.text(st.characters(codec="utf-8") | st.characters(categories=["Cc", "Zs", "Zl", "Zp"]))
words = any_text.map(lambda text: f"x{text}")


@given(title=words, place=words, text=words, locator=words, heading=words, key=words, further=words)
def test_what_is_written_reads_back_the_same_for_all_of_unicode(
    tmp_path_factory: pytest.TempPathFactory, title: str, place: str, text: str, locator: str, **more: str
) -> None:
    further = ((f"key {more['key']}"[:200], more["further"]),)
    names = (PersonName(title, place, text), PersonName(literal=text))
    document = Document("d", title, place=place, issuers=(text, title), authors=names, further=further)
    passages = {"d": (Passage("d", "p", text, locator, more["heading"], further=further),)}
    words_before = Published("d", "p", fingerprint(text + "."), "2015-01-01", text + ".")
    instrument = Instrument("i", title, (locator[:200],), facts=(("remarks", text[:1000]),), seen_in=(place,))
    collection = Collection(documents=(document,), passages=passages, instruments={"i": instrument})
    collection = replace(collection, published={"d/p": (words_before,)})
    folder = tmp_path_factory.mktemp("unicode")
    write_interchange(collection, folder)
    draft = read_interchange(folder)
    assert draft.faults == ()
    assert (draft.documents, draft.passages) == ((document,), passages)
    assert (draft.published, draft.instruments) == ((words_before,), {"i": instrument})


def test_an_older_export_has_titles_of_instruments_by_name(tmp_path: Path) -> None:
    draft = read_interchange(fill(tmp_path, instruments=one(name="UNTOC (2000)", title="The Convention")))
    assert draft.instruments == {"untoc-2000": Instrument("untoc-2000", "The Convention", ("UNTOC (2000)",))}


def test_an_export_takes_the_place_of_a_gzipped_one(folder: Path, tmp_path: Path) -> None:
    found = loader.load([folder])
    (tmp_path / "export").mkdir()
    for name in INTERCHANGE_FILES:
        (tmp_path / f"export/{name}.jsonl.gz").write_bytes(gzip.compress(b"{}\n"))
    assert exported(found, tmp_path / "export") == found


def test_withdrawals_further_fields_and_made_themes_survive_an_export(tmp_path: Path) -> None:
    found = replace(loader.load([fill(tmp_path)]), withdrawn=(Withdrawal("d", "p0", "f" * 64, "2015-01-01"),))
    assert found.themes
    assert found.documents[0].further
    assert exported(found, tmp_path / "export") == found


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(["d", "a/x", "2015"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)
keys = st.sampled_from(
    ["id", "document", "title", "text", "slug", "themes", "subpoints", "order", "date", "x"]
)
objects = st.lists(st.dictionaries(keys, values, max_size=8), max_size=4)


@given(themes=objects, documents=objects, passages=objects)
def test_any_objects_give_content_and_faults(
    tmp_path_factory: pytest.TempPathFactory, themes: Any, documents: Any, passages: Any
) -> None:
    folder = fill(tmp_path_factory.mktemp("any"), themes=themes, documents=documents, passages=passages)
    found, faults = read_collection([folder])
    assert isinstance(found, Collection)
    assert all(fault.remedy for fault in faults)


def test_keys_of_a_passage_that_have_no_field_are_kept_and_survive_an_export(tmp_path: Path) -> None:
    passage = {"document": "d", "id": "p1", "text": "words", "row": 7, "speaker": "Ministre", "gone": None}
    (one,) = read_interchange(fill(tmp_path, passages=[passage])).passages["d"]
    assert one.further == (("row", "7"), ("speaker", "Ministre"))
    found, _ = read_collection([tmp_path])
    write_interchange(found, tmp_path / "again")
    assert read_collection([tmp_path / "again"])[0].passages == found.passages
