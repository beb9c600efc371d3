"""Sites of the benchmark on our own server: `python -m tests.bench.site SITE PORT WORKERS INDEX`."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from flask import Flask

from index.request import Request
from index.results import Results
from tests.bench.pages import PeerEngine
from web.app import create_app
from web.server import serving
from web.server.workers import site

__all__ = ["searchless", "stock"]


def stock() -> Flask:
    """A site over stock Whoosh, in one process."""
    engine = PeerEngine("stock Whoosh", Path(os.environ["KB_INDEX"]))
    return create_app(engine)  # type: ignore[arg-type]  # what the results page needs of an engine is there


def searchless() -> Flask:
    """Our site with the results of every search cached: a page requested again costs all but its search."""
    app = site.app()
    app.extensions["engine"] = _KeptResults(app.extensions["engine"])
    return app


class _KeptResults:
    """An engine over one generation, and its snapshot, which runs each request only once."""

    def __init__(self, engine: Any) -> None:
        self._engine = engine
        self._snapshot = engine.snapshot()
        self._kept: dict[str, Results] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine if name == "condition" else self._snapshot, name)

    def snapshot(self) -> _KeptResults:
        return self

    def search(self, request: Request) -> Results:
        found = self._kept.get(repr(request))
        if found is None:
            found = self._kept[repr(request)] = self._snapshot.search(request)
        return found


if __name__ == "__main__":
    _, chosen, port, workers, index = sys.argv
    application = f"tests.bench.site:{chosen}"
    serving.serve("127.0.0.1", int(port), int(workers), Path(index), application=application)
