"""Why one passage stands where it does in what a search found: what it has, and what its score is made of."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

import numpy as np

from index.engines.whoosh.matches import Matched, Tier
from index.engines.whoosh.matching.score_parts import Share
from index.engines.whoosh.matching.vocabulary import WhooshVocabulary
from index.explanation import SCORE_PARTS, Explanation, ScorePart, ScorePartName
from index.highlighting.matched_forms import explain_terms
from index.highlighting.query_terms import QueryTerm, query_terms
from index.query import Related
from kb.model import Document, Passage

__all__ = ["explained"]

_FIELDS: Mapping[str, ScorePartName] = {"heading": "heading", "heading_stem": "heading", "title": "title"}


def explained(
    matched: Matched,
    number: int,
    passage: Passage,
    document: Document,
    subpoints: Mapping[str, str],
    vocabulary: WhooshVocabulary,
) -> Explanation:
    """The explanation of a passage, given with its number; `subpoints` are the titles of sub-points."""
    tier = matched.tier_of(number)
    node = matched.reading.some if tier and tier is not matched.tiers[0] else matched.reading.node
    listed = query_terms(node, vocabulary)
    found = explain_terms(listed, matched.reading.spans, passage, document, subpoints, vocabulary)
    if tier is None:
        return Explanation(passage, document, "none", found)
    if node is None:
        return Explanation(passage, document, "all", found)
    parts = _parts(tier, number, _only_related(listed))
    score = float(tier.scores(np.array([number]))[0])
    return Explanation(passage, document, matched.how(number), found, score, parts)


def _only_related(listed: Iterable[QueryTerm]) -> Collection[object]:
    """What terms of the thesaurus are looked for by, and nothing that was typed is."""
    keys: dict[bool, set[object]] = {True: set(), False: set()}
    for term in listed:
        phrases = (forms for forms, _ in term.phrases)
        keys[isinstance(term.node, Related)].update(term.stems, term.together, term.forms, phrases)
    return keys[True] - keys[False]


def _parts(tier: Tier, number: int, related: Collection[object]) -> tuple[ScorePart, ...]:
    """What a score is made of, in the order of SCORE_PARTS."""
    kept, near, feedback = tier.ranked.parts(number) if tier.ranked else (1.0, 0.0, 0.0)
    points: dict[ScorePartName, float] = dict.fromkeys(SCORE_PARTS, 0.0) | {
        "near": near,
        "feedback": feedback,
    }
    for share in tier.found.shares(number):
        points[_name(share, related)] += kept * share.points
    return tuple(ScorePart(name, each) for name, each in points.items() if each)


def _name(share: Share, related: Collection[object]) -> ScorePartName:
    field = getattr(share.leaf, "fieldname", None)
    if field is None:
        return "chosen"
    if field in _FIELDS:
        return _FIELDS[field]
    if share.beside:
        return "exact"
    key = getattr(share.leaf, "forms", None) or share.leaf.text
    return "related" if key in related else "words"
