"""The English words of this room's messages, by code, and those of `index`."""

from __future__ import annotations

from index import english
from kb.messages import Catalogue, Message, words

__all__ = ["ENGLISH", "say"]

ENGLISH: Catalogue = {**english.ENGLISH}


def say(message: Message) -> str:
    """The English text of any message."""
    return words(message, ENGLISH)
