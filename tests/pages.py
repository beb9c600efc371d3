"""The project's Markdown pages as the tests read them: their tables, code blocks and links."""

from __future__ import annotations

import re
from pathlib import Path

__all__ = ["ROOT", "all_pages", "blocks", "code", "column", "links", "page", "rows", "slugs"]

ROOT = Path(__file__).parents[1]

_BAR = re.compile(r"(?<=\s)\|(?=\s)")
_CODE = re.compile(r"`([^`]+)`")
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"(?<!\\)\[[^\]]*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def page(name: str) -> str:
    """A page by its path from the root."""
    return (ROOT / name).read_text(encoding="utf-8")


def all_pages() -> list[str]:
    """Every Markdown page of the project itself; the content that ships is tested as content."""
    found = [path.relative_to(ROOT) for path in ROOT.rglob("*.md")]
    shipped = {"documents", "themes"}
    own = [
        path for path in found if not path.parts[0].startswith(".") and path.parts[0] not in ("build", "dist")
    ]
    return sorted(
        path.as_posix() for path in own if not (path.parts[0] == "content" and shipped & {*path.parts})
    )


def blocks(text: str, language: str) -> list[str]:
    """The fenced blocks in a language, in order."""
    return [body for name, body in _FENCE.findall(text) if name == language]


def rows(text: str, head: str) -> list[list[str]]:
    """The cells of every table with this header (`| command | what it does |`), row by row."""
    found = []
    for part in text.split(f"{head}\n")[1:]:
        lines = part.split("\n\n")[0].splitlines()[1:]
        found += [[cell.strip() for cell in _BAR.split(line[1:-1])] for line in lines]
    return found


def column(text: str, head: str) -> list[str]:
    """What is set as code in the first column of the tables with this header."""
    return [name for row in rows(text, head) for name in _CODE.findall(row[0])]


def code(text: str) -> list[str]:
    """Everything that a text sets as inline code on one line."""
    return _CODE.findall(_FENCE.sub("", text))


def links(text: str) -> list[str]:
    """The targets of a text's links and pictures."""
    return _LINK.findall(_CODE.sub("", _FENCE.sub("", text)))


def slugs(text: str) -> set[str]:
    """The anchors of a page's headings, as code hosts make them."""
    plain = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in _HEADING.findall(_FENCE.sub("", text)))
    return {heading.replace(" ", "-") for heading in plain}
