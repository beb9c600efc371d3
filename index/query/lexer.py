"""Splits a query into lexemes in one pass, in time linear in its length."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from index.analysis.characters import GROUPING, UNSEEN
from kb.text.scripts import UNSPACED

__all__ = ["Lexeme", "lexemes"]

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
_CONTROLS = r"\u0000-\u001f\u007f"
_BLANK = re.compile(rf"[\s{_CONTROLS}{UNSEEN}]+")
_SPACE = re.compile(rf"[{UNSEEN}]*+[\s{_CONTROLS}]")
# a zero-width space ends a word in scripts without spaces; white space that groups digits ends none
_GROUPS = rf"(?<=\d)[{''.join(filter(str.isspace, GROUPING))}](?=\d\d\d(?!\d))"
_BOUNDARY = rf"(?<=[{UNSPACED}])\u200b|\u200b(?=[{UNSPACED}])"
_CHUNK_END = re.compile(rf'(?!{_GROUPS})[\s{_CONTROLS}]|["()]|{_BOUNDARY}')
_SLOP = re.compile(r'~([0-9]{1,3})(?![^\s()"])')
_SIGNS = frozenset("-+−–—")

Kind = Literal["word", "phrase", "open", "close", "minus"]


@dataclass(frozen=True, slots=True)
class Lexeme:
    """One lexeme; `glued` if no space separates it from the one before, `closed` if a phrase ends in a quote.

    `start` is where its text begins in the query.
    """

    kind: Kind
    text: str = ""
    slop: int = 0
    glued: bool = False
    closed: bool = True
    start: int = 0


def lexemes(query: str) -> Iterator[Lexeme]:
    """Words, phrases, parentheses and minus signs, in order; curly quotes are straight ones."""
    text = query.translate(_QUOTES)
    at, end, last_space = 0, len(text), -1
    while at < end:
        if blank := _BLANK.match(text, at):
            at = last_space = blank.end()
            continue
        glued = at not in (0, last_space)
        match text[at]:
            case '"':
                lexeme, at = _phrase(text, at, glued)
                yield lexeme
            case "(" | ")" as parenthesis:
                yield Lexeme("open" if parenthesis == "(" else "close")
                at = last_space = at + 1
            case sign if sign in _SIGNS:
                at = last_space = _after_signs(text, at)
                if sign in "-−" and not glued and at < end and not _SPACE.match(text, at):
                    yield Lexeme("minus")
            case _:
                stop = _word_end(text, at)
                yield Lexeme("word", text[at:stop].rstrip(UNSEEN), glued=glued, start=at)
                at = stop


def _after_signs(text: str, at: int) -> int:
    while at < len(text) and text[at] in _SIGNS:
        at += 1
    return at


def _phrase(text: str, at: int, glued: bool) -> tuple[Lexeme, int]:
    close = text.find('"', at + 1)
    if close < 0:
        return Lexeme("phrase", text[at + 1 :], glued=glued, closed=False, start=at + 1), len(text)
    slop = _SLOP.match(text, close + 1)
    lexeme = Lexeme(
        "phrase", text[at + 1 : close], slop=int(slop[1]) if slop else 0, glued=glued, start=at + 1
    )
    return lexeme, slop.end() if slop else close + 1


def _word_end(text: str, at: int) -> int:
    """Where the word ends; parentheses opened within it belong to it, as in `2(d)`."""
    depth = 0
    while stop := _CHUNK_END.search(text, at):
        at = stop.start()
        if text[at] == "(":
            depth += 1
        elif text[at] == ")" and depth:
            depth -= 1
        else:
            return at
        at += 1
    return len(text)
