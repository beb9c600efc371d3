"""Small HTTP servers that answer as nodes of a cluster might, well or badly."""

from __future__ import annotations

import json
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

__all__ = ["Asked", "node"]


class Asked:
    """A request as a node received it."""

    def __init__(self, handler: BaseHTTPRequestHandler) -> None:
        self.method, self.path = handler.command, handler.path
        self.headers = dict(handler.headers.items())
        size = int(handler.headers.get("content-length") or 0)
        self.body = handler.rfile.read(size).decode()


Answer = tuple[int, Any] | None
"""A status and a JSON value; None drops the connection without a word."""


@contextmanager
def node(
    answer: Callable[[Asked], Answer], secure: ssl.SSLContext | None = None
) -> Iterator[tuple[str, list[Asked]]]:
    """A node on a free port: its URL, and the requests that it received."""
    asked: list[Asked] = []

    class Handler(BaseHTTPRequestHandler):
        def _handle(self) -> None:
            request = Asked(self)
            asked.append(request)
            given = answer(request)
            if given is None:
                self.close_connection = True
                return
            body = json.dumps(given[1]).encode()
            self.send_response(given[0])
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_PUT = do_DELETE = _handle

        def log_message(self, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if secure:
        server.socket = secure.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http{'s' if secure else ''}://127.0.0.1:{server.server_address[1]}", asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
