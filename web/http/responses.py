"""Answers other than a page: JSON, a file to download."""

from __future__ import annotations

import json
import unicodedata

from flask import Response

from web.http.prefix import prefixed

__all__ = ["cell", "download", "json_answer"]


def json_answer(payload: object, status: int = 200) -> Response:
    """Data as a JSON answer, its characters written as they are."""
    body = json.dumps(prefixed(payload), ensure_ascii=False) + "\n"
    # a lone surrogate in the data must not break the whole answer
    return Response(body.encode("utf-8", "replace"), status, mimetype="application/json")


def download(name: str, media_type: str, body: str | bytes, charset: str = "utf-8") -> Response:
    """A file to save under this name, or without a name to show.

    The name stays in the list of downloads, and so must not tell what was searched for.
    """
    # a lone surrogate in the content must not break the whole file
    data = body if isinstance(body, bytes) else body.encode(charset, "replace")
    response = Response(data, mimetype=media_type)
    if name:
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def cell(value: str) -> str:
    """A value made safe for a CSV file that a spreadsheet opens.

    A spreadsheet runs what begins like a formula, whoever wrote it, also behind white space, which some
    drop, and in full-width signs: https://owasp.org/www-community/attacks/CSV_Injection.
    """
    harmful = value.startswith(("\t", "\r", "\n")) or _first_sign(value) in _FORMULA_SIGNS
    return f"'{value}" if harmful else value


_FORMULA_SIGNS = frozenset("=+-@\N{MINUS SIGN}")


def _first_sign(value: str) -> str:
    """The first character that shows, its wide, small and raised forms folded; empty for none."""
    return unicodedata.normalize("NFKC", next(filter(_shows, value), ""))[:1]


def _shows(character: str) -> bool:
    return unicodedata.category(character)[0] not in "ZCM" and character not in _FILLERS


_FILLERS = "\u115f\u1160\u2800\u3164\uffa0"
"""Characters that show nothing though they count as letters or symbols."""
