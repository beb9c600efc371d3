"""OpenDocument texts: numbers of lists and headings, notes, tables; hostile packages."""

from __future__ import annotations

import io
import zipfile

import pytest

from kb.errors import SourceUnreadable
from kb.importers.blocks import SourceDocument
from kb.importers.opendocument.reader import read_opendocument
from kb.importers.segmenting.segmenter import segmented
from kb.sources.lines import replayed

NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (("office", "office"), ("text", "text"), ("style", "style"), ("table", "table"))
)


def level(number: int, form: str, suffix: str = ".", shown: int = 1) -> str:
    return (
        f'<text:list-level-style-number text:level="{number}" style:num-format="{form}" '
        f'style:num-suffix="{suffix}" text:display-levels="{shown}"/>'
    )


STYLES = (
    f'<text:list-style style:name="L">{level(1, "1")}{level(2, "1", "", 2)}{level(3, "a", ")")}'
    '</text:list-style><text:list-style style:name="B">'
    '<text:list-level-style-bullet text:level="1" text:bullet-char="o"/>'
    "</text:list-style>"
    f'<text:outline-style style:name="O">{level(1, "I")}</text:outline-style>'
)


def packed(body: str, **parts: str) -> bytes:
    content = (
        f"<office:document-content {NAMES}><office:automatic-styles>{STYLES}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for name, text in {"content.xml": content, **parts}.items():
            package.writestr(name, text)
    return file.getvalue()


def read(body: str) -> SourceDocument:
    return read_opendocument(packed(body), "a.odt")


def labels(body: str) -> list[str]:
    return [block.item.label if block.item else "" for block in read(body).blocks]


def items(*contents: str, more: str = 'text:style-name="L"') -> str:
    inner = "".join(f"<text:list-item>{one}</text:list-item>" for one in contents)
    return f"<text:list {more}>{inner}</text:list>"


P = "<text:p>x</text:p>"


def test_lists_count_by_level_and_continue_others() -> None:
    inner = items(P, P + items(P, P, more=""), more="")
    assert labels(items(P, P + inner)) == ["1.", "2.", "2.1", "2.2", "a)", "b)"]
    first = items(P, more='text:style-name="L" xml:id="l1"')
    assert labels(first + items(P) + items(P, more='text:continue-list="l1" text:style-name="L"')) == [
        "1.",
        "1.",
        "2.",
    ]
    assert labels(items(P) + items(P, more='text:style-name="L" text:continue-numbering="true"')) == [
        "1.",
        "2.",
    ]


def test_only_the_first_paragraph_of_an_item_has_its_number() -> None:
    assert labels(items(P + P, P)) == ["1.", "", "2."]
    assert labels(items(P, more='text:style-name="B"')) == ["•"]


def test_headings_are_numbered_by_the_outline() -> None:
    blocks = read('<text:h text:outline-level="1">A</text:h><text:h text:outline-level="2">B</text:h>').blocks
    assert [(block.style.heading, block.item.label if block.item else "") for block in blocks] == [
        (1, "I."),
        (2, ""),
    ]


def test_notes_are_apart_and_deleted_text_is_not_read() -> None:
    note = (
        "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>See A.</text:p>"
        "</text:note-body></text:note>"
    )
    found = read(
        "<text:tracked-changes><text:p>gone</text:p></text:tracked-changes>"
        f"<text:p>Men{note} a<text:s/>b</text:p>"
    )
    assert [block.text for block in found.blocks] == ["Men a b"]
    assert [(note.mark, note.offset) for note in found.blocks[0].notes] == [("1", 3)]
    assert [note.words.text for note in found.footnotes] == ["See A."]


def test_rows_are_units_and_contents_are_dropped() -> None:
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    row = f"<table:table-row>{cell.format('Chad')}{cell.format('2009')}</table:table-row>"
    found = read(
        f"<text:table-of-content><text:p>A 1</text:p></text:table-of-content><table:table>{row}</table:table>"
    )
    assert [(block.text, block.row is not None) for block in found.blocks] == [("Chad 2009", True)]
    assert [(one.reason, one.text) for one in found.dropped] == [("contents", "A 1")]


def test_every_unit_is_replayed_from_its_lines() -> None:
    found = read(items("<text:p>One  two:</text:p>" + items(P, more="")) + items(P))
    units = segmented(found).units
    assert [replayed(found.lines, unit.spans) for unit in units] == [unit.text for unit in units]


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04",
        packed("")[:100],
        packed("<text:p>"),
        packed("<text:section>" * 3000 + "</text:section>" * 3000),
        packed("", **{"META-INF/manifest.xml": "<m><encryption-data/></m>"}),
        packed("", **{"styles.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
    ],
    ids=("no-zip", "cut", "broken", "deep", "locked", "entities"),
)
def test_a_hostile_package_is_refused_in_one_line(data: bytes) -> None:
    with pytest.raises(SourceUnreadable) as refusal:
        read_opendocument(data, "a.odt")
    assert "\n" not in str(refusal.value)
