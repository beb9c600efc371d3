"""Other engines doing the same work, each in its best known form; `PEERS` names them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from tests.bench.peers.peer import Answer, NotOffered, Peer

__all__ = ["PEERS", "Answer", "NotOffered", "Peer", "available", "opened"]

PEERS: Mapping[str, tuple[str, str, str]] = {
    "stock Whoosh": ("stock", "Stock", "whoosh"),
    "SQLite FTS5": ("fts5", "Fts5", "sqlite3"),
    "tantivy": ("tantivy", "Tantivy", "tantivy"),
}
"""For each peer: its module here, its class there, and the package that it needs."""


def available() -> list[str]:
    """The peers whose packages are installed."""
    return [name for name, (_, _, package) in PEERS.items() if find_spec(package)]


def opened(name: str, exact: bool = False) -> Callable[[Path], Peer]:
    """Opens the index of a peer in a folder; `exact`: a word's exact form adds to its score, as in ours."""
    module, kind, _ = PEERS[name]
    made: type[Peer] = getattr(import_module(f"tests.bench.peers.{module}"), kind)
    return lambda folder: made(folder, exact)
