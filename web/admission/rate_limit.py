"""How much one address may ask: each has a token bucket, and only so many buckets are kept.

A request costs one token, and one more for every 10 ms of computing, so that many cheap requests pass and
a few expensive ones do not. Whoever runs out is refused with 429 until tokens have come back.

Buckets belong to one process, so that a request needs no lock and no message between processes. With
several processes, an address may get up to that many times its limit.
"""

from __future__ import annotations

import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Any

from flask import Flask, g, request

from kb.messages import Message
from web.admission.try_later import TryLater

__all__ = ["MAX_CLIENTS", "RateLimit", "client_of", "install"]

MAX_CLIENTS = 10_000
"""Addresses remembered by one process, some 3 MB; those seen longest ago are forgotten first."""

_TOKEN_SECONDS = 0.01
"""Computing that costs one token."""

_IPV6_NETWORK_BITS = 64
"""What one household or office has; within it anybody has as many addresses as they like."""


class RateLimit:
    """A bucket of tokens for each client, which holds `per_minute` and refills in a minute.

    `now` is a clock in seconds. Thread-safe.
    """

    def __init__(self, per_minute: int, now: Callable[[], float] = time.monotonic) -> None:
        self.per_minute, self._now = per_minute, now
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def clients(self) -> int:
        """How many clients are remembered."""
        return len(self._buckets)

    def wait_seconds(self, client: str) -> int:
        """Seconds until this client may ask; 0 if it may now, which takes one token."""
        with self._lock:
            tokens = self._tokens(client)
            enough = tokens >= 1
            self._keep(client, tokens - 1 if enough else tokens)
            return 0 if enough else max(1, math.ceil((1 - tokens) * 60 / self.per_minute))

    def charge(self, client: str, seconds: float) -> None:
        """Takes the tokens for this much computing, even if the bucket goes below zero."""
        with self._lock:
            tokens = self._tokens(client) - seconds / _TOKEN_SECONDS
            self._keep(client, max(tokens, -float(self.per_minute)))

    def _tokens(self, client: str) -> float:
        tokens, since = self._buckets.get(client, (float(self.per_minute), self._now()))
        return min(float(self.per_minute), tokens + (self._now() - since) * self.per_minute / 60)

    def _keep(self, client: str, tokens: float) -> None:
        self._buckets[client] = tokens, self._now()
        self._buckets.move_to_end(client)
        while len(self._buckets) > MAX_CLIENTS:
            self._buckets.popitem(last=False)


def client_of(environ: Mapping[str, Any]) -> str:
    """Whose request this is: an IPv4 address, a /64 IPv6 network, or what the proxy says.

    Empty if unknown: without trusted proxies, a loopback or private address may belong to a proxy, and so
    stand for every reader. The same goes for a trusted proxy that names no client.
    """
    told = environ.get("REMOTE_ADDR") or ""
    behind = environ.get("werkzeug.proxy_fix.orig")
    address = _address(told)
    if behind is None or behind["REMOTE_ADDR"] == told:
        is_reader = address is not None and not (address.is_private or address.is_link_local)
        return _network(address) if address and is_reader else ""
    return _network(address) if address else told[:100]


def _address(text: str) -> IPv4Address | IPv6Address | None:
    """The address in the text, which may have a port; None if there is none."""
    bare = text.partition("]")[0].removeprefix("[") if text.startswith("[") else text
    if bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        found = ip_address(bare.partition("%")[0])
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found


def _network(address: IPv4Address | IPv6Address) -> str:
    if address.version == 4:
        return str(address)
    bits = address.max_prefixlen - _IPV6_NETWORK_BITS
    return f"{IPv6Address(int(address) >> bits << bits)}/{_IPV6_NETWORK_BITS}"


def install(app: Flask, limit: RateLimit, exempt: frozenset[str]) -> None:
    """Limits the requests to `app`, except to the exempt endpoints. Must be installed before all else."""

    def admit() -> None:
        client = client_of(request.environ) if request.endpoint not in exempt else ""
        if client and (wait := limit.wait_seconds(client)):
            raise TryLater(429, Message("too-many"), Message("ask-again", count=wait), wait)
        g.client, g.computing_since = client, time.thread_time()

    def charge(_: BaseException | None) -> None:
        if client := g.pop("client", ""):
            limit.charge(client, time.thread_time() - g.computing_since)

    if limit.per_minute:
        app.before_request(admit)
        app.teardown_request(charge)
