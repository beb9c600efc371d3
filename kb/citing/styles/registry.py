"""The styles on offer, by name, and the citation of a record in one of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kb.citing.csl_item import Form, Item, form
from kb.citing.rich_text import Runs, plain
from kb.citing.styles import in_text, legal, notes
from kb.citing.styles.elements import Manner, Pieces
from kb.errors import BadRequest
from kb.messages import Message

__all__ = ["DEFAULT", "STYLES", "UNVERIFIED", "Citation", "Part", "Style", "cite", "named"]

DEFAULT = "oscola"

UNVERIFIED = "how it writes a source of this kind was not held against a guide of that edition"

_ALL: frozenset[Form] = frozenset(("report", "treaty", "document", "note"))


@dataclass(frozen=True, slots=True)
class Style:
    """A style: what it is called, how it writes each form of source, and which were held against a guide.

    `parts` names what one citation consists of. Where `in_text`, the first part stands in the text
    and is of no use without the second; elsewhere the first part is whole.
    """

    name: str
    title: str
    edition: str
    parts: tuple[str, ...]
    manner: Manner
    forms: Mapping[str, Callable[[Pieces], tuple[Runs, ...]]]
    verified: frozenset[Form]
    in_text: bool = False

    def knows(self, item: Item) -> bool:
        """Whether the way it writes such a source was held against a guide."""
        return form(item) in self.verified

    def label(self, item: Item) -> str:
        """What it is offered as for such a source."""
        known = f"{self.title} ({self.edition})"
        return known if self.knows(item) else f"{known}, unverified"


@dataclass(frozen=True, slots=True)
class Part:
    """A footnote, an entry of a bibliography, a reference in the text."""

    label: str
    runs: Runs


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation in one style; `pasted` are the parts that go beside a quotation, `further` the others."""

    style: Style
    pasted: tuple[Part, ...]
    further: tuple[Part, ...]

    @property
    def plain(self) -> str:
        """What goes beside a quotation, one paragraph a part."""
        return "\n\n".join(plain(part.runs) for part in self.pasted)

    @property
    def parts(self) -> tuple[Part, ...]:
        return (*self.pasted, *self.further)


def _style(
    name: str,
    title: str,
    edition: str,
    parts: str,
    manner: Manner,
    forms: Mapping[str, Callable[[Pieces], tuple[Runs, ...]]],
    verified: frozenset[Form],
) -> Style:
    names = tuple(parts.split("; "))
    return Style(name, title, edition, names, manner, forms, verified, names[0] == "In the text")


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


def named(name: str) -> Style:
    """The style of this name. Raises BadRequest, naming those there are."""
    if name in STYLES:
        return STYLES[name]
    raise BadRequest("style", Message("unknown-style", name=name[:40], known=", ".join(STYLES)))


def cite(item: Item, style: Style) -> Citation:
    """The citation of a passage's record in a style."""
    written = style.forms[form(item)](Pieces(item, style.manner))
    parts = tuple(Part(label, runs) for label, runs in zip(style.parts, written, strict=True))
    pasted = len(parts) if style.in_text else 1
    return Citation(style, parts[:pasted], parts[pasted:])
