"""Regular expressions mean the same on every Python that this program supports."""

from __future__ import annotations

import io
import re
import tokenize
from pathlib import Path

ROOT = Path(__file__).parents[1]
_GROUP_REPEATED = re.compile(r"(?<!\\)\)(?:[*+?]|\{+[\d,]+\}+)\+")


def test_no_group_is_repeated_possessively() -> None:
    """Before Python 3.11.5 what follows `(...)*+` begins too late, or a search never ends (CPython 106052).

    Debian 12 has 3.11.2. `(?>(?:...)*)` means the same and has no such fault.
    """
    found = []
    for room in ("kb", "index", "web", "tests"):
        for path in {*(ROOT / room).rglob("*.py")} - {Path(__file__)}:
            tokens = tokenize.generate_tokens(io.StringIO(path.read_text(encoding="utf-8")).readline)
            found += [
                f"{path.relative_to(ROOT)}:{token.start[0]}: {token.string}"
                for token in tokens
                if token.type == tokenize.STRING
                and "(?" in token.string
                and _GROUP_REPEATED.search(token.string)
            ]
    assert found == []
