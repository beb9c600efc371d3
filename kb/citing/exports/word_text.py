"""Text in a Word document: paragraphs in their direction, runs in their direction and language.

Word reverses nothing by itself: a paragraph from right to left needs `w:bidi`, each of its runs `w:rtl`,
which no run with letters from left to right may have (ECMA-376 part 1, 17.3.1.6 and 17.3.2.30). A
language stands in the attribute for its class of script (17.3.2.20), as do fonts and sizes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from kb.citing.rich_text import RichText
from kb.languages.direction import Direction, direction, isolates, stretches
from kb.languages.writing_systems import FontClass, language_of, writing_system

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

__all__ = ["clean", "element", "holding", "write_citation", "write_text"]

_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_BEHIND_BIDI = tuple(
    f"w:{name}"
    for name in (
        *("adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing", "mirrorIndents"),
        *("suppressOverlap", "jc", "textDirection", "textAlignment", "textboxTightWrap", "outlineLvl"),
        *("divId", "cnfStyle", "rPr", "sectPr", "pPrChange"),
    )
)
_BEHIND_LANGUAGE = ("w:eastAsianLayout", "w:specVanish", "w:oMath")
"""What the schema has behind these elements."""

_LANGUAGE_ATTRIBUTE: Mapping[FontClass, str] = {"latin": "val", "east-asian": "eastAsia", "complex": "bidi"}

_INDIC = ("deva", "beng", "guru", "gujr", "orya", "taml", "telu", "knda", "mlym", "sinh")
_FONTS: Mapping[str, str] = {
    **dict.fromkeys(("arab", "hebr"), "Times New Roman"),
    **dict.fromkeys(("thai", "laoo", "khmr"), "Leelawadee UI"),
    "mymr": "Myanmar Text",
    **dict.fromkeys(_INDIC, "Nirmala UI"),
}
"""Fonts of Windows that have the letters of complex scripts; other systems put theirs in place of them.

Without one, Word takes that of the theme, which has one for a single complex script.
"""


def clean(words: str) -> str:
    """Replaces what XML cannot hold: white space by a space, all else by U+FFFD."""
    return _NOT_XML.sub(lambda one: " " if one[0].isspace() else "\ufffd", words)


def write_text(paragraph: Paragraph, text: str, language: str = "", is_certain: bool = True) -> None:
    """Writes a text into an empty paragraph, which gets its direction.

    `language` is that of its document, empty where unknown; `is_certain` as `language_of` has it.
    """
    words = clean(text)
    base = direction(words)
    _set_direction(paragraph, base)
    _write(paragraph, words, base, language_of(language, words, is_certain))


def write_citation(paragraph: Paragraph, runs: RichText, language: str) -> None:
    """Writes a citation at the end of a paragraph; `language` is that of its source.

    A LEFT-TO-RIGHT MARK follows what runs from right to left: LibreOffice orders a paragraph without
    regard to its runs, and would draw a year behind an Arabic title to the wrong side of it.
    """
    mark = ""
    for text, slanted in runs:
        for piece, is_isolated in isolates(clean(text)):
            if is_isolated:
                base = direction(piece)
                _write(paragraph, piece, base, language_of(language, piece), slanted)
                mark = "\u200e" if base == "rtl" else ""
            else:
                _write(paragraph, mark + piece, "ltr", "", slanted)
                mark = ""


def _write(paragraph: Paragraph, words: str, base: Direction, language: str, is_italic: bool = False) -> None:
    system = writing_system(language)
    slants = is_italic and not (system and system.font_class == "east-asian")
    for piece, written in stretches(words, base):
        run = paragraph.add_run(piece)
        run.italic = slants or None
        if written == "rtl":
            run.font.rtl = True
        if tag := language_of(language, piece):
            _set_language(run, tag)


def _set_direction(paragraph: Paragraph, base: Direction) -> None:
    if base == "rtl":
        properties = paragraph._p.get_or_add_pPr()
        properties.insert_element_before(element("w:bidi"), *_BEHIND_BIDI)


def _set_language(run: Run, tag: str) -> None:
    from docx.oxml.ns import qn

    system = writing_system(tag)
    name = _LANGUAGE_ATTRIBUTE[system.font_class if system else "latin"]
    properties = run._r.get_or_add_rPr()
    properties.insert_element_before(element("w:lang", **{name: tag}), *_BEHIND_LANGUAGE)
    if system and (font := _FONTS.get(system.script)):
        properties.get_or_add_rFonts().set(qn("w:cs"), font)


def element(tag: str, **attributes: str) -> BaseOxmlElement:
    """A WordprocessingML element with attributes of the same namespace."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    return OxmlElement(tag, {qn(f"w:{name}"): value for name, value in attributes.items()})


def holding(tag: str, *children: BaseOxmlElement, **attributes: str) -> BaseOxmlElement:
    """A WordprocessingML element with children."""
    parent = element(tag, **attributes)
    parent.extend(children)
    return parent
