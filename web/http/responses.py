"""Answers other than pages: JSON, files to download."""

from __future__ import annotations

import codecs
import json
import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import quote

from flask import Response, request

from web.http.compression import accepted, pack_pieces
from web.http.prefix import prefix, prefixed

__all__ = ["disposition", "download", "download_pieces", "json_answer", "remember"]

_MAX_AGE_SECONDS = 365 * 24 * 60 * 60


def json_answer(payload: object, status: int = 200) -> Response:
    """Data as a JSON answer, with non-ASCII characters not escaped."""
    body = json.dumps(prefixed(payload), ensure_ascii=False) + "\n"
    # a lone surrogate in the data must not break the whole answer
    return Response(body.encode("utf-8", "replace"), status, mimetype="application/json")


def download(name: str, media_type: str, body: str | bytes, charset: str = "utf-8") -> Response:
    """A file to save under this name, or to show if the name is empty.

    The name stays in the list of downloads, so it must not reveal what was searched for; it may contain a
    title that the reader chose.
    """
    # a lone surrogate in the content must not break the whole file
    data = body if isinstance(body, bytes) else body.encode(charset, "replace")
    return _saved(name, Response(data, mimetype=media_type))


def download_pieces(name: str, media_type: str, pieces: Iterable[str], charset: str = "utf-8") -> Response:
    """A file as `download` makes it, encoded and compressed piece by piece: its text is never held whole.

    It is complete before the first byte is sent, so that a failure on the way fails the request rather than
    truncating the file, and a reader on a slow line keeps nobody waiting.
    """
    encoder = codecs.getincrementalencoder(charset)("replace")
    coding = accepted(request.accept_encodings)
    body = b"".join(pack_pieces(map(encoder.encode, pieces), coding))
    response = _saved(name, Response(body, mimetype=media_type))
    if coding:
        response.headers["Content-Encoding"] = coding
    return response


def disposition(kind: str, name: str) -> str:
    """A Content-Disposition that gives a file any name, with an ASCII fallback (RFC 6266)."""
    safe = _UNSAFE_IN_NAMES.sub("_", name)
    stem, dot, ending = unicodedata.normalize("NFKD", safe).encode("ascii", "ignore").decode().rpartition(".")
    plain = f"{stem if stem.strip(' ._-') else 'file'}{dot}{ending}"
    extended = "" if plain == safe else f"; filename*=UTF-8''{quote(safe, safe='')}"
    return f'{kind}; filename="{plain}"{extended}'


_UNSAFE_IN_NAMES = re.compile(r'[\x00-\x1f\x7f"/\\\ud800-\udfff]')


def _saved(name: str, response: Response) -> Response:
    if name:
        response.headers["Content-Disposition"] = disposition("attachment", name)
    return response


def remember(response: Response, cookie: str, choice: str, *, secure: bool) -> None:
    """Keeps what a reader chose in a cookie of this site, for a year."""
    response.set_cookie(
        cookie,
        choice,
        max_age=_MAX_AGE_SECONDS,
        path=prefix() or "/",
        httponly=True,
        samesite="Lax",
        secure=secure,
    )
