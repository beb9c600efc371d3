"""A manuscript checked as a whole: its quotations, its references, and whether they belong together."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass
from typing import Literal

from index.engine import Snapshot
from index.quotation_check.attribution import Misattribution, misattributions
from index.quotation_check.reference_check import ReferenceVerdict, check_reference
from index.quotation_check.text_report import CheckedQuotation, QuotationReport, check_claims
from kb.quoting.manuscript import Manuscript
from kb.quoting.passage_references import PassageReference, references_to

__all__ = ["ManuscriptReport", "check_manuscript"]


@dataclass(frozen=True, slots=True)
class ManuscriptReport:
    """The verdicts on a manuscript.

    `single_words`, and `titles` of the documents referred to, are in quotation marks too, but not verbatim
    anywhere; `indented` are paragraphs that look like block quotations and are not found.
    """

    manuscript: Manuscript
    quotations: QuotationReport
    single_words: tuple[CheckedQuotation, ...]
    titles: tuple[CheckedQuotation, ...]
    indented: tuple[CheckedQuotation, ...]
    references: tuple[ReferenceVerdict, ...]
    misattributions: tuple[Misattribution, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there was nothing to check."""
        return not (self.quotations.checked or self.single_words or self.titles or self.references)

    @property
    def is_sound(self) -> bool:
        """Whether something was checked, all of it is right, and no part that may hold more is unread."""
        verbatim = all(one.verdict.word == "verbatim" for one in self.quotations.checked)
        found = all(one.word == "found" for one in self.references)
        whole = not (self.is_empty or self.misattributions or self.manuscript.skipped)
        return verbatim and found and whole


def check_manuscript(manuscript: Manuscript, snapshot: Snapshot) -> ManuscriptReport:
    """The verdicts on every quotation of a manuscript and on every reference to a passage."""
    report = check_claims(manuscript.quotations(), snapshot, most=None)
    references = references_to(manuscript.raw, snapshot.documents.__contains__)
    titles = _titles(references, snapshot)
    kinds = [_kind(one, manuscript, titles) for one in report.checked]

    def of_kind(kind: str) -> tuple[CheckedQuotation, ...]:
        return tuple(one for one, each in zip(report.checked, kinds, strict=True) if each == kind)

    checked = of_kind("quotation")
    return ManuscriptReport(
        manuscript,
        QuotationReport(checked, report.notices),
        of_kind("single word"),
        of_kind("title"),
        of_kind("indented"),
        tuple(check_reference(one, snapshot) for one in references),
        misattributions(manuscript, checked, references, snapshot),
    )


_Kind = Literal["quotation", "single word", "title", "indented"]


def _kind(one: CheckedQuotation, manuscript: Manuscript, titles: Container[str]) -> _Kind:
    """What a quotation probably is: one, a word or title in marks, or a paragraph that looks like one."""
    if one.verdict.word != "verbatim" and _letters(one.claim.text) in titles:
        return "title"
    if one.verdict.word == "not found" and manuscript.where(one.claim.start) in manuscript.indented:
        return "indented"
    return "single word" if one.claim.is_single_word and one.verdict.word != "verbatim" else "quotation"


def _titles(references: Sequence[PassageReference], snapshot: Snapshot) -> set[str]:
    """The titles of the documents referred to, whole and without their subtitles."""
    documents = {document for one in references if (document := snapshot.documents.get(one.document))}
    titles = {document.title for document in documents}
    return {_letters(words) for title in titles for words in (title, title.partition(": ")[0])}


def _letters(words: str) -> str:
    """Words without case, and without the marks that citations add or change."""
    return " ".join(re.findall(r"\w+", words.casefold()))
