"""The footnotes and endnotes of a Word document, and the marks that Word computes for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kb.importers.word.number_formats import formatted_number
from kb.importers.word.xml_tree import Element, child, children, value

__all__ = ["note_elements", "note_marks"]

_REFERENCES = {"w:footnoteReference": "footnote", "w:endnoteReference": "endnote"}
_USUAL_FORMATS = {"footnote": "decimal", "endnote": "lowerRoman"}
_NO_NOTES = frozenset(("separator", "continuationSeparator", "continuationNotice"))
_DELETED = frozenset(("w:del", "w:moveFrom", "mc:Fallback"))

Reference = tuple[str, str]


def note_marks(body: Element, settings: Element | None) -> dict[Reference, str]:
    """The mark of each note, by its kind and id: its number, in the order of the references."""
    formats = {kind: _format(kind, body, settings) for kind in _USUAL_FORMATS}
    marks: dict[Reference, str] = {}
    counts = dict.fromkeys(formats, 0)
    for one in _without_deleted(body):
        kind = _REFERENCES.get(one.tag)
        if kind is not None and one.get("w:customMarkFollows") not in ("1", "true", "on"):
            counts[kind] += 1
            marks.setdefault((kind, one.get("w:id", "")), formatted_number(counts[kind], formats[kind]))
    return marks


def note_elements(part: Element | None, kind: str) -> Mapping[str, Element]:
    """The notes in a part by id, without the separators between them and the text."""
    notes = (one for one in children(part, f"w:{kind}") if one.get("w:type") not in _NO_NOTES)
    return {one.get("w:id", ""): one for one in notes}


def _format(kind: str, body: Element, settings: Element | None) -> str:
    section = child(body, "w:sectPr", f"w:{kind}Pr")
    own = value(section, "w:numFmt") or value(settings, f"w:{kind}Pr", "w:numFmt")
    return own or _USUAL_FORMATS[kind]


def _without_deleted(element: Element) -> Iterator[Element]:
    for one in element:
        if one.tag not in _DELETED:
            yield one
            yield from _without_deleted(one)
