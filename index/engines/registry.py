"""Chooses the engine: the only module that names one."""

from __future__ import annotations

from index.engine import Builder
from index.engines.whoosh.engine import WhooshBuilder, WhooshGenerations
from index.search.engine import SearchEngine
from kb.settings import Settings

__all__ = ["open_builder", "open_engine"]


def open_engine(settings: Settings) -> SearchEngine:
    """The engine that serves the index named in the settings; it opens nothing until it is asked."""
    return SearchEngine(WhooshGenerations(settings.index))


def open_builder(settings: Settings, *, from_scratch: bool = False) -> Builder:
    """The builder of the same index; with `from_scratch` it makes no use of what the index holds."""
    return WhooshBuilder(settings.index, from_scratch=from_scratch)
