"""`kb verify`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from index.cli.output import newest_snapshot, print_json, records
from index.english import say
from index.quotation_check.reference_check import ReferenceVerdict, check_reference
from index.quotation_check.text_report import QuotationReport, check_claims
from index.serializers.notices import notices_json
from index.serializers.quotations import report_json, warnings_of
from index.verdict import QuotationVerdict
from kb.cli.options import index_option
from kb.messages import Message
from kb.quoting.manuscript import Manuscript, read_manuscript
from kb.quoting.passage_references import references_to
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
    manuscript = read_manuscript(file)
    report = check_claims(manuscript.quotations(), snapshot, most=None)
    known = snapshot.documents.__contains__
    followed = [check_reference(one, snapshot) for one in references_to(manuscript.raw, known)]
    quoted_at = [manuscript.where(one.claim.start) for one in report.checked]
    referred_at = [manuscript.where_raw(one.reference.start) for one in followed]
    if as_data:
        data = report_json(report, snapshot.generation, records(snapshot))
        for each, where in zip(data["quotations"], quoted_at, strict=True):
            each["where"] = where
        data["references"] = [_referred(*each) for each in zip(followed, referred_at, strict=True)]
        data["read"] = notices_json(manuscript.parts)
        data["unread"] = notices_json((*manuscript.unread, *_skipped(manuscript)))
        print_json(data)
    else:
        lines = [
            (where, _one_line(one.verdict)) for one, where in zip(report.checked, quoted_at, strict=True)
        ]
        lines += [(where, _followed(one)) for one, where in zip(followed, referred_at, strict=True)]
        for where, line in sorted(lines, key=lambda each: _order(each[0])):
            click.echo(f"{file}:{where if where.isdigit() else f' {where}'}: {line}")
        for line in (*_reading(manuscript), _summary(report, followed)):
            click.echo(line, err=True)
    verbatim = all(one.verdict.word == "verbatim" for one in report.checked)
    found = all(one.word == "found" for one in followed)
    anything = bool(report.checked or followed)
    ctx.exit(0 if verbatim and found and anything and not manuscript.skipped else 1)


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
    """Lines by number; notes behind paragraphs, endnotes before footnotes."""
    name, _, number = where.rpartition(" ")
    return {"paragraph": "", "": ""}.get(name, name), int(number)


def _one_line(verdict: QuotationVerdict) -> str:
    """The verdict on a quotation in one line."""
    words = f"{verdict.word}: “{shorten(verdict.quotation)}”"
    if verdict.word == "not found":
        nearest = ", ".join(hit.passage.address for hit in verdict.nearest)
        return f"{words}; {say(Message('nearest-passage', place=nearest))}" if nearest else words
    place = verdict.places[0]
    addresses = " and ".join(passage.address for passage in place.passages)
    others = len(verdict.places) - 1 + verdict.further
    notes = [*map(_change, place.differences), *warnings_of(place)]
    changes = "; ".join(map(say, notes))
    return f"{words} {say(_where(addresses, others))}" + (f": {changes}" if changes else "")


def _where(addresses: str, others: int) -> Message:
    if others:
        return Message("quoted-from-several", addresses=addresses, count=others)
    return Message("quoted-from", addresses=addresses)


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


def _summary(report: QuotationReport, followed: Sequence[ReferenceVerdict]) -> str:
    verdicts = [one.verdict.word for one in report.checked] + [one.word for one in followed]
    if not verdicts:
        return say(Message("manuscript-without-quotations"))
    counts = ", ".join(f"{verdicts.count(word):,} {word}" for word in dict.fromkeys(verdicts))
    return say(
        Message(
            "verified",
            quotations=say(Message("count-quotations", count=len(report.checked))),
            references=say(Message("count-references", count=len(followed))),
            tally=counts,
        )
    )
