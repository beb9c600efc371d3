"""Why a passage is among the results, as plain data."""

from __future__ import annotations

from typing import Literal

__all__ = ["Place"]

Place = Literal["text", "heading", "locator", "subpoint", "title"]
