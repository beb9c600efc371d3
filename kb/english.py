"""The English words of this room's messages, by code."""

from __future__ import annotations

from kb.messages import Catalogue

__all__ = ["ENGLISH"]

ENGLISH: Catalogue = {}
