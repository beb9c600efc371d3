"""Chooses the engine: the only module that names one."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from index.engine import Builder, GenerationCheck, Progress
from index.engines.whoosh.engine import WhooshBuilder, WhooshGenerations
from index.engines.whoosh.verification import verify_index
from index.english import ENGLISH
from kb.errors import BadRequest, KbError
from kb.messages import Message
from kb.settings import Settings

if TYPE_CHECKING:
    from index.search.engine import SearchEngine

__all__ = ["ENGINES", "check_generations", "index_place", "open_builder", "open_engine"]

_BUILT_IN, _ON_CLUSTER = "whoosh", "opensearch"
ENGINES = (_BUILT_IN, _ON_CLUSTER)
"""The first is used where none is named."""


def open_engine(settings: Settings) -> SearchEngine:
    """The engine that serves the index named in the settings; it opens nothing until it is asked.

    Raises BadRequest for an engine that there is not, or a cluster that cannot be meant; KbError where
    an engine's libraries are not installed.
    """
    from index.search.engine import SearchEngine  # a tenth of a second, which a build does without

    if _is_on_cluster(settings):
        return SearchEngine(_opensearch().open_generations(settings.cluster))
    return SearchEngine(WhooshGenerations(settings.index))


def open_builder(settings: Settings, *, from_scratch: bool = False) -> Builder:
    """The builder of the same index; with `from_scratch` it makes no use of what the index holds.

    Raises as `open_engine` does.
    """
    if _is_on_cluster(settings):
        builder: Builder = _opensearch().open_builder(
            settings.cluster, settings.index, from_scratch=from_scratch
        )
        return builder
    return WhooshBuilder(settings.index, from_scratch=from_scratch)


def check_generations(folder: Path, progress: Progress) -> tuple[GenerationCheck, ...]:
    """Verifies every byte of the index in a folder, newest generation first; see `verify_index`."""
    return verify_index(folder, progress)


def index_place(settings: Settings) -> str:
    """Where the index is, in words: a folder, or the nodes of a cluster."""
    return settings.cluster if _is_on_cluster(settings) else str(settings.index)


def _is_on_cluster(settings: Settings) -> bool:
    name = settings.engine or _BUILT_IN
    if name not in ENGINES:
        said = Message("unknown-engine", value=name[:40], choices=" or ".join(ENGINES))
        raise BadRequest("KB_ENGINE", said, ENGLISH)
    return name == _ON_CLUSTER


def _opensearch() -> ModuleType:
    """The entry points of that engine; its library is optional, and takes a second to import."""
    try:
        from index.engines.opensearch import entry
    except ImportError as error:
        if error.name and error.name.startswith("opensearchpy"):
            raise KbError(Message("opensearch-missing"), ENGLISH) from error
        raise
    return entry
