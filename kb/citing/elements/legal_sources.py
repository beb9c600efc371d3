"""Parts of legal citations that several styles share: UN organs, case numbers, the Official Journal."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import NamedTuple

from kb.citing.elements.citation_elements import CitationElements
from kb.citing.pinpoint import PinpointForms

__all__ = [
    "JournalPlace",
    "Organ",
    "application_number",
    "bracketed_paragraphs",
    "by_organ",
    "court_of",
    "instrument_title",
    "journal_place",
    "luxembourg_case",
    "organ_of",
    "parties",
    "resolution_number",
    "resolution_organ",
    "resolution_title",
    "spaced_symbol",
    "statute_number",
    "with_treaty_date",
]


@dataclass(frozen=True, slots=True)
class Organ:
    """A principal organ, or another that adopts resolutions: its name, and how styles shorten it."""

    name: str
    oscola: str
    aglc: str
    bluebook: str


_ORGANS = {
    "A/HRC": Organ("Human Rights Council", "UNHRC", "HRC", "Human Rights Council"),
    "A": Organ("General Assembly", "UNGA", "GA", "G.A."),
    "S": Organ("Security Council", "UNSC", "SC", "S.C."),
    "E": Organ("Economic and Social Council", "ECOSOC", "ESC", "E.S.C."),
}


def spaced_symbol(symbol: str) -> str:
    """The symbol with its space before the year or session: `S/RES/2331 (2016)`."""
    return re.sub(r"\s*\(", " (", symbol)


def organ_of(symbol: str) -> Organ | None:
    """The organ whose resolutions have such symbols."""
    return _ORGANS.get(symbol.partition("/RES/")[0].partition("/DEC/")[0])


def resolution_organ(p: CitationElements) -> Organ:
    """Whose resolution it is: as the symbol has it, or else as the source says."""
    said = p.get("organ")
    return organ_of(p.symbol) or Organ(said, said, said, said)


def resolution_number(p: CitationElements, has_year: bool = True) -> str:
    """`55/25`, `2331 (2016)`; of the Security Council's without the year where a style omits it."""
    number = re.split(r"/(?:RES|DEC)/", spaced_symbol(p.symbol))[-1]
    return number if has_year else re.sub(r" \([12][0-9]{3}\)$", "", number)


def resolution_title(p: CitationElements) -> bool:
    """Whether the resolution has a title of its own: those of the Security Council have none."""
    title = p.item["title"]
    return resolution_number(p, has_year=False) not in title and not re.match(
        "resolution|decision", title, re.I
    )


def application_number(p: CitationElements) -> str:
    """The number of an application to the European Court of Human Rights: `73316/01`; empty for others."""
    docket = p.item["custom"].get("fields", {}).get("docket", "")
    found = re.fullmatch(
        r"(?:app(?:lication|l)?\.? nos?\.? )?([0-9]{1,6}/[0-9]{2}(?:(?:,| and) [0-9]+/[0-9]{2})*)",
        docket,
        re.I,
    )
    return found[1] if found else ""


def luxembourg_case(p: CitationElements) -> str:
    """`Case C-176/03` of a case before the Court of Justice of the European Union; empty for others."""
    docket = p.item["custom"].get("fields", {}).get("docket", "")
    if not re.search(r"\b[CTF][-‑][0-9]+/[0-9]{2}\b", docket):
        return ""
    return docket if re.match("(?:joined )?cases? ", docket, re.I) else f"Case {docket}"


def with_treaty_date(p: CitationElements) -> CitationElements:
    """A treaty dated by its signature, where the style has one date and that is known."""
    fields, custom = p.item["custom"].get("fields", {}), p.item["custom"]
    given = fields.get("signed") or custom.get("edtf") or fields.get("opened_for_signature", "")
    return replace(p, item={**p.item, "custom": {**custom, "edtf": given}})


def parties(p: CitationElements) -> list[str]:
    """The parties to a bilateral treaty, as the field lists them."""
    given = p.item["custom"].get("fields", {}).get("parties", "").strip('[]"')
    return [p.source_words(part) for part in re.split(r'"?\s*[;,]\s*"?|\s+and\s+', given) if part]


def instrument_title(p: CitationElements) -> str:
    """The title of a statute, with its year where that is not in the title."""
    title = "".join(words for words, _ in p.title)
    has_year = not p.year or re.search(r"\b[12][0-9]{3}\b", title)
    return title if has_year else f"{title} {p.year}"


def court_of(p: CitationElements) -> str:
    """The court of a case, as its field names it, or else as whoever issued it."""
    return p.get("court") or p.source_words(p.item.get("authority", ""))


def statute_number(p: CitationElements) -> str:
    """The number of a statute, its abbreviations with full stops: `c. 30`, `Pub. L. No. 106-386`."""
    return re.sub(r"\b(c|ch|Pub|L|No|Stat)\b(?!\.)", r"\1.", p.get("number"))


def by_organ(p: CitationElements) -> CitationElements:
    """A resolution with the organ that adopted it for an author, where none is given."""
    organ = resolution_organ(p).name
    if p.item.get("author") or not organ:
        return p
    name = organ if "United Nations" in organ else f"United Nations {organ}"
    return replace(p, item={**p.item, "author": [{"literal": name}]})


class JournalPlace(NamedTuple):
    """A place in the Official Journal: year, series, issue and first page."""

    year: str
    series: str
    issue: str
    page: str


_JOURNAL = (
    re.compile(
        r"\[?(?P<year>[0-9]{4})\]?,? OJ \(?(?P<series>[LC]) ?(?P<issue>[0-9]+)\)?[/ ,]+(?:p\.? ?)?"
        "(?P<page>[0-9]+)"
    ),
    re.compile(
        r"OJ (?P<series>[LC]) ?(?P<issue>[0-9]+),? [0-9]{1,2}[./][0-9]{1,2}[./](?P<year>[0-9]{4}),? p\.? ?"
        "(?P<page>[0-9]+)(?:[-–][0-9]+)?"
    ),
)


def journal_place(p: CitationElements) -> JournalPlace | None:
    """Where an instrument of the European Union is published; None where it is written otherwise."""
    given = p.item["custom"].get("fields", {}).get("official_journal", "")
    found = next((match for pattern in _JOURNAL if (match := pattern.fullmatch(given))), None)
    return JournalPlace(found["year"], found["series"], found["issue"], found["page"]) if found else None


def bracketed_paragraphs(pins: PinpointForms) -> PinpointForms:
    """The forms with paragraphs in square brackets, as judgments with neutral citations have them: `[35]`."""
    return {**pins, "paragraph": ("[{}]", "")}
