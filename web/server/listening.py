"""The address that the server listens on."""

from __future__ import annotations

import socket
import sys
from contextlib import closing

from kb.errors import KbError
from kb.messages import Message
from web.english import ENGLISH

__all__ = ["check_port", "listen", "site_address"]

_BACKLOG = 4_096
"""Connections that the system accepts before this program does."""

_SEND_BYTES = 1 << 18
"""How much of an answer the system buffers for its reader."""


def check_port(host: str, port: int) -> str:
    """The numeric address of `host`. Raises KbError if the server cannot listen on this port there."""
    with closing(_bound(host, port)) as probe:
        return str(probe.getsockname()[0])


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens. Raises KbError as `check_port` does."""
    listening = _bound(host, port)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SEND_BYTES)  # connections inherit it
    listening.listen(_BACKLOG)
    listening.setblocking(False)
    return listening


def _bound(host: str, port: int) -> socket.socket:
    try:
        place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        family, kind, protocol, _, address = place
        bound = socket.socket(family, kind, protocol)
        try:
            if sys.platform != "win32":  # where it would let two servers share a port
                bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            bound.bind(address)
        except OSError:
            bound.close()
            raise
    except OSError as exc:
        reason = exc.strerror or str(exc)
        raise KbError(Message("port-unusable", host=host, port=port, reason=reason), ENGLISH) from exc
    return bound


def site_address(host: str, port: int) -> str:
    """The address of the site's first page."""
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
