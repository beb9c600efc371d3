"""Notes as HTML: rendered, sanitised, reduced to plain text, and marked where a search matches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser

import markdown as python_markdown
import nh3

__all__ = ["ALLOWED_TAGS", "mark_html", "markdown_to_html", "plain_text", "render_note", "sanitise_html"]

TAGS = {"a", "blockquote", "br", "code", "em", "li", "mark", "ol", "p", "strong", "ul"}
ALLOWED_TAGS = TAGS - {"mark"}
"""The elements allowed in a note."""

BREAKS = {"p": "\n\n", "ul": "\n\n", "ol": "\n\n", "blockquote": "\n\n", "li": "\n", "br": "\n"}
"""The white space that an element puts around its text."""

SPACE = frozenset(" \t\n\r\f")
"""What HTML counts as white space; a no-break space is not among it."""


def sanitise_html(html: str) -> str:
    """The HTML reduced to the elements allowed in a note; links lead to http, https or this site."""
    return _clean(html, ALLOWED_TAGS)


def _clean(html: str, tags: set[str]) -> str:
    return nh3.clean(
        html,
        tags=tags,
        attributes={"a": {"href"}},
        allowed_classes={"ul": {"provisions"}},
        url_schemes={"http", "https"},
        link_rel=None,
    )


def render_note(markdown: str) -> str:
    """The sanitised HTML of a note's Markdown. Raises RecursionError if it is nested absurdly deep."""
    return sanitise_html(markdown_to_html(markdown))


def markdown_to_html(markdown: str) -> str:
    """The raw HTML of Markdown, unsafe until sanitised. Raises RecursionError like `render_note`."""
    return python_markdown.markdown(markdown, output_format="html")


@dataclass(frozen=True, slots=True)
class _HtmlToken:
    """A tag, or a run of text; `tag` is empty for text."""

    tag: str
    text: str
    gap: str = ""


class _HtmlTokens(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tokens: list[_HtmlToken] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in TAGS:
            written = "".join(f' {name}="{escape(value or "")}"' for name, value in attrs)
            self.tokens.append(_HtmlToken(f"<{tag}{written}>", "", BREAKS.get(tag, "")))

    def handle_endtag(self, tag: str) -> None:
        if tag in TAGS:
            self.tokens.append(_HtmlToken(f"</{tag}>", "", BREAKS.get(tag, "")))

    def handle_data(self, data: str) -> None:
        self.tokens.append(_HtmlToken("", data))


def _read(html: str) -> list[_HtmlToken]:
    reader = _HtmlTokens()
    reader.feed(_clean(html, TAGS))
    reader.close()
    return reader.tokens


@dataclass(slots=True)
class _Gap:
    """White space since the last character, and its place if it comes from a text token."""

    text: str = ""
    place: tuple[int, int] | None = None

    def widen(self, text: str, place: tuple[int, int] | None = None) -> None:
        if len(text) > len(self.text) or (text == "\n" and self.text == " "):
            self.text, self.place = text, place


def _characters(tokens: Sequence[_HtmlToken]) -> Iterator[tuple[str, tuple[int, int] | None]]:
    """Each character of the plain text, with its token and offset if it has one."""
    gap, begun = _Gap(), False
    for number, token in enumerate(tokens):
        gap.widen(token.gap)
        for offset, character in enumerate(token.text):
            if character in SPACE:
                gap.widen(" ", (number, offset))
                continue
            if begun and gap.text:
                yield from ((one, gap.place) for one in gap.text)
            gap, begun = _Gap(), True
            yield character, (number, offset)


def plain_text(html: str) -> str:
    """The text of the HTML, with a blank line between blocks and a line break between list items."""
    return "".join(character for character, _ in _characters(_read(html)))


def mark_html(html: str, ranges: Sequence[tuple[int, int]], first: str = "") -> str:
    """The HTML with `<mark>` around half-open ranges of `plain_text(html)`.

    A range that crosses elements becomes one mark in each; ranges may overlap and are clipped to
    the text. The HTML is rebuilt from its tokens, with every character escaped. `first` is the id of
    the first mark, if it is to have one.
    """
    tokens = _read(html)
    places = [place for _, place in _characters(tokens)]
    marked = {place for begin, end in ranges for place in places[max(begin, 0) : max(end, 0)]}
    written = "".join(token.tag or _marked(number, token.text, marked) for number, token in enumerate(tokens))
    return written.replace("<mark>", f'<mark id="{escape(first)}">', 1) if first else written


def _marked(number: int, text: str, marked: set[tuple[int, int] | None]) -> str:
    pieces: list[str] = []
    inside = False
    for offset, character in enumerate(text):
        now = (number, offset) in marked
        if now != inside:
            pieces.append("<mark>" if now else "</mark>")
        inside = now
        pieces.append(escape(character, quote=False))
    return "".join(pieces) + ("</mark>" if inside else "")
