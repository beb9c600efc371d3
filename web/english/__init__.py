"""The English words of this room's messages, by code."""

from __future__ import annotations

from index import english
from kb.messages import Message, MessageCatalogue, words
from web.english import briefs, desk, facts, failures, pages, search_help

__all__ = ["ENGLISH", "say"]

ENGLISH: MessageCatalogue = {
    **english.ENGLISH,
    **failures.ENGLISH,
    **pages.ENGLISH,
    **briefs.ENGLISH,
    **facts.ENGLISH,
    **search_help.ENGLISH,
    **desk.ENGLISH,
}


def say(message: Message) -> str:
    """The English text of any message."""
    return words(message, ENGLISH)
