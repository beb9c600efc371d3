"""The citation styles by name, and the citation of a record in one of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from kb.citing.csl_item import CslItem, kind_of
from kb.citing.rich_text import RichText, plain_text
from kb.citing.styles import in_text, legal, notes
from kb.citing.styles.elements import CitationElements, StyleRules
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

SourceForm = Literal["report", "treaty", "document", "note"]
_FORMS: Mapping[str, SourceForm] = {
    "treaty": "treaty",
    "note": "note",
    "UN document": "document",
    "resolution": "document",
}
_ALIKE = {"report", "communique"}


def source_form(item: CslItem) -> SourceForm:
    """The form of source by which styles cite an item."""
    return _FORMS.get(kind_of(item).name, "document" if "number" in item else "report")


_ALL: frozenset[SourceForm] = frozenset(("report", "treaty", "document", "note"))


@dataclass(frozen=True, slots=True)
class Style:
    """A style: its name, how it writes each form of source, and which of these were checked against a guide.

    `parts` names what one citation consists of. Where `in_text`, the first part stands in the text
    and is of no use without the second; elsewhere the first part is whole.
    """

    name: str
    title: str
    edition: str
    parts: tuple[str, ...]
    rules: StyleRules
    forms: Mapping[str, Callable[[CitationElements], tuple[RichText, ...]]]
    verified: frozenset[SourceForm]
    in_text: bool = False

    def is_verified_for(self, item: CslItem) -> bool:
        """Whether its form for such a source was checked against a guide."""
        return kind_of(item).name in _ALIKE | _FORMS.keys() and source_form(item) in self.verified

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
    title: str,
    edition: str,
    parts: str,
    rules: StyleRules,
    forms: Mapping[str, Callable[[CitationElements], tuple[RichText, ...]]],
    verified: frozenset[SourceForm],
) -> Style:
    names = tuple(parts.split("; "))
    return Style(name, title, edition, names, rules, forms, verified, names[0] == "In the text")


STYLES: Mapping[str, Style] = {
    style.name: style
    for style in (
        _style("oscola", "OSCOLA", "4th ed.", "Footnote", legal.OSCOLA, legal.OSCOLA_FORMS, _ALL),
        _style("aglc", "AGLC", "4th ed.", "Footnote", legal.AGLC, legal.AGLC_FORMS, _ALL),
        _style(
            "bluebook",
            "Bluebook",
            "22nd ed.",
            "Citation",
            legal.BLUEBOOK,
            legal.BLUEBOOK_FORMS,
            frozenset(("note",)),
        ),
        _style(
            "chicago",
            "Chicago, notes and bibliography",
            "18th ed.",
            "Note; Bibliography",
            notes.CHICAGO,
            notes.CHICAGO_FORMS,
            frozenset(("report",)),
        ),
        _style(
            "apa",
            "APA",
            "7th ed.",
            "In the text; Reference list",
            in_text.APA,
            in_text.APA_FORMS,
            frozenset(("report", "treaty", "document")),
        ),
        _style(
            "mla",
            "MLA",
            "9th ed.",
            "In the text; Works cited",
            in_text.MLA,
            in_text.MLA_FORMS,
            frozenset(("report",)),
        ),
        _style(
            "harvard",
            "Harvard",
            "Cite Them Right",
            "In the text; Reference list",
            in_text.HARVARD,
            in_text.HARVARD_FORMS,
            frozenset(("report", "note")),
        ),
        _style(
            "un",
            "United Nations",
            "Editorial Manual",
            "Footnote",
            notes.UN,
            notes.UN_FORMS,
            frozenset(("report", "document")),
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
    written = style.forms[source_form(item)](CitationElements(item, style.rules))
    parts = tuple(CitationPart(label, runs) for label, runs in zip(style.parts, written, strict=True))
    pasted = len(parts) if style.in_text else 1
    return Citation(style, parts[:pasted], parts[pasted:])
