"""The program tesseract, if it is installed: which languages it knows, and what it reads in an image.

It gets the image on standard input, and never the name of an imported file. It inherits the limits of the
process that reads the file, and has the time limits below.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

__all__ = ["OcrFailed", "Tesseract", "installed_tesseract"]

MAX_PAGE_SECONDS = 180
"""Wall-clock time; a page takes 2 to 9 seconds of CPU time."""

MAX_QUESTION_SECONDS = 20
_ORIENTATION_ONLY, _AUTOMATIC = "0", "3"
"""Modes of page segmentation."""

_SCRIPT = re.compile(rb"^Script: (\w+)$", re.M)
_ROTATION = re.compile(rb"^Rotate: (\d+)$", re.M)
_NO_LANGUAGES = {"osd", "equ"}


class OcrFailed(Exception):
    """The program ended without reading the image, or took too long."""


@dataclass(frozen=True, slots=True)
class Tesseract:
    """An installed program, its version, and the codes of the languages that it has data for."""

    program: str
    version: str
    languages: frozenset[str]
    tells_scripts: bool = False

    @property
    def name(self) -> str:
        return f"tesseract {self.version}"

    def words(self, image: bytes, languages: Sequence[str], dpi: int) -> str:
        """The words of an image (PGM) with their boxes, as a table in TSV. Raises OcrFailed."""
        return self._run(image, dpi, _AUTOMATIC, "-l", "+".join(languages), "-c", "tessedit_create_tsv=1")

    def script(self, image: bytes, dpi: int) -> str:
        """The script of an upright image, such as `Latin` or `Arabic`; "" if the program does not tell."""
        if not self.tells_scripts:
            return ""
        try:
            told = self._run(image, dpi, _ORIENTATION_ONLY, "-l", "osd").encode()
        except OcrFailed:
            return ""
        found = _SCRIPT.search(told)
        return found[1].decode() if found else ""

    def _run(self, image: bytes, dpi: int, mode: str, *options: str) -> str:
        command = [self.program, "stdin", "stdout", "--dpi", str(dpi), "--psm", mode, *options]
        try:
            ended = subprocess.run(  # noqa: S603  # the program that was found; no word of the file
                command,
                input=image,
                capture_output=True,
                timeout=MAX_PAGE_SECONDS,
                check=True,
                env={**os.environ, "OMP_THREAD_LIMIT": "1"},  # a file is read on each core already
            )
        except (subprocess.SubprocessError, OSError) as exc:
            raise OcrFailed(str(exc)) from exc
        return ended.stdout.decode("utf-8", "replace")


def installed_tesseract() -> Tesseract | None:
    """The program on the search path, if it has data for any language; none with KB_OCR=off."""
    return None if os.environ.get("KB_OCR", "").strip().lower() == "off" else _on_search_path()


@cache
def _on_search_path() -> Tesseract | None:
    program = shutil.which("tesseract")
    if program is None:
        return None
    version = re.search(r"tesseract v?(\d[\w.]*)", _asked(program, "--version"))
    known = {line.strip() for line in _asked(program, "--list-langs").splitlines()[1:]}
    languages = frozenset(code for code in known - _NO_LANGUAGES if re.fullmatch(r"[a-z]{3}(?:_\w+)?", code))
    if not (version and languages):
        return None
    return Tesseract(program, version[1], languages, "osd" in known)


def _asked(program: str, option: str) -> str:
    try:
        told = subprocess.run(  # noqa: S603
            [program, option], capture_output=True, timeout=MAX_QUESTION_SECONDS, check=False
        )
    except (subprocess.SubprocessError, OSError):
        return ""
    return (told.stdout or told.stderr).decode("utf-8", "replace")
