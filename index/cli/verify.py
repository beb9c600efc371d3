"""`kb verify`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from index.cli.output import newest_snapshot, print_json, records
from index.engine import Snapshot
from index.english import say
from index.quotation_check.attribution import Misattribution
from index.quotation_check.manuscript_report import ManuscriptReport, check_manuscript
from index.quotation_check.reference_check import ReferenceVerdict
from index.quotation_check.text_report import CheckedQuotation
from index.quotation_check.warnings import warnings_of
from index.serializers.notices import notices_json
from index.serializers.quotations import report_json
from index.verdict import Place
from kb.cli.options import index_option
from kb.messages import Message
from kb.quoting.manuscript import Manuscript, read_manuscript
from kb.quoting.verbatim import ComparedPart
from kb.text.phrasing import shorten

__all__ = ["verify"]


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_data", is_flag=True, help="Print JSON.")
@index_option
@click.pass_context
def verify(ctx: click.Context, file: Path, as_data: bool, index: Path | None) -> None:
    """Check every quotation of a manuscript, and every citation key or link of ours in it.

    FILE is Markdown, HTML, DOCX or plain text. The exit code is 0 when all is verbatim and found,
    there is at least one quotation or reference, and no part of FILE that may hold one was left unread.
    """
    snapshot = newest_snapshot(index)
    report = check_manuscript(read_manuscript(file), snapshot)
    if as_data:
        print_json(_as_data(report, snapshot))
    else:
        for where, line in sorted(_lines(report), key=lambda each: _order(each[0])):
            click.echo(f"{file}:{where if where.isdigit() else f' {where}'}: {line}")
        notices = map(say, report.quotations.notices)
        for line in (*_reading(report.manuscript), *_apart(report), *notices, _summary(report)):
            click.echo(line, err=True)
    ctx.exit(0 if report.is_sound else 1)


def _as_data(report: ManuscriptReport, snapshot: Snapshot) -> dict[str, Any]:
    manuscript = report.manuscript
    data = report_json(report.quotations, snapshot.generation, records(snapshot))
    for each, one in zip(data["quotations"], report.quotations.checked, strict=True):
        each["where"] = manuscript.where(one.claim.start)
    data["single_words"] = [
        {"where": manuscript.where(one.claim.start), "quotation": one.claim.text}
        for one in report.single_words
    ]
    data["titles"] = [
        {"where": manuscript.where(one.claim.start), "quotation": one.claim.text} for one in report.titles
    ]
    data["indented"] = [
        {"where": manuscript.where(one.claim.start), "quotation": one.claim.text} for one in report.indented
    ]
    data["references"] = [
        _referred(one, manuscript.where_raw(one.reference.start)) for one in report.references
    ]
    data["misattributions"] = [
        {
            "where": manuscript.where(one.checked.claim.start),
            "quotation": one.checked.claim.text,
            "passages": [passage.address for passage in one.checked.verdict.places[0].passages],
            "cited": [reference.words for reference in one.references],
        }
        for one in report.misattributions
    ]
    data["read"] = notices_json(manuscript.parts)
    data["unread"] = notices_json((*manuscript.unread, *_skipped(manuscript)))
    return data


def _lines(report: ManuscriptReport) -> Iterator[tuple[str, str]]:
    """What there is to say of each quotation and reference, with where it is."""
    manuscript = report.manuscript
    for quoted in report.quotations.checked:
        yield manuscript.where(quoted.claim.start), _one_line(quoted)
    for wrong in report.misattributions:
        yield manuscript.where(wrong.checked.claim.start), say(_misattributed(wrong))
    for one in report.references:
        yield manuscript.where_raw(one.reference.start), _followed(one)


def _misattributed(wrong: Misattribution) -> Message:
    places = wrong.checked.verdict.places
    addresses = " and ".join(passage.address for passage in places[0].passages)
    cited = ", ".join(reference.words for reference in wrong.references)
    return Message("misattributed", text=shorten(wrong.checked.claim.text), addresses=addresses, cited=cited)


def _apart(report: ManuscriptReport) -> Iterator[str]:
    """Single words and titles in quotation marks, and indented paragraphs: most are not quotations."""
    words = ", ".join(dict.fromkeys(f"“{one.claim.text}”" for one in report.single_words))
    if words:
        yield say(Message("single-words", words=words))
    if titles := ", ".join(dict.fromkeys(f"“{shorten(one.claim.text)}”" for one in report.titles)):
        yield say(Message("titles-in-marks", titles=titles))
    if report.indented:
        places = ", ".join(report.manuscript.where(one.claim.start) for one in report.indented)
        yield say(Message("indented-paragraphs", places=places))


def _reading(manuscript: Manuscript) -> Iterator[str]:
    """What was read of a manuscript and what was not, line by line."""
    parts = ", ".join(map(say, manuscript.parts))
    yield say(Message("manuscript-read", parts=parts or say(Message("nothing-read"))))
    if manuscript.unread:
        yield say(Message("manuscript-unread", parts=", ".join(map(say, manuscript.unread))))
    yield from map(say, _skipped(manuscript))


def _skipped(manuscript: Manuscript) -> tuple[Message, ...]:
    return tuple(Message("manuscript-part-skipped", part=part) for part in manuscript.skipped)


def _order(where: str) -> tuple[str, int]:
    """A sort key: lines by number, paragraphs before notes, endnotes before footnotes."""
    name, _, number = where.rpartition(" ")
    return {"paragraph": "", "": ""}.get(name, name), int(number)


def _one_line(checked: CheckedQuotation) -> str:
    """The verdict on a quotation in one line."""
    verdict = checked.verdict
    words = f"{verdict.word}: “{shorten(verdict.quotation)}”"
    if verdict.word == "not found":
        nearest = ", ".join(hit.passage.address for hit in verdict.nearest)
        return f"{words}; {say(Message('nearest-passage', place=nearest))}" if nearest else words
    if not verdict.places:
        return words
    place = verdict.places[0]
    addresses = " and ".join(passage.address for passage in place.passages)
    others = len(verdict.places) - 1 + verdict.further
    reordered = [Message("words-reordered")] if place.is_reordered else []
    notes = [*reordered, *_changes(place), *warnings_of(checked.claim, place)]
    if place.left_out_marks:
        notes.append(Message("marks-left-out", marks=" ".join(place.left_out_marks)))
    if place.own_bullets:
        notes.append(Message("own-bullets", marks=" ".join(place.own_bullets)))
    changes = "; ".join(map(say, notes))
    return f"{words} {say(_where(addresses, others))}" + (f": {changes}" if changes else "")


def _where(addresses: str, others: int) -> Message:
    if others:
        return Message("quoted-from-several", addresses=addresses, count=others)
    return Message("quoted-from", addresses=addresses)


def _changes(place: Place) -> Iterator[Message]:
    """What differs from the source; of words that are moved, only where they are quoted."""
    for part in place.differences:
        if part.kind != "moved":
            yield _change(part)
        elif part.quoted.strip():
            yield Message("words-out-of-order", text=shorten(part.quoted))


def _change(part: ComparedPart) -> Message:
    quoted, true = shorten(part.quoted), shorten(part.source)
    if not quoted:
        return Message("words-missing", text=true)
    if not true:
        return Message("words-added", after=quoted)
    return Message("words-replaced", before=quoted, after=true)


def _followed(one: ReferenceVerdict) -> str:
    return f"{one.word}: {one.reference.words}" + (f"; {say(one.remark)}" if one.remark else "")


def _referred(one: ReferenceVerdict, where: str) -> dict[str, str]:
    reference = one.reference
    return {
        "where": where,
        "words": reference.words,
        "document": reference.document,
        "passage": reference.passage,
        "fingerprint": reference.fingerprint,
        "verdict": one.word,
        "remark": say(one.remark) if one.remark else "",
    }


def _summary(report: ManuscriptReport) -> str:
    checked, references = report.quotations.checked, report.references
    if report.is_empty:
        return say(Message("manuscript-without-quotations"))
    verdicts: list[str] = [one.verdict.word for one in checked] + [one.word for one in references]
    verdicts += ["cited wrongly"] * len(report.misattributions)
    counts = ", ".join(f"{verdicts.count(word):,} {word}" for word in dict.fromkeys(verdicts))
    warned = sum(bool(warnings_of(one.claim, place)) for one in checked for place in one.verdict.places[:1])
    counts += f"; {say(Message('count-warnings', count=warned))}" if warned else ""
    return say(
        Message(
            "verified",
            quotations=say(Message("count-quotations", count=len(checked))),
            references=say(Message("count-references", count=len(references))),
            tally=counts or say(Message("nothing-read")),
        )
    )
