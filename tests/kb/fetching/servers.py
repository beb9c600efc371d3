"""A server that answers with exactly the bytes that a test wants."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress

__all__ = ["Answer", "answer", "drip", "served"]

Answer = bytes | Callable[[socket.socket], None]
"""What is sent before the connection is closed, or what sends it."""


def answer(body: bytes, status: str = "200 OK", length: int | None = None, **headers: str) -> bytes:
    """An answer that declares its length, or a false one."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body) if length is None else length}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + body


def drip(data: bytes, seconds: float) -> Callable[[socket.socket], None]:
    """Sends the data byte by byte, with a pause after each."""

    def send(connection: socket.socket) -> None:
        for byte in data:
            connection.sendall(bytes([byte]))
            time.sleep(seconds)

    return send


@contextmanager
def served(answers: Mapping[str, Answer]) -> Iterator[str]:
    """The base address of a server on this machine; other paths are answered with 404."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=_serve, args=(listening, answers), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            listening.shutdown(socket.SHUT_RDWR)
            thread.join()


def _serve(listening: socket.socket, answers: Mapping[str, Answer]) -> None:
    while True:
        try:
            connection, _ = listening.accept()
        except OSError:
            return
        threading.Thread(target=_respond, args=(connection, answers), daemon=True).start()


def _respond(connection: socket.socket, answers: Mapping[str, Answer]) -> None:
    with connection, suppress(OSError):
        request = b""
        while b"\r\n\r\n" not in request:
            if not (part := connection.recv(4096)):
                return
            request += part
            if part.startswith(b"\x16"):  # TLS
                return
        match answers.get(request.split(b" ", 2)[1].decode(), answer(b"", "404 Not Found")):
            case bytes() as data:
                connection.sendall(data)
            case send:
                send(connection)
        connection.shutdown(socket.SHUT_WR)
        while connection.recv(4096):  # otherwise a reset loses what it has not read yet
            pass
