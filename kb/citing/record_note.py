"""The note of a record, which holds what few formats have a field for."""

from __future__ import annotations

from kb import edtf
from kb.citing.csl_schema import CslCustomFields, CslItem

__all__ = ["record_note"]


def record_note(item: CslItem) -> str:
    """Sentences with what no export may lose but few formats have a field for."""
    custom = item["custom"]
    pairs = (
        ("Fingerprint sha256:", custom.get("fingerprint")),
        ("Superseded", _superseded(custom)),
        ("Withdrawn by ", "its issuer" if custom.get("status") == "withdrawn" else ""),
        ("Date: ", _doubtful(item)),
        ("Numbering ", custom.get("numbering")),
        ("Read by OCR, ", "unchecked" if custom.get("ocr") == "unchecked" else ""),
        ("Not stated in the source, supplied: ", ", ".join(custom.get("supplied", ()))),
        ("The address is local", ": it may not work elsewhere" if custom.get("local") else ""),
        ("Published at ", custom.get("published_at") if custom.get("address") else ""),
    )
    return ". ".join(f"{what}{value}" for what, value in pairs if value)


def _superseded(custom: CslCustomFields) -> str:
    """What follows the word “superseded”: by which document, if its title is known."""
    if custom.get("status") != "superseded":
        return ""
    return f" by {custom['superseded_by']}" if custom.get("superseded_by") else " by a newer document"


def _doubtful(item: CslItem) -> str:
    """The date in words, unless it is a day, month or year known for certain."""
    issued = item.get("issued", {})
    plain = len(issued.get("date-parts", ())) == 1 and not {"circa", "season"} & issued.keys()
    date = item["custom"].get("edtf", "")
    return "" if plain else issued.get("literal") or (date and edtf.in_words(date))
