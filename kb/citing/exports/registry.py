"""The files in which citations are taken away, by name: for reference managers, for text, for annotation."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from kb.citing import rich_text
from kb.citing.csl_item import Item
from kb.citing.exports import bibtex, ris, web_annotation
from kb.citing.styles.registry import Style, cite
from kb.text import markdown_escape

__all__ = ["BY_SUFFIX", "FORMATS", "Format"]

Writer = Callable[[Sequence[Item], Style], str]


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: how records are written, what it is, how its name ends, whether it is for saving.

    `styled` says that it holds citations in a style; the others hold the record itself.
    """

    name: str
    title: str
    write: Writer
    media_type: str
    suffix: str
    saved: bool = False
    styled: bool = False


def _csl_json(items: Sequence[Item], style: Style) -> str:
    return json.dumps(items, ensure_ascii=False, indent=1) + "\n"


def _text(items: Sequence[Item], style: Style) -> str:
    return "\n".join(f"“{item['abstract']}”\n\n{cite(item, style).plain}\n" for item in items)


def _markdown(items: Sequence[Item], style: Style) -> str:
    return "\n".join(f"{_quoted(item['abstract'])}\n\n{_paragraphs(item, style)}\n" for item in items)


def _quoted(words: str) -> str:
    lines = (markdown_escape.escape(line) for line in words.splitlines() if line.strip())
    return "\n".join(f"> {line}" for line in "\\\n".join(lines).split("\n"))


def _paragraphs(item: Item, style: Style) -> str:
    return "\n\n".join(rich_text.markdown(part.runs) for part in cite(item, style).pasted)


def _html(items: Sequence[Item], style: Style) -> str:
    return "".join(_html_of(item, style) for item in items)


def _html_of(item: Item, style: Style) -> str:
    given = (("cite", item.get("URL")), ("lang", item.get("language")))
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in given if value)
    lines = "<br>\n".join(map(escape, item["abstract"].splitlines()))
    cited = "".join(f"<p>{rich_text.html(part.runs)}</p>\n" for part in cite(item, style).pasted)
    return f"<blockquote{attributes}>\n<p>{lines}</p>\n</blockquote>\n{cited}"


FORMATS: Mapping[str, Format] = {
    each.name: each
    for each in (
        Format(
            "ris",
            "RIS",
            lambda items, _: ris.write(items),
            "application/x-research-info-systems",
            "ris",
            True,
        ),
        Format("bibtex", "BibTeX", lambda items, _: bibtex.write(items), "application/x-bibtex", "bib", True),
        Format("csl-json", "CSL-JSON", _csl_json, "application/vnd.citationstyles.csl+json", "json"),
        Format("text", "Plain text", _text, "text/plain", "txt", styled=True),
        Format("markdown", "Markdown", _markdown, "text/markdown", "md", styled=True),
        Format("html", "HTML", _html, "text/html", "", styled=True),
        Format(
            "annotation",
            "Web Annotation",
            web_annotation.write,
            web_annotation.MEDIA_TYPE,
            "jsonld",
            styled=True,
        ),
    )
}
BY_SUFFIX: Mapping[str, Format] = {each.suffix: each for each in FORMATS.values() if each.suffix}
"""Those that have an address of their own beside a passage's."""
