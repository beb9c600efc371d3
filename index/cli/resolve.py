"""`kb resolve`."""

from __future__ import annotations

import json
from pathlib import Path

import click

from index.citation_resolver.resolver import resolve as resolved
from index.engines.whoosh.engine import WhooshEngine
from kb.cli.options import index_option
from kb.errors import KbError
from kb.settings import Settings

__all__ = ["resolve"]


@click.command()
@click.argument("citation", nargs=-1, required=True)
@click.option("--json", "as_data", is_flag=True, help="Print JSON, as /api/resolve gives it.")
@index_option
def resolve(citation: tuple[str, ...], as_data: bool, index: Path | None) -> None:
    """Find the passage that a citation means: words, an address or a fingerprint.

    Prints how sure each match is, its address and why, the surest first.
    """
    text = " ".join(citation).encode(errors="replace").decode()
    found = resolved(WhooshEngine(Settings.read((), index).index).snapshot(), text)
    if as_data:
        click.echo(json.dumps(found.as_json(), ensure_ascii=False, indent=2))
        return
    for match in found.matches:
        place = "/".join(filter(None, (match.document, match.passage)))
        click.echo(f"{match.confidence:.2f}  {place}  ({match.why})")
    for notice in found.notices:
        click.echo(notice, err=True)
    if not found.matches:
        raise KbError("no passage was found for this citation")
