"""`kb export`: a collection written out as a whole."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from kb.citing.labels import SITE_NAME, CitedSite
from kb.citing.records import RecordMaker
from kb.citing.styles.registry import DEFAULT_STYLE, STYLES
from kb.cli.content_words import counted_passages
from kb.cli.options import content_option
from kb.collection import loader
from kb.collection.loader import Survey
from kb.english import ENGLISH
from kb.errors import ContentError, Fault
from kb.exporting.placing import placed, require_place
from kb.exporting.registry import COLLECTION_FORMATS
from kb.messages import Message, words
from kb.settings import Settings

__all__ = ["export"]


@click.command()
@click.argument("out", type=click.Path(path_type=Path), metavar="OUT")
@click.option(
    "--format", "name", type=click.Choice(list(COLLECTION_FORMATS)), default="jsonl", show_default=True
)
@content_option
@click.option("--force", is_flag=True, help="Replace an earlier export.")
@click.option(
    "--style",
    default=DEFAULT_STYLE,
    show_default=True,
    type=click.Choice(list(STYLES)),
    help="The citation style of a CSV file.",
)
@click.option(
    "--site",
    default="",
    metavar="URL",
    help="The base URL of the addresses in a CSV file. Default: KB_SITE, else site.yaml.",
)
def export(out: Path, name: str, content: tuple[Path, ...], force: bool, style: str, site: str) -> None:
    """Write the whole collection to OUT: a folder of JSON lines, Markdown or Akoma Ntoso, or a CSV file.

    From JSON lines or Markdown, kb build makes the same collection again. Drafts are left out.
    """
    settings, chosen = Settings.read(content, site=site), COLLECTION_FORMATS[name]
    require_place(out, settings.content, chosen.owns, force=force)
    survey = loader.survey(settings.content)
    if faults := survey.faults:
        raise ContentError(faults)
    try:
        with placed(out) as place:
            said = chosen.write(survey, place, _records(survey, settings.site), STYLES[style])
    except OSError as exc:
        reason = exc.strerror or str(exc)
        raise ContentError([Fault(out, 0, Message("export-unwritable", reason=reason))]) from exc
    written = counted_passages(survey.collection.all_passages())
    click.echo(words(Message("exported", out=str(out), passages=written), ENGLISH))
    for message in said:
        click.echo(words(message, ENGLISH), err=True)


def _records(survey: Survey, site: str) -> RecordMaker:
    """Makes the records of passages at the base URL of the option, the setting or the collection."""
    collection = survey.collection
    return RecordMaker(
        site or collection.site.base_url,
        datetime.date.today(),
        CitedSite(collection.site.title or SITE_NAME),
        {one.id: one for one in collection.documents},
    )
