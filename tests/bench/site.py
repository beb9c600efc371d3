"""A site over stock Whoosh, on our own server: `python -m tests.bench.site PORT WORKERS INDEX`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from flask import Flask

from tests.bench.pages import PeerEngine
from web.app import create_app
from web.server import serving

__all__ = ["app"]


def app() -> Flask:
    """The application of one process."""
    engine = PeerEngine("stock Whoosh", Path(os.environ["KB_INDEX"]))
    return create_app(engine)  # type: ignore[arg-type]  # what the results page needs of an engine is there


if __name__ == "__main__":
    serving.serve(
        "127.0.0.1", int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]), application="tests.bench.site:app"
    )
