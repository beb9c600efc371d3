"""The engines there are: the only module that names one."""

from __future__ import annotations

from index.engine import Builder
from index.engines.whoosh.engine import WhooshBuilder, WhooshGenerations
from index.search.engine import SearchEngine
from kb.settings import Settings

__all__ = ["open_builder", "open_engine"]


def open_engine(settings: Settings) -> SearchEngine:
    """The engine that serves the index of the settings; nothing is opened before it is asked."""
    return SearchEngine(WhooshGenerations(settings.index))


def open_builder(settings: Settings) -> Builder:
    """What builds that index."""
    return WhooshBuilder(settings.index)
