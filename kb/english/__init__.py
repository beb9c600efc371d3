"""The English words of this room's messages, by code."""

from __future__ import annotations

from kb.english import (
    collection,
    commands,
    curated,
    document_edits,
    editing,
    fetching,
    files,
    importing,
    interchange,
    kept_sources,
    permanence,
    requests,
)
from kb.messages import MessageCatalogue

__all__ = ["ENGLISH"]

ENGLISH: MessageCatalogue = {
    **files.ENGLISH,
    **curated.ENGLISH,
    **interchange.ENGLISH,
    **collection.ENGLISH,
    **importing.ENGLISH,
    **kept_sources.ENGLISH,
    **document_edits.ENGLISH,
    **fetching.ENGLISH,
    **permanence.ENGLISH,
    **requests.ENGLISH,
    **commands.ENGLISH,
    **editing.ENGLISH,
}
