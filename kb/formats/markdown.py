"""The words of a Markdown text (CommonMark, Pandoc's notes), line by line.

Code, comments and front matter are left out; markup becomes invisible characters or disappears. Every
line of a block quotation begins with ">", however deep in a list it is, that of `<blockquote>` too.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from html import unescape

from kb.formats.html import MarkedUpText
from kb.formats.html_markup import (
    BLOCK_ELEMENTS,
    Markup,
    count_unread,
    element_ends,
    find_markup,
    quoted_depths,
    unread_elements,
)
from kb.formats.markdown_code import blanked, without_code

__all__ = ["read_markdown"]

_UNSEEN = "\u200b"
"""Replaces markup within words; folded away where texts are compared."""

_HEAD = re.compile(
    r"\A(?:---[ \t]*\n.*?^(?:---|\.\.\.)|\+\+\+[ \t]*\n.*?^\+\+\+)[ \t]*$", re.MULTILINE | re.DOTALL
)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_DEFINITION = re.compile(
    r"^ {0,3}\[(?!\^)(?P<label>[^\[\]]{1,200}+)\]:[ \t]*+(?:\n[ \t]*+)?(?:<[^<>\n]*+>|[^\s<]\S*+)"
    r"(?:[ \t]++(?:\n[ \t]*+)?|\n[ \t]++)?(?:\"[^\"\n]*+\"|'[^'\n]*+'|\([^()\n]*+\))?[ \t]*+$",
    re.MULTILINE,
)
"""The definition of a link by its label: address and title; one used as a comment leads nowhere."""

_ADDRESS = re.compile(r"<((?:https?|ftp|mailto):[^\s<>]+)>")
_DIV = re.compile(r"^[ \t]*:{3,}[ \t]*(?P<attributes>[^\s:][^\n]*)?$", re.MULTILINE)
"""Pandoc's fenced divs."""

_DELETED = re.compile(r"(?<![~\\])~~(?=[^\s~])[^~\n]{1,2000}?(?<=\S)~~(?!~)")

_INLINE_NOTE = re.compile(r"\^\[((?>(?:[^\[\]]|\[[^\[\]]{0,2000}\]){1,5000}))\]")
_ATTRIBUTES = re.compile(r"(?:\{[:#.]|(?<=[\]\u200b])\{[\w-]+=)[^{}\n]*+\}")
_SPAN = re.compile(r"\[([^\[\]]{1,1000})\](?=\{(?:[:#.]|[\w-]+=)[^{}\n]{0,200}\})")
_NOTE = re.compile(r"\[\^[^\]\s]{1,100}\]|\^(?:\d{1,4}|[*†‡§])\^")
_LINK = re.compile(
    r"!?\[([^\[\]]{1,1000})"
    r"(\](?:\([^()\s]{1,2000}+(?:\([^()\s]{0,200}\))?[^()\n]{0,200}\)|\[[^\[\]\n]{0,200}\]))"
)
_LABEL = re.compile(r"!?\[([^\[\]\n]{1,200})\]")
_QUOTATION_CLASS = re.compile(r"\b(?:block|pull)?quot(?:e|ation)s?\b", re.IGNORECASE)
_STRESS = re.compile(r"(?<![\w\\])(?:\*{1,3}|_{1,3})(?=\S)|(?<=[^\s\\])(?:\*{1,3}|_{1,3})(?!\w)")
_ESCAPED = re.compile(r"\\(?=[!-/:-@\[-`{-~\n])")
_ENTITY = re.compile(r"(?<!\\)&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")

_OPENS, _CLOSES, _PARTS = "\x02", "\x03", "\x04"
"""Stand in for the tags of block quotations and other blocks until the lines are known."""


