"""CSV files (RFC 4180) that are safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Iterator

__all__ = ["cell", "csv_lines"]


def csv_lines(rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """The lines of a CSV file (RFC 4180)."""
    line = io.StringIO(newline="")
    writer = csv.writer(line)
    for row in rows:
        writer.writerow(row)
        yield line.getvalue()
        line.seek(0)
        line.truncate()


def cell(value: str) -> str:
    """A value made safe for a CSV file that a spreadsheet opens.

    A spreadsheet runs what begins like a formula, whoever wrote it, also after white space, which some
    drop, and in full-width signs: https://owasp.org/www-community/attacks/CSV_Injection.
    """
    harmful = value.startswith(("\t", "\r", "\n")) or _first_sign(value) in _FORMULA_SIGNS
    return f"'{value}" if harmful else value


_FORMULA_SIGNS = frozenset("=+-@\N{MINUS SIGN}")


def _first_sign(value: str) -> str:
    """The first character that shows, its wide, small and raised forms folded; empty for none."""
    return unicodedata.normalize("NFKC", next(filter(_shows, value), ""))[:1]


def _shows(character: str) -> bool:
    return unicodedata.category(character)[0] not in "ZCM" and character not in _FILLERS


_FILLERS = "\u115f\u1160\u2800\u3164\uffa0"
"""Characters that show nothing though they count as letters or symbols."""
