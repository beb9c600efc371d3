"""A collection with sources: a resolution in PDF, a memorandum in plain text, a report without its file."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import numpy as np
from flask import Flask

from kb.collection.extract_file import dump_extract
from kb.importers.draft import draft_of
from kb.kept_sources.drawing import AskedPage
from kb.kept_sources.page_drawer import PageDrawer
from kb.kept_sources.png import palette_png
from kb.kept_sources.store import SourceStore
from kb.model import Collection, Document, Passage
from kb.site import Site
from kb.sources.kept_source import KeptFile, KeptSource
from tests.engines import build, open_engine
from tests.pages import ROOT
from web.app import create_app

__all__ = ["MEMO", "MEMO_NAME", "PICTURE", "RESOLUTION", "collection", "site_over"]

RESOLUTION = (ROOT / "tests/documents/un-ares-48-246-en.pdf").read_bytes()
MEMO, MEMO_NAME = b"<script>alert(1)</script> Words.", 'Mémo "final" 2024.html'
PLAIN = Site()
PICTURE = palette_png(np.zeros((9, 9), np.uint8), [(0, 0, 0)])


def collection(folder: Path, site: Site = PLAIN) -> Collection:
    """The collection, with its files in the folder."""
    draft = draft_of(ROOT / "tests/documents/un-ares-48-246-en.pdf")
    resolution = _kept(folder, RESOLUTION)
    draft = draft.named("resolution", "un-ares-48-246-en.pdf", resolution.sha256)
    extract = _kept(folder, "".join(dump_extract(draft.extract)).encode())
    memo = _kept(folder, MEMO)
    documents = (
        draft.document,
        Document("memo", "Memorandum", "report", source=f"below/{MEMO_NAME}", sha256=memo.sha256),
        Document("report", "Report", "report", source="report.docx", sha256="a" * 64),
        Document("bare", "Bare", "report"),
    )
    passages = {one.id: (Passage(one.id, "p1", "Words.", page=1, page_end=1),) for one in documents[1:]}
    sources = {"resolution": KeptSource(resolution, extract, 3), "memo": KeptSource(memo)}
    every = {"resolution": draft.passages, **passages}
    return Collection(documents=documents, passages=every, site=site, sources=sources)


def _kept(folder: Path, data: bytes) -> KeptFile:
    name = sha256(data).hexdigest()
    (folder / name).write_bytes(data)
    return KeptFile(name, len(data), folder / name)


def _picture(store: SourceStore, asked: AskedPage) -> bytes:
    return PICTURE


def site_over(
    folder: Path,
    site: Site = PLAIN,
    draw: Callable[[SourceStore, AskedPage], bytes] = _picture,
    index: Path | None = None,
) -> Flask:
    """A site over the collection, or over an index of it, whose pages are drawn by `draw`."""
    if index is None:
        index = folder / "index"
        build(collection(folder, site), index)
    store = SourceStore(index)
    return create_app(open_engine(index), store=store, drawer=PageDrawer(store, folder, draw=draw), budget=0)