_MARKER = r"(?:[-*+]|\d{1,9}[.)]|\[\^[^\]\s]{1,100}\]:|:)"
_ITEM = re.compile(rf"[ \t]*{_MARKER}(?:[ \t]|$)")
_QUOTED = re.compile(rf"[ \t]{{0,3}}(?:{_MARKER}[ \t]+)*>")
_QUOTED_IN_ITEM = re.compile(rf"[ \t]*(?:{_MARKER}[ \t]+)*>")
_TAGS = f"[{_OPENS}{_CLOSES}{_PARTS}]"
_BEGINS_BLOCK = re.compile(rf"[ \t]*(?:{_MARKER}[ \t]|#|\||={{3,}}|-{{3,}}|\*{{3,}}|{_TAGS})")
"""A line that does not continue the paragraph before it."""

_SOURCE = re.compile(r"[> \t]*(?:[—–―]|--|\[-?@)")
"""A quoted line that names the source and so ends the quotation."""

_BLOCK_TAGS = re.compile(f"({_TAGS})")
_NUMBERED_LINE = tuple[str, str]
"""A line, and the number of the line of the file that it comes from."""


def read_markdown(text: str) -> MarkedUpText:
    """The words, and the line of each stretch of them; notes within the text become paragraphs after it."""
    text, unread = _without_unread(_BLOCK_TAGS.sub(" ", text))
    text, labels = _without_definitions(text)
    text = _ADDRESS.sub(_address, _with_quoted_divs(text))
    text, notes = _without_inline_notes(text)
    size = text.count("\n") + 1
    numbers = [*range(1, size + 1), *(number for note, number in notes for _ in f"\n{note}".split("\n"))]
    whole, hidden = _without_tags("\n\n".join([text, *(note for note, _ in notes)]))
    lines = list(_tagged_blocks(_quoted_lines(zip(whole.split("\n"), map(str, numbers), strict=True))))
    words = _without_marks("\n".join(line for line, _ in lines), labels)
    source_map = zip(_line_starts(words), (number for _, number in lines), strict=True)
    return MarkedUpText(words, tuple(source_map), +(unread + Counter(hidden)))


def _without_unread(text: str) -> tuple[str, Counter[str]]:
    """The text without what is not part of its words, and how many pieces of each kind that was."""
    text, heads = _HEAD.subn(_blanked, text)
    text, code = without_code(text)
    text, comments = _COMMENT.subn(_blanked, text)
    text, deleted = _DELETED.subn(_unseen, text)
    return text, Counter({"front matter": heads, "code": code, "comment": comments, "hidden": deleted})


def _blanked(match: re.Match[str]) -> str:
    return blanked(match[0])


def _without_definitions(text: str) -> tuple[str, Collection[str]]:
    """The text without the definitions of links, and their labels."""
    labels = {_label(one["label"]) for one in _DEFINITION.finditer(text)}
    return _DEFINITION.sub(_blanked, text) if labels else text, labels


def _label(text: str) -> str:
    return " ".join(text.casefold().split())


def _with_quoted_divs(text: str) -> str:
    """The text with block quotation tags for the fenced divs whose class says that they are quotations."""
    is_quotation: list[bool] = []

    def tag(fence: re.Match[str]) -> str:
        if fence["attributes"]:
            is_quotation.append(bool(_QUOTATION_CLASS.search(fence["attributes"])))
            return "<blockquote>" if is_quotation[-1] else fence[0]
        return "</blockquote>" if is_quotation and is_quotation.pop() else fence[0]

    return _DIV.sub(tag, text)


def _line_starts(text: str) -> list[int]:
    return [0, *(newline.end() for newline in re.finditer("\n", text))]


def _without_inline_notes(text: str) -> tuple[str, list[tuple[str, int]]]:
    """The text without `^[note]`, and these notes, each with the number of its line."""
    notes: list[tuple[str, int]] = []
    lines = _line_starts(text)

    def moved(note: re.Match[str]) -> str:
        notes.append((" ".join(note[1].split()), bisect_right(lines, note.start())))
        return _unseen(note)

    return _INLINE_NOTE.sub(moved, text), notes


