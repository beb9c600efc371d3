"""The English words of this room's messages, by code, and those of `kb`."""

from __future__ import annotations

from kb import english
from kb.messages import Catalogue

__all__ = ["ENGLISH"]

ENGLISH: Catalogue = {**english.ENGLISH}
