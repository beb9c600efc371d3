"""How much of the server connections may take: time, bytes, places."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from index.quotation_check.text_report import MAX_TEXT_CHARS
from web.http.security_headers import SECURITY

if sys.platform != "win32":
    import resource

__all__ = ["Limits", "connections_allowed", "default_limits"]

MAX_CONNECTIONS = 20_000
"""Each takes some 4 KB while it is idle."""

_OTHER_FILES = 200
"""Files that the process needs besides connections."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds, bytes and counts for the connections of one server."""

    connections: int = 1_000
    waiting: int = 128
    """Requests that wait for a worker."""

    exports_waiting: int = 16
    """Exports that wait for one of their own lanes."""

    pictures_waiting: int = 32
    """Pages of sources that wait for a lane of theirs."""

    target_bytes: int = 65_534
    head_bytes: int = 65_536
    headers: int = 100
    body_bytes: int = 12 * MAX_TEXT_CHARS + 1_000
    """The longest form: one character may be sent as twelve bytes."""

    held_bytes: int = 256 << 20
    """What all connections together may have in memory."""

    head_seconds: float = 10.0
    """For a request line and its headers."""

    idle_seconds: float = 65.0
    """For an open connection to send its next request."""

    grace_seconds: float = 20.0
    """For a body or an answer, on top of the time that `bytes_per_second` allows."""

    bytes_per_second: int = 4_000
    linger_seconds: float = 2.0
    """How long whatever follows a refusal is read and discarded."""

    alone_seconds: float = 0.05
    """How long a worker makes a page alone before it gets another; nearly all are done by then."""

    turn_seconds: float = 10.0
    """How long a request may wait for a worker."""

    export_turn_seconds: float = 5.0
    """How long an export may wait for a lane."""

    picture_turn_seconds: float = 20.0
    """How long a page of a source may wait for a lane."""

    answer_seconds: float = 60.0
    """For a worker to begin its answer; one that takes longer is killed."""

    health_seconds: float = 0.03
    """For a worker to say how it is."""

    stop_seconds: float = 5.0
    """For answers to finish when the server is stopped."""

    sweep_seconds: float = 0.5
    """Between two checks of all this."""

    security: Mapping[str, str] = field(default_factory=lambda: SECURITY)
    """The security headers of refusals."""


def default_limits(workers: int, security: Mapping[str, str]) -> Limits:
    """The limits, with as many connections as this process may open files, once it has asked for more."""
    return Limits(connections=connections_allowed(), waiting=64 * workers, security=security)


def connections_allowed() -> int:
    if sys.platform == "win32":
        return MAX_CONNECTIONS
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MAX_CONNECTIONS + _OTHER_FILES
    most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        with suppress(OSError, ValueError):  # macOS has a lower limit, which it does not report
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
            soft = most
    files = wanted if soft == resource.RLIM_INFINITY else min(soft, wanted)
    return max(files - _OTHER_FILES, files // 2)
