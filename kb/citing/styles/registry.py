"""The citation styles by name, and the citation of a record in one of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kb.citing.csl_item import CslItem, kind_of
from kb.citing.elements.citation_elements import CitationElements, CitationTexts
from kb.citing.elements.style_rules import StyleRules
from kb.citing.rich_text import RichText, plain_text
from kb.citing.styles.aglc import AGLC, AGLC_FORMS
from kb.citing.styles.apa import APA, APA_FORMS
from kb.citing.styles.bluebook import BLUEBOOK, BLUEBOOK_FORMS
from kb.citing.styles.chicago import CHICAGO, CHICAGO_FORMS
from kb.citing.styles.harvard import HARVARD, HARVARD_FORMS
from kb.citing.styles.mla import MLA, MLA_FORMS
from kb.citing.styles.oscola import OSCOLA, OSCOLA_FORMS
from kb.citing.styles.un import UN, UN_FORMS
from kb.errors import BadRequest
from kb.messages import Message

__all__ = [
    "DEFAULT_STYLE",
    "STYLES",
    "UNVERIFIED",
    "Citation",
    "CitationPart",
    "Style",
    "cite",
    "style_named",
]

DEFAULT_STYLE = "oscola"

UNVERIFIED = "the format for this kind of source has not been checked against that edition of the guide"

Form = Callable[[CitationElements], CitationTexts]

_UNCHECKED_FIELDS = {"ecli", "parties", "translated_title"}
"""What a source may have that no form was checked with."""


@dataclass(frozen=True, slots=True)
class Style:
    """A style: its name, how it writes each kind of source, and which of these were checked against a guide.

    `parts` names what one citation consists of. Where `in_text`, the first part stands in the text
    and is of no use without the second; elsewhere the first part is whole.
    """

    name: str
    title: str
    edition: str
    parts: tuple[str, ...]
    rules: StyleRules
    forms: Mapping[str, Form]
    verified: frozenset[str]
    in_text: bool = False

    def is_verified_for(self, item: CslItem) -> bool:
        """Whether its form for such a source was checked against a guide."""
        is_plain = _UNCHECKED_FIELDS.isdisjoint(item["custom"].get("fields", ()))
        return is_plain and kind_of(item).name in self.verified

    def label(self, item: CslItem) -> str:
        """Its name in a list of styles, marked where unverified for such a source."""
        known = f"{self.title} ({self.edition})"
        return known if self.is_verified_for(item) else f"{known}, unverified"


@dataclass(frozen=True, slots=True)
class CitationPart:
    """A footnote, an entry of a bibliography, a reference in the text."""

    label: str
    runs: RichText


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation in one style; `pasted` parts go beside a quotation, `further` ones elsewhere."""

    style: Style
    pasted: tuple[CitationPart, ...]
    further: tuple[CitationPart, ...]

    @property
    def plain(self) -> str:
        """What goes beside a quotation, one paragraph per part."""
        return "\n\n".join(plain_text(part.runs) for part in self.pasted)

    @property
    def parts(self) -> tuple[CitationPart, ...]:
        return (*self.pasted, *self.further)


def _style(
    name: str,
    titles: tuple[str, str],
    parts: str,
    rules: StyleRules,
    forms: Mapping[str, Form],
    verified: str,
) -> Style:
    names = tuple(parts.split("; "))
    checked = frozenset(verified.split(", "))
    return Style(name, *titles, names, rules, forms, checked, names[0] == "In the text")


STYLES: Mapping[str, Style] = {
    style.name: style
    for style in (
        _style(
            "oscola",
            ("OSCOLA", "4th ed."),
            "Footnote",
            OSCOLA,
            OSCOLA_FORMS,
            "treaty, resolution, UN document, case, legislation, EU instrument, report, "
            "communique, book, chapter, journal article, thesis, web page, speech, note",
        ),
        _style(
            "aglc",
            ("AGLC", "4th ed."),
            "Footnote",
            AGLC,
            AGLC_FORMS,
            "treaty, UN document, case, legislation, report, communique, book, journal article, "
            "web page, note",
        ),
        _style("bluebook", ("Bluebook", "22nd ed."), "Citation", BLUEBOOK, BLUEBOOK_FORMS, "note"),
        _style(
            "chicago",
            ("Chicago, notes and bibliography", "18th ed."),
            "Note; Bibliography",
            CHICAGO,
            CHICAGO_FORMS,
            "report, communique, book, web page",
        ),
        _style(
            "apa",
            ("APA", "7th ed."),
            "In the text; Reference list",
            APA,
            APA_FORMS,
            "treaty, UN document, case, report, communique, working paper, book, chapter, thesis, hearing",
        ),
        _style(
            "mla",
            ("MLA", "9th ed."),
            "In the text; Works cited",
            MLA,
            MLA_FORMS,
            "report, communique, book, chapter, journal article",
        ),
        _style(
            "harvard",
            ("Harvard", "Cite Them Right"),
            "In the text; Reference list",
            HARVARD,
            HARVARD_FORMS,
            "report, communique, book, chapter, journal article, thesis, web page, note",
        ),
        _style(
            "un",
            ("United Nations", "Editorial Manual"),
            "Footnote",
            UN,
            UN_FORMS,
            "resolution, UN document, report, communique",
        ),
    )
}


def style_named(name: str) -> Style:
    """The style of this name. Raises BadRequest, naming those there are."""
    if name in STYLES:
        return STYLES[name]
    raise BadRequest("style", Message("unknown-style", name=name[:40], known=", ".join(STYLES)))


def cite(item: CslItem, style: Style) -> Citation:
    """The citation of a passage's record in a style."""
    written = style.forms[kind_of(item).name](CitationElements(item, style.rules))
    parts = tuple(CitationPart(label, runs) for label, runs in zip(style.parts, written, strict=True))
    pasted = len(parts) if style.in_text else 1
    return Citation(style, parts[:pasted], parts[pasted:])
