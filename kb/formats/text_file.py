"""Content files as text; a file that is not text gives a fault, never a traceback."""

from __future__ import annotations

from pathlib import Path

from kb.errors import Fault
from kb.files.reading import read_regular, why_unreadable
from kb.messages import Message

__all__ = ["BOM", "MAX_FILE_BYTES", "decode_text", "read_text_file"]

MAX_FILE_BYTES = 8_000_000
"""The limit for files that people edit by hand."""

BOM = b"\xef\xbb\xbf"


def read_text_file(path: Path, max_bytes: int = MAX_FILE_BYTES) -> tuple[str, tuple[Fault, ...]]:
    """The text of a file, with line feeds as line ends, or the fault that prevents reading it."""
    try:
        data = read_regular(path, max_bytes)
    except OSError as exc:
        return "", (Fault(path, 1, why_unreadable(exc)),)
    return decode_text(data, path)


def decode_text(data: bytes, path: Path) -> tuple[str, tuple[Fault, ...]]:
    """Like `read_text_file`, for bytes already read from the path."""
    data = data.removeprefix(BOM)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as exc:
        line = data.count(b"\n", 0, exc.start) + 1
        return "", (Fault(path, line, Message("not-utf8")),)
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        return "", (Fault(path, line, Message("nul-character")),)
    return text.replace("\r\n", "\n"), ()
