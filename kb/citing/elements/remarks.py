"""What follows a citation in square brackets: what no style has a place for."""

from __future__ import annotations

from kb.citing.date_format import full_date
from kb.citing.elements.citation_elements import CitationElements
from kb.citing.rich_text import RichText, roman
from kb.ids import shortened
from kb.languages.direction import has_rtl, isolated
from kb.languages.language_tag import language_name

__all__ = ["remarks"]


def remarks(p: CitationElements, accessed: bool = False) -> RichText:
    """The status first, for it warns; then what helps to find the source, and the fingerprint.

    The day of access is given where the style itself does not give it. Last, that the address is local.
    """
    custom = p.item["custom"]
    said = (
        _status(p),
        _language(p),
        f"accessed {p.accessed}" if accessed and p.accessed else "",
        _archived(p),
        f"fingerprint sha256:{shortened(custom['fingerprint'])}" if custom.get("fingerprint") else "",
        "local address" if custom.get("local") else "",
    )
    words = "; ".join(filter(None, said))
    return roman(f"[{words[:1].upper()}{words[1:]}]") if words else ()


def _status(p: CitationElements) -> str:
    custom = p.item["custom"]
    if custom.get("status") == "withdrawn":
        return "withdrawn by its issuer"
    if custom.get("status") != "superseded":
        return ""
    successor = custom.get("superseded_by", "")
    title = isolated(successor) if has_rtl(successor) else successor
    return f"superseded by {title}" if title else "superseded by a newer document"


def _language(p: CitationElements) -> str:
    """The language of a source whose title is translated."""
    tag = p.item.get("language", "")
    return f"in {language_name(tag)}" if p.get("translated_title") and tag else ""


def _archived(p: CitationElements) -> str:
    """Where a copy is kept in an archive, and since when."""
    address, day = p.get("archived_url"), full_date(p.get("archived_date"), p.rules.dates)
    return " ".join(filter(None, (f"archived at {address}", day and f"on {day}"))) if address else ""
