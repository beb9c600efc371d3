"""Chooses the engine: the only module that names one."""

from __future__ import annotations

from pathlib import Path

from index.engine import Builder, GenerationCheck, Progress
from index.engines.whoosh.engine import WhooshBuilder, WhooshGenerations
from index.engines.whoosh.verification import verify_index
from index.search.engine import SearchEngine
from kb.settings import Settings

__all__ = ["check_generations", "open_builder", "open_engine"]


def open_engine(settings: Settings) -> SearchEngine:
    """The engine that serves the index named in the settings; it opens nothing until it is asked."""
    return SearchEngine(WhooshGenerations(settings.index))


def open_builder(settings: Settings, *, from_scratch: bool = False) -> Builder:
    """The builder of the same index; with `from_scratch` it makes no use of what the index holds."""
    return WhooshBuilder(settings.index, from_scratch=from_scratch)


def check_generations(folder: Path, progress: Progress) -> tuple[GenerationCheck, ...]:
    """Verifies every byte of the index in a folder, newest generation first; see `verify_index`."""
    return verify_index(folder, progress)
