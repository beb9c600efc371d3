"""What a citation may mean, as JSON."""

from __future__ import annotations

from typing import Any

from index.citation_resolver.resolution import CitationMatch, Resolution
from index.serializers.notices import notices_json
from index.serializers.search import instrument_json

__all__ = ["resolution_json"]


def resolution_json(resolution: Resolution) -> dict[str, Any]:
    """Plain values, ready for `json.dumps`: the matches, surest first, each with its reasons."""
    return {
        "query": resolution.query,
        "matches": [_match(each) for each in resolution.matches],
        "notices": notices_json(resolution.notices),
        "instruments": [instrument_json(each) for each in resolution.instruments],
    }


def _match(match: CitationMatch) -> dict[str, Any]:
    return {
        "document": match.document,
        "passage": match.passage,
        "url": match.url,
        "confidence": match.confidence,
        "why": match.why,
        "reasons": notices_json(match.reasons),
    }
