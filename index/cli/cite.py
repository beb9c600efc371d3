"""`kb cite`."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from index.cli.output import newest_snapshot
from index.engine import Snapshot
from kb.citing import csl_item, rich_text
from kb.citing.exports.registry import FORMATS
from kb.citing.styles import registry as citation_styles
from kb.citing.styles.registry import DEFAULT_STYLE, STYLES, UNVERIFIED, Style
from kb.cli.options import index_option
from kb.edtf import in_words
from kb.errors import BadRequest, KbError
from kb.ids import split_address
from kb.permalinks import permalink
from kb.permanence.location import Here, Moved, Unknown, Withdrawn, locate

__all__ = ["cite"]


@click.command()
@click.argument("address", metavar="DOCUMENT/PASSAGE")
@click.option("--style", default=DEFAULT_STYLE, show_default=True, type=click.Choice(list(STYLES)))
@click.option("--format", "name", type=click.Choice(list(FORMATS)), help="A file in place of the citation.")
@click.option("--site", default="", metavar="URL", help="Where this is served; makes the permanent address.")
@index_option
def cite(address: str, style: str, name: str | None, site: str, index: Path | None) -> None:
    """Cite a passage: in a style, or as a file for a reference manager.

    Without --site the citation has the document's own address, if it has one.
    """
    snapshot = newest_snapshot(index)
    here = _located(snapshot, address)
    url = _site(site) + permalink(here.passage) if site else ""
    made = csl_item.passage_item(here.document, here.passage, url, datetime.date.today())
    if name:
        # bytes, for RIS ends its lines the same way on every system
        written = FORMATS[name].write([made], STYLES[style])
        click.echo(written.encode("utf-8", "replace"), nl=False)
    else:
        _print(made, STYLES[style])


def _located(snapshot: Snapshot, address: str) -> Here:
    match locate(snapshot, *split_address(address)):
        case Here() as here:
            return here
        case Withdrawn(left) | Moved(_, Withdrawn(left)):
            when = f" on {in_words(left.date)}" if left.date else ""
            raise KbError(
                f"{address} was withdrawn{when}; the fingerprint of its words was sha256:{left.fingerprint}"
            )
        case Moved(to):
            raise KbError(f"{address} has another address now; run kb cite {'/'.join(to)}")
        case Unknown():
            raise KbError(f"there is no passage {address}; copy its address from kb search: DOCUMENT/PASSAGE")


def _site(site: str) -> str:
    if not site.startswith(("http://", "https://")):
        raise BadRequest("--site", f"“{site[:60]}” is not a web address; write it as https://kb.example")
    return site.rstrip("/")


def _print(made: csl_item.CslItem, style: Style) -> None:
    citation = citation_styles.cite(made, style)
    click.echo("\n\n".join(rich_text.plain_text(part.runs) for part in citation.parts))
    if not style.is_verified_for(made):
        click.echo(f"{style.label(made)}: {UNVERIFIED}", err=True)
