"""What a collection's site file names as its engine: as it is now, and as it was when an index was built.

A build leaves the name beside the index, in the folder that holds the files of sources whatever the
engine is. So an index is opened by what it was built with, even where there is no content; and a site file
that names another engine takes effect with the next build, like everything else in it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from index.english import ENGLISH
from kb.collection.folder import site_of
from kb.errors import IndexUnusable
from kb.files.durable import make_folder, sync_folder, write_synced
from kb.files.reading import read_regular
from kb.messages import Message
from kb.site import ENGINES, EngineName, Site

__all__ = ["named_by", "recorded", "save_record"]

_FILE = "engine.json"
_MAX_BYTES = 1_000


def named_by(folders: Sequence[Path]) -> EngineName:
    """The engine that the site file of some content folders names, or the built-in one.

    A site file with faults names none here: builds refuse it.
    """
    return site_of(folders).engine or ENGINES[0]


def recorded(index: Path) -> EngineName | None:
    """The engine that the site file named when the index was built last; None if that is not known."""
    try:
        name = json.loads(read_regular(index / _FILE, _MAX_BYTES))["engine"]
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return None
    return next((engine for engine in ENGINES if engine == name), None)


def save_record(index: Path, site: Site) -> None:
    """Leaves beside an index what its site names. Raises IndexUnusable if it cannot be written."""
    name = site.engine or ENGINES[0]
    if recorded(index) == name:
        return
    try:
        make_folder(index)
        write_synced(index / _FILE, json.dumps({"engine": name}).encode())
        sync_folder(index)
    except OSError as exc:
        reason = exc.strerror or str(exc)
        raise IndexUnusable(Message("index-not-writable", folder=str(index), reason=reason), ENGLISH) from exc
