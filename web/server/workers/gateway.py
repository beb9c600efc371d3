"""Passes a request to the WSGI application, and its answer on as HTTP/1.1 bytes (PEP 3333, RFC 9112)."""

from __future__ import annotations

import io
import logging
import sys
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from email.utils import formatdate
from functools import lru_cache
from typing import Any
from urllib.parse import unquote_to_bytes

from web.server.workers.wire import HttpRequest, Kind

__all__ = ["Application", "Part", "answer", "environ"]

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
Part = tuple[Kind, bytes]

_PART_BYTES = 1 << 15
"""An answer whose length is not known is sent in parts of about this size."""

_log = logging.getLogger("kb.web")


def answer(
    application: Application, request: HttpRequest, server: tuple[str, int]
) -> Generator[Part, None, None]:
    """The answer in parts, the last one marked; an answer that fails midway ends with `BROKEN`.

    `server` is the host and port that the server listens on.
    """
    said: list[Any] = []

    def start(status: str, headers: list[tuple[str, str]], error: object = None) -> Callable[[bytes], None]:
        said[:] = status, headers
        return _no_writing

    chunks = application(environ(request, server), start)
    try:
        yield from _parts(request, iter(chunks), said)
    except Exception as error:  # from a body that is made while it is sent
        _log.error("%s while an answer was sent", type(error).__name__)  # its text may contain a query
        yield Kind.BROKEN, b""
    finally:
        if close := getattr(chunks, "close", None):
            close()


def _no_writing(_: bytes) -> None:
    raise NotImplementedError("nothing here writes in the old way")


def _parts(request: HttpRequest, chunks: Iterator[bytes], said: list[Any]) -> Iterator[Part]:
    first = next(chunks, b"")  # a generator sets the status when it is first asked
    status, headers = said
    names = {name.lower() for name, _ in headers}
    if request.method == "HEAD" or status[:3] in ("204", "304"):
        yield _end(request.keep_alive), _head(status, headers, request.keep_alive)
    elif "content-length" in names:
        body = b"".join((first, *chunks))
        yield _end(request.keep_alive), _head(status, headers, request.keep_alive) + body
    elif request.version == "1.1":
        head = _head(status, [*headers, ("Transfer-Encoding", "chunked")], request.keep_alive)
        yield from _chunked(head, first, chunks, request.keep_alive)
    else:  # the end of the connection is the end of the body
        yield Kind.MORE, _head(status, headers, keep_alive=False) + first
        yield from ((Kind.MORE, part) for part in _gathered(chunks))
        yield Kind.CLOSE, b""


def _chunked(head: bytes, first: bytes, chunks: Iterator[bytes], keep_alive: bool) -> Iterator[Part]:
    yield Kind.MORE, head + (_chunk(first) if first else b"")
    for part in _gathered(chunks):
        yield Kind.MORE, _chunk(part)
    yield _end(keep_alive), b"0\r\n\r\n"


def _chunk(data: bytes) -> bytes:
    return b"%x\r\n%b\r\n" % (len(data), data)


def _gathered(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The chunks with small ones joined; none is empty."""
    gathered: list[bytes] = []
    size = 0
    for chunk in chunks:
        gathered.append(chunk)
        size += len(chunk)
        if size >= _PART_BYTES:
            yield b"".join(gathered)
            gathered, size = [], 0
    if size:
        yield b"".join(gathered)


def _end(keep_alive: bool) -> Kind:
    return Kind.LAST if keep_alive else Kind.CLOSE


def _head(status: str, headers: list[tuple[str, str]], keep_alive: bool) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Date: {_date(int(time.time()))}"]
    lines += [f"{name}: {value}" for name, value in headers]
    if not keep_alive:
        lines.append("Connection: close")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


@lru_cache(maxsize=2)
def _date(second: int) -> str:
    return formatdate(second, usegmt=True)


def environ(request: HttpRequest, server: tuple[str, int]) -> dict[str, Any]:
    """The WSGI environment of a request; its body, unless refused, is in memory."""
    host, path = _origin_form(request.target)
    path, _, query = path.partition(b"?")
    made = {
        "REQUEST_METHOD": request.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
        "QUERY_STRING": query.decode("latin-1"),
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1]),
        "SERVER_PROTOCOL": f"HTTP/{request.version}",
        "REMOTE_ADDR": request.peer[0],
        "REMOTE_PORT": str(request.peer[1]),
        "CONTENT_LENGTH": str(request.body_bytes),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(request.body),
        "wsgi.input_terminated": True,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in request.headers:
        _add_header(made, name.decode("latin-1"), value.decode("latin-1").strip())
    if host:
        made["HTTP_HOST"] = host.decode("latin-1")
    return made


def _origin_form(target: bytes) -> tuple[bytes, bytes]:
    """The host, if the target names it, and the path with the query; see RFC 9112, 3.2.2."""
    if target.startswith(b"/") or b"://" not in target:
        return b"", target
    host, slash, path = target.partition(b"://")[2].partition(b"/")
    return host, slash + path or b"/"


def _add_header(made: dict[str, Any], name: str, value: str) -> None:
    if "_" in name:  # it would pass for the same name with hyphens, which a proxy has removed or set
        return
    key = name.upper().replace("-", "_")
    match key:
        case "CONTENT_TYPE":
            made[key] = value
        case "CONTENT_LENGTH" | "TRANSFER_ENCODING":
            return  # the body has been read
        case "COOKIE":
            made["HTTP_COOKIE"] = "; ".join(filter(None, (made.get("HTTP_COOKIE"), value)))
        case _:
            key = f"HTTP_{key}"
            made[key] = f"{made[key]},{value}" if key in made else value
