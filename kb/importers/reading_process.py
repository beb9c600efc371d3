"""Reads one file in a process of its own: `python -m kb.importers.reading_process PATH`.

Standard output is one JSON object: `{"draft": ...}`, or `{"failure": [code, values]}`.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import IO

from kb.errors import SourceUnreadable
from kb.importers.draft import draft_of
from kb.importers.draft_json import draft_to_json
from kb.importers.reading_limits import MAX_MEMORY_BYTES, limit_this_process
from kb.messages import Message

__all__ = ["main"]


def main(path: Path) -> None:
    """Reads the file and says what it is, whatever happens."""
    with _output() as output:
        limit_this_process()
        output.write(_answer(path).encode("ascii"))


def _output() -> IO[bytes]:
    """Standard output for the answer alone: whatever a library prints goes to standard error."""
    output = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return output


def _answer(path: Path) -> str:
    try:
        return json.dumps({"draft": draft_to_json(draft_of(path))})
    except SourceUnreadable as exc:
        failure = exc.message or Message("reading-failed", name=path.name, reason=str(exc))
    except MemoryError:
        failure = Message("reading-takes-memory", name=path.name, megabytes=MAX_MEMORY_BYTES // 1_000_000)
    except ImportError as exc:
        failure = Message("reader-not-installed", module=exc.name or str(exc))
    except Exception as exc:  # a reader that fails on one file must not fail on the others
        failure = Message("reading-failed", name=path.name, reason=f"{type(exc).__name__}: {exc}"[:200])
    return json.dumps({"failure": failure.to_json()})


if __name__ == "__main__":
    main(Path(sys.argv[1]))
