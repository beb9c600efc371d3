"""`kb quote` and `kb verify`."""

from __future__ import annotations

import datetime
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from index.checking import Checked, Report, check_claims, check_text
from index.citations import Referred, follow
from index.engine import Hit, Snapshot
from index.store.engine import WhooshEngine
from index.verdict_report import as_json, citations, locators
from index.verdicts import Place, Verdict
from kb import manuscripts
from kb.dates import in_words
from kb.options import index_option
from kb.references import references
from kb.settings import Settings
from kb.shown import count, short
from kb.verbatim import Part

__all__ = ["quote", "verify"]

_SHOWN = 5
"""Places of one quotation that are shown in full; the others are listed by address."""


@click.command(context_settings={"ignore_unknown_options": True})  # a quotation may begin with a dash
@click.argument("text", nargs=-1, required=True)
@click.option("--json", "as_data", is_flag=True, help="Print JSON.")
@index_option
@click.pass_context
def quote(ctx: click.Context, text: tuple[str, ...], as_data: bool, index: Path | None) -> None:
    """Check a quotation, or a text with several in quotation marks, against the index.

    TEXT may be several words; - reads it from standard input. The exit code is 0 when all is verbatim.
    """
    given = sys.stdin.read() if text == ("-",) else " ".join(text)
    snapshot = _snapshot(index)
    report = check_text(given.encode(errors="replace").decode(), snapshot)
    if as_data:
        _print_json(as_json(report, snapshot.generation, "", datetime.date.today()))
    else:
        for notice in report.notices:
            click.echo(notice, err=True)
        for line in _shown(report):
            click.echo(line)
    ctx.exit(0 if report.word == "verbatim" else 1)


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_data", is_flag=True, help="Print JSON.")
@index_option
@click.pass_context
def verify(ctx: click.Context, file: Path, as_data: bool, index: Path | None) -> None:
    """Check every quotation of a manuscript, and every citation key or link of ours in it.

    FILE is Markdown, HTML, DOCX or plain text. The exit code is 0 when all is verbatim and found.
    """
    snapshot = _snapshot(index)
    manuscript = manuscripts.read(file)
    report = check_claims(manuscript.quotations(), snapshot, most=None)
    known = snapshot.documents.__contains__
    followed = [follow(one, snapshot) for one in references(manuscript.raw, known)]
    quoted_at = [manuscript.where(one.claim.start) for one in report.checked]
    referred_at = [manuscript.where_raw(one.reference.start) for one in followed]
    if as_data:
        data = as_json(report, snapshot.generation, "", datetime.date.today())
        for each, where in zip(data["quotations"], quoted_at, strict=True):
            each["where"] = where
        data["references"] = [_referred(*each) for each in zip(followed, referred_at, strict=True)]
        _print_json(data)
    else:
        found = [
            (where, _one_line(one.verdict)) for one, where in zip(report.checked, quoted_at, strict=True)
        ]
        found += [(where, _followed(one)) for one, where in zip(followed, referred_at, strict=True)]
        for where, line in sorted(found, key=lambda each: _order(each[0])):
            click.echo(f"{file}:{where if where.isdigit() else f' {where}'}: {line}")
        click.echo(_summary(report, followed), err=True)
    well = all(one.verdict.word == "verbatim" for one in report.checked)
    ctx.exit(0 if well and all(one.word == "found" for one in followed) else 1)


def _snapshot(index: Path | None) -> Snapshot:
    return WhooshEngine(Settings.read((), index).index).snapshot()


def _print_json(data: dict[str, Any]) -> None:
    click.echo(json.dumps(data, ensure_ascii=False, indent=2))


def _order(where: str) -> tuple[str, int]:
    """Lines by number; notes behind paragraphs, endnotes before footnotes."""
    name, _, number = where.rpartition(" ")
    return {"paragraph": "", "": ""}.get(name, name), int(number)


def _shown(report: Report) -> Iterator[str]:
    for one in report.checked:
        yield from _checked(one)
    if not report.checked:
        yield "not found: no words were given"


