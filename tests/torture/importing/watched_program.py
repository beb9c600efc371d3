"""The program of a reading process that may not touch the network, start anything or write anything."""

from __future__ import annotations

import os
import sys
import tempfile

from kb.importers.reading import program
from tests.torture.importing.mutations import MARK

__all__ = ["PROGRAM", "main"]

PROGRAM = (
    "import sys; sys.path.append(sys.argv[1]); "
    "from tests.torture.importing.watched_program import main; main()"
)

_FORBIDDEN = (
    *("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork", "urllib.", "http."),
    *("os.remove", "os.rename", "os.mkdir", "os.link", "os.symlink", "os.truncate", "shutil."),
)
FILES_A_PROCESS = 1_000
"""These files are small, and starting a process takes more than reading a hundred of them."""

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


class Trespass(BaseException):
    """Ends the process: no reader catches it."""


_watching = [True]


def _audit(event: str, arguments: tuple[object, ...]) -> None:
    if not _watching[0]:
        return
    if event.startswith(_FORBIDDEN):
        raise Trespass(f"{event} {arguments}")
    if event == "open":
        path, flags = arguments[0], arguments[2]
        opened = flags if isinstance(flags, int) and not isinstance(path, int) else 0
        nameless = os.path.isdir(str(path))  # noqa: PTH112  # py3langid unpacks its model in a nameless file
        if MARK in str(path) or (opened & _WRITING and not nameless):
            raise Trespass(f"open {path} {flags}")


def main() -> None:
    """Like `program.main`, but watched."""
    sys.dont_write_bytecode = True
    tempfile.gettempdir()  # finding it writes to it, and py3langid will ask for it
    os.environ["PATH"] = ""  # OCR is not under test here, even if installed
    sys.addaudithook(_audit)
    program.MAX_FILES_A_PROCESS = FILES_A_PROCESS
    program.main()
    _watching[0] = False
