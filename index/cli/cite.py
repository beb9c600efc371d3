"""`kb cite`."""

from __future__ import annotations

from pathlib import Path

import click

from index.cli.output import newest_snapshot, records
from index.cli.record_lookup import record_of
from kb.citing import csl_item, rich_text
from kb.citing.exports.registry import FORMATS
from kb.citing.styles import registry as citation_styles
from kb.citing.styles.registry import DEFAULT_STYLE, STYLES, UNVERIFIED, Style
from kb.cli.options import index_option

__all__ = ["cite"]


@click.command()
@click.argument("address", metavar="ADDRESS")
@click.option("--style", default=DEFAULT_STYLE, show_default=True, type=click.Choice(list(STYLES)))
@click.option(
    "--format",
    "name",
    type=click.Choice(list(FORMATS)),
    help="Print a record in this format instead of a citation.",
)
@click.option("--quote", "quoted", default="", metavar="WORDS", help="Cite only these words of the passage.")
@click.option(
    "--site",
    default="",
    metavar="URL",
    help="The base URL of permanent addresses. Default: KB_SITE, else that of the collection.",
)
@index_option
def cite(address: str, style: str, name: str | None, quoted: str, site: str, index: Path | None) -> None:
    """Cite a document, a passage, a span or an instrument: in a style, or as a file for a reference manager.

    ADDRESS is DOCUMENT for the document as a whole, DOCUMENT/p4 for a passage, DOCUMENT/p4..p6 for several,
    or DOCUMENT/p4:3-12 for some words of one. You need not count words: give them with --quote, and write ...
    for any that you leave out. INSTRUMENT and "INSTRUMENT/6(3)" cite a treaty of the registry, or an article
    of it, by its id or short form.

    Without a base URL (--site, KB_SITE, site.yaml), the citation gives the document's own web address, if it
    has one.
    """
    snapshot = newest_snapshot(index)
    made = record_of(snapshot, address, records(snapshot, site), quoted)
    if name:
        # as bytes: lines of RIS end the same way on every system
        written = FORMATS[name].write([made], STYLES[style])
        click.echo(written.encode("utf-8", "replace"), nl=False)
    else:
        _print(made, STYLES[style])


def _print(made: csl_item.CslItem, style: Style) -> None:
    citation = citation_styles.cite(made, style)
    click.echo("\n\n".join(rich_text.plain_text(part.runs) for part in citation.parts))
    if not style.is_verified_for(made):
        click.echo(f"{style.label(made)}: {UNVERIFIED}", err=True)
