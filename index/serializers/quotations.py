"""Verdicts on quotations as JSON, with the citations of each place."""

from __future__ import annotations

from typing import Any

from index.english import say
from index.quotation_check.text_report import CheckedQuotation, QuotationReport
from index.quotation_check.warnings import warnings_of
from index.results import Hit
from index.serializers.notices import notices_json
from index.verdict import Place
from kb.citing.records import RecordMaker
from kb.citing.styles.registry import DEFAULT_STYLE, cite, style_named
from kb.messages import Message
from kb.permalinks import permalink
from kb.quoting.extraction import QuotedSpan
from kb.quoting.verbatim import ComparedPart
from kb.text.fingerprint import fingerprint

__all__ = ["citations", "locators", "report_json"]


def citations(place: Place, record: RecordMaker) -> tuple[str, ...]:
    """The citation of each passage of a place."""
    style = style_named(DEFAULT_STYLE)
    return tuple(cite(record(place.document, each), style).plain for each in place.passages)


def locators(place: Place) -> str:
    """Where a place is in its document: `para 4`, `para 4 to para 6`."""
    named = [passage.locator or passage.heading or passage.id for passage in place.passages]
    return named[0] if len(named) == 1 else say(Message("locators-between", first=named[0], last=named[-1]))


def report_json(report: QuotationReport, generation: str, record: RecordMaker) -> dict[str, Any]:
    """The report as plain values, ready for `json.dumps`; ranges are half-open, in code points of NFC."""
    return {
        "verdict": report.word,
        "generation": generation,
        "quotations": [_checked(one, record) for one in report.checked],
        "notices": notices_json(report.notices),
    }


def _checked(one: CheckedQuotation, record: RecordMaker) -> dict[str, Any]:
    verdict = one.verdict
    return {
        "quotation": verdict.quotation,
        "line": one.claim.line,
        "start": one.claim.start,
        "verdict": verdict.word,
        "places": [_place(one.claim, place, record) for place in verdict.places],
        "further": verdict.further,
        "nearest": [_near(hit) for hit in verdict.nearest],
    }


def _place(claim: QuotedSpan, place: Place, record: RecordMaker) -> dict[str, Any]:
    return {
        "document": place.document.id,
        "passages": [passage.id for passage in place.passages],
        "locator": locators(place),
        "title": place.document.title,
        "kind": place.document.kind,
        "status": place.document.status,
        "text": place.text,
        "range": list(place.range),
        "likeness": round(place.likeness, 4),
        "differences": list(map(_part, place.differences)),
        "reordered": place.is_reordered,
        "liberties": list(map(_part, place.liberties)),
        "marks_left_out": list(place.left_out_marks),
        "own_bullets": list(place.own_bullets),
        "warnings": notices_json(warnings_of(claim, place)),
        "urls": [permalink(passage) for passage in place.passages],
        "citations": list(citations(place, record)),
        "fingerprints": [fingerprint(passage.text) for passage in place.passages],
    }


def _part(part: ComparedPart) -> dict[str, str]:
    return {"kind": part.kind, "quoted": part.quoted.strip(), "true": part.source.strip()}


def _near(hit: Hit) -> dict[str, Any]:
    return {
        "document": hit.passage.document,
        "passage": hit.passage.id,
        "locator": hit.passage.locator,
        "title": hit.document.title,
        "url": permalink(hit.passage),
        "snippet": {"text": hit.snippet.text, "ranges": [list(range_) for range_ in hit.snippet.ranges]},
    }
