"""The words of a paragraph: its runs without hidden and deleted ones, with note marks and weight."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from kb.formats.word.symbols import symbol
from kb.importers.blocks import NoteMark
from kb.importers.word.styles import StyleSheet
from kb.importers.word.xml_tree import Element, child, children, is_switched_on, text_value, value

__all__ = ["Fields", "ParagraphWords", "RunReader"]

_TEXTS = frozenset(("w:t", "m:t"))
_BREAKS = {
    "w:tab": " ",
    "w:ptab": " ",
    "w:br": " ",
    "w:cr": " ",
    "w:noBreakHyphen": "\N{NON-BREAKING HYPHEN}",
}
_NOTES = {"w:footnoteReference": "footnote", "w:endnoteReference": "endnote"}
_DELETED = frozenset(("w:del", "w:moveFrom", "w:rt", "w:pPr", "w:rPr", "w:sdtPr", "w:sdtEndPr"))
"""Deleted under tracked changes, readings of words, and properties."""


@dataclass(slots=True)
class Fields:
    """The open fields, outermost first, and whether their results have begun; they may span paragraphs."""

    codes: list[str] = field(default_factory=list)
    in_result: list[bool] = field(default_factory=list)

    def change(self, kind: str) -> None:
        match kind:
            case "begin":
                self.codes.append("")
                self.in_result.append(False)
            case "separate" if self.in_result:
                self.in_result[-1] = True
            case "end" if self.codes:
                self.codes.pop()
                self.in_result.pop()

    def add_code(self, text: str) -> None:
        if self.codes and not self.in_result[-1]:
            self.codes[-1] += text[:1000]

    @property
    def shows(self) -> bool:
        """Whether what follows is words, not the code of a field."""
        return all(self.in_result)

    @property
    def is_contents(self) -> bool:
        """Whether what follows is a table of contents."""
        return any(code.strip().upper().startswith("TOC") for code in self.codes)


@dataclass(slots=True)
class ParagraphWords:
    """The text with white space collapsed, its notes, and the properties that all of it shares.

    `boxes` are text boxes within it, each with paragraphs of its own; `references` are the notes that it
    refers to.
    """

    text: str = ""
    notes: list[NoteMark] = field(default_factory=list)
    references: list[tuple[str, str]] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    bold: bool = False
    italic: bool = False
    underlined: bool = False
    size: float = 0
    in_contents: bool = False
    linked_within: bool = False
    """Whether all of it links to elsewhere in the document, as lines of a table of contents do."""

    _bold: list[bool] = field(default_factory=list)
    _italic: list[bool] = field(default_factory=list)
    _underlined: list[bool] = field(default_factory=list)
    _sizes: list[tuple[int, float]] = field(default_factory=list)
    _linked: list[bool] = field(default_factory=list)
    _pieces: list[str] = field(default_factory=list)
    _length: int = 0

    def add(self, text: str) -> int:
        """Adds words, with white space only where none was before; returns their number of characters."""
        kept = " ".join(text.split())
        if text[:1].isspace() and self._length and not self._ends_in_space():
            kept = f" {kept}"
        elif text[:1].isspace() and not kept:
            kept = ""
        if text[-1:].isspace() and kept.strip():
            kept += " "
        self._pieces += [kept] if kept else []
        self._length += len(kept)
        return len(kept.strip())

    def _ends_in_space(self) -> bool:
        return bool(self._pieces) and self._pieces[-1].endswith(" ")

    @property
    def length(self) -> int:
        return self._length

    def styled(
        self, count: int, *, bold: bool, italic: bool, underlined: bool, size: float, linked: bool
    ) -> None:
        if count:
            self._bold.append(bold)
            self._italic.append(italic)
            self._underlined.append(underlined)
            self._sizes.append((count, size))
            self._linked.append(linked)

    def close(self) -> None:
        self.text = "".join(self._pieces).rstrip()
        self.notes = [NoteMark(note.mark, min(note.offset, len(self.text))) for note in self.notes]
        self.bold = bool(self._bold) and all(self._bold)
        self.italic = bool(self._italic) and all(self._italic)
        self.underlined = bool(self._underlined) and all(self._underlined)
        self.linked_within = bool(self._linked) and all(self._linked)
        self.size = max(self._sizes)[1] if self._sizes else 0


class RunReader:
    """Reads the runs of paragraphs, one after another in the order of the document."""

    def __init__(self, styles: StyleSheet, mark_of: Mapping[tuple[str, str], str]) -> None:
        self._styles, self._mark_of = styles, mark_of
        self.fields = Fields()

    def words(self, paragraph: Element, style: str) -> ParagraphWords:
        words = ParagraphWords(in_contents=self.fields.is_contents)
        self._content(paragraph, words, style, linked=False)
        words.in_contents = words.in_contents or self.fields.is_contents
        words.close()
        return words

    def _content(self, parent: Element, words: ParagraphWords, style: str, *, linked: bool) -> None:
        for one in parent:
            if one.tag in _DELETED:
                continue
            if one.tag == "w:r":
                self._run(one, words, style, linked=linked)
            elif one.tag in _TEXTS:
                words.styled(
                    words.add(one.text or ""),
                    bold=False,
                    italic=False,
                    underlined=False,
                    size=self._styles.size,
                    linked=linked,
                )
            elif one.tag == "w:hyperlink":
                self._content(one, words, style, linked=bool(one.get("w:anchor")) and not one.get("r:id"))
            else:
                self._content(one, words, style, linked=linked)

    def _run(self, run: Element, words: ParagraphWords, style: str, *, linked: bool) -> None:
        properties = child(run, "w:rPr")
        run_style = value(properties, "w:rStyle") or ""
        if self._is_on("w:vanish", properties, run_style, style):
            self._follow_fields(run)
            return
        count = self._pieces(run, words)
        words.styled(
            count,
            bold=self._is_on("w:b", properties, run_style, style),
            italic=self._is_on("w:i", properties, run_style, style),
            underlined=self._is_on("w:u", properties, run_style, style),
            size=self._size(properties, run_style, style),
            linked=linked,
        )

    def _is_on(self, name: str, properties: Element | None, run_style: str, style: str) -> bool:
        said = is_switched_on(properties, name)
        said = self._styles.switched(run_style, name) if said is None else said
        return bool(self._styles.switched(style, name) if said is None else said)

    def _size(self, properties: Element | None, run_style: str, style: str) -> float:
        own = text_value(value(properties, "w:sz"))
        if own is not None:
            return own / 2
        return self._styles.points(run_style) or self._styles.points(style) or self._styles.size

    def _follow_fields(self, run: Element) -> None:
        for one in children(run, "w:fldChar"):
            self.fields.change(one.get("w:fldCharType", ""))

    def _pieces(self, run: Element, words: ParagraphWords) -> int:
        """Adds the content of a run; returns how many characters of it are words."""
        count, own_mark = 0, None
        for one in run:
            if one.tag == "w:fldChar":
                self.fields.change(one.get("w:fldCharType", ""))
            elif one.tag == "w:instrText":
                self.fields.add_code(one.text or "")
            elif not self.fields.shows:
                continue
            elif one.tag in _NOTES:
                reference = _NOTES[one.tag], one.get("w:id", "")
                own_mark = reference if one.get("w:customMarkFollows") in ("1", "true", "on") else None
                self._refer(words, reference, None if own_mark else self._mark_of.get(reference))
            elif one.tag in _TEXTS and own_mark:
                self._refer(words, own_mark, (one.text or "").strip())
                own_mark = None
            else:
                count += self._piece(one, words)
        return count

    def _refer(self, words: ParagraphWords, reference: tuple[str, str], mark: str | None) -> None:
        if mark:
            words.references.append(reference)
            words.notes.append(NoteMark(mark, words.length))

    def _piece(self, one: Element, words: ParagraphWords) -> int:
        if one.tag in _TEXTS:
            return words.add(one.text or "")
        if one.tag in _BREAKS:
            return words.add(_BREAKS[one.tag])
        if one.tag == "w:sym":
            return words.add(symbol(one.get("w:font", ""), one.get("w:char", "")))
        if one.tag == "w:ruby":
            return sum(self._pieces(run, words) for run in children(child(one, "w:rubyBase"), "w:r"))
        words.boxes += _text_boxes(one)
        return 0


def _text_boxes(element: Element) -> Iterator[Element]:
    """The text boxes of a drawing, without those of its fallback for older programs."""
    if element.tag == "w:txbxContent":
        yield element
        return
    choices = list(children(element, "mc:Choice"))
    for one in choices[:1] or element:
        yield from _text_boxes(one)
