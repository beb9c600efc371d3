"""What a note would silently lose on its page: images, raw HTML, links that lead nowhere."""

from __future__ import annotations

import re
from html import escape
from html.parser import HTMLParser

from kb.curated import note_html

__all__ = ["find"]

Finding = tuple[int, str, str]
"""Line, problem, remedy."""

DEFINITION = re.compile(r" {0,3}\[[^\]]+\]:")
KEPT = note_html.ALLOWED | {"pre", "h1", "h2", "h3", "h4", "h5", "h6"}
"""Elements whose words stay; headings are spoken of where the note's lines are read."""


class _Reader(HTMLParser):
    """Gathers what sanitising drops: what to look for in the lines, problem, remedy."""

    def __init__(self) -> None:
        super().__init__()
        self.dropped: list[tuple[str, str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img":
            self.dropped.append(("![", "an image cannot stand in a note", "say in words what it shows"))
        elif tag not in KEPT:
            remedy = "remove it, or write &lt; for a < that is meant as a sign"
            self.dropped.append((f"<{tag}", f"the HTML <{tag}> cannot stand in a note", remedy))
        elif tag == "a" and not _leads(href := dict(attrs).get("href") or ""):
            remedy = "link to https://... or to an address on this site that begins with /"
            self.dropped.append((href, f"the link to “{href[:80]}” does not work on the page", remedy))

    def handle_decl(self, decl: str) -> None:
        self._instruction("<!")

    def unknown_decl(self, data: str) -> None:
        self._instruction("<!")

    def handle_pi(self, data: str) -> None:
        self._instruction("<?")

    def _instruction(self, sign: str) -> None:
        problem = f"an HTML instruction ({sign}...) cannot stand in a note"
        self.dropped.append((sign, problem, "remove it"))


def _leads(href: str) -> bool:
    return not href or "href=" in note_html.sanitise(f'<a href="{escape(href)}">x</a>')


def find(prose: str, html: str, first_line: int) -> list[Finding]:
    """What of the prose its unsanitised HTML would lose, each with the line where it stands."""
    lines = prose.split("\n")
    reader = _Reader()
    reader.feed(html)
    reader.close()
    dropped = [
        (_line(lines, sign) + first_line, problem, remedy)
        for sign, problem, remedy in dict.fromkeys(reader.dropped)
    ]
    return dropped + _definitions(lines, first_line)


def _line(lines: list[str], sign: str) -> int:
    """The first of the lines that has the sign, or else the first of all."""
    wanted = sign.removeprefix("mailto:").casefold()
    return next((number for number, line in enumerate(lines) if wanted in line.casefold()), 0)


def _definitions(lines: list[str], first_line: int) -> list[Finding]:
    remedy = "write a link as [words](address), or another sign than : after the ]"
    return [
        (number, "a line that begins with [...]: does not show on the page", remedy)
        for number, line in enumerate(lines, first_line)
        if DEFINITION.match(line)
    ]
