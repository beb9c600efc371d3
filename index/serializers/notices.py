"""Notices as JSON."""

from __future__ import annotations

from collections.abc import Iterable

from index.english import say
from kb.messages import Message

__all__ = ["notices_json"]


def notices_json(notices: Iterable[Message]) -> list[dict[str, str]]:
    """Each notice with its code, which programs can rely on, and its English text."""
    return [{"code": notice.code, "text": say(notice)} for notice in notices]
