"""The fields of a document, as the desk names them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["FIELDS", "FieldRow"]


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A field of the form, with what an editor should know; `is_list` means that each line is an item."""

    name: str
    label: str
    hint: str = ""
    is_list: bool = False


FIELDS: Sequence[FieldRow] = (
    FieldRow("title", "Title"),
    FieldRow("kind", "Kind", "Report, treaty, case or another kind of source, which decides how it is cited"),
    FieldRow("issuers", "Issuers", "The bodies that issued it, one on each line", is_list=True),
    FieldRow("authors", "Authors", "People, one on each line: Gallagher, Anne T.", is_list=True),
    FieldRow("date", "Date", "2015, 2015-03, 2015-03-25, or 2015~ for about 2015"),
    FieldRow("symbol", "Symbol", "The symbol of a United Nations document, such as A/RES/55/25"),
    FieldRow("language", "Language", "A language tag: en, fr, th, zh-Hant"),
    FieldRow("place", "Place"),
    FieldRow("url", "Address", "Where readers find the document on the web"),
    FieldRow("licence", "Licence", "As the source or its publisher states it"),
    FieldRow(
        "ocr", "OCR", "For a scan: unchecked, or checked once the words have been compared with the images"
    ),
)
