"""`kb cite`."""

from __future__ import annotations

from pathlib import Path

import click

from index.cli.output import newest_snapshot, records
from index.engine import Snapshot
from index.english import ENGLISH
from kb.citing import csl_item, rich_text
from kb.citing.exports.registry import FORMATS
from kb.citing.styles import registry as citation_styles
from kb.citing.styles.registry import DEFAULT_STYLE, STYLES, UNVERIFIED, Style
from kb.cli.options import index_option
from kb.edtf import in_words
from kb.errors import KbError
from kb.ids import split_address
from kb.messages import Message
from kb.model import Withdrawal
from kb.permanence.location import Here, LeftOut, Moved, Unknown, Withdrawn, locate

__all__ = ["cite"]


@click.command()
@click.argument("address", metavar="DOCUMENT/PASSAGE")
@click.option("--style", default=DEFAULT_STYLE, show_default=True, type=click.Choice(list(STYLES)))
@click.option("--format", "name", type=click.Choice(list(FORMATS)), help="Print a file, not a citation.")
@click.option(
    "--site",
    default="",
    metavar="URL",
    help="The base URL of permanent addresses. Default: KB_SITE, else that of the collection.",
)
@index_option
def cite(address: str, style: str, name: str | None, site: str, index: Path | None) -> None:
    """Cite a passage: in a style, or as a file for a reference manager.

    Without a base URL (--site, KB_SITE, site.yaml) it has the document's own address, if there is one.
    """
    snapshot = newest_snapshot(index)
    here = _located(snapshot, address)
    made = records(snapshot, site)(here.document, here.passage)
    if name:
        # as bytes: lines of RIS end the same way on every system
        written = FORMATS[name].write([made], STYLES[style])
        click.echo(written.encode("utf-8", "replace"), nl=False)
    else:
        _print(made, STYLES[style])


def _located(snapshot: Snapshot, address: str) -> Here:
    match locate(snapshot, *split_address(address)):
        case Here() as here:
            return here
        case Withdrawn(left) | Moved(_, Withdrawn(left)):
            raise KbError(_withdrawn(address, left), ENGLISH)
        case LeftOut(missing) | Moved(_, LeftOut(missing)):
            message = Message("cite-left-out", address=address, fingerprint=missing.fingerprint)
            raise KbError(message, ENGLISH)
        case Moved(to):
            raise KbError(Message("cite-moved", address=address, to="/".join(to)), ENGLISH)
        case Unknown():
            raise KbError(Message("cite-unknown", address=address), ENGLISH)


def _withdrawn(address: str, left: Withdrawal) -> Message:
    if not left.date:
        return Message("cite-withdrawn", address=address, fingerprint=left.fingerprint)
    date = in_words(left.date)
    return Message("cite-withdrawn-on", address=address, date=date, fingerprint=left.fingerprint)


def _print(made: csl_item.CslItem, style: Style) -> None:
    citation = citation_styles.cite(made, style)
    click.echo("\n\n".join(rich_text.plain_text(part.runs) for part in citation.parts))
    if not style.is_verified_for(made):
        click.echo(f"{style.label(made)}: {UNVERIFIED}", err=True)
