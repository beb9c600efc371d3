"""Markup that a note would silently lose on its page: images, raw HTML, dead links."""

from __future__ import annotations

import re
from html import escape
from html.parser import HTMLParser

from kb.curated import note_html
from kb.formats.html_markup import without_long_references
from kb.messages import Message

__all__ = ["find_dropped"]

DEFINITION = re.compile(r" {0,3}\[[^\]]+\]:")
KEPT_TAGS = note_html.ALLOWED_TAGS | {"pre", "h1", "h2", "h3", "h4", "h5", "h6"}
"""Elements whose text is kept; headings are reported by `provision_table`."""


class _DroppedMarkup(HTMLParser):
    """Collects what sanitising drops, each with the characters by which to find its line."""

    def __init__(self) -> None:
        super().__init__()
        self.dropped: list[tuple[str, Message]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img":
            self.dropped.append(("![", Message("image-in-note")))
        elif tag not in KEPT_TAGS:
            self.dropped.append((f"<{tag}", Message("html-in-note", tag=tag)))
        elif tag == "a" and not _leads(href := dict(attrs).get("href") or ""):
            self.dropped.append((href, Message("dead-link", target=href[:80])))

    def handle_decl(self, decl: str) -> None:
        self._instruction("<!")

    def unknown_decl(self, data: str) -> None:
        self._instruction("<!")

    def handle_pi(self, data: str) -> None:
        self._instruction("<?")

    def _instruction(self, sign: str) -> None:
        self.dropped.append((sign, Message("instruction-in-note", sign=sign)))


def _leads(href: str) -> bool:
    return not href or "href=" in note_html.sanitise_html(f'<a href="{escape(href)}">x</a>')


def find_dropped(prose: str, html: str, first_line: int) -> list[tuple[int, Message]]:
    """What sanitising would drop from a note, with line numbers; `html` is the unsanitised rendering."""
    lines = prose.split("\n")
    reader = _DroppedMarkup()
    reader.feed(without_long_references(html))
    reader.close()
    dropped = [(_line(lines, sign) + first_line, message) for sign, message in dict.fromkeys(reader.dropped)]
    return dropped + _definitions(lines, first_line)


def _line(lines: list[str], sign: str) -> int:
    """The index of the first line that contains the sign, else 0."""
    wanted = sign.removeprefix("mailto:").casefold()
    return next((number for number, line in enumerate(lines) if wanted in line.casefold()), 0)


def _definitions(lines: list[str], first_line: int) -> list[tuple[int, Message]]:
    return [
        (number, Message("hidden-line"))
        for number, line in enumerate(lines, first_line)
        if DEFINITION.match(line)
    ]
