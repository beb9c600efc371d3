"""The static files under addresses that change whenever their content does."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import kb

__all__ = ["HERE", "addresses", "version"]

HERE = Path(__file__).parent


def addresses() -> dict[str, str]:
    """The address of each static file, by name: `/static/site.css?v=1a2b3c4d5e6f`."""
    return {
        path.name: f"/static/{path.name}?v={sha256(path.read_bytes()).hexdigest()[:12]}"
        for path in sorted((HERE / "static").iterdir())
        if path.is_file()
    }


def version() -> str:
    """A code that changes with the program, its templates or its static files: pages depend on all three."""
    made_of = sha256(kb.__version__.encode())
    for path in sorted([*(HERE / "templates").rglob("*.html"), *(HERE / "static").iterdir()]):
        if path.is_file():
            made_of.update(path.name.encode() + path.read_bytes())
    return made_of.hexdigest()[:16]
