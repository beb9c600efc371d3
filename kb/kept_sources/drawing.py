"""Draws a page of a source, with a passage's words marked, in a process of its own with limits.

The caller names the passage and the page; the process finds its words on the page from the extract, after
checking both files against their checksums.
"""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from kb.errors import PageNotDrawn
from kb.kept_sources.picture_file import is_png
from kb.kept_sources.store import SourceStore
from kb.messages import Message
from kb.sources.kept_source import KeptSource
from kb.text.fingerprint import fingerprint
from kb.work.child_process import ProcessLimits, program

__all__ = ["LIMITS", "AskedPage", "drawn"]

LIMITS = ProcessLimits(seconds=20, cpu_seconds=10, memory_bytes=1_500_000_000, output_bytes=40_000_000)
"""A page takes some 0.6 s and 65 MB, a large one twice that."""

_LOOKS = 1
"""Increase this when pages are drawn differently, so that those drawn before are not shown."""


@dataclass(frozen=True, slots=True)
class AskedPage:
    """A page of a source, counted from 1, `width_px` wide, with the words of a passage marked."""

    source: KeptSource
    passage: str
    text: str
    page: int
    width_px: int

    @property
    def key(self) -> str:
        """A key that is the same for identical pictures, and only for these."""
        files = [file.sha256 for file in self.source.files()]
        parts = [_LOOKS, *files, self.passage, fingerprint(self.text), self.page, self.width_px]
        return sha256(json.dumps(parts).encode()).hexdigest()

    def to_json(self) -> dict[str, Any]:
        return {
            "source": self.source.to_json(),
            "passage": self.passage,
            "text": self.text,
            "page": self.page,
            "width_px": self.width_px,
        }

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> AskedPage:
        """The page that `to_json` was given."""
        return cls(**{**value, "source": KeptSource.from_json(value["source"])})


def drawn(store: SourceStore, asked: AskedPage, seconds: float = LIMITS.seconds) -> bytes:
    """The page as a PNG. Raises PageNotDrawn, also if drawing exceeds any limit."""
    with tempfile.TemporaryFile() as answer:
        try:
            ended = subprocess.run(  # noqa: S603  # our own program
                program("kb.kept_sources.drawing_process", str(store.index.absolute())),
                input=json.dumps(asked.to_json()).encode(),
                stdout=answer,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},  # each thread would reserve memory
                timeout=seconds,
                check=False,
            )
        except subprocess.TimeoutExpired as exc:
            raise PageNotDrawn(Message("page-takes-long", page=asked.page)) from exc
        answer.seek(0)
        return _picture(answer.read(LIMITS.output_bytes), asked.page, ended.returncode)


def _picture(answer: bytes, page: int, exit_code: int) -> bytes:
    """The picture in the answer of the process, which a malicious file may have taken over."""
    if not exit_code and is_png(answer):
        return answer
    try:
        failure = Message.from_json(json.loads(answer)["failure"])
    except (ValueError, TypeError, KeyError, RecursionError) as exc:
        took_long, other = Message("page-takes-long", page=page), Message("page-not-drawn", page=page)
        raise PageNotDrawn(took_long if exit_code < 0 else other) from exc
    raise PageNotDrawn(failure)
