"""The export formats by name: for reference managers, for text, for annotation.

A new format of one citation is an entry in `FORMATS`; passages' pages and `kb cite` then offer it. Files
of a whole brief (Word among them) are listed in `web/briefs/files.py`, those of a result list in
`web/views/export.py`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from kb.citing import rich_text
from kb.citing.csl_item import CslItem
from kb.citing.elements.quoted_words import QuotedWords, quoted_text, quoted_words
from kb.citing.exports.bibtex import write_bibtex
from kb.citing.exports.item_values import in_csl_json
from kb.citing.exports.markdown_direction import block_quotation, in_direction
from kb.citing.exports.ris import write_ris
from kb.citing.exports.web_annotation import MEDIA_TYPE, write_annotation
from kb.citing.styles.registry import Style, cite
from kb.languages.direction import html_direction
from kb.languages.writing_systems import language_of

__all__ = ["BY_SUFFIX", "FORMATS", "CitationFormat"]

Writer = Callable[[Sequence[CslItem], Style], str]


@dataclass(frozen=True, slots=True)
class CitationFormat:
    """A kind of file: how records are written in it, its media type and suffix.

    `saved` files are downloaded, not shown. `styled` ones hold citations in a style, others the record.
    `frame` is what a file has before, between and after its records, if they are written one by one.
    """

    name: str
    title: str
    write: Writer
    media_type: str
    suffix: str
    saved: bool = False
    styled: bool = False
    frame: tuple[str, str, str] | None = ("", "", "")

    def pieces(self, items: Iterable[CslItem], style: Style) -> Iterator[str]:
        """The file of many records, one after another: what `write` makes of all of them."""
        if self.frame is None:
            yield self.write(list(items), style)
            return
        before, between, after = self.frame
        first = True
        for item in items:
            record = self.write([item], style).removeprefix(before).removesuffix(after)
            yield (before if first else between) + record
            first = False
        yield self.write([], style) if first else after


def _csl_json(items: Sequence[CslItem], style: Style) -> str:
    return json.dumps([in_csl_json(item) for item in items], ensure_ascii=False, indent=1) + "\n"


def _text(items: Sequence[CslItem], style: Style) -> str:
    return "\n".join(f"{_in_quotation_marks(item)}{cite(item, style).plain}\n" for item in items)


def _in_quotation_marks(item: CslItem) -> str:
    """The words of a passage; of a document as a whole, nothing is quoted."""
    return f"{words}\n\n" if (words := quoted_text(item)) else ""


def _markdown(items: Sequence[CslItem], style: Style) -> str:
    return "\n".join(f"{_quoted(item)}{_paragraphs(item, style)}\n" for item in items)


def _quoted(item: CslItem) -> str:
    if not (parts := quoted_words(item)):
        return ""
    return f"{in_direction(block_quotation(parts), item['abstract'], item.get('language', ''))}\n\n"


def _paragraphs(item: CslItem, style: Style) -> str:
    return "\n\n".join(rich_text.as_markdown(part.runs) for part in cite(item, style).pasted)


def _html(items: Sequence[CslItem], style: Style) -> str:
    return "".join(_html_of(item, style) for item in items)


def _html_of(item: CslItem, style: Style) -> str:
    language = item.get("language", "")
    cited = "".join(
        f'<p dir="auto">{rich_text.as_html(part.runs, language)}</p>\n' for part in cite(item, style).pasted
    )
    return f"{_quotation_html(item)}{cited}"


def _quotation_html(item: CslItem) -> str:
    words = item.get("abstract")
    if not words:
        return ""
    given = (
        ("cite", item.get("URL")),
        ("dir", html_direction(words)),
        ("lang", language_of(item.get("language", ""), words)),
    )
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in given if value)
    inside = "".join(map(_part_html, quoted_words(item)))
    return f"<blockquote{attributes}>\n{inside}</blockquote>\n"


def _part_html(part: QuotedWords) -> str:
    lines = "<br>\n".join(map(escape, part.words.splitlines()))
    listed = "".join(f"<li>{escape(line)}</li>\n" for line in part.listed)
    return f"<p>{lines}</p>\n" + (f"<ul>\n{listed}</ul>\n" if listed else "")


FORMATS: Mapping[str, CitationFormat] = {
    each.name: each
    for each in (
        CitationFormat(
            "ris",
            "RIS",
            lambda items, _: write_ris(items),
            "application/x-research-info-systems",
            "ris",
            True,
        ),
        CitationFormat(
            "bibtex",
            "BibTeX",
            lambda items, _: write_bibtex(items),
            "application/x-bibtex",
            "bib",
            True,
            frame=("", "\n", ""),
        ),
        CitationFormat(
            "csl-json",
            "CSL-JSON",
            _csl_json,
            "application/vnd.citationstyles.csl+json",
            "json",
            frame=("[\n", ",\n", "\n]\n"),
        ),
        CitationFormat("text", "Plain text", _text, "text/plain", "txt", styled=True, frame=("", "\n", "")),
        CitationFormat(
            "markdown", "Markdown", _markdown, "text/markdown", "md", styled=True, frame=("", "\n", "")
        ),
        CitationFormat("html", "HTML", _html, "text/html", "", styled=True),
        CitationFormat(
            "annotation",
            "Web Annotation",
            write_annotation,
            MEDIA_TYPE,
            "jsonld",
            styled=True,
            frame=None,
        ),
    )
}
BY_SUFFIX: Mapping[str, CitationFormat] = {each.suffix: each for each in FORMATS.values() if each.suffix}
"""The formats that have their own address under a passage's."""
