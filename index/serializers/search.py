"""Results and explanations as JSON: the same keys for `/api/` and `kb search --json`."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from index.explanation import ExplainedTerm, Explanation
from index.results import FacetValue, Hit, InstrumentAnswer, Results, WayOut
from index.serializers.notices import notices_json
from index.serializers.totals import summary
from kb.permalinks import instrument_path, permalink
from kb.site import HelpPanel
from kb.text.fingerprint import fingerprint

__all__ = ["explanation_json", "hit_json", "instrument_json", "results_json"]


def results_json(results: Results, panel: HelpPanel | None = None) -> dict[str, Any]:
    """The results as plain values, ready for `json.dumps`; ranges are half-open, in code points."""
    return {
        "query": results.request.text,
        "total": results.total,
        "total_some": results.total_some,
        "total_sources": results.total_sources,
        "total_notes": results.total_notes,
        "summary": summary(results),
        "cut": results.cut,
        "took_ms": round(results.took_ms, 2),
        "generation": results.generation,
        "hits": [hit_json(hit) for hit in results.hits],
        "facets": {name: [_value(value) for value in values] for name, values in results.facets.items()},
        "instruments": [instrument_json(each) for each in results.instruments],
        "suggestions": list(results.suggestions),
        "corrected": results.corrected or None,
        "missing": list(results.missing),
        "set_aside": list(results.set_aside),
        "ways_out": [_way_out(each) for each in results.ways_out],
        "expansions": list(results.expansions),
        "notices": notices_json(results.notices),
        "years": [list(pair) for pair in results.years],
        "help": asdict(panel) if panel else None,
    }


def _way_out(way: WayOut) -> dict[str, Any]:
    """A wider search that finds something: its query, its filters and what it goes without."""
    return {
        "kind": way.kind,
        "query": way.request.text,
        "filters": {name: list(values) for name, values in way.request.filters.items() if values},
        "left_out": list(way.left_out),
        "total": way.total,
    }


def instrument_json(answer: InstrumentAnswer) -> dict[str, Any]:
    """An instrument that the query names, with its article or null."""
    article = answer.article
    return {
        "instrument": answer.instrument.id,
        "name": answer.instrument.name,
        "title": answer.instrument.title,
        "number": answer.number or None,
        "article": article.number if article else None,
        "heading": article.heading if article else None,
        "url": instrument_path(answer.instrument.id, article.number if article else ""),
    }


def hit_json(hit: Hit) -> dict[str, Any]:
    """One hit as plain values."""
    passage = hit.passage
    return {
        "document": passage.document,
        "passage": passage.id,
        "locator": passage.locator,
        "title": hit.document.title,
        "kind": hit.document.kind,
        "heading": passage.heading,
        "themes": list(passage.themes),
        "unit": passage.unit,
        "page": passage.page,
        "page_end": passage.page_end,
        "ocr": hit.document.ocr,
        "text": passage.text,
        "snippet": {
            "text": hit.snippet.text,
            "ranges": [list(range_) for range_ in hit.snippet.ranges],
            "provision": hit.snippet.provision,
        },
        "score": round(hit.score, 6),
        "matched": hit.matched,
        "fingerprint": fingerprint(passage.text),
        "url": permalink(passage),
    }


def explanation_json(explanation: Explanation) -> dict[str, Any]:
    """An explanation as plain values; the points of its parts add up to the score."""
    return {
        "matched": explanation.matched,
        "missing": list(explanation.missing),
        "sought": [_term(each) for each in explanation.terms],
        "score": round(explanation.score, 6),
        "parts": [{"name": part.name, "points": round(part.points, 6)} for part in explanation.parts],
    }


def _term(term: ExplainedTerm) -> dict[str, Any]:
    forms = [
        {"form": each.form, "count": each.count, "how": each.how, "place": each.place} for each in term.forms
    ]
    return {"text": term.text, "sightings": forms, "beside": term.related_to}


def _value(value: FacetValue) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "value": value.value,
        "label": value.label,
        "count": value.count,
        "selected": value.selected,
    }
    if value.children:
        plain["children"] = [_value(child) for child in value.children]
    return plain
