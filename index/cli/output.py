"""What the commands of this room share: the snapshot they read, and JSON on standard output."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import click

from index.engine import Snapshot
from index.engines.registry import open_engine
from index.results import InstrumentAnswer
from kb.citing.labels import SITE_NAME, CitedSite
from kb.citing.records import RecordMaker
from kb.permalinks import instrument_path
from kb.settings import Settings

__all__ = ["instrument_line", "newest_snapshot", "print_json", "records"]


def newest_snapshot(index: Path | None) -> Snapshot:
    """The newest generation of the index that an option or the settings name."""
    return open_engine(Settings.read((), index)).snapshot()


def records(snapshot: Snapshot, site: str = "") -> RecordMaker:
    """Makes records with the base URL of an option, of KB_SITE or of the collection, if there is one.

    Raises BadRequest for an option or setting that is not a base URL.
    """
    base_url = Settings.read(site=site).site or snapshot.site.base_url
    site_cited = CitedSite(snapshot.site.title or SITE_NAME)
    return RecordMaker(base_url, datetime.date.today(), site_cited, snapshot.documents)


def print_json(data: dict[str, Any]) -> None:
    """Data as readable JSON, characters as they are."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=2))


def instrument_line(answer: InstrumentAnswer) -> str:
    """An instrument that a query names, with the heading of its article, or its title; and its path."""
    named = " ".join(filter(None, (answer.instrument.name, answer.number)))
    what = answer.article.heading if answer.article else answer.instrument.title
    number = answer.article.number if answer.article else ""
    return f"{named}: {what}  {instrument_path(answer.instrument.id, number)}"
