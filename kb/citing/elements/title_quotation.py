"""Quotation marks within a title that is itself in quotation marks: they are of the other kind."""

from __future__ import annotations

import re

__all__ = ["nested_quotation"]

_MARKS = {"“": "”", "‘": "’"}
_OTHER = {"“": "‘", "‘": "“"}
_GOES_ON = re.compile(r"\s+(?:and|are|as|at|but|by|for|from|in|into|is|of|on|or|the|to|under|was|with)\b")


def nested_quotation(words: str, outer: str) -> str:
    """The words with their quotation marks turned, level by level, inside marks of the kind `outer`.

    English marks, curly and straight; those of other languages and apostrophes stay as they are.
    """
    opened = _pairs(words)
    closed = {end: begin for begin, end in opened.items()}
    written, mark = [], _OTHER[outer]
    for at, character in enumerate(words):
        if at in opened:
            written.append(mark)
            mark = _OTHER[mark]
        elif at in closed:
            mark = _OTHER[mark]
            written.append(_MARKS[mark])
        else:
            written.append(character)
    return "".join(written)


def _pairs(words: str) -> dict[int, int]:
    """Where quotations begin and end, by the place of the opening mark; crossing ones are left out."""
    pairs: dict[int, int] = {}
    stack: list[tuple[int, int]] = []
    for at, character in enumerate(words):
        if stack and at == stack[-1][1]:
            begin, end = stack.pop()
            pairs[begin] = end
        elif character in "“\"‘'" and (end := _end(words, at, stack[-1][1] if stack else len(words))):
            stack.append((at, end))
    return pairs


def _end(words: str, at: int, limit: int) -> int:
    """The place of the mark that ends a quotation which begins here and lies before `limit`; 0 for none."""
    opening = words[at]
    if opening in "\"'" and not _can_open(words, at):
        return 0
    if opening in '“"':
        return words.find("”" if opening == "“" else '"', at + 1, limit) + 1 and _double_end(words, at, limit)
    ends = [end for end in range(at + 2, limit) if _can_close(words, end, "’" if opening == "‘" else "'")]
    until = next(
        (n for n in range(at + 1, limit) if words[n] == "‘" or (words[n] == "'" and _can_open(words, n))),
        limit,
    )
    ends = [end for end in ends if end < until] or ends
    sure = [end for end in ends if not _may_possess(words, end)]
    return (sure or ends[-1:] or [0])[0]


def _double_end(words: str, at: int, limit: int) -> int:
    """Of curly marks the one that balances; of straight ones the next that can close."""
    if words[at] == '"':
        return next((end for end in range(at + 2, limit) if _can_close(words, end, '"')), 0)
    depth = 0
    for end in range(at, limit):
        depth += (words[end] == "“") - (words[end] == "”")
        if not depth:
            return end
    return 0


def _can_open(words: str, at: int) -> bool:
    before, after = words[at - 1 : at], words[at + 1 : at + 2]
    return bool(after.strip()) and not (before.isalnum() or before in (".", ",", ")", "’", "”"))


def _can_close(words: str, at: int, mark: str) -> bool:
    return words[at] == mark and bool(words[at - 1].strip()) and not words[at + 1 : at + 2].isalnum()


def _may_possess(words: str, at: int) -> bool:
    """Whether the mark may be the apostrophe of `workers’ rights`."""
    rest = words[at + 1 :]
    return words[at - 1] in "sS" and bool(re.match(r"\s+\w", rest)) and not _GOES_ON.match(rest)
