"""`serve`: connections in this process, pages in worker processes, until somebody stops it."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from socket import socket

from kb.messages import Message
from kb.work.cores import usable_cores
from web.english import say
from web.http.security_headers import security_headers
from web.server.front import Front
from web.server.limits import Limits, default_limits
from web.server.listening import check_port, listen, site_address
from web.server.supervision import Started, Supervisor, process_starter

__all__ = ["MAX_THREADS", "MAX_WORKERS", "SITE", "THREADS", "default_workers", "serve"]

MAX_WORKERS = 64
"""Far more than one machine's index needs; a bound for machines with very many cores."""

THREADS = 4
MAX_THREADS = 16
"""More would only take turns: a page is pure computing, and one process computes one page at a time."""

SITE = "web.server.workers.site:app"

_STOPPING = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGBREAK") if hasattr(signal, name)]


def default_workers() -> int:
    """One process for each core that this one may use; one on Windows, where more are untested.

    Making a page is computing, not waiting, so a core serves one request at a time. All processes
    share one copy of the index in memory.
    """
    return 1 if sys.platform == "win32" else min(usable_cores(), MAX_WORKERS)


def serve(
    host: str,
    port: int,
    workers: int,
    index: Path,
    threads: int = THREADS,
    base_url: str = "",
    application: str = SITE,
) -> None:
    """Serves the index until interrupted; returns after a clean stop. Raises KbError for a taken port.

    `threads` is how many requests one worker answers at a time; permanent addresses begin with `base_url`.
    """
    # read by the worker processes
    os.environ |= {"KB_INDEX": str(index.resolve()), "KB_LISTEN": check_port(host, port)}
    limits = default_limits(workers, security_headers(base_url))
    start = process_starter(application, (os.environ["KB_LISTEN"], port), threads)
    asyncio.run(_serve(listen(host, port), site_address(host, port), start, workers, limits))


async def _serve(
    listening: socket, address: str, start: Callable[[], Started], workers: int, limits: Limits
) -> None:
    loop = asyncio.get_running_loop()
    stopped = _stopped(loop)
    front = Front(limits, loop)
    supervisor = Supervisor(front, start, workers)
    server = await loop.create_server(front.connection, sock=listening)
    print(say(Message("serving", address=address)), flush=True)
    gc.freeze()  # everything imported is here to stay
    looking = asyncio.create_task(front.look_after())
    await stopped.wait()
    server.close()
    await front.stop()
    looking.cancel()
    await supervisor.stop()


def _stopped(loop: asyncio.AbstractEventLoop) -> asyncio.Event:
    """An event that is set when somebody stops the server."""
    stopped = asyncio.Event()
    for each in _STOPPING:  # in a way that works on Windows, too
        signal.signal(each, lambda number, frame: loop.call_soon_threadsafe(stopped.set))
    return stopped
