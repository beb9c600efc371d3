"""Scripts as browsers get them: without comments, and with modules of the same pages joined in one file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

__all__ = ["scripts"]

_JOINED: Mapping[str, tuple[str, ...]] = {
    "site.js": ("keys.js", "typeahead.js", "brief.js"),
    "results.js": ("sheet.js", "places.js", "live.js", "leave.js"),
}
"""The modules of every page, and those of the results page, in the order in which they hear events."""

_FIRST, _FUNCTIONS = "start.js", "translated.js"
"""The script that runs first on every page, and the functions it has for the others; it is no module."""

_COMMENT_LINE = re.compile(r"^\s*//.*\n", re.MULTILINE)


def scripts(folder: Path) -> dict[str, bytes]:
    """The scripts of the folder by name; scripts that are joined are each in a block of their own.

    The first script of a page has the functions with which all others translate their texts.
    """
    single = {path.name: _bare(path) for path in sorted(folder.glob("*.js"))}
    single[_FIRST] += single.pop(_FUNCTIONS)
    joined = {
        name: "".join(f"{{\n{single.pop(part)}}}\n" for part in parts) for name, parts in _JOINED.items()
    }
    return {name: text.encode() for name, text in (single | joined).items()}


def _bare(path: Path) -> str:
    return _COMMENT_LINE.sub("", path.read_text(encoding="utf-8"))
