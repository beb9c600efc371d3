"""Markdown as blocks: turned into HTML, whose reader knows lists, tables and notes."""

from __future__ import annotations

import re

import markdown

from kb.errors import SourceUnreadable
from kb.importers.blocks import SourceDocument
from kb.importers.charsets import decoded_text
from kb.importers.html.reader import read_html_text
from kb.messages import Message

__all__ = ["is_markdown", "read_markdown", "read_markdown_text"]

MAX_CHARS = 5_000_000
MAX_BRACKETS = 200
"""The limit for a block; one with more gets no links."""

_EXTENSIONS = ("footnotes", "nl2br", "sane_lists", "tables", "fenced_code", "def_list")
_FRONT_MATTER = re.compile(r"\A---\n(.{0,20000}?)\n(?:---|\.\.\.)\n", re.DOTALL)
_TITLE = re.compile(r"^title:\s*[\"']?(.{1,400}?)[\"']?\s*$", re.MULTILINE)
_HEADING = re.compile(r"^#{1,6} \S", re.MULTILINE)
_NUMBERED = re.compile(r"( {0,3})(\d{1,9})(\.\s)")
_BLOCK = re.compile(r"(?:[^\n]+\n?)+")
_WIKI_LINK = re.compile(r"\[\[(?:[^\]|\n]{1,200}\|)?([^\]|\n]{1,200})\]\]")


def is_markdown(text: str) -> bool:
    """Whether a text file is Markdown: it begins with a heading, or has several."""
    start = text.lstrip("\ufeff \r\n")[:2000]
    return bool(_HEADING.match(start)) and len(_HEADING.findall(text[:200_000])) > 1


def read_markdown(data: bytes, name: str) -> SourceDocument:
    """The paragraphs of a Markdown file. Raises SourceUnreadable for one that is too long."""
    decoded = decoded_text(data)
    return read_markdown_text(decoded.text, decoded.remarks, name)


def read_markdown_text(text: str, remarks: tuple[Message, ...], name: str) -> SourceDocument:
    if len(text) > MAX_CHARS:
        raise SourceUnreadable(Message("markdown-too-long", name=name, count=MAX_CHARS))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    front = _FRONT_MATTER.match(text)
    title = _TITLE.search(front[1]) if front else None
    body = _WIKI_LINK.sub(r"\1", _with_own_numbers(text[front.end() :] if front else text))
    body = _BLOCK.sub(_without_many_brackets, body)
    try:
        html = markdown.markdown(body, extensions=_EXTENSIONS)
    except (RecursionError, ValueError, IndexError) as exc:
        raise SourceUnreadable(Message("markdown-damaged", name=name)) from exc
    return read_html_text(f"<body>{html}</body>", remarks, name, {"title": title[1]} if title else {})


def _without_many_brackets(block: re.Match[str]) -> str:
    """The block with its brackets escaped if there are far too many: the parser tries all pairs."""
    return block[0].replace("[", "\\[") if block[0].count("[") > MAX_BRACKETS else block[0]


def _with_own_numbers(text: str) -> str:
    """The text with out-of-sequence numbers escaped, since a Markdown list would change them."""
    lines, before, fenced = text.split("\n"), 0, False
    for place, line in enumerate(lines):
        fenced ^= line.startswith(("```", "~~~"))
        found = _NUMBERED.match(line)
        if found is None or fenced:
            continue
        number = int(found[2])
        if before and number not in (1, before + 1):
            lines[place] = f"{found[1]}{found[2]}\\{line[found.end(2) :]}"
        before = before + 1 if before and number == 1 and _is_lazy(lines, place) else number
    return "\n".join(lines)


def _is_lazy(lines: list[str], place: int) -> bool:
    """Whether all items of a list are written with the number 1."""
    return any(line.lstrip().startswith("1. ") for line in lines[max(place - 2, 0) : place])
