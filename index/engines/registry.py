"""Chooses the engine: the only module that opens one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from index.engine import Builder, GenerationCheck, Progress
from index.engines.site_engine import named_by, recorded
from index.engines.whoosh.engine import WhooshBuilder, WhooshGenerations
from index.engines.whoosh.verification import verify_index
from index.english import ENGLISH
from kb.errors import KbError
from kb.messages import Message
from kb.settings import Settings
from kb.site import EngineName

if TYPE_CHECKING:
    from index.search.engine import SearchEngine

__all__ = ["check_generations", "index_place", "open_builder", "open_engine", "with_engine"]

_ON_CLUSTER: EngineName = "opensearch"


def with_engine(settings: Settings, *, building: bool = False) -> Settings:
    """The settings with the engine that searches: of the run, else of the site file, else the built-in one.

    A build goes by the site file of its content; everything else by the site file of the last build or, if
    nothing was built here, of the content. So an index is served until the next one is built.
    """
    if settings.engine:
        return settings
    built = None if building else recorded(settings.index)
    return replace(settings, engine=built or named_by(settings.content))


def open_engine(settings: Settings, *, serving: bool = False) -> SearchEngine:
    """The engine that serves the index named in the settings; it opens nothing until it is asked.

    If `serving` many readers, it does ahead, in the background, what each search would otherwise do itself.
    Raises BadRequest for a cluster that cannot be meant; KbError where an engine's libraries are not
    installed.
    """
    from index.search.engine import SearchEngine  # its import takes a tenth of a second, which builds avoid

    if _is_on_cluster(with_engine(settings)):
        return SearchEngine(_opensearch().open_generations(settings.cluster))
    return SearchEngine(WhooshGenerations(settings.index, verified=serving))


def open_builder(settings: Settings, *, from_scratch: bool = False) -> Builder:
    """The builder of the same index; with `from_scratch` it makes no use of what the index holds.

    Raises as `open_engine` does.
    """
    if _is_on_cluster(with_engine(settings, building=True)):
        builder: Builder = _opensearch().open_builder(
            settings.cluster, settings.index, from_scratch=from_scratch
        )
        return builder
    return WhooshBuilder(settings.index, from_scratch=from_scratch)


def check_generations(folder: Path, progress: Progress) -> tuple[GenerationCheck, ...]:
    """Verifies every byte of the index in a folder, newest generation first; see `verify_index`."""
    return verify_index(folder, progress)


def index_place(settings: Settings) -> str:
    """Where an index was built, in words: a folder, or the nodes of a cluster; for settings `with_engine`."""
    return settings.cluster if _is_on_cluster(settings) else str(settings.index)


def _is_on_cluster(settings: Settings) -> bool:
    return settings.engine == _ON_CLUSTER


def _opensearch() -> ModuleType:
    """The entry points of that engine; its library is optional, and takes a second to import."""
    try:
        from index.engines.opensearch import entry
    except ImportError as error:
        if error.name and error.name.startswith("opensearchpy"):
            raise KbError(Message("opensearch-missing"), ENGLISH) from error
        raise
    return entry
