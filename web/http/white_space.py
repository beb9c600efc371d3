"""Shows characters that HTML would drop, so that words do not run together: as spaces, or as U+FFFD."""

from __future__ import annotations

from flask import Response

__all__ = ["show_white_space"]

_SHOWN = {one.encode(): b" " for one in "\x0b\x0c\x1c\x1d\x1e\x1f\x85"} | {b"\0": "\ufffd".encode()}


def show_white_space(response: Response) -> None:
    """Replaces each white-space control character of a page with a space, and NUL with U+FFFD."""
    if response.mimetype != "text/html" or response.direct_passthrough:
        return
    body = response.get_data()
    # looked for first: pages rarely have them, and a search for one byte costs almost nothing
    for one, shown in _SHOWN.items():
        if one in body:
            body = body.replace(one, shown)
            response.set_data(body)
