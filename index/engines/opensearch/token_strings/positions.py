"""Terms by position: positions are separated by spaces, the terms of one by `PART`."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["PART", "PIECE_GAP", "SKIPPED", "begin_mark", "end_mark", "source_terms"]

PART = "/"
"""Separates the terms of one position: no form, stem, pair or mark contains it."""

SKIPPED = "_"
"""A position without a term."""

PIECE_GAP = 64
"""Positions left free between the pieces of a heading: more than the slop of any phrase."""


def begin_mark(form: str) -> str:
    """The term where a compound begins."""
    return f"{form}<"


def end_mark(form: str) -> str:
    """The term where a compound ends."""
    return f"{form}>"


def source_terms(tokens: str | Sequence[str]) -> list[list[str]]:
    """The terms at each position of a field of a source; pieces follow each other without a gap."""
    pieces = [tokens] if isinstance(tokens, str) else tokens
    return [position.split(PART) for piece in pieces for position in piece.split()]
