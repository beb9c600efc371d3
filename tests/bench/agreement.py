"""Whether all engines find the same passages and count the same facets, and if not, why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from index.request import FACETS, FacetName
from index.results import Results
from tests.bench import ours
from tests.bench.pages import PeerEngine
from tests.bench.peers import NotOffered, Peer
from tests.bench.questions import Question

__all__ = ["UNEXPLAINED", "compare", "differences", "our_answers", "peer_answers"]

UNEXPLAINED = "unexplained"

_Counted = dict[str, Any]


def our_answers(folder: Path, questions: Sequence[Question]) -> list[_Counted]:
    """For every question, the total and the listed values of each facet.

    Also says whether a pattern was cut short, and whether a word occurs in titles of documents.
    """
    snapshot = ours.opened(folder).snapshot()
    # peers have no thesaurus
    requests = [replace(question.request, expand=False) for question in questions]
    return [_ours(snapshot.search(request), ours.titled(snapshot, request.text)) for request in requests]


def _ours(results: Results, titled: bool) -> _Counted:
    capped = any(notice.code == "pattern-too-broad" for notice in results.notices)
    return {"total": results.total, "facets": _listed(results), "capped": capped, "titled": titled}


def _listed(results: Results) -> dict[FacetName, dict[str, int]]:
    return {
        name: {each.value: each.count for value in results.facets[name] for each in (value, *value.children)}
        for name in FACETS
    }


def peer_answers(name: str, folder: Path, questions: Sequence[Question]) -> list[_Counted | None]:
    """The same for a peer; None for what it does not offer."""
    peer = PeerEngine(name, folder).peer
    return [_answer(peer, question) for question in questions]


def _answer(peer: Peer, question: Question) -> _Counted | None:
    try:
        answer = peer.page(question.request)
    except NotOffered:
        return None
    return {"total": answer.total, "facets": {name: dict(answer.facets[name]) for name in FACETS}}


def compare(
    peer: str, questions: Sequence[Question], mine: Sequence[_Counted], theirs: Sequence[_Counted | None]
) -> dict[str, Any]:
    """How many questions agree, which kinds the peer lacks, and every difference with its reason."""
    asked = [
        (question, a, b) for question, a, b in zip(questions, mine, theirs, strict=True) if b is not None
    ]
    same = [(question, a, b) for question, a, b in asked if a["total"] == b["total"]]
    # if nothing has all the words, ours counts what has some
    counted = [(question, a, b) for question, a, b in same if a["total"]]
    facets = [question.text for question, a, b in counted if not _same_facets(a, b)]
    lacking = {question.kind for question, b in zip(questions, theirs, strict=True) if b is None}
    return {
        "asked": len(asked),
        "agree": len(same),
        "not_offered": sorted(lacking),
        "differences": differences(peer, asked),
        "facets_differ": facets,
    }


def differences(peer: str, asked: Iterable[tuple[Question, _Counted, _Counted]]) -> list[dict[str, Any]]:
    """The questions whose totals differ between our answer and the peer's, each with the reason."""
    return [_difference(peer, question, a, b) for question, a, b in asked if a["total"] != b["total"]]


def _same_facets(mine: _Counted, theirs: _Counted) -> bool:
    """Whether the values that both list have the same counts.

    Each engine chooses which of many equal values it lists. If a word occurs in titles, ours may count more.
    """
    pairs = [
        (count, theirs["facets"][name][value])
        for name in FACETS
        for value, count in mine["facets"][name].items()
        if value in theirs["facets"][name]
    ]
    return all(a == b or (mine["titled"] and a > b) for a, b in pairs)


def _difference(peer: str, question: Question, mine: _Counted, theirs: _Counted) -> dict[str, Any]:
    reasons = [reason for reason, holds in _REASONS.items() if holds(peer, question, mine, theirs)]
    why = reasons[0] if reasons else UNEXPLAINED
    said = {"text": question.text, "kind": question.kind, "ours": mine["total"]}
    return {**said, "theirs": theirs["total"], "why": why}


_REASONS: Mapping[str, Callable[[str, Question, _Counted, _Counted], bool]] = {
    "a word in parts (sup-port) is one word of a phrase, too, for us alone": lambda peer, question, a, b: (
        question.kind.startswith("phrase") and a["total"] > b["total"]
    ),
    "the pattern matches more words than we search, which our page says": lambda peer, question, a, b: (
        bool(a["capped"]) and b["total"] > a["total"]
    ),
    "a word in the title of a document counts beside words of the passage, for us alone": (
        lambda peer, question, a, b: bool(a["titled"]) and a["total"] > b["total"]
    ),
    "tantivy's fuzzy words may differ in their first letter": lambda peer, question, a, b: (
        peer == "tantivy" and question.kind == "fuzzy" and b["total"] > a["total"]
    ),
}