def _checked(one: Checked) -> Iterator[str]:
    verdict = one.verdict
    yield f"{verdict.word}: “{short(verdict.quotation)}”"
    for place in verdict.places[:_SHOWN]:
        yield from (f"  {line}" for line in _place(place))
    listed = [place.passages[0].address for place in verdict.places[_SHOWN:]]
    if listed:
        yield f"  also in: {', '.join(listed)}"
    if verdict.further:
        yield f"  and {verdict.further:,} more passages have these words, not compared sign for sign"
    for hit in verdict.nearest:
        yield f"  nearest: {_near(hit)}"


def _place(place: Place) -> Iterator[str]:
    document = place.document
    named = [document.kind, document.title, locators(place), in_words(document.date)]
    status = f" [{document.status}]" if document.status != "current" else ""
    addresses = " and ".join(passage.address for passage in place.passages)
    yield f"{addresses}  {' · '.join(filter(None, named))}{status}"
    if place.differences:
        yield f"  differs: {_marked(place)}"
        yield f"  true text: {_line(place.text)}"
    for part in place.liberties:
        yield f"  {_liberty(part)}"
    yield from (f"  cite: {citation}" for citation in citations(place, "", datetime.date.today()))


def _marked(place: Place) -> str:
    """The quotation with what differs marked: [-quoted-]{+true+}."""
    return _line("".join(map(_mark, place.parts)))


def _mark(part: Part) -> str:
    quoted, true = part.quoted.strip(), part.true.strip()
    match part.kind:
        case "replaced" | "added" | "missing":
            return "".join((f"[-{quoted}-]" if quoted else "", f"{{+{true}+}}" if true else "", " "))
        case _:
            return part.quoted


def _liberty(part: Part) -> str:
    if part.kind == "skipped":
        return f"left out at {part.quoted.strip()}: {short(part.true)}"
    return f"in brackets: {part.quoted.strip()}" + (f" for: {short(part.true)}" if part.true.strip() else "")


def _near(hit: Hit) -> str:
    where = hit.passage.locator or hit.passage.id
    return f"{hit.passage.address}  {hit.document.title} · {where}: {short(hit.snippet.text)}"


def _line(text: str) -> str:
    return " ".join(text.split())


def _one_line(verdict: Verdict) -> str:
    """What `kb verify` says of a quotation, on one line."""
    words = f"{verdict.word}: “{short(verdict.quotation)}”"
    if verdict.word == "not found":
        nearest = [hit.passage.address for hit in verdict.nearest]
        return f"{words}; nearest: {', '.join(nearest)}" if nearest else words
    place = verdict.places[0]
    where = " and ".join(passage.address for passage in place.passages)
    others = len(verdict.places) - 1 + verdict.further
    more = f" and {others:,} more" if others else ""
    changes = "; ".join(_change(part) for part in place.differences)
    return f"{words} in {where}{more}" + (f": {changes}" if changes else "")


def _change(part: Part) -> str:
    quoted, true = short(part.quoted), short(part.true)
    if not quoted:
        return f"missing “{true}”"
    return f"“{quoted}” -> “{true}”" if true else f"added “{quoted}”"


def _followed(one: Referred) -> str:
    return f"{one.word}: {one.reference.words}" + (f"; {one.remark}" if one.remark else "")


def _referred(one: Referred, where: str) -> dict[str, str]:
    reference = one.reference
    return {
        "where": where,
        "words": reference.words,
        "document": reference.document,
        "passage": reference.passage,
        "fingerprint": reference.fingerprint,
        "verdict": one.word,
        "remark": one.remark,
    }


def _summary(report: Report, followed: Sequence[Referred]) -> str:
    verdicts = [one.verdict.word for one in report.checked] + [one.word for one in followed]
    counts = ", ".join(f"{verdicts.count(word):,} {word}" for word in dict.fromkeys(verdicts))
    asked = f"{count(len(report.checked), 'quotation')}, {count(len(followed), 'reference')}"
    return f"{asked}: {counts or 'nothing to check'}"
