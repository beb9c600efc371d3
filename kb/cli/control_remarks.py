"""Remarks on control characters, which are kept but rarely intended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kb.messages import Message
from kb.text.control_characters import character_name, control_characters

__all__ = ["control_remarks"]


def control_remarks(texts: Iterable[tuple[str, str]]) -> Iterator[tuple[str, Message]]:
    """For each of the texts, given with their keys, that has control characters: its key and a remark."""
    for key, text in texts:
        if strange := control_characters(text):
            names = ", ".join(map(character_name, strange))
            yield key, Message("control-character", key=key, characters=names)
