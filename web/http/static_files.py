"""Static files: kept in memory, compressed once, at addresses that change when the files do."""

from __future__ import annotations

import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from flask import Request, Response, abort, request

import kb
from web.http import scripts, style_sheet
from web.http.compression import accepted, packed_for_good

__all__ = ["ROOM", "addresses", "body", "file", "is_current", "version"]

ROOM = Path(__file__).parents[1]

_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
"""Spelt out, since a system's own table of types may differ."""


@dataclass(frozen=True, slots=True)
class Asset:
    """A static file: its bytes by content coding, its type, and a code that changes with it."""

    bodies: Mapping[str, bytes]
    mimetype: str
    code: str


@cache
def _assets() -> Mapping[str, Asset]:
    folder = ROOM / "static"
    pictures = {path.name: path.read_bytes() for path in sorted(folder.glob("*.svg"))}
    sheets = style_sheet.sheets(folder / "styles")
    files = {**sheets, **pictures, **scripts.scripts(folder)}
    return {name: _asset(name, body) for name, body in files.items()}


def _asset(name: str, body: bytes) -> Asset:
    suffix = Path(name).suffix
    mimetype = _TYPES.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Asset(packed_for_good(body), mimetype, sha256(body).hexdigest()[:12])


def addresses() -> dict[str, str]:
    """The address of each static file, by name: `/static/site.css?v=1a2b3c4d5e6f`."""
    return {name: f"/static/{name}?v={asset.code}" for name, asset in _assets().items()}


def file(name: str) -> Response:
    """The static file of this name, as small as the browser accepts it; 404 if there is none."""
    if (asset := _assets().get(name)) is None:
        abort(404)
    coding = accepted(request.accept_encodings)
    response = Response(asset.bodies.get(coding, asset.bodies[""]), mimetype=asset.mimetype)
    if coding in asset.bodies and coding:
        response.headers["Content-Encoding"] = coding
    response.set_etag(asset.code, weak=True)  # the same for all codings
    response.make_conditional(request)
    return response


def is_current(request: Request) -> bool:
    """Whether the address has the code of the current file; with any other code, the bytes may differ."""
    asset = _assets().get((request.view_args or {}).get("name", ""))
    return asset is not None and request.args.get("v") == asset.code


def body(name: str) -> bytes:
    """The uncompressed bytes of the static file of this name."""
    return _assets()[name].bodies[""]


def version() -> str:
    """A code that changes when the program, its templates, catalogues or static files do."""
    made_of = sha256(kb.__version__.encode())
    shown = (("templates", "*.html"), ("static", "*"), ("translations", "*.po"))
    for path in sorted(each for folder, pattern in shown for each in (ROOM / folder).rglob(pattern)):
        if path.is_file():
            made_of.update(path.name.encode() + path.read_bytes())
    return made_of.hexdigest()[:16]
