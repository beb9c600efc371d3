"""`kb quote`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from index.cli.output import newest_snapshot, print_json, records
from index.english import say
from index.quotation_check.text_report import CheckedQuotation, QuotationReport, check_text
from index.quotation_check.warnings import warnings_of
from index.results import Hit
from index.serializers.quotations import citations, locators, report_json
from index.verdict import Place
from kb.citing.records import RecordMaker
from kb.cli.options import index_option
from kb.edtf import in_words
from kb.messages import Message
from kb.quoting.extraction import QuotedSpan
from kb.quoting.verbatim import ComparedPart
from kb.text.phrasing import shorten

__all__ = ["quote"]

_MAX_INPUT_BYTES = 40_000_000
_MAX_SHOWN_PLACES = 5
"""More places of a quotation are listed by address only."""


@click.command(context_settings={"ignore_unknown_options": True})  # a quotation may begin with a dash
@click.argument("text", nargs=-1, required=True)
@click.option("--json", "as_data", is_flag=True, help="Print JSON.")
@index_option
@click.pass_context
def quote(ctx: click.Context, text: tuple[str, ...], as_data: bool, index: Path | None) -> None:
    """Check a quotation, or a text with several in quotation marks, against the index.

    TEXT may be several words; - reads it from standard input. The exit code is 0 when all is verbatim.
    """
    given = _from_standard_input() if text == ("-",) else " ".join(text)
    snapshot = newest_snapshot(index)
    report = check_text(given.encode(errors="replace").decode(), snapshot)
    if as_data:
        print_json(report_json(report, snapshot.generation, records(snapshot)))
    else:
        for notice in report.notices:
            click.echo(say(notice), err=True)
        for line in _shown(report, records(snapshot)):
            click.echo(line)
    ctx.exit(0 if report.word == "verbatim" else 1)


def _from_standard_input() -> str:
    """What is piped in, up to the longest text allowed: it may never end, and need not be UTF-8."""
    text = sys.stdin.buffer.read(_MAX_INPUT_BYTES).decode(errors="replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _shown(report: QuotationReport, record: RecordMaker) -> Iterator[str]:
    for one in report.checked:
        yield from _checked(one, record)
    if not report.checked:
        yield say(Message("quotation-without-words"))


def _checked(one: CheckedQuotation, record: RecordMaker) -> Iterator[str]:
    verdict = one.verdict
    yield f"{verdict.word}: “{shorten(verdict.quotation)}”"
    for place in verdict.places[:_MAX_SHOWN_PLACES]:
        yield from (f"  {line}" for line in _place(one.claim, place, record))
    listed = [place.passages[0].address for place in verdict.places[_MAX_SHOWN_PLACES:]]
    if listed:
        yield f"  {say(Message('also-in', addresses=', '.join(listed)))}"
    if verdict.further:
        yield f"  {say(Message('further-passages', count=verdict.further))}"
    for hit in verdict.nearest:
        yield f"  {say(Message('nearest-passage', place=_near(hit)))}"


def _place(claim: QuotedSpan, place: Place, record: RecordMaker) -> Iterator[str]:
    document = place.document
    named = [document.kind, document.title, locators(place), in_words(document.date)]
    status = f" [{document.status}]" if document.status != "current" else ""
    addresses = " and ".join(passage.address for passage in place.passages)
    yield f"{addresses}  {' · '.join(filter(None, named))}{status}"
    if place.differences:
        yield f"  {say(Message('quotation-differs', marked=_marked(place)))}"
        yield f"  {say(Message('source-text', text=_line(place.text)))}"
    if place.is_reordered:
        yield f"  {say(Message('words-reordered'))}"
    for part in place.liberties:
        yield f"  {say(_liberty(part))}"
    if place.left_out_marks:
        yield f"  {say(Message('marks-left-out', marks=' '.join(place.left_out_marks)))}"
    if place.own_bullets:
        yield f"  {say(Message('own-bullets', marks=' '.join(place.own_bullets)))}"
    for warning in warnings_of(claim, place):
        yield f"  {say(warning)}"
    for citation in citations(place, record):
        yield f"  {say(Message('citation-of-place', citation=citation))}"


def _marked(place: Place) -> str:
    """The quotation with its differences marked: [-quoted-]{+true+}."""
    return _line("".join(map(_mark, place.parts)))


def _mark(part: ComparedPart) -> str:
    quoted, true = part.quoted.strip(), part.source.strip()
    match part.kind:
        case "replaced" | "added" | "missing" | "moved":
            return "".join((f"[-{quoted}-]" if quoted else "", f"{{+{true}+}}" if true else "", " "))
        case _:
            return part.quoted


def _liberty(part: ComparedPart) -> Message:
    quoted, true = part.quoted.strip(), part.source.strip()
    if part.kind == "skipped":
        return Message("left-out", mark=quoted, text=shorten(true))
    if true:
        return Message("in-brackets-for", quoted=quoted, text=shorten(true))
    return Message("in-brackets", quoted=quoted)


def _near(hit: Hit) -> str:
    where = hit.passage.locator or hit.passage.id
    return f"{hit.passage.address}  {hit.document.title} · {where}: {shorten(hit.snippet.text)}"


def _line(text: str) -> str:
    return " ".join(text.split())
