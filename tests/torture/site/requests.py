"""Fuzzed requests over HTTP: every route, every parameter, anything in them."""

from __future__ import annotations

import random
import threading
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote, quote_from_bytes, urlencode

from werkzeug.routing import Rule

from kb.settings import shipped_content
from tests.engines import open_engine
from tests.torture.indexes import large_content
from tests.torture.processes import private_bytes
from tests.torture.programs import quietly, serving
from tests.torture.site.asking import asked, is_fine
from tests.torture.trial import Trial
from web.app import create_app

__all__ = ["fuzzed_requests"]

THREADS = 4
MAX_REQUESTS = 40_000
PASSAGES = 300
"""Besides those that ship; every export has them all."""

WARM = 2_000
"""Requests after which caches are full: from then on memory is compared."""

MAX_GROWTH_BYTES = 150_000_000
"""Of all processes of the server together."""

_HERE = Path(__file__).parent
_PARAMETERS = (_HERE / "parameters.txt").read_text(encoding="utf-8").split()
_WORDS = [
    *(_HERE / "words.txt").read_text(encoding="utf-8").split(),
    "\0",
    "\x1b",
    "\u202e",
    "\ufeff",
    "\ud800",
]


@dataclass(slots=True)
class _Seen:
    statuses: Counter[int] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)


def fuzzed_requests(trial: Trial) -> None:
    """No answer is missing or 500 and above, except 503, and memory does not grow."""
    index = trial.folder / "index"
    content = large_content(trial.folder / "content", PASSAGES)
    built = quietly("build", "--content", shipped_content(), "--content", content, "--index", index)
    assert built.exit_code == 0, built.output
    seen = _Seen()
    with serving(index) as (port, server):
        rules = [*create_app(open_engine(index)).url_map.iter_rules()]
        _shower(trial, port, rules, seen, WARM)
        before = private_bytes(server.pid)
        _shower(trial, port, rules, seen, MAX_REQUESTS)
        grown = private_bytes(server.pid) - before
    if trial.n > WARM * 2:
        trial.check(grown < MAX_GROWTH_BYTES, f"memory has grown by {grown:,} bytes")
    counted = ", ".join(f"{count:,} x {status}" for status, count in sorted(seen.statuses.items()))
    trial.note = f"{counted}; memory {grown / 1_000_000:+.0f} MB"


def _shower(trial: Trial, port: int, rules: Sequence[Rule], seen: _Seen, most: int) -> None:
    seeds = [trial.chance.random() for _ in range(THREADS)]
    with ThreadPoolExecutor(THREADS) as pool:
        for client in [pool.submit(_client, trial, port, rules, seen, most, seed) for seed in seeds]:
            client.result()  # raises any exception of the client here


def _client(trial: Trial, port: int, rules: Sequence[Rule], seen: _Seen, most: int, seed: float) -> None:
    chance = random.Random(seed)  # noqa: S311
    connection = HTTPConnection("127.0.0.1", port, timeout=120)
    while trial.n < most and not trial.over:
        method, path, body = drawn(chance, rules)
        status = asked(connection, method, path, body) or asked(connection, method, path, body)
        with seen.lock:
            seen.statuses[status] += 1
            trial.check(is_fine(status), (status, method, path[:200], body[:200]))
    connection.close()


def drawn(chance: random.Random, rules: Sequence[Rule]) -> tuple[str, str, bytes]:
    """A method, a path with its query, and a body."""
    rule = chance.choice(rules)
    method = chance.choice(sorted(rule.methods or {"GET"}))
    path = "".join(_part(chance, part) for part in rule.rule.split("<"))
    if chance.random() < 0.1:
        path = quote_from_bytes(chance.randbytes(chance.randrange(30)), safe="/")
        path = "/" + path.lstrip("/")
    given = [(_parameter(chance), _value(chance)) for _ in range(chance.randrange(5))]
    query = urlencode(given, errors="surrogatepass") if chance.random() < 0.95 else _junk(chance)
    body = b""
    if method == "POST":
        body = urlencode([("text", _value(chance, 200)), *given], errors="surrogatepass").encode()
    return method, f"{path}?{query}" if query else path, body


def _part(chance: random.Random, part: str) -> str:
    """A part of a rule after `<`: its argument replaced by a known or an impossible value."""
    if ">" not in part:
        return part
    rest = part.partition(">")[2]
    known = ("bali-process-symposium-2015", "p7", "r0", "p1", "introduction", "site.css", "victim-protection")
    value = chance.choice(known) if chance.random() < 0.8 else _value(chance)
    return quote(value, safe="", errors="surrogatepass") + rest


def _parameter(chance: random.Random) -> str:
    return chance.choice(_PARAMETERS) if chance.random() < 0.95 else _value(chance)


def _value(chance: random.Random, most: int = 12) -> str:
    if chance.random() < 0.05:
        return chance.choice(_WORDS) * chance.randrange(2_000)
    return chance.choice((" ", " ", "")).join(chance.choices(_WORDS, k=chance.randrange(most)))


def _junk(chance: random.Random) -> str:
    return quote_from_bytes(chance.randbytes(chance.randrange(200)), safe="&=%+;")
