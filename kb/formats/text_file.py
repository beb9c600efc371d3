"""Content files as text; a file that is not text gives a fault, never a traceback."""

from __future__ import annotations

from pathlib import Path

from kb.errors import Fault
from kb.messages import Message

__all__ = ["MAX_FILE_BYTES", "read_text_file"]

MAX_FILE_BYTES = 8_000_000
"""For files that people edit by hand."""

BOM = b"\xef\xbb\xbf"


def read_text_file(path: Path, most: int = MAX_FILE_BYTES) -> tuple[str, tuple[Fault, ...]]:
    """The text of a file, with line feeds as line ends, or the fault that prevents reading it."""
    try:
        data = _bytes(path, most + 1)
    except OSError as exc:
        reason = exc.strerror or "it is not a file"
        return "", (Fault(path, 1, Message("unreadable-file", reason=reason)),)
    if len(data) > most:
        return "", (Fault(path, 1, Message("file-too-large", bytes=most)),)
    return _decoded(path, data.removeprefix(BOM))


def _bytes(path: Path, most: int) -> bytes:
    with path.open("rb") as file:
        return file.read(most)


def _decoded(path: Path, data: bytes) -> tuple[str, tuple[Fault, ...]]:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as exc:
        line = data.count(b"\n", 0, exc.start) + 1
        return "", (Fault(path, line, Message("not-utf8")),)
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        return "", (Fault(path, line, Message("nul-character")),)
    return text.replace("\r\n", "\n"), ()
