"""A site over stock Whoosh, on our own server: `python -m tests.bench.site PORT WORKERS INDEX`."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from flask import Flask
from granian import Granian

from tests.bench.pages import PeerEngine
from web import server
from web.app import create_app

__all__ = ["app"]


def app() -> Flask:
    """The application of one process."""
    engine = PeerEngine("stock Whoosh", Path(os.environ["KB_INDEX"]))
    return create_app(engine)  # type: ignore[arg-type]  # what the results page needs of an engine is there


def _granian(_: str, **settings: Any) -> Any:
    """Our server with all its settings, for another application."""
    return Granian("tests.bench.site:app", **settings)


if __name__ == "__main__":
    server.Granian = _granian  # type: ignore[assignment, attr-defined]
    server.serve("127.0.0.1", int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
