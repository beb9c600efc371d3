"""Where the drafts of a content folder are."""

from __future__ import annotations

from pathlib import Path

from kb.collection.folder import list_entries

__all__ = ["DRAFTS_FOLDER", "draft_paths"]

DRAFTS_FOLDER = "drafts"
"""The folder of drafts in a content folder; builds do not look into it."""


def draft_paths(folder: Path) -> list[Path]:
    """The drafts of a content folder, by name."""
    entries = list_entries(folder, DRAFTS_FOLDER)
    return [folder / DRAFTS_FOLDER / one.name for one in entries if one.name.endswith(".md")]
