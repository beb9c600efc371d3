"""Requests that are cheap to make and expensive to answer."""

from __future__ import annotations

import random
import string
import threading
from collections.abc import Callable
from http.client import HTTPConnection
from urllib.parse import quote

from tests.torture.indexes import large_content
from tests.torture.programs import quietly, serving
from tests.torture.site.asking import asked, is_fine
from tests.torture.trial import Trial

__all__ = ["expensive_requests"]

PATIENCE_SECONDS = 60
"""An answer that takes longer hangs; figures of time are those of `make bench`."""

PASSAGES = 5_000


def _query(text: str, path: str = "/search") -> tuple[str, str, bytes]:
    return "GET", f"{path}?q={quote(text[:9_000])}", b""


def _check(text: str) -> tuple[str, str, bytes]:
    return "POST", "/check", b"text=" + quote(text[:20_000]).encode()


def _drawn(chance: random.Random, signs: str, length: int) -> str:
    return "".join(chance.choices(signs, k=length))


REQUESTS: dict[str, Callable[[random.Random], tuple[str, str, bytes]]] = {
    "prefixes": lambda chance: _query(" ".join(f"{letter}*" for letter in _drawn(chance, "abcdefprst", 40))),
    "prefixes, JSON": lambda chance: _query(
        " OR ".join(f"{letter}*" for letter in _drawn(chance, string.ascii_lowercase, 300)), "/search.json"
    ),
    "wildcards": lambda chance: _query(" ".join(f"*{letter}*" for letter in _drawn(chance, "aeiou", 60))),
    "fuzzy": lambda chance: _query(" ".join(f"{_drawn(chance, 'abcdef', 6)}~2" for _ in range(300))),
    "phrases": lambda chance: _query('"the of and in" ' * 300 + '"of the"' * chance.randrange(9)),
    "parentheses": lambda chance: _query("(" * 50 + "a OR b" + ")" * 50 + " NOT (" * chance.randrange(500)),
    "one long word": lambda chance: _query(_drawn(chance, string.ascii_lowercase, 9_000)),
    "autocomplete": lambda chance: _query(_drawn(chance, "abc ", 200), "/api/suggest"),
    "a citation": lambda chance: _query(_drawn(chance, "0123456789 ,()paraArt.", 5_000), "/api/resolve"),
    "an export": lambda chance: _query("the", f"/search.{chance.choice(('bib', 'ris', 'csv', 'csl.json'))}"),
    "a matrix": lambda chance: _query("a* OR t*", "/matrix"),
    "signs to check": lambda chance: _check(_drawn(chance, "“”\"‘’'…[]() .a", 20_000)),
    "ellipses to check": lambda chance: _check("“victim … protection [of] …” " * 700),
    "words to check": lambda chance: _check(
        "“" + " ".join(_drawn(chance, "victmproe", 5) for _ in range(3_000)) + "”"
    ),
}


def expensive_requests(trial: Trial) -> None:
    """Each is answered, eight at a time, while `/healthz` keeps answering."""
    index = trial.folder / "index"
    built = quietly("build", "--content", large_content(trial.folder / "content", PASSAGES), "--index", index)
    assert built.exit_code == 0, built.output
    with serving(index) as (port, _):
        for _ in trial.rounds():
            drawn = [(name, make(trial.chance)) for name, make in REQUESTS.items()]
            trial.chance.shuffle(drawn)
            for start in range(0, len(drawn), 8):
                _at_once(trial, port, drawn[start : start + 8])
                if trial.over:
                    return


def _at_once(trial: Trial, port: int, drawn: list[tuple[str, tuple[str, str, bytes]]]) -> None:
    statuses: dict[str, int] = {}

    def ask(name: str, request: tuple[str, str, bytes]) -> None:
        connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
        statuses[name] = asked(connection, *request)
        connection.close()

    threads = [threading.Thread(target=ask, args=each) for each in drawn]
    for thread in threads:
        thread.start()
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
    trial.check(asked(connection, "GET", "/healthz") == 200, "no answer from /healthz")
    connection.close()
    for thread in threads:
        thread.join()
    for name, status in statuses.items():
        trial.check(is_fine(status), f"{name}: {status or 'no answer'}")
