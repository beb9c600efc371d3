"""The site's style sheet, put together from `static/styles`: each folder there is a cascade layer."""

from __future__ import annotations

import re
from pathlib import Path

__all__ = ["LAYERS", "joined"]

LAYERS = ("reset", "tokens", "base", "layout", "components", "utilities", "print")
"""From the weakest to the strongest: a rule of a later layer wins whatever the selectors are."""

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_BREAK = re.compile(r"\s*\n\s*")


def joined(folder: Path) -> bytes:
    """The sheets in the folders of `folder`, layer by layer and by name, without comments and indentation."""
    layers = (f"@layer {name}{{{_layer(folder / name)}}}" for name in LAYERS)
    return "\n".join([f"@layer {','.join(LAYERS)};", *layers, ""]).encode()


def _layer(folder: Path) -> str:
    return "".join(_small(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.css")))


def _small(rules: str) -> str:
    return _BREAK.sub("\n", _COMMENT.sub("", rules).strip()) + "\n"
