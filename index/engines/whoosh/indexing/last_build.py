"""What the last build recorded of the content, so that the next one reads only what changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.engines.whoosh.generation import OpenGeneration, open_verified
from index.engines.whoosh.storage.seal import sealed, unsealed
from kb.collection.manifest import Manifest
from kb.files.durable import write_synced
from kb.files.reading import read_regular
from kb.model import Document, Passage, Theme, Thesaurus
from kb.published import Move, Published, Withdrawal
from kb.site import Site
from kb.sources.instrument import Instrument
from kb.sources.kept_source import KeptSource

if TYPE_CHECKING:
    from index.engines.whoosh.backend import WhooshBackend

__all__ = ["WhooshLastBuild", "save_manifest"]

_FILE = "content.json"
_MAX_BYTES = 1 << 30
"""Some 200 bytes for each content file."""
"""The manifest of the content's files, next to the index; pages never depend on it."""


def save_manifest(folder: Path, generation: str, manifest: Any) -> None:
    """Saves for the next build, as sealed JSON, what a generation was built from."""
    data = json.dumps({"generation": generation, "manifest": manifest}).encode()
    write_synced(folder / _FILE, sealed(data))


class WhooshLastBuild:
    """The content of the newest sound generation in a folder, for an incremental load.

    Every byte of it was verified, as texts are taken from it that are not read again. Empty if there is
    none, or `from_scratch`.
    """

    def __init__(self, folder: Path, *, from_scratch: bool = False) -> None:
        self._folder = folder
        self._opened = None if from_scratch else open_verified(folder)

    @property
    def opened(self) -> OpenGeneration | None:
        return self._opened

    @property
    def generation(self) -> str:
        """The name of the generation; empty if there is none."""
        return self._opened.name if self._opened else ""

    @cached_property
    def manifest(self) -> Manifest | None:
        """What that generation was built from; None if that was not saved or belongs to another one."""
        try:
            kept = json.loads(unsealed(read_regular(self._folder / _FILE, _MAX_BYTES)))
            ours = bool(self.generation) and kept["generation"] == self.generation
            return Manifest.from_json(kept["manifest"]) if ours else None
        except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
            return None

    @property
    def documents(self) -> Mapping[str, Document]:
        return self._opened.catalogue.documents if self._opened else {}

    @property
    def themes(self) -> tuple[Theme, ...]:
        return self._opened.catalogue.themes if self._opened else ()

    @property
    def withdrawn(self) -> tuple[Withdrawal, ...]:
        return tuple(self._opened.catalogue.withdrawn.values()) if self._opened else ()

    @property
    def moves(self) -> tuple[Move, ...]:
        return self._opened.catalogue.moves if self._opened else ()

    @property
    def published(self) -> Mapping[str, tuple[Published, ...]]:
        return self._opened.catalogue.published if self._opened else {}

    @property
    def instruments(self) -> Mapping[str, Instrument]:
        return self._opened.catalogue.instruments if self._opened else {}

    @property
    def thesaurus(self) -> Thesaurus:
        return self._opened.catalogue.thesaurus if self._opened else Thesaurus()

    @property
    def site(self) -> Site:
        return self._opened.catalogue.site if self._opened else Site()

    @property
    def sources(self) -> Mapping[str, KeptSource]:
        return self._opened.catalogue.sources if self._opened else {}

    @property
    def is_whole(self) -> bool:
        return not (self._opened and self._opened.catalogue.left_out.total)

    @cached_property
    def _backend(self) -> WhooshBackend | None:
        from index.engines.whoosh.backend import WhooshBackend  # its import takes a twentieth of a second

        return WhooshBackend(self._opened) if self._opened else None

    def passages(self, document: str) -> tuple[Passage, ...]:
        """The passages of a document, without their line numbers."""
        backend = self._backend
        return tuple(map(backend.passage, backend.numbers(document))) if backend else ()
