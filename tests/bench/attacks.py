"""Malicious connections, and what other readers notice of them.

Each does its worst until it is closed; then the next one takes its place.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, closing, contextmanager, suppress
from multiprocessing import get_context
from typing import Any

__all__ = ["ATTACKS", "attacked"]

_FORM = "POST /check HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
_BEGIN_SECONDS = 4.0


async def _slow_head(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n")
    while not reader.at_eof() and not writer.is_closing():
        writer.write(b"X: y\r\n")
        await asyncio.sleep(1)


async def _slow_body(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(f"{_FORM}Content-Length: 10000\r\n\r\ntext=".encode())
    while not reader.at_eof() and not writer.is_closing():
        writer.write(b"y")
        await asyncio.sleep(1)


async def _unfinished_chunk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(f"{_FORM}Transfer-Encoding: chunked\r\n\r\n64\r\ntext=".encode())
    await reader.read()


async def _idle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read()


async def _slow_reader(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"GET /search.json?q=trafficking HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
    while await reader.read(100):
        await asyncio.sleep(1)


ATTACKS = {
    "nobody": (0, _idle),
    "1,000 slow headers": (1_000, _slow_head),
    "1,000 slow bodies": (1_000, _slow_body),
    "1,000 unfinished chunks": (1_000, _unfinished_chunk),
    "5,000 idle connections": (5_000, _idle),
    "100 slow readers of large answers": (100, _slow_reader),
}


async def _attacker(port: int, act: Callable[..., Any]) -> None:
    while True:
        with suppress(OSError, asyncio.IncompleteReadError):
            reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1024)
            with closing(writer):
                writer.transport.set_write_buffer_limits(1024)
                await act(reader, writer)
        await asyncio.sleep(0.1)


@asynccontextmanager
async def _attacked(port: int, count: int, act: Callable[..., Any]) -> AsyncIterator[None]:
    tasks = [asyncio.create_task(_attacker(port, act)) for _ in range(count)]
    await asyncio.sleep(_BEGIN_SECONDS if count else 0)
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _attack(port: int, name: str, begun: Any, over: Any) -> None:
    count, act = ATTACKS[name]

    async def run() -> None:
        async with _attacked(port, count, act):
            begun.set()
            while not over.is_set():
                await asyncio.sleep(0.1)

    asyncio.run(run())


@contextmanager
def attacked(port: int, name: str) -> Iterator[None]:
    """Attacks from another process for as long as the block runs."""
    context = get_context("spawn")
    begun, over = context.Event(), context.Event()
    attack = context.Process(target=_attack, args=(port, name, begun, over))
    attack.start()
    begun.wait(60)
    try:
        yield
    finally:
        over.set()
        attack.join(30)
        attack.kill()
