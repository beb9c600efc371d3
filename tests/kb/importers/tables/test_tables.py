"""CSV and XLSX: passages by the names of columns, else rows under their header; tables that are too large."""

from __future__ import annotations

import io
import zipfile

import pytest

from kb.errors import SourceUnreadable
from kb.importers.segmenting.segmenter import segmented
from kb.importers.tables.comma_separated import read_csv
from kb.importers.tables.workbook import read_workbook
from tests.tables import table

SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def workbook(*cells: tuple[str, str]) -> bytes:
    """A workbook of one sheet with these cells, by address."""
    rows = "".join(
        f'<row r="{address.lstrip("ABCDEFXZ")}"><c r="{address}" t="inlineStr"><is><t>{text}</t></is></c>'
        "</row>"
        for address, text in cells
    )
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{SHEET}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="One" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" '
        f'Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{SHEET}"><sheetData>{rows}</sheetData></worksheet>',
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return file.getvalue()


@table("separator", [",", ";", "\t", "|"])
@table("end", ["\n", "\r\n", "\r"])
def test_rows_are_under_their_header(separator: str, end: str) -> None:
    data = end.join(separator.join(row) for row in (("State", "Date"), ("Chad", "2009")))
    (header, row) = read_csv(data.encode(), "a.csv").blocks
    assert header.row is not None
    assert row.row is not None
    assert (row.text, row.row.header, header.row.header) == ("Chad 2009", ("State", "Date"), ())


def test_passages_are_told_by_the_names_of_columns() -> None:
    data = (
        "Para,Text,Page,Section\npara 12,Words.,4,Facts\n12(b),More.,4,Facts\n"
        "Article 3,Law.,5,Law\n,None.,,\n"
    )
    units = segmented(read_csv(data.encode(), "a.csv")).units
    assert [(unit.kind, unit.text, unit.page) for unit in units if unit.kind != "heading"] == [
        ("paragraph", "Words.", 4),
        ("subparagraph", "More.", 4),
        ("article", "Law.", 5),
        ("paragraph", "None.", None),
    ]
    assert [unit.locator for unit in units if unit.label] == ["para 12", "para 12(b)", "art 3"]


def test_a_workbook_is_read_sheet_by_sheet() -> None:
    blocks = read_workbook(workbook(("A1", "State"), ("A2", "Chad")), "a.xlsx").blocks
    assert [block.text for block in blocks] == ["State", "Chad"]


@pytest.mark.parametrize("last", ["XFD1048576", "A6000000", "ZZ99999"])
def test_a_sheet_with_its_last_cell_far_away_is_refused(last: str) -> None:
    with pytest.raises(SourceUnreadable, match="more than"):
        read_workbook(workbook(("A1", "x"), (last, "y")), "a.xlsx")


@pytest.mark.parametrize("data", [b"PK\x03\x04", workbook(("A1", "x"))[:200], workbook(("A1", "<broken"))])
def test_a_damaged_workbook_is_refused_in_one_line(data: bytes) -> None:
    with pytest.raises(SourceUnreadable) as refusal:
        read_workbook(data, "a.xlsx")
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("data", ["," * 600, 'a,"' + "x" * 200_000], ids=("columns", "field"))
def test_a_table_that_is_malformed_or_too_large_is_refused(data: str) -> None:
    with pytest.raises(SourceUnreadable):
        read_csv(data.encode(), "a.csv")


@pytest.mark.parametrize("data", [b"", b"\n\n", b"\0", b'"', bytes(range(256))])
def test_a_table_without_rows_has_no_blocks_and_harms_nothing(data: bytes) -> None:
    read_csv(data, "a.csv")
