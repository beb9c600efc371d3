"""The site's style sheets, put together from `static/styles`: each folder there is a cascade layer.

Most of the rules are of no use to a page of results, whose first paint waits for what it links. They are two
sheets of their own: what appears only where scripts run is fetched when a page is shown, the rest is linked
by other pages and fetched by results with the first citing panel.
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
    """The sheets by name, each layer by layer and by name of its files, without comments and indentation."""
    layers = [f"@layer {name}{{{_layer(folder / name)}}}" for name in LAYERS]
    first = [f"@layer {','.join(LAYERS)};", *layers, ""]
    later = {name: f"@layer components{{{_layer(folder / 'components' / name)}}}\n" for name in LATER}
    return {"site.css": "\n".join(first).encode()} | {f"{name}.css": later[name].encode() for name in LATER}


def _layer(folder: Path) -> str:
    return "".join(_small(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.css")))


def _small(rules: str) -> str:
    return _BREAK.sub("\n", _COMMENT.sub("", rules).strip()) + "\n"
