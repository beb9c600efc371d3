"""Many connections at once, and malicious ones: what other readers notice of them.

    python -m tests.bench.crowds INDEX [--beside NAME=DIR=INDEX ...] [--datasette FILE] [--seconds S]

INDEX belongs to this program. `--beside` is another version of it, in its folder, over its own index.
`--datasette` is a database, made from INDEX if missing, that is served by Datasette, which must be on the
PATH. Queries are two words of a passage, all distinct, and the same for all servers. A client that is refused
waits as told. `client_ms` is the client's CPU time for each page, which the server cannot use. Today's
browsers send `--coding "gzip, deflate, br, zstd"`.
"""

from __future__ import annotations

import asyncio
import json
import random
import re
import socket
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus

import click

from index.engines.registry import open_engine
from kb.settings import Settings
from tests.bench.attacks import ATTACKS, attacked
from tests.bench.building import ROOT
from tests.bench.timing import apart, spread
from tests.bench.visitors import Visitors

__all__ = ["crowd", "main"]

_WORD = re.compile(r"[a-z]{4,}")
_HEAD = "Host: 127.0.0.1\r\nAccept-Encoding: gzip\r\n\r\n"
Address = Callable[[str], str]
Measured = dict[str, Any]


def queries(index: Path, count: int) -> list[str]:
    """Distinct pairs of words that occur in the same passage."""
    snapshot = open_engine(Settings((), index, explicit_content=False)).snapshot()
    drawn = random.Random(5)  # noqa: S311
    documents = list(snapshot.documents)
    found: dict[str, None] = {}
    while len(found) < count:
        passages = snapshot.passages(drawn.choice(documents))
        words = _WORD.findall(drawn.choice(passages).text) if passages else []
        if len(words) > 1:
            found[" ".join(drawn.sample(words, 2))] = None
    return list(found)


async def _get(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, path: str) -> tuple[int, float]:
    """The status, and in how many seconds to try again."""
    writer.write(f"GET {path} HTTP/1.1\r\n{_HEAD}".encode())
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    fields = dict(line.split(b": ", 1) for line in head.split(b"\r\n")[1:] if line)
    if b"content-length" in fields:
        await reader.readexactly(int(fields[b"content-length"]))
    else:
        while size := int(await reader.readuntil(b"\r\n"), 16):
            await reader.readexactly(size + 2)
        await reader.readexactly(2)
    return int(head.split(b" ", 2)[1]), float(fields.get(b"retry-after", b"0"))


async def _reader(
    port: int, pages: Iterator[str], until: float, taken: list[float], said: Counter[str]
) -> None:
    """Asks for one page after another; opens a new connection when the old one is closed."""
    while time.perf_counter() < until:
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError as error:
            said[type(error).__name__] += 1
            await asyncio.sleep(0.1)
            continue
        with closing(writer), suppress(asyncio.CancelledError):
            try:
                while time.perf_counter() < until:
                    began = time.perf_counter()
                    status, wait = await asyncio.wait_for(_get(reader, writer, next(pages)), 60)
                    said[str(status)] += 1
                    if status == 200:
                        taken.append((time.perf_counter() - began) * 1000)
                    await asyncio.sleep(wait)
            except (OSError, asyncio.IncompleteReadError, TimeoutError) as error:
                said[type(error).__name__] += 1


def crowd(
    port: int, pages: Sequence[str], connections: int, seconds: float, coding: str = "gzip"
) -> Measured:
    """Measures a number of connections that ask for one page after another."""
    visitors = Visitors(port, pages, time.perf_counter() + seconds, coding)
    began = time.process_time()
    visitors.ask(connections)
    used = (time.process_time() - began) * 1000 / max(1, len(visitors.taken))
    per_second = len(visitors.taken) / seconds
    return {**_spread(visitors.taken), "per_s": per_second, "client_ms": used, "said": dict(visitors.said)}


def _spread(taken: Sequence[float]) -> Measured:
    return spread(taken)._asdict()


def probe(port: int, pages: Sequence[str], seconds: float) -> Measured:
    """One reader searches, another asks for /healthz."""
    searches: list[float] = []
    healths: list[float] = []
    said: Counter[str] = Counter()

    async def ask() -> None:
        until = time.perf_counter() + seconds
        health = iter(["/healthz"] * 1_000_000)
        await asyncio.gather(
            _reader(port, iter(pages * 100), until, searches, said),
            _reader(port, _slowly(health), until, healths, said),
        )

    asyncio.run(ask())
    return {"search": _spread(searches), "healthz": _spread(healths), "said": dict(said)}


