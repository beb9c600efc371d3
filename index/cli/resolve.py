"""`kb resolve`."""

from __future__ import annotations

from pathlib import Path

import click

from index.citation_resolver.resolver import resolve as resolved
from index.cli.output import instrument_line, newest_snapshot, print_json
from index.english import ENGLISH, say
from index.serializers.citations import resolution_json
from kb.cli.options import index_option
from kb.errors import KbError
from kb.messages import Message

__all__ = ["resolve"]


@click.command()
@click.argument("citation", nargs=-1, required=True)
@click.option("--json", "as_data", is_flag=True, help="Print JSON, as /api/resolve gives it.")
@index_option
def resolve(citation: tuple[str, ...], as_data: bool, index: Path | None) -> None:
    """Find the passage that a citation refers to, in words, by address or by fingerprint.

    Prints each match with its confidence, address and reasons, the surest first, and then the instruments
    that the citation names, each with the path of its article.
    """
    text = " ".join(citation).encode(errors="replace").decode()
    found = resolved(newest_snapshot(index), text)
    if as_data:
        print_json(resolution_json(found))
        return
    for match in found.matches:
        place = "/".join(filter(None, (match.document, match.passage)))
        click.echo(f"{match.confidence:.2f}  {place}  ({match.why})")
    for answer in found.instruments:
        click.echo(instrument_line(answer))
    for notice in found.notices:
        click.echo(say(notice), err=True)
    if not (found.matches or found.instruments):
        raise KbError(Message("nothing-resolved"), ENGLISH)
