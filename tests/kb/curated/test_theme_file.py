"""Theme files: theme, sub-points and notes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.curated import note_html, provision_table, theme_file
from kb.curated.provision_table import split_provisions
from kb.curated.theme_file import read_theme_file
from kb.model import NOTE, Provision, Quotation, SubPoint
from tests.kb.growth import LINEAR, growth

Edit = Callable[[str, str, str], None]
NAME = "themes/01-cooperation.md"


def test_a_theme_file_is_a_theme_and_a_document_of_notes(folder: Path) -> None:
    theme, document, notes, faults = read_theme_file(folder / NAME)
    assert faults == ()
    assert (theme.slug, theme.title, theme.label, theme.order) == (
        "cooperation",
        "Cooperation",
        "Working together",
        1,
    )
    assert theme.related == ("extradition", "assistance")
    assert theme.subpoints == (SubPoint("extradition", "Extradition"),)
    assert (document.id, document.title, document.kind) == ("cooperation", "Cooperation", NOTE)
    assert [note.id for note in notes] == ["introduction", "extradition"]
    assert [note.themes for note in notes] == [("cooperation",), ("cooperation", "cooperation/extradition")]
    assert [note.heading for note in notes] == ["Introduction", "Extradition"]
    assert [note.line for note in notes] == [8, 10]


def test_a_note_has_its_provisions_in_its_text_and_its_quotation_beside_it(folder: Path) -> None:
    note = read_theme_file(folder / NAME)[2][1]
    assert note.provisions == (
        Provision("UNTOC (2000)", "16", "Extradition"),
        Provision("The Guidelines", "Guideline 2", "Persons & | States"),
    )
    assert note.quotation == Quotation("treaty", "a1", "co-operate in extradition")
    assert note.text == (
        "How a person is handed over to another State.\n\n"
        "UNTOC (2000), article 16: Extradition\nThe Guidelines, Guideline 2: Persons & | States"
    )
    assert note.text == note_html.plain_text(note.html)
    assert '<ul class="provisions">' in note.html
    assert "Persons &amp; | States" in note.html


def test_a_theme_without_a_label_has_its_title(folder: Path, edit: Edit) -> None:
    edit(NAME, "label: Working together\n", "")
    assert read_theme_file(folder / NAME)[0].label == "Cooperation"


@pytest.mark.parametrize(
    ("old", "new", "line", "problem"),
    [
        ("order: 1", "order: first", 5, "“first” is not a whole number"),
        ("order: 1\n", "", 1, "“order” is missing from the front matter"),
        ("slug: cooperation", "slug: a/b", 2, "“a/b” is not a valid slug"),
        ("order: 1", "order: 1\ncolour: red", 6, "unknown key “colour”"),
        (' {: #extradition passage="treaty/a1" words="co-operate in extradition" }', "", 10, "has no id"),
        (' words="co-operate in extradition"', "", 10, "the quotation is incomplete"),
        ('"treaty/a1"', '"treaty"', 10, "the quotation is incomplete"),
        ("words=", "wörter=", 10, "cannot read this attribute list"),
        ("words=", "word=", 10, "unknown key “word”"),
        ("## Extradition {", "##  {", 10, "this section has no title"),
        ("#extradition", "#introduction", 10, "duplicate id “introduction”"),
        ("What States do together.", "", 8, "“Introduction” has no text"),
        ("What States do together.", "### More\n", 8, "a note has no headings of its own"),
        ("What States do together.", "More\n====", 9, "a note has no headings of its own"),
        ("What States do together.", "a " * 10_001, 8, "the note is longer than 20,000 characters"),
        ("| Instrument | Article", "| Article | Instrument", 14, "this is not a table of provisions"),
        ("| --- | --- | --- |\n", "", 14, "this is not a table of provisions"),
        ("| 16 |", "|  |", 16, "a provision needs three cells"),
        ("| 16 | Extradition |", "| 16 |", 16, "a provision needs three cells"),
        ("| UNTOC", "\nand then\n\n| UNTOC", 17, "there is text after the table"),
    ],
)
def test_what_is_wrong_in_a_theme_file_is_a_fault_on_its_line(
    folder: Path, edit: Edit, old: str, new: str, line: int, problem: str
) -> None:
    edit(NAME, old, new)
    faults = read_theme_file(folder / NAME)[3]
    assert any(fault.line == line and problem in fault.problem and fault.remedy for fault in faults), faults


def test_a_note_nested_absurdly_is_a_fault(folder: Path, edit: Edit, monkeypatch: pytest.MonkeyPatch) -> None:
    def give_up(_: str) -> str:
        raise RecursionError

    monkeypatch.setattr(note_html, "markdown_to_html", give_up)
    assert any("nested too deeply" in fault.problem for fault in read_theme_file(folder / NAME)[3])


@pytest.mark.slow
@pytest.mark.parametrize("sign", [">", "- ", "*", "[", "`", "(", "![", "<", "&", "\\", "1. ", "    "])
def test_a_note_of_nothing_but_signs_is_read_or_refused(folder: Path, edit: Edit, sign: str) -> None:
    edit(NAME, "What States do together.", "x " + sign * 3000 + "\n\n" + sign * 3000 + " y")
    theme, _, _, faults = read_theme_file(folder / NAME)
    assert theme.slug == "cooperation"
    assert all(fault.remedy for fault in faults)


def test_a_file_that_is_not_text_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "t.md").write_bytes(b"\xff")
    theme, document, notes, faults = read_theme_file(tmp_path / "t.md")
    assert (theme.slug, document.id, notes, len(faults)) == ("", "", (), 1)


@given(st.lists(st.text(st.sampled_from("|-: ab\\#=")), max_size=6))
def test_any_lines_are_prose_or_a_table(lines: list[str]) -> None:
    prose, provisions, faults = split_provisions(lines, 1)
    assert all(provision.instrument and provision.article and provision.heading for provision in provisions)
    assert all(1 <= line <= len(lines) for line, _ in faults)
    assert set(prose.split("\n")) <= {*lines, ""}


@pytest.mark.parametrize(
    "body",
    [
        lambda size: f"x\n\n## a{' ' * size}b\n\nx\n",
        lambda size: f"x\n\n| Instrument | Article | Heading |\n| --- | --- | --- |\n| {'a' * size}\n",
    ],
    ids=["spaces in a heading", "a cell never closed"],
)
def test_a_hostile_line_takes_time_linear_in_its_length(tmp_path: Path, body: Callable[[int], str]) -> None:
    path = tmp_path / "01-a.md"

    def read(size: int) -> None:
        path.write_text(f"---\nslug: a\ntitle: A\norder: 1\n---\n{body(size)}", encoding="utf-8")
        assert read_theme_file(path)[3]

    assert growth(read, 3_000) < LINEAR


def test_a_theme_has_no_more_sections_than_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(theme_file, "MAX_SECTIONS", 3)
    path = tmp_path / "01-a.md"
    sections = "".join(f"## a {{: #s{number} }}\n\nx\n" for number in range(9))
    path.write_text(f"---\nslug: a\ntitle: A\norder: 1\n---\nx\n{sections}", encoding="utf-8")
    theme, _, _, (fault,) = read_theme_file(path)
    assert len(theme.subpoints) == 2
    assert (fault.line, fault.message.code) == (13, "too-many-sections")


@pytest.mark.parametrize("prose", ["<a " * 101, "[" * 101, "<" * 101, "x" * 20_001])
def test_a_note_that_would_take_long_to_render_is_a_fault(tmp_path: Path, prose: str) -> None:
    path = tmp_path / "01-a.md"
    path.write_text(f"---\nslug: a\ntitle: A\norder: 1\n---\n{prose}\n", encoding="utf-8")
    assert [fault.message.code for fault in read_theme_file(path)[3]] == ["note-too-long"]


def test_a_reference_to_a_character_that_cannot_be_is_no_traceback(tmp_path: Path) -> None:
    path = tmp_path / "01-a.md"
    path.write_text(f"---\nslug: a\ntitle: A\norder: 1\n---\n&#{'9' * 5_000};\n", encoding="utf-8")
    assert read_theme_file(path)[3] == ()


def test_a_table_has_no_more_provisions_than_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(provision_table, "MAX_PROVISIONS", 2)
    table = ["| Instrument | Article | Heading |", "| --- | --- | --- |"]
    assert len(split_provisions([*table, *["| a | 1 | b |"] * 2], 1)[1]) == 2
    _, provisions, ((line, message),) = split_provisions([*table, *["| a | 1 | b |"] * 3], 1)
    assert (provisions, line, message.code) == ((), 5, "too-many-provisions")
