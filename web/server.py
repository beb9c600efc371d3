"""The production server: granian, one WSGI application in each of its processes."""

from __future__ import annotations

import gc
import multiprocessing
import os
import socket
import sys
from contextlib import closing, suppress
from pathlib import Path

from flask import Flask
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from index.engine import Engine
from index.engines.registry import open_engine
from index.parent_process import watch_parent
from kb.errors import IndexUnusable, KbError
from kb.messages import Message
from kb.settings import Settings
from web.app import create_app
from web.english import ENGLISH, say
from web.http.known_hosts import KnownHosts

__all__ = ["MAX_WORKERS", "app", "check_port", "default_workers", "serve"]

MAX_WORKERS = 64
"""Far more than one machine's index needs; a bound for machines with very many cores."""


def app() -> Flask:
    """The application of one process; the index is the one named in KB_INDEX."""
    if multiprocessing.parent_process():
        watch_parent()
    settings = Settings.read()
    return create_app(
        _opened(settings),
        report=settings.report,
        proxies=settings.proxies,
        site=settings.site,
        hosts=KnownHosts.of(settings),
    )


def _opened(settings: Settings) -> Engine:
    """The engine with its index open and autocomplete loaded, so that no reader waits for either.

    A missing index is no error: it may be built later.
    """
    engine = open_engine(settings)
    with suppress(IndexUnusable):
        engine.snapshot().complete("a")
    gc.collect()
    gc.freeze()  # what lives as long as the process is not scanned again while a page is made
    return engine


def default_workers() -> int:
    """One process for each core this one may use; one on Windows, where granian runs no more.

    Making a page is computing, not waiting, so a core serves one request at a time. All processes
    share one copy of the index in memory.
    """
    return 1 if sys.platform == "win32" else min(_cores(), MAX_WORKERS)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def check_port(host: str, port: int) -> str:
    """The numeric address of `host`. Raises KbError if the server cannot listen on this port there."""
    try:
        place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        family, kind, protocol, _, address = place
        with closing(socket.socket(family, kind, protocol)) as probe:
            if sys.platform != "win32":  # there it would let two servers share a port
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as exc:
        reason = exc.strerror or str(exc)
        raise KbError(Message("port-unusable", host=host, port=port, reason=reason), ENGLISH) from exc
    return str(address[0])


def serve(host: str, port: int, workers: int, index: Path) -> None:
    """Serves the index until interrupted; returns after a clean stop. Raises KbError for a taken port."""
    address = check_port(host, port)
    # read by the worker processes
    os.environ |= {"KB_INDEX": str(index.resolve()), "KB_LISTEN": address}
    server = Granian(
        "web.server:app",
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        factory=True,
        workers=workers,
        blocking_threads=1,  # more would only take turns, five milliseconds each
        websockets=False,
        log_access=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=5,
    )
    server.on_startup(lambda: print(say(Message("serving", address=_address(host, port))), flush=True))
    server.serve()


def _address(host: str, port: int) -> str:
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
