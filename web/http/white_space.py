"""White space that HTML does not take for white space: without it, words would run into each other."""

from __future__ import annotations

from flask import Response

__all__ = ["show_white_space"]

_CONTROLS = tuple(one.encode() for one in "\x0b\x0c\x1c\x1d\x1e\x1f\x85")


def show_white_space(response: Response) -> None:
    """Puts a space in place of each white space control character of a page."""
    if response.mimetype != "text/html" or response.direct_passthrough:
        return
    body = response.get_data()
    # looked for first: pages rarely have them, and a search for one byte costs almost nothing
    for one in _CONTROLS:
        if one in body:
            body = body.replace(one, b" ")
            response.set_data(body)
