"""Excel workbooks (XLSX): each sheet a table, by calamine, once it is known not to be too large."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping

from python_calamine import CalamineError, CalamineWorkbook

from kb.errors import SourceUnreadable
from kb.formats.ooxml_package import UNREADABLE, OfficePackage, PackageTooLarge, core_properties
from kb.importers.blocks import SourceDocument
from kb.importers.tables.columns import TableBlocks
from kb.messages import Message

__all__ = ["read_workbook"]

MAX_CELLS = 5_000_000
"""The limit for a sheet, from its first cell to its last: calamine allocates all of them."""

_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})", re.ASCII)
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_EXTRACTOR = "calamine, kb xlsx 1"


def read_workbook(data: bytes, name: str) -> SourceDocument:
    """The rows of all sheets. Raises SourceUnreadable for a file that is damaged, locked or too large."""
    try:
        _check_size(data, name)
        return _read(data)
    except PackageTooLarge as exc:
        raise SourceUnreadable(exc.message) from exc
    except (*UNREADABLE, CalamineError, RecursionError) as exc:
        raise SourceUnreadable(Message("workbook-damaged", name=name)) from exc
    except BaseException as exc:
        if type(exc).__name__ != "PanicException":  # how a bug in calamine surfaces
            raise
        raise SourceUnreadable(Message("workbook-damaged", name=name)) from exc


def _check_size(data: bytes, name: str) -> None:
    package = OfficePackage(data)
    for part in sorted(
        one for one in package.names if one.startswith("xl/worksheets/") and one.endswith(".xml")
    ):
        extent = _Extent()
        package.parse(part, extent)
        if extent.cells > MAX_CELLS:
            raise SourceUnreadable(Message("workbook-too-large", name=name, count=MAX_CELLS))


class _Extent:
    """The extent of a sheet from its first to its last cell, by their addresses."""

    def __init__(self) -> None:
        self._rows = self._columns = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag.endswith(("}c", "}row")) and (found := _CELL.fullmatch(attributes.get("r", ""))):
            column = 0
            for letter in found[1]:
                column = column * 26 + ord(letter) - 64
            self._columns = max(self._columns, column)
            self._rows = max(self._rows, int(found[2]))

    def end(self, tag: str) -> None: ...

    def data(self, text: str) -> None: ...

    @property
    def cells(self) -> int:
        return self._rows * self._columns


def _read(data: bytes) -> SourceDocument:
    table = TableBlocks()
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    names = workbook.sheet_names
    for name in names:
        rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=True)
        table.add(([_shown(cell) for cell in row] for row in rows), name if len(names) > 1 else "")
    return SourceDocument(
        extractor=_EXTRACTOR,
        lines=tuple(table.lines),
        blocks=tuple(table.blocks),
        metadata=core_properties(OfficePackage(data)),
    )


def _shown(cell: object) -> str:
    """A value as text: whole numbers without a decimal point, dates as ISO 8601."""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return str(cell)
