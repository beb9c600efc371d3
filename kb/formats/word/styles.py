"""What the styles of a Word document say of the words: quoted, hidden, raised; in any language of Word.

Word writes the names of its built-in styles in English whatever its language is ("Quote", "Intense
Quote", "Block Text"); other programs, and authors, name theirs in their own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from kb.formats.ooxml_package import OfficePackage, prefixed, prefixed_keys

__all__ = ["WordStyles", "is_on", "is_quotation_name", "read_styles"]

_NAMES = (
    r"quot|block ?text|bloktekst|texte? (?:cité|de bloc)|texto de bloque|bloque de texto|testo del blocco|"
    r"epigra|\bextract|zitat|\bcit[aá]|citaat|citát|\bcytat|\bsitat|tsitaat|idézet|lainaus|alıntı|"
    r"tilvitnun|dyfyniad|trích dẫn|kutipan|kuotasi|petikan|цитат|цытат|παράθεση|απόσπασμα|"
    r"ציטוט|اقتباس|نقل قول|उद्धरण|উদ্ধৃতি|คำอ้างอิง|คำพูด|ຄຳອ້າງອີງ|សម្រង់|引用|引文|"
    r"文字块|文本块|区块文字|인용|블록 텍스트|текст блока"
)
_NAME = re.compile(_NAMES)


def is_quotation_name(name: str) -> bool:
    """Whether this is the name of a style for block quotations."""
    return bool(_NAME.search(name.casefold()))


@dataclass(frozen=True, slots=True)
class WordStyles:
    """The styles that a document defines, by id: those of block quotations, of hidden and of raised text."""

    known: frozenset[str] = frozenset()
    quoting: frozenset[str] = frozenset()
    hidden: frozenset[str] = frozenset()
    raised: frozenset[str] = frozenset()

    def is_quoting(self, style: str) -> bool:
        """Whether a style is for block quotations; an undefined style is judged by its id."""
        return style in self.quoting if style in self.known else is_quotation_name(style)


def read_styles(package: OfficePackage, main: str) -> WordStyles:
    """The styles that a document defines; each inherits from the one that it is based on."""
    part = package.related_part(main, "styles", "styles.xml")
    if part not in package.names:
        return WordStyles()
    reader = _StyleReader()
    package.parse(part, reader)
    styles = reader.styles
    return WordStyles(
        frozenset(styles),
        _having(styles, lambda name, style: any(map(is_quotation_name, (name, *style.names)))),
        _having(styles, lambda _, style: style.hidden),
        _having(styles, lambda _, style: style.raised),
    )


@dataclass(slots=True)
class _Style:
    names: list[str] = field(default_factory=list)
    based_on: str = ""
    hidden: bool = False
    raised: bool = False


def _having(styles: Mapping[str, _Style], holds: Callable[[str, _Style], bool]) -> frozenset[str]:
    """The styles for which `holds` is true, of themselves or of a style that they are based on."""
    return frozenset(one for one in styles if any(holds(each, styles[each]) for each in _bases(one, styles)))


def _bases(style: str, styles: Mapping[str, _Style]) -> Iterator[str]:
    """A style, and those it is based on."""
    seen: set[str] = set()
    while style in styles and style not in seen and len(seen) < _MAX_BASES:
        yield style
        seen.add(style)
        style = styles[style].based_on


_MAX_BASES = 20
"""Styles from which a style may descend; Word allows no more than about ten."""


_STYLE_ELEMENTS = frozenset(("w:style", "w:name", "w:aliases", "w:basedOn", "w:vanish", "w:vertAlign"))


def is_on(attributes: Mapping[str, str]) -> bool:
    """Whether an on/off property is on, by its attributes with prefixed names."""
    return attributes.get("w:val", "on") not in ("0", "false", "off")


class _StyleReader:
    def __init__(self) -> None:
        self.styles: dict[str, _Style] = {}
        self._style: _Style | None = None

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = prefixed(tag)
        if name not in _STYLE_ELEMENTS:
            return
        values = prefixed_keys(attributes)
        if name == "w:style":
            self._style = _Style()
            self.styles[values.get("w:styleId", "")] = self._style
        elif self._style and name == "w:basedOn":
            self._style.based_on = values.get("w:val", "")
        elif self._style and name == "w:vanish":
            self._style.hidden = is_on(values)
        elif self._style and name == "w:vertAlign":
            self._style.raised = values.get("w:val") == "superscript"
        elif self._style:
            self._style.names.append(values.get("w:val", ""))

    def end(self, tag: str) -> None:
        if prefixed(tag) == "w:style":
            self._style = None

    def data(self, text: str) -> None: ...
