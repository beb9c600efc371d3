"""What the commands of this room share: the snapshot they read, and JSON on standard output."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from index.engine import Snapshot
from index.engines.registry import open_engine
from kb.settings import Settings

__all__ = ["newest_snapshot", "print_json"]


def newest_snapshot(index: Path | None) -> Snapshot:
    """The newest generation of the index that an option or the settings name."""
    return open_engine(Settings.read((), index)).snapshot()


def print_json(data: dict[str, Any]) -> None:
    """Data as readable JSON, characters as they are."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=2))