def _slowly(pages: Iterator[str]) -> Iterator[str]:
    for each in pages:
        time.sleep(0.0005)
        yield each


@contextmanager
def served(command: Sequence[str], folder: Path, path: str) -> Iterator[int]:
    """The port of a server that is ready, as it answers at `path`."""
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = int(free.getsockname()[1])
    filled = [part.replace("{port}", str(port)) for part in command]
    with subprocess.Popen(
        filled, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            for _ in range(600):
                if crowd(port, [path], 1, 0.05)["said"].get("200"):
                    break
            yield port
        finally:
            process.terminate()


def database(index: Path, file: Path) -> None:
    """The passages of an index as Datasette serves them, with a full-text table."""
    snapshot = open_engine(Settings((), index, explicit_content=False)).snapshot()
    with closing(sqlite3.connect(file)) as made, made:
        made.execute("CREATE TABLE passages (document TEXT, id TEXT, text TEXT)")
        for document in snapshot.documents:
            rows = [(document, each.id, each.text) for each in snapshot.passages(document)]
            made.executemany("INSERT INTO passages VALUES (?, ?, ?)", rows)
        made.execute(
            "CREATE VIRTUAL TABLE passages_fts "
            "USING fts5(text, content=passages, tokenize='porter unicode61')"
        )
        made.execute("INSERT INTO passages_fts(rowid, text) SELECT rowid, text FROM passages")


@click.command()
@click.argument("index", type=click.Path(path_type=Path))
@click.option("--beside", multiple=True, metavar="NAME=DIR=INDEX", help="Another version of this program.")
@click.option("--datasette", type=click.Path(path_type=Path), help="The database for Datasette.")
@click.option("--seconds", default=10.0, show_default=True, help="Of each measurement.")
@click.option("--connections", default=(1, 8, 64, 256), multiple=True, type=int)
@click.option("--attack", "attacks", default=tuple(ATTACKS), multiple=True, type=click.Choice(list(ATTACKS)))
@click.option("--option", "options", multiple=True, help="One more option for kb serve.")
@click.option("--coding", default="gzip", show_default=True, help="The Accept-Encoding of the crowd.")
def main(
    index: Path,
    beside: tuple[str, ...],
    datasette: Path | None,
    seconds: float,
    connections: tuple[int, ...],
    attacks: tuple[str, ...],
    options: tuple[str, ...],
    coding: str,
) -> None:
    """Measures and prints one line of JSON for each figure."""
    asked = queries(index, 2_000)
    serve = ("-m", "kb", "serve", "--workers", "2", "--port", "{port}", "--index", str(index.resolve()))
    ours = [f"/search?q={quote_plus(each)}" for each in asked]
    servers = {"kb": ((sys.executable, *serve, *options), ROOT, ours)}
    for each in beside:
        name, folder, other = each.split("=")
        servers[name] = ((sys.executable, *serve[:-1], other), Path(folder), ours)
    if datasette:
        if not datasette.exists():
            database(index, datasette)
        theirs = [f"/{datasette.stem}/passages?_search={quote_plus(each)}&_size=10" for each in asked]
        command = ("datasette", "serve", str(datasette.resolve()), "--port", "{port}")
        servers["Datasette"] = (command, ROOT, theirs)
    for count in connections:
        for name, (command, folder, pages) in servers.items():
            with served(command, folder, pages[0]) as port:
                apart(crowd, port, pages[:300], 4, 1.0)
                _say(name, f"{count} connections", apart(crowd, port, pages, count, seconds, coding))
    for attack in attacks:
        for name in [name for name in servers if name != "Datasette"]:
            command, folder, pages = servers[name]
            with served(command, folder, pages[0]) as port:
                apart(crowd, port, pages[:300], 4, 1.0)
                with attacked(port, attack):
                    _say(name, attack, apart(probe, port, pages, seconds))


def _say(name: str, what: str, measured: Measured) -> None:
    print(json.dumps({"server": name, "what": what, **_rounded(measured)}), flush=True)


def _rounded(value: Any) -> Any:
    match value:
        case dict():
            return {key: _rounded(each) for key, each in value.items()}
        case float():
            return round(value, 2)
        case _:
            return value


if __name__ == "__main__":
    main()
