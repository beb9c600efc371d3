"""The results as a Markdown table."""

from __future__ import annotations

from collections.abc import Sequence

from tests.torture.trial import Row

__all__ = ["markdown"]

HEAD = "| test | n | failures | seconds | |"


def markdown(rows: Sequence[Row]) -> str:
    """The table, followed by the first failures of each test."""
    lines = [HEAD, "| --- | --- | --- | --- | --- |"]
    lines += [
        f"| {row.name} | {row.n:,} | {row.failures:,} | {row.seconds:.0f} | {row.note} |" for row in rows
    ]
    shown = [f"- {row.name}: {what}" for row in rows for what in row.shown]
    return "\n".join([*lines, *(["", *shown] if shown else [])])
