"""What the last build knew, for tests: in memory, without paths and lines, as an index keeps it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from kb.collection.incremental.refresh import Refreshed, refresh
from kb.collection.manifest import Manifest
from kb.errors import ContentError, Fault
from kb.model import Collection, Document, Passage, Theme
from kb.published import Withdrawal

__all__ = ["Known", "faults_of", "known", "nothing"]


class Known:
    def __init__(self, found: Collection, manifest: Manifest | None) -> None:
        self.manifest = manifest
        self.themes: tuple[Theme, ...] = found.themes
        self.withdrawn: tuple[Withdrawal, ...] = found.withdrawn
        self.moves = found.moves
        self.published = found.published
        self.instruments = found.instruments
        self.thesaurus = found.thesaurus
        self.site, self.sources = found.site, found.sources
        self.is_whole = not found.left_out
        self.documents: dict[str, Document] = {
            one.id: replace(one, path=Path(), line=1) for one in found.documents
        }
        self.texts = {
            id: tuple(replace(one, line=1) for one in passages) for id, passages in found.passages.items()
        }
        self.asked: list[str] = []

    def passages(self, document: str) -> tuple[Passage, ...]:
        self.asked.append(document)
        return self.texts[document]


def nothing() -> Known:
    return Known(Collection(), None)


def known(refreshed: Refreshed) -> Known:
    """What is known after a build, with the manifest having been through JSON."""
    manifest = Manifest.from_json(refreshed.manifest.to_json())
    assert manifest == refreshed.manifest
    return Known(refreshed.collection, manifest)


def faults_of(folders: Sequence[Path], before: Known) -> tuple[Fault, ...]:
    try:
        refresh(folders, before)
    except ContentError as exc:
        return exc.faults
    return ()
