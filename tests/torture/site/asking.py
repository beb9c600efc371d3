"""One request over HTTP."""

from __future__ import annotations

from http.client import HTTPConnection, HTTPException

__all__ = ["asked", "is_fine"]


def asked(connection: HTTPConnection, method: str, path: str, body: bytes = b"") -> int:
    """The status of the answer, read to its end; 0 if there was none, as on a closed connection."""
    headers = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
    try:
        connection.request(method, path, body or None, headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status
    except (OSError, HTTPException):
        connection.close()
        return 0


def is_fine(status: int) -> bool:
    """Whether it was answered, and not with an error of the program; 503 asks to try again."""
    return status == 503 or 0 < status < 500
