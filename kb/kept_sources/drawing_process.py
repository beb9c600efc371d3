"""Draws one page in a process of its own: `python -m kb.kept_sources.drawing_process INDEX`.

Standard input is an `AskedPage` as JSON, standard output a PNG or `{"failure": [code, values]}`.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from kb.collection.extract_file import SourceExtract, read_extract
from kb.errors import PageNotDrawn
from kb.kept_sources.drawing import LIMITS, AskedPage
from kb.kept_sources.passage_marks import page_marks
from kb.kept_sources.store import SourceStore
from kb.messages import Message
from kb.sources.kept_source import KeptFile
from kb.work.child_process import limit_this_process, own_output

__all__ = ["main"]

_MORE_PROGRAMS = ";"
"""Separates the names of the programs that made an extract; OCR comes second."""

_NICE = 5
"""Added to the niceness, as searches come first."""


def main(index: str) -> None:
    """Draws what standard input asks for, or says why it cannot, whatever happens."""
    with own_output() as output:
        limit_this_process(LIMITS)
        if hasattr(os, "nice"):
            os.nice(_NICE)
        asked = AskedPage.from_json(json.load(sys.stdin))
        output.write(_answer(SourceStore(Path(index)), asked))


def _answer(store: SourceStore, asked: AskedPage) -> bytes:
    try:
        return _drawn(store, asked)
    except PageNotDrawn as exc:
        failure = exc.reason
    except MemoryError:
        failure = Message("page-takes-long", page=asked.page)
    except ImportError as exc:
        failure = Message("drawing-not-installed", module=exc.name or str(exc))
    except Exception:  # whatever a file makes a library do must be reported, too
        failure = Message("page-not-drawn", page=asked.page)
    return json.dumps({"failure": failure.to_json()}).encode("ascii")


def _drawn(store: SourceStore, asked: AskedPage) -> bytes:
    from kb.kept_sources.page_painter import OtherWords, UnpaintablePage, painted

    extract = _extract(store, asked)
    marks = page_marks(extract, asked.passage, asked.text, asked.page)
    if not marks:
        raise PageNotDrawn(Message("page-without-words", page=asked.page))
    try:
        data = _bytes(store, asked.source.file)
        by_ocr = _MORE_PROGRAMS in extract.extractor
        return painted(data, asked.page, marks, asked.width_px, by_ocr=by_ocr)
    except OtherWords as exc:
        raise PageNotDrawn(Message("page-without-words", page=asked.page)) from exc
    except UnpaintablePage as exc:
        raise PageNotDrawn(Message("page-not-drawn", page=asked.page)) from exc


def _extract(store: SourceStore, asked: AskedPage) -> SourceExtract:
    file = asked.source.extract
    if file is None:
        raise PageNotDrawn(Message("page-without-words", page=asked.page))
    _bytes(store, file)
    extract, faults = read_extract(store.path(file))
    if faults:
        raise PageNotDrawn(Message("page-source-changed"))
    return extract


def _bytes(store: SourceStore, file: KeptFile) -> bytes:
    try:
        with store.opened(file) as opened:
            return opened.read()
    except OSError as exc:
        raise PageNotDrawn(Message("page-source-missing")) from exc
    except ValueError as exc:
        raise PageNotDrawn(Message("page-source-changed")) from exc


if __name__ == "__main__":
    main(*sys.argv[1:])
