"""What is left of passages that are gone: the words that were cited, alone or in a span."""

from __future__ import annotations

from flask import Response, g, render_template, request

from kb.ids import IdPair, address
from kb.permanence.cited_version import CitedVersion, cited_version
from kb.permanence.location import Unknown, locate
from kb.permanence.span_history import lost_span_history
from kb.published import LeftOutPassage, Withdrawal
from web.urls import parameters
from web.views import left_out

__all__ = ["left_out_page", "withdrawn_page"]


def withdrawn_page(asked: IdPair, gone: Withdrawal) -> str:
    """The page of a withdrawn passage, or of the span `asked` for that it began or ended."""
    return render_template(
        "withdrawn.html",
        gone=gone,
        document=g.snapshot.documents.get(gone.document),
        verdict=_verdict(asked, (gone.document, gone.passage), gone),
    )


def left_out_page(asked: IdPair, missing: LeftOutPassage) -> Response:
    """The page of a passage that is left out at present, or of a span that it is a part of."""
    return left_out.page(missing, _verdict(asked, (missing.document, missing.passage)))


def _verdict(asked: IdPair, lost: IdPair, gone: Withdrawal | None = None) -> CitedVersion | None:
    """What became of the words cited; None without a fingerprint, or if a span cannot be put together."""
    if not (cited := parameters.version(request.args)):
        return None
    published = g.snapshot.published
    if locate(g.snapshot, *asked) != Unknown():
        return cited_version(cited, published.get(address(*lost), ()), None, gone)
    verdict = cited_version(cited, lost_span_history(g.snapshot, *asked, published), None, gone)
    return verdict if verdict.cited else None
