"""A manuscript checked as a whole: its quotations, its references, and whether they belong together."""

from __future__ import annotations

from dataclasses import dataclass

from index.engine import Snapshot
from index.quotation_check.attribution import Misattribution, misattributions
from index.quotation_check.reference_check import ReferenceVerdict, check_reference
from index.quotation_check.text_report import CheckedQuotation, QuotationReport, check_claims
from kb.quoting.manuscript import Manuscript
from kb.quoting.passage_references import references_to

__all__ = ["ManuscriptReport", "check_manuscript"]


@dataclass(frozen=True, slots=True)
class ManuscriptReport:
    """The verdicts on a manuscript. `single_words` are in quotation marks too, but not verbatim anywhere."""

    manuscript: Manuscript
    quotations: QuotationReport
    single_words: tuple[CheckedQuotation, ...]
    references: tuple[ReferenceVerdict, ...]
    misattributions: tuple[Misattribution, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there was nothing to check."""
        return not (self.quotations.checked or self.single_words or self.references)

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
    apart = tuple(
        one for one in report.checked if one.claim.is_single_word and one.verdict.word != "verbatim"
    )
    checked = tuple(one for one in report.checked if one not in apart)
    return ManuscriptReport(
        manuscript,
        QuotationReport(checked, report.notices),
        apart,
        tuple(check_reference(one, snapshot) for one in references),
        misattributions(manuscript, checked, references, snapshot),
    )


def _is_apart(one: CheckedQuotation) -> bool:
    """Whether a word is probably in quotation marks for another reason than that it is quoted."""
    return one.claim.is_single_word and one.verdict.word != "verbatim"
