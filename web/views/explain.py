"""Why a hit was found and ranked as it is, in words for readers."""

from __future__ import annotations

from flask import Blueprint, abort, g, render_template, request

from index import explanation
from index.explanation import Explanation
from index.request import Request
from kb.messages import Message
from kb.tags import ThemeNames
from web.english import say
from web.presenters.labels import SORT_LABELS
from web.presenters.passage_view import MAX_WHOLE_PASSAGES
from web.urls import links, parameters, search_links

__all__ = ["blueprint", "explained_passage"]

blueprint = Blueprint("why", __name__)


def explained_passage() -> tuple[Request, Explanation]:
    """The search and the passage that the address names, explained; 404 where there is no such passage."""
    asked = parameters.search_request(request.args)
    named = parameters.passage(request.args)
    found: Explanation | None = g.snapshot.explain(asked, *(g.snapshot.moves.target(named) or named))
    if found is None:
        abort(404, say(Message("no-passage-here")))
    return asked, found


@blueprint.get("/search/why")
def page() -> str:
    """One hit of a search: its words, and the parts of its score."""
    asked, found = explained_passage()
    names, in_part = (
        ThemeNames.of(g.snapshot.themes),
        g.snapshot.sizes[found.document.id] > MAX_WHOLE_PASSAGES,
    )
    marked = any(one.place == "text" for each in found.terms for one in each.forms)
    return render_template(
        "why.html",
        asked=asked,
        found=found,
        sought=[each for each in found.terms if each.forms or not each.related_to],
        parts=[
            (say(explanation.SCORE_PARTS[name]), say(explanation.SCORE_MEANINGS[name]), points)
            for name, points in explanation.rounded_points(found.parts)
        ],
        said=say(explanation.MATCHED[found.matched]),
        told=explanation.describe_match,
        back=search_links.search(asked),
        read=links.in_context(found.passage, found.document, names, asked.text, marked, in_part),
        ordered="" if asked.sort == "relevance" else say(SORT_LABELS[asked.sort]),
    )
