"""Answers other than a page: JSON, a file to download."""

from __future__ import annotations

import json

from flask import Response

__all__ = ["cell", "download", "json_answer"]


def json_answer(payload: object, status: int = 200) -> Response:
    """Data as a JSON answer, its characters written as they are."""
    body = json.dumps(payload, ensure_ascii=False) + "\n"
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
    """A value as it may stand in a CSV file that a spreadsheet opens."""
    # a spreadsheet runs a cell that begins like this as a formula, whoever wrote it:
    # https://owasp.org/www-community/attacks/CSV_Injection
    return f"'{value}" if value.startswith(("=", "+", "-", "@", "\t", "\r")) else value
