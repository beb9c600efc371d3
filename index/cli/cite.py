"""`kb cite`."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from index.engine import Snapshot
from index.engines.whoosh.engine import WhooshEngine
from kb.citing import csl_item, rich_text
from kb.citing.exports.registry import FORMATS
from kb.citing.styles import registry as citation_styles
from kb.citing.styles.registry import DEFAULT, STYLES, UNVERIFIED, Style
from kb.cli.options import index_option
from kb.edtf import in_words
from kb.errors import BadRequest, KbError
from kb.model import Passage
from kb.permalinks import permalink
from kb.settings import Settings

__all__ = ["cite"]


@click.command()
@click.argument("address", metavar="DOCUMENT/PASSAGE")
@click.option("--style", default=DEFAULT, show_default=True, type=click.Choice(list(STYLES)))
@click.option("--format", "name", type=click.Choice(list(FORMATS)), help="A file in place of the citation.")
@click.option("--site", default="", metavar="URL", help="Where this is served; makes the permanent address.")
@index_option
def cite(address: str, style: str, name: str | None, site: str, index: Path | None) -> None:
    """Cite a passage: in a style, or as a file for a reference manager.

    Without --site the citation has the document's own address, if it has one.
    """
    snapshot = WhooshEngine(Settings.read((), index).index).snapshot()
    passage = _passage(snapshot, address)
    place = _site(site) + permalink(passage) if site else ""
    made = csl_item.item(snapshot.documents[passage.document], passage, place, datetime.date.today())
    if name:
        # bytes, for RIS ends its lines the same way on every system
        written = FORMATS[name].write([made], STYLES[style])
        click.echo(written.encode("utf-8", "replace"), nl=False)
    else:
        _print(made, STYLES[style])


def _passage(snapshot: Snapshot, address: str) -> Passage:
    document, _, id = address.partition("/")
    if gone := snapshot.withdrawn.get(address):
        when = f"withdrawn on {in_words(gone.date)}"
        raise KbError(f"{address} was {when}; the fingerprint of its words was sha256:{gone.fingerprint}")
    passage = snapshot.passage(document, id)
    if passage is None:
        raise KbError(
            f"{address}: there is no such passage; name it as kb search prints it: DOCUMENT/PASSAGE"
        )
    return passage


def _site(site: str) -> str:
    if not site.startswith(("http://", "https://")):
        raise BadRequest("--site", f"“{site[:60]}” is no address; write it as https://kb.example")
    return site.rstrip("/")


def _print(made: csl_item.Item, style: Style) -> None:
    citation = citation_styles.cite(made, style)
    click.echo("\n\n".join(rich_text.plain(part.runs) for part in citation.parts))
    if not style.knows(made):
        click.echo(f"{style.label(made)}: {UNVERIFIED}", err=True)
