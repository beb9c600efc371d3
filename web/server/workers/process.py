"""A worker process: it answers the requests of its lanes, one thread for each."""

from __future__ import annotations

import signal
import threading
from collections.abc import Sequence
from contextlib import closing, suppress
from importlib import import_module
from select import select
from socket import socket

from web.server.workers.gateway import Application, answer
from web.server.workers.wire import Kind, frame, receive

__all__ = ["run"]


def run(application: str, server: tuple[str, int], lanes: Sequence[socket]) -> None:
    """Answers requests until the other ends of the lanes are closed.

    `application` names a function that makes the WSGI application, as `module:function`. The first lane
    is for requests that must not wait for a page.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the main process, which ends this one
    module, _, name = application.partition(":")
    made: Application = getattr(import_module(module), name)()
    express, *others = lanes
    for lane in others:
        threading.Thread(target=_serve, args=(lane, made, server), daemon=True).start()
    with suppress(OSError), express:  # the main process may have stopped meanwhile
        express.sendall(frame(Kind.READY))
        _serve(express, made, server)


def _serve(lane: socket, application: Application, server: tuple[str, int]) -> None:
    with suppress(OSError), lane:  # an error: the main process is gone
        while request := receive(lane):
            with closing(answer(application, request, server)) as parts:
                for kind, payload in parts:
                    lane.sendall(frame(kind, payload))
                    if kind is Kind.MORE and _cancelled(lane):
                        lane.sendall(frame(Kind.CLOSE))
                        break


def _cancelled(lane: socket) -> bool:
    """Whether the rest of the answer is no longer wanted: nothing else is sent while one is made."""
    return bool(select([lane], [], [], 0)[0])
