"""The site's style sheets, put together from `static/styles`: each folder there is a cascade layer.

A page of results does not need most of the rules, and its first paint waits for whatever it links. So they
are in two further sheets: rules for what only appears with scripts are fetched once a page is shown; the rest
are linked by other pages, and fetched by a page of results with its first citing panel.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

__all__ = ["LATER", "LAYERS", "sheets"]

LAYERS = ("reset", "tokens", "base", "layout", "components", "utilities", "print")
"""From the weakest to the strongest: a rule of a later layer wins whatever the selectors are."""

LATER = ("late", "pages")
"""Folders of components that a page of results can be painted without, and the names of their sheets."""

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_BREAK = re.compile(r"\s*\n\s*")


def sheets(folder: Path) -> Mapping[str, bytes]:
    """The sheets by name: layer by layer, files in order of name, without comments and indentation."""
    layers = [f"@layer {name}{{{_layer(folder / name)}}}" for name in LAYERS]
    first = [f"@layer {','.join(LAYERS)};", *layers, ""]
    later = {name: f"@layer components{{{_layer(folder / 'components' / name)}}}\n" for name in LATER}
    return {"site.css": "\n".join(first).encode()} | {f"{name}.css": later[name].encode() for name in LATER}


def _layer(folder: Path) -> str:
    return "".join(_small(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.css")))


def _small(rules: str) -> str:
    return _BREAK.sub("\n", _COMMENT.sub("", rules).strip()) + "\n"