def _without_tags(text: str) -> tuple[str, Mapping[str, int]]:
    """The text with quotation marks for `<q>` and signs for the tags of blocks, and what it leaves out.

    It has as many lines as before.
    """
    markup = find_markup(text)
    unread = unread_elements(text, markup)
    depths = quoted_depths(markup, element_ends(markup))
    pieces: list[str] = []
    end = number = 0
    while number < len(markup):
        begin = markup[number].start()
        pieces += [text[end:begin], _sign(markup[number], depths.get(number, 0))]
        while number in unread:
            number = unread[number]
            pieces.append(_sign(markup[number], depths.get(number, 0)))
        end = markup[number].end()
        pieces.append("\n" * text.count("\n", begin, end))
        number += 1
    return "".join([*pieces, text[end:]]), count_unread(markup, unread)


def _sign(tag: Markup, depth: int) -> str:
    """What a tag is replaced by; `depth` says where a block quotation begins (1) or ends (-1)."""
    if depth:
        return _OPENS if depth > 0 else _CLOSES
    name, closes = (tag["name"] or "").lower(), bool(tag["close"])
    match name:
        case "q":
            return "”" if closes else "“"
        case "br":
            return " "
        case _:
            return _PARTS if name in BLOCK_ELEMENTS else _UNSEEN


def _quoted_lines(lines: Iterable[_NUMBERED_LINE]) -> Iterator[_NUMBERED_LINE]:
    """The lines, each of a block quotation with ">" at its beginning, lazy continuations included."""
    in_list = in_quote = False
    after_blank = True
    for line, number in lines:
        item = bool(_ITEM.match(line))
        in_list = item or (in_list and not (after_blank and line[:1].strip()))
        quoted = (_QUOTED_IN_ITEM if in_list else _QUOTED).match(line)
        after_blank = not line.strip()
        lazy = in_quote and not after_blank and not _BEGINS_BLOCK.match(line)
        in_quote = bool(lazy or (quoted and line[quoted.end() :].strip("> \t"))) and not _SOURCE.match(line)
        yield (f"> {line[quoted.end() if quoted else 0 :]}" if quoted or lazy else line), number


def _tagged_blocks(lines: Iterable[_NUMBERED_LINE]) -> Iterator[_NUMBERED_LINE]:
    """The lines, split where a tag begins or ends a block, with ">" before those in `<blockquote>`."""
    depth = 0
    for line, number in lines:
        for piece in _BLOCK_TAGS.split(line):
            depth = max(0, depth + {_OPENS: 1, _CLOSES: -1}.get(piece, 0))
            if _BLOCK_TAGS.match(piece):
                yield "", number
            elif piece or piece == line:
                quoted = depth and piece.strip(f" \t{_UNSEEN}")
                yield (f"> {piece.strip()}" if quoted else piece), number


def _without_marks(text: str, labels: Collection[str]) -> str:
    """The text without inline markup, and with entities replaced by their characters."""
    text = _SPAN.sub(_bare, text)
    for pattern in (_ATTRIBUTES, _NOTE):
        text = pattern.sub(_UNSEEN, text)
    text = _LINK.sub(_bare, text)
    if labels:
        text = _LABEL.sub(lambda link: _bare(link) if _label(link[1]) in labels else link[0], text)
    text = _ENTITY.sub(_character, text)
    for pattern in (_STRESS, _ESCAPED):
        text = pattern.sub(_UNSEEN, text)
    return text


def _character(entity: re.Match[str]) -> str:
    """What an entity stands for, never the beginning of a line or of a quoted one."""
    return unescape(entity[0]).replace("\n", " ").replace(">", f"{_UNSEEN}>")


def _bare(marked: re.Match[str]) -> str:
    return _UNSEEN + marked[1] + _UNSEEN


def _unseen(match: re.Match[str]) -> str:
    """An invisible character, and the line ends of what it replaces."""
    return _UNSEEN + "\n" * match[0].count("\n")


def _address(link: re.Match[str]) -> str:
    return f" {link[1]} "
