"""The English words of this room's messages, by code."""

from __future__ import annotations

from index.english import citations, commands, engines, explanation, quotations, search
from kb import english
from kb.messages import Message, MessageCatalogue, words

__all__ = ["ENGLISH", "say"]

ENGLISH: MessageCatalogue = {
    **english.ENGLISH,
    **search.ENGLISH,
    **explanation.ENGLISH,
    **quotations.ENGLISH,
    **citations.ENGLISH,
    **commands.ENGLISH,
    **engines.ENGLISH,
}


def say(message: Message) -> str:
    """The English text of a message of this room or of `kb`."""
    return words(message, ENGLISH)
