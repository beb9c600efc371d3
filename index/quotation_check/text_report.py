"""Checks every quotation in a text that somebody pasted or wrote."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from index.engine import QuotationCheck, Snapshot
from index.english import ENGLISH
from index.quotation_check.checker import MAX_PLACES
from index.verdict import VERDICT_WORDS, QuotationVerdict, VerdictWord
from kb.errors import BadRequest
from kb.messages import Message
from kb.quoting.extraction import QuotedSpan, find_quotations
from kb.text.source_match import occurs
from kb.work.budget import is_spent, was_cut

__all__ = [
    "MAX_QUOTATIONS",
    "MAX_TEXT_CHARS",
    "CheckedQuotation",
    "QuotationReport",
    "check_claims",
    "check_text",
]

MAX_TEXT_CHARS = 100_000
"""The longest text that can be pasted."""

MAX_QUOTATIONS = 300
"""Quotations of a pasted text that are checked."""

_MAX_ALL_PLACES = 2_000
"""Places listed for all quotations of a text together; each gets at least ten."""

_MAX_WITH_NEAREST = 50
"""In a text with more quotations, no nearest passages are shown."""

_MAX_LEFT_OUT_PASSAGES = 1_000
"""Passages left out at present in which quotations are looked for."""

_MAX_WHOLE_CHARS = 4_000
"""A text up to this length may be one quotation despite the quotation marks in it."""


@dataclass(frozen=True, slots=True)
class CheckedQuotation:
    """A quotation in a text, and the verdict on it."""

    claim: QuotedSpan
    verdict: QuotationVerdict


@dataclass(frozen=True, slots=True)
class QuotationReport:
    """All quotations of a text with their verdicts, and notices."""

    checked: tuple[CheckedQuotation, ...]
    notices: tuple[Message, ...] = ()

    @property
    def word(self) -> VerdictWord:
        """The worst verdict; “not found” for a text without quotations."""
        return max((one.verdict.word for one in self.checked), key=VERDICT_WORDS.index, default="not found")


def check_text(text: str, snapshot: Snapshot) -> QuotationReport:
    """Checks the quotations of a pasted text; one without quotation marks is one quotation.

    So is a text that is in a passage as it is, quotation marks and all. Raises BadRequest for a text
    that is too long.
    """
    if len(text) > MAX_TEXT_CHARS:
        raise BadRequest("text", Message("text-too-long", limit=MAX_TEXT_CHARS, count=len(text)), ENGLISH)
    claims = find_quotations(text, whole=True)
    checker = snapshot.checker()
    partly = any(claim.text != text.strip() for claim in claims)
    if partly and len(text) <= _MAX_WHOLE_CHARS:
        verdict = checker.check(text.strip(), nearest=False)
        if verdict.word == "verbatim":
            return QuotationReport(
                (CheckedQuotation(QuotedSpan(text.strip(), len(text) - len(text.lstrip()), 1), verdict),)
            )
    report = check_claims(claims, snapshot, checker=checker)
    unquoted = len(text.strip()) - sum(len(claim.text) + 2 for claim in claims)
    return (
        replace(report, notices=(Message("only-quotations-checked"), *report.notices))
        if partly and unquoted > 0
        else report
    )


def check_claims(
    claims: tuple[QuotedSpan, ...],
    snapshot: Snapshot,
    most: int | None = MAX_QUOTATIONS,
    checker: QuotationCheck | None = None,
) -> QuotationReport:
    """Checks the first `most` quotations, or all; the same words once."""
    checker = checker or snapshot.checker()
    wanted = claims[:most]
    distinct = dict.fromkeys(claim.text for claim in wanted)
    places = max(10, min(MAX_PLACES, _MAX_ALL_PLACES // max(1, len(wanted))))
    nearest = len(distinct) <= _MAX_WITH_NEAREST
    verdicts = checker.check_all(distinct, places, nearest=nearest)
    checked = tuple(CheckedQuotation(claim, verdicts[claim.text]) for claim in wanted)
    left_out = tuple(_left_out(checked, snapshot))
    return QuotationReport(checked, (*_notices(len(claims), len(wanted), nearest), *left_out))


def _left_out(checked: Sequence[CheckedQuotation], snapshot: Snapshot) -> Iterator[Message]:
    """Which quotations are in passages that are left out at present, in the words published last."""
    if not snapshot.left_out_passages:
        return
    for at in islice(snapshot.left_out_passages, _MAX_LEFT_OUT_PASSAGES):
        if is_spent():
            return
        for published in snapshot.published.get(at, ())[-1:]:
            if any(
                one.verdict.word != "verbatim" and occurs(one.claim.text, published.text) for one in checked
            ):
                yield Message("quoted-passage-left-out", address=at)


def _notices(claims: int, checked: int, nearest: bool) -> Iterator[Message]:
    if was_cut():
        yield Message("check-cut-short")
    if claims > checked:
        yield Message("too-many-quotations", count=claims, checked=checked)
    if not nearest:
        yield Message("nearest-not-shown", limit=_MAX_WITH_NEAREST)
