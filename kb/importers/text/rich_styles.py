"""Weight, slant, underlining, size, outline level and notes in RTF, which striprtf leaves out.

Before striprtf reads a file, a private-use character is put before the words of each style. In its
output these tell which words have which style. Groups and their properties are followed as striprtf does.
Other such characters are around the words of each note.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from striprtf.striprtf import destinations, remove_pict_groups

from kb.importers.blocks import BlockStyle, heading_level

__all__ = ["NOTE_BEGINS", "NOTE_ENDS", "NUMBERED", "STYLE_MARKS", "StyledText", "with_style_marks"]

NOTE_BEGINS, NOTE_ENDS, NUMBERED = "\U00100000", "\U00100001", "\U00100002"
"""Marks around the words of a note, and one for a number that the program computes."""

_FIRST_MARK, _LAST_MARK = 0xF0000, 0xFFFFD
STYLE_MARKS = f"{chr(_FIRST_MARK)}-{chr(_LAST_MARK)}"
"""All style marks, as a range for a character class."""

_MARK = re.compile(f"([{STYLE_MARKS}])")
_TOKEN = re.compile(
    r"\\(?P<word>[a-z]{1,32})(?P<number>-?\d{1,10})?[ ]?|(?P<hex>\\'[0-9a-f]{2})|\\(?P<sign>[^a-z])"
    r"|(?P<brace>[{}])|[\r\n]+|(?P<text>[^\\{}\r\n]+)",
    re.IGNORECASE,
)
_UNREAD = destinations - {"pntext", "footnote"} | {"fonttbl", "colortbl"}
_UNDERLINES = frozenset(["ul", "uld", "uldash", "uldb", "ulth", "ulw", "ulwave"])
_WORDS = frozenset(["u", "bullet", "emdash", "endash", "lquote", "rquote", "ldblquote", "rdblquote"])
_TOP_LEVEL, _BODY_LEVEL = 0, 9
_USUAL_HALF_POINTS = 24
_LETTERS = re.compile(r"[^\W\d_]{2}")


@dataclass(frozen=True, slots=True)
class _RunStyle:
    """The style of a run; `level` is the outline level, 9 for body text, and the size is in half points."""

    bold: bool = False
    italic: bool = False
    underlined: bool = False
    size: int = _USUAL_HALF_POINTS
    level: int = _BODY_LEVEL
    centred: bool = False


def with_style_marks(rtf: str) -> tuple[str, StyledText]:
    """The file with a mark before the words of each style, and what reads the marks."""
    marker = _Marker()
    marked = _TOKEN.sub(marker.token, remove_pict_groups(rtf))  # type: ignore[no-untyped-call]
    return marked, StyledText(tuple(marker.styles))


class _Marker:
    """Follows groups and properties from token to token."""

    def __init__(self) -> None:
        self.styles: dict[_RunStyle, str] = {}
        self._groups: list[tuple[_RunStyle, bool, bool]] = []
        self._style, self._is_unread, self._in_note = _RunStyle(), False, False
        self._marked: _RunStyle | None = None

    def token(self, token: re.Match[str]) -> str:
        word = token["word"]
        if token["brace"]:
            return self._brace(token["brace"])
        elif word:
            return self._word(word, token["number"], token[0])
        elif token["sign"] == "*":
            self._is_unread = True
        elif token["text"] or token["hex"]:
            return self._mark() + token[0]
        return token[0]

    def _brace(self, brace: str) -> str:
        if brace == "{":
            self._groups.append((self._style, self._is_unread, self._in_note))
        elif self._groups:
            was_in_note = self._in_note
            self._style, self._is_unread, self._in_note = self._groups.pop()
            if was_in_note and not self._in_note:
                self._marked = None
                return f"{NOTE_ENDS}}}"
        return brace

    def _word(self, word: str, number: str | None, token: str) -> str:
        if word == "pntext":
            return ""  # the number of a paragraph as it is shown
        if word in ("footnote", "chftn") and not self._is_unread:
            return self._note(word)
        self._is_unread = self._is_unread or word in _UNREAD
        if word in _WORDS:
            return self._mark() + token
        self._style = _changed(self._style, word, number)
        return token

    def _note(self, word: str) -> str:
        """The mark for the beginning of an outermost note, or for the number in a note."""
        if word == "chftn":
            return NUMBERED if self._in_note else ""
        if self._in_note:
            self._is_unread = True
            return "\\footnote "
        self._in_note, self._marked = True, None
        return NOTE_BEGINS

    def _mark(self) -> str:
        if self._is_unread or self._style == self._marked:
            return ""
        self._marked = self._style
        if self._style not in self.styles and len(self.styles) <= _LAST_MARK - _FIRST_MARK:
            self.styles[self._style] = chr(_FIRST_MARK + len(self.styles))
        return self.styles.get(self._style, "")


def _changed(style: _RunStyle, word: str, number: str | None) -> _RunStyle:
    """The style after a control word, which switches on unless its number is 0."""
    on = number is None or int(number) != 0
    match word:
        case "plain":
            return _RunStyle(level=style.level, centred=style.centred)
        case "b":
            return replace(style, bold=on)
        case "i":
            return replace(style, italic=on)
        case "ulnone":
            return replace(style, underlined=False)
        case "fs" if number is not None and 0 < int(number) < 2000:
            return replace(style, size=int(number))
        case "pard":
            return replace(style, level=_BODY_LEVEL, centred=False)
        case "qc" | "ql" | "qr" | "qj":
            return replace(style, centred=word == "qc")
        case "outlinelevel" if number is not None and _TOP_LEVEL <= int(number) <= _BODY_LEVEL:
            return replace(style, level=int(number))
    return replace(style, underlined=on) if word in _UNDERLINES else style


class StyledText:
    """Reads the marks, line by line: a style holds until the next mark."""

    def __init__(self, styles: Sequence[_RunStyle]) -> None:
        self._styles: Mapping[str, _RunStyle] = {chr(_FIRST_MARK + at): one for at, one in enumerate(styles)}
        self._style = _RunStyle()

    def line(self, text: str) -> tuple[str, BlockStyle]:
        """A line without its marks, and the style that all its words share."""
        runs: list[tuple[str, _RunStyle]] = []
        for piece in _MARK.split(text):
            if piece in self._styles:
                self._style = self._styles[piece]
            elif piece:
                runs.append((piece, self._style))
        return "".join(piece for piece in _MARK.split(text) if piece not in self._styles), _whole(runs)


def _whole(runs: Sequence[tuple[str, _RunStyle]]) -> BlockStyle:
    """The style of a paragraph; numbers and signs alone, such as its label, do not decide."""
    shown = [(text, style) for text, style in runs if text.strip()]
    styles = [style for _, style in [run for run in shown if _LETTERS.search(run[0])] or shown]
    if not styles:
        return BlockStyle()
    level, words = min(style.level for style in styles), "".join(text for text, _ in runs).strip()
    sizes: Counter[int] = Counter()
    for text, style in runs:
        sizes[style.size] += len(text)
    return BlockStyle(
        size=sizes.most_common(1)[0][0] / 2,
        alignment="centre" if all(style.centred for style in styles) else "",
        bold=all(style.bold for style in styles),
        italic=all(style.italic for style in styles),
        underlined=all(style.underlined for style in styles),
        heading=heading_level(level + 1, words) if level < _BODY_LEVEL else 0,
    )
