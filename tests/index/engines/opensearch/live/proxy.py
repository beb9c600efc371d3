"""A proxy in front of a node that delays the answers."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

__all__ = ["delayed"]


@contextmanager
def delayed(port: int, seconds: float) -> Iterator[str]:
    """The URL of a proxy to a port of this machine that delays each piece of an answer by `seconds`."""
    listening = socket.create_server(("127.0.0.1", 0))
    ended = threading.Event()

    def accept() -> None:
        while not ended.is_set():
            with suppress(OSError):
                client, _ = listening.accept()
                node = socket.create_connection(("127.0.0.1", port))
                threading.Thread(target=_pass_on, args=(client, node, 0.0, ended), daemon=True).start()
                threading.Thread(target=_pass_on, args=(node, client, seconds, ended), daemon=True).start()

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        ended.set()
        listening.close()


def _pass_on(source: socket.socket, target: socket.socket, seconds: float, ended: threading.Event) -> None:
    with suppress(OSError), source, target:
        while (data := source.recv(1 << 16)) and not ended.is_set():
            time.sleep(seconds)
            target.sendall(data)
