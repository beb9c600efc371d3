"""Explains why a passage ranks where it does: the query terms it has, and the parts of its score."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from index.backend import LeafScore
from index.explanation import SCORE_PARTS, Explanation, ScorePart, ScorePartName
from index.highlighting.matched_forms import explain_terms
from index.highlighting.query_terms import QueryTerm, query_terms
from index.query import Related
from index.query.compiled import Adjacent, Constant, Term
from index.search.ranking.one_ranking import Ranking
from index.search.ranking.tiers import Tiers
from index.vocabulary.term_vocabulary import Vocabulary
from kb.model import Document, Passage

__all__ = ["explain_passage"]

_FIELDS: Mapping[str, ScorePartName] = {"heading": "heading", "heading_stem": "heading", "title": "title"}


def explain_passage(
    tiers: Tiers,
    number: int,
    passage: Passage,
    document: Document,
    subpoints: Mapping[str, str],
    known: Vocabulary,
) -> Explanation:
    """The explanation of the passage with a number; `subpoints` maps sub-points to their titles."""
    ranking = tiers.ranking_of(number)
    node = (ranking or tiers.every).node
    listed = query_terms(node, known, tiers.interpretation.node)  # as highlights have them
    terms = explain_terms(listed, tiers.interpretation.spans, passage, document, subpoints, known)
    if ranking is None:
        return Explanation(passage, document, "none", terms)
    if node is None:
        return Explanation(passage, document, "all", terms)
    parts = _parts(ranking, number, _only_related(listed))
    score = ranking.score(number)
    return Explanation(passage, document, "all" if ranking is tiers.every else "some", terms, score, parts)


def _only_related(listed: Iterable[QueryTerm]) -> Collection[object]:
    """The search keys that come only from related terms of the thesaurus, not from what was typed."""
    keys: dict[bool, set[object]] = {True: set(), False: set()}
    for clue in listed:
        phrases = (forms for forms, _ in clue.phrases)
        keys[isinstance(clue.node, Related)].update(
            clue.stems, clue.together, clue.forms, clue.pairs, phrases
        )
    return keys[True] - keys[False]


def _parts(ranking: Ranking, number: int, related: Collection[object]) -> tuple[ScorePart, ...]:
    """The parts of a score, in the order of SCORE_PARTS."""
    scale, by_proximity, by_feedback = ranking.parts(number)
    points: dict[ScorePartName, float] = dict.fromkeys(SCORE_PARTS, 0.0) | {
        "near": by_proximity,
        "feedback": by_feedback,
    }
    for part in ranking.matches.leaf_scores(number):
        points[_name(part, related)] += scale * part.points
    return tuple(ScorePart(name, each) for name, each in points.items() if each)


def _name(part: LeafScore, related: Collection[object]) -> ScorePartName:
    match part.leaf:
        case Term(field=field) | Adjacent(field=field) if field in _FIELDS:
            return _FIELDS[field]
        case Term() | Adjacent() | Constant() if part.optional:
            return "exact"
        case Term(text=key) | Adjacent(forms=key):
            return "related" if key in related else "words"
        case _:
            return "chosen"
