"""Source pages are drawn in their own lanes, a few at a time, so that searches are always served."""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import unquote

from kb.files.durable import make_folder
from kb.kept_sources.page_drawer import PageDrawer
from kb.kept_sources.store import SourceStore
from kb.messages import Message
from web.admission.slots import Busy, Slots, shared_folder

__all__ = ["MAX_DRAWINGS", "is_picture", "page_drawer"]

MAX_DRAWINGS = 2
"""Each is a process that may compute for ten seconds."""

_BUSY = Busy(
    Message("drawings-busy"),
    Message("drawings-under-way", count=MAX_DRAWINGS),
    wait_seconds=8.0,
    retry_seconds=5,
)
_PICTURE = re.compile(r"/passages/[^/]+/[^/]+/page-[^/]+\.png")


def is_picture(target: bytes) -> bool:
    """Whether the target of a request, a path with its query, is the picture of a source page."""
    return bool(_PICTURE.fullmatch(unquote(target.partition(b"?")[0].decode("latin-1"))))


def page_drawer(index: Path) -> PageDrawer | None:
    """The drawer of the pages of an index's sources.

    None if there is nowhere to keep the pictures, or PDFium, which comes with importing, is not installed.
    """
    if find_spec("pypdfium2") is None:
        return None
    try:
        folder = shared_folder(index) / "pages"
        make_folder(folder)
    except OSError:
        return None
    slots = Slots(_BUSY, [folder.parent / f"drawing-{number}" for number in range(MAX_DRAWINGS)])
    return PageDrawer(SourceStore(index), folder, slots.taken)
