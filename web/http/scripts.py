"""Scripts as browsers get them: without comments, and modules of the same pages as one file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

__all__ = ["scripts"]

_JOINED: Mapping[str, tuple[str, ...]] = {
    "site.js": ("keys.js", "typeahead.js", "brief.js"),
    "results.js": ("sheet.js", "places.js", "live.js", "leave.js"),
}
"""Modules that every page has, and those of the results page, in the order in which they listen to events."""

_SPEAKING = "translated.js"
_SAYS = re.compile(r"(?<![\w.])(?:_|ngettext)\(\s*\"")
"""What calls for the functions that say a text in the language of the page."""

_COMMENT_LINE = re.compile(r"^\s*//.*\n", re.MULTILINE)


def scripts(folder: Path) -> dict[str, bytes]:
    """The scripts of the folder by name; of those joined each is in a block of its own.

    Functions that say a text in the language of the page follow in each that calls them.
    """
    single = {path.name: _bare(path) for path in sorted(folder.glob("*.js"))}
    speaking = single.pop(_SPEAKING, "")
    joined = {
        name: "".join(f"{{\n{single.pop(part)}}}\n" for part in parts) for name, parts in _JOINED.items()
    }
    made = single | joined
    return {name: (text + speaking if _SAYS.search(text) else text).encode() for name, text in made.items()}


def _bare(path: Path) -> str:
    return _COMMENT_LINE.sub("", path.read_text(encoding="utf-8"))
