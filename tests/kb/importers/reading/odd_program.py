"""The program of a reading process, with a reader that does what the file name says."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

from kb.collection.extract_file import SourceExtract
from kb.importers.draft import ImportDraft
from kb.importers.reading import limits, program
from kb.model import Document

__all__ = ["main"]

_read = [0]


def draft_of(path: Path) -> ImportDraft:
    """A draft whose title has the process id and how many files it has read."""
    _read[0] += 1
    match path.stem.rstrip("0123456789"):
        case "crash":
            os.kill(os.getpid(), signal.SIGSEGV)
        case "abort":
            os.abort()
        case "memory":
            raise MemoryError
        case "memory-later" if _read[0] > 1:
            raise MemoryError
        case "sleep":
            time.sleep(60)
        case "spin":
            while True:
                pass
        case "print":
            sys.stdout.write("words from a library")
            sys.stdout.flush()
        case "half":
            return ImportDraft(Document("", "\ud800"), (), SourceExtract("", "", ""))
        case "lines":
            raise RuntimeError("several\nlines")
    return ImportDraft(Document("", f"{os.getpid()} {_read[0]}"), (), SourceExtract("", "", ""))


def main() -> None:
    program.draft_of = draft_of
    program.MAX_FILES_A_PROCESS = 5
    program.GRACE_SECONDS = 0
    limits.MAX_CPU_SECONDS = 0  # at least one second in effect
    program.main()
