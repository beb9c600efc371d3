"""The desk's own script and style sheet, and those of the site that it uses."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from flask import Response, abort

from web.http import static_files

__all__ = ["addresses", "file"]

_TYPES = {".css": "text/css", ".js": "text/javascript"}
_OF_THE_SITE = frozenset({"site.css", "pages.css", "icon.svg"})


@cache
def _own() -> Mapping[str, tuple[bytes, str]]:
    paths = sorted((Path(__file__).parent / "static").iterdir())
    return {path.name: (path.read_bytes(), _TYPES[path.suffix]) for path in paths if path.suffix in _TYPES}


def addresses() -> dict[str, str]:
    """The address of each file, by name."""
    site = static_files.addresses()
    return {name: site[name] for name in _OF_THE_SITE} | {name: f"/static/{name}" for name in _own()}


def file(name: str) -> Response:
    """The file of this name; 404 where there is none."""
    if name in _OF_THE_SITE:
        return static_files.file(name)
    if name not in _own():
        abort(404)
    data, mimetype = _own()[name]
    return Response(data, mimetype=mimetype)
