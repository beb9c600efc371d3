"""Which paragraph styles of a Word document are for block quotations, in any language of Word.

Word writes the names of its built-in styles in English whatever its language is ("Quote", "Intense
Quote", "Block Text"); other programs, and authors, name theirs in their own.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field

from kb.formats.ooxml_package import parse_part, prefixed, prefixed_keys, related_part

__all__ = ["is_quotation_name", "quotation_styles"]

_NAMES = (
    r"quot|block ?text|\bextract|zitat|\bcit[aá]|citaat|citát|\bcytat|\bsitat|tsitaat|idézet|lainaus|alıntı|"
    r"tilvitnun|dyfyniad|trích dẫn|kutipan|kuotasi|petikan|цитат|цытат|παράθεση|απόσπασμα|"
    r"ציטוט|اقتباس|نقل قول|उद्धरण|উদ্ধৃতি|คำอ้างอิง|คำพูด|ຄຳອ້າງອີງ|សម្រង់|引用|引文|인용"
)
_NAME = re.compile(_NAMES)


def is_quotation_name(name: str) -> bool:
    """Whether this is what a style of block quotations is called."""
    return bool(_NAME.search(name.casefold()))


def quotation_styles(archive: zipfile.ZipFile, main: str) -> Mapping[str, bool]:
    """The paragraph styles that a document defines, by id: whether each is for block quotations.

    A style is so by its name, by its id, or by the style that it is based on.
    """
    part = related_part(archive, main, "styles", "styles.xml")
    if part not in archive.namelist():
        return {}
    reader = _StyleReader()
    parse_part(archive, part, reader)
    return {style: _is_quotation(style, reader.styles) for style in reader.styles}


@dataclass(slots=True)
class _Style:
    names: list[str] = field(default_factory=list)
    based_on: str = ""


def _is_quotation(style: str, styles: Mapping[str, _Style]) -> bool:
    seen: set[str] = set()
    while style in styles and style not in seen and len(seen) < _MAX_BASES:
        if any(map(is_quotation_name, (style, *styles[style].names))):
            return True
        seen.add(style)
        style = styles[style].based_on
    return False


_MAX_BASES = 20
"""Styles from which a style may descend; Word allows no more than about ten."""


class _StyleReader:
    def __init__(self) -> None:
        self.styles: dict[str, _Style] = {}
        self._style: _Style | None = None

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = prefixed(tag)
        if name not in ("w:style", "w:name", "w:aliases", "w:basedOn"):
            return
        values = prefixed_keys(attributes)
        if name == "w:style":
            self._style = _Style()
            self.styles[values.get("w:styleId", "")] = self._style
        elif self._style and name == "w:basedOn":
            self._style.based_on = values.get("w:val", "")
        elif self._style:
            self._style.names.append(values.get("w:val", ""))

    def end(self, tag: str) -> None:
        if prefixed(tag) == "w:style":
            self._style = None

    def data(self, text: str) -> None: ...
