"""A passage, or a document, as a W3C Web Annotation (https://www.w3.org/TR/annotation-model/).

The words are found in the page by quoting them (TextQuoteSelector, 4.2.4), and in the plain text beside
it by counting characters (TextPositionSelector, 4.2.5): a page's own words may be laid out anew,
the plain text stays. A document as a whole is the target itself.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from typing import Any

from kb.citing.csl_item import CslItem
from kb.citing.styles.registry import Style, cite
from kb.errors import BadRequest
from kb.ids import shortened
from kb.messages import Message
from kb.text.fingerprint import fingerprint

__all__ = ["MEDIA_TYPE", "write_annotation"]

MEDIA_TYPE = "application/ld+json"
_CONTEXT = "http://www.w3.org/ns/anno.jsonld"


def write_annotation(items: Sequence[CslItem], style: Style) -> str:
    """One annotation, or a list of several. Raises BadRequest for a passage without an address."""
    annotations = [_annotation(item, style) for item in items]
    return (
        json.dumps(annotations[0] if len(annotations) == 1 else annotations, ensure_ascii=False, indent=1)
        + "\n"
    )


def _annotation(item: CslItem, style: Style) -> dict[str, Any]:
    if "URL" not in item:
        raise BadRequest("format", Message("no-site-address"))
    return {
        "@context": _CONTEXT,
        "id": _id(item),
        "type": "Annotation",
        "motivation": "bookmarking",
        "generator": {"type": "Software", "name": item["source"]},
        "body": _bodies(item, style),
        "target": _targets(item) if "abstract" in item else item["URL"],
    }


def _bodies(item: CslItem, style: Style) -> list[dict[str, str]]:
    bodies = [_body(cite(item, style).plain, "describing")]
    if print_ := item["custom"].get("fingerprint"):
        bodies.append(_body(f"sha256:{print_}", "identifying"))
    return bodies


def _id(item: CslItem) -> str:
    """An IRI of its own (3.1): of our address a part that no passage has, else a name made of the words."""
    custom = item["custom"]
    is_excerpt = "abstract" in item and fingerprint(item["abstract"]) != custom.get("fingerprint")
    words = fingerprint(item["abstract"]) if is_excerpt else custom.get("fingerprint", "")
    if address := custom.get("address"):
        page, _, part = address.partition("#")  # an address has only one fragment
        tail = shortened(words) if is_excerpt else part
        return f"{page}#site:annotation{f'-{tail}' if tail else ''}"
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{item['URL']}#{item['id']}:{words}").urn


def _body(words: str, purpose: str) -> dict[str, str]:
    return {"type": "TextualBody", "value": words, "format": "text/plain", "purpose": purpose}


def _targets(item: CslItem) -> list[dict[str, Any]]:
    words = item["abstract"]
    pieces = item["custom"].get("pieces") or [words]
    quotes = ({"type": "TextQuoteSelector", "exact": piece} for piece in pieces)
    targets: list[dict[str, Any]] = [_target(item["URL"], quote) for quote in quotes]
    address = item["custom"].get("address")
    if address and fingerprint(words) == item["custom"].get("fingerprint"):
        # the plain text has the whole passage and begins with a quotation mark
        position = {"type": "TextPositionSelector", "start": 1, "end": 1 + len(words)}
        targets.append(_target(f"{address}.txt", position))
    return targets


def _target(source: str, selector: dict[str, Any]) -> dict[str, Any]:
    return {"type": "SpecificResource", "source": source, "selector": selector}
