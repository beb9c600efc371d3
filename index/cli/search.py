"""`kb search`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path

import click
from rich.console import Console
from rich.text import Text

from index.cli.output import instrument_line
from index.engines.registry import open_engine
from index.english import say
from index.explanation import SCORE_PARTS, Explanation, describe_match, rounded_points
from index.request import PER_PAGE, FacetName, Request
from index.results import Hit, Results
from index.serializers.search import explanation_json, results_json
from index.serializers.totals import summary, with_some
from index.suggest.in_need import help_wanted
from kb.citing.labels import supplied_words
from kb.cli.options import index_option
from kb.edtf import in_words
from kb.messages import Message
from kb.settings import Settings

__all__ = ["search"]


@click.command(context_settings={"ignore_unknown_options": True})  # -word is part of a query
@click.argument("query", nargs=-1, required=True)
@click.option("--theme", "themes", multiple=True, metavar="SLUG", help="Only this theme, or theme/sub-point.")
@click.option("--language", "languages", multiple=True, metavar="TAG", help="Only this language, such as th.")
@click.option("--limit", type=click.IntRange(1, 50), default=10, show_default=True, help="Hits to show.")
@click.option("--no-expand", is_flag=True, help="Search only these words, not their related terms.")
@click.option("--json", "as_data", is_flag=True, help="Print JSON, as /api/search gives it.")
@click.option("--why", is_flag=True, help="Say under each hit why it was found.")
@index_option
def search(
    query: tuple[str, ...],
    themes: tuple[str, ...],
    languages: tuple[str, ...],
    limit: int,
    no_expand: bool,
    as_data: bool,
    why: bool,
    index: Path | None,
) -> None:
    """Search the index in the terminal. Several words are one query."""
    text = " ".join(query).encode(errors="replace").decode()
    chosen: dict[FacetName, tuple[str, ...]] = {"theme": themes, "language": languages}
    filters = {name: values for name, values in chosen.items() if values}
    per = next(size for size in PER_PAGE if limit <= size)
    request = Request(text=text, filters=filters, per=per, expand=not no_expand)
    snapshot = open_engine(Settings.read((), index)).snapshot()
    results = snapshot.search(request)
    results = replace(results, hits=results.hits[:limit])
    explained = [hit.passage for hit in results.hits] if why else []
    reasons = [snapshot.explain(results.request, passage.document, passage.id) for passage in explained]
    if as_data:
        data = results_json(results, help_wanted(text, snapshot.site))
        for hit, explanation in zip(data["hits"], reasons, strict=False):
            hit["why"] = explanation and explanation_json(explanation)
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        _print(results, reasons)


def _print(results: Results, reasons: Sequence[Explanation | None]) -> None:
    console = Console(highlight=False, soft_wrap=not sys.stdout.isatty())
    for notice in results.notices:
        console.print(Text(say(notice), style="yellow"))
    for line in _counts(results):
        console.print(Text(line, style="bold"))
    for answer in results.instruments:
        console.print(Text(instrument_line(answer), style="cyan"))
    before = "all" if results.total else "some"
    for hit, why in zip_longest(results.hits, reasons):
        if hit.matched != before:
            before = hit.matched
            divider = say(Message("some-words", found=with_some(results)))
            console.print(Text(f"\n{divider}", style="bold"))
        console.print()
        console.print(_heading(hit))
        console.print(_snippet(hit))
        for line in _reasons(why) if why else ():
            console.print(Text(f"  {line}", style="dim"))


def _counts(results: Results) -> Iterator[str]:
    yield summary(results)
    if results.total_hidden:
        yield say(Message("hidden-passages", passages=_passages(results.total_hidden)))
    if results.missing and not results.corrected:
        yield say(Message("missing-words", words=", ".join(results.missing)))
    match results.suggestions if not results.corrected else ():
        case (first,):
            yield say(Message("did-you-mean", first=first))
        case (first, second, *_):
            yield say(Message("did-you-mean-either", first=first, second=second))
    if results.expansions:
        yield say(Message("also-searched", terms=", ".join(results.expansions)))


def _passages(count: int) -> str:
    return say(Message("count-passages", count=count))


def _heading(hit: Hit) -> Text:
    document = hit.document
    where = [document.kind, document.title, hit.passage.locator, in_words(document.date)]
    status = document.status if document.status != "current" else ""
    remarks = filter(None, [status, supplied_words(document, "kind", "title", "date")])
    line = Text(hit.passage.address, style="bold cyan")
    line.append(f"  {' · '.join(part for part in where if part)}", style="not bold default")
    return line.append("".join(f" [{remark}]" for remark in remarks), style="not bold default")


def _snippet(hit: Hit) -> Text:
    text = Text(hit.snippet.text)
    for start, end in hit.snippet.ranges:
        text.stylize("bold underline", start, end)
    if hit.snippet.provision:
        text = Text(f"{say(Message('provision'))} ", style="italic") + text
    if hit.reasons:
        reasons = say(Message("found-because", reasons="; ".join(map(say, hit.reasons))))
        text.append(f"\n{reasons}", style="italic")
    return text


def _reasons(why: Explanation) -> Iterator[str]:
    """An explanation, line by line: which terms the passage has, which it lacks, and its score."""
    for term in why.terms:
        forms = "; ".join(f"“{form.form}” ({say(describe_match(form))})" for form in term.forms)
        if not term.related_to:
            absent = say(Message("term-absent"))
            yield say(Message("explained-term", text=term.text, forms=forms or absent))
        elif forms:
            yield say(Message("explained-related-term", text=term.text, words=term.related_to, forms=forms))
    if why.parts:
        parts = ", ".join(f"{points} {say(SCORE_PARTS[name])}" for name, points in rounded_points(why.parts))
        yield say(Message("score-of-parts", score=why.score, parts=parts))
