"""A page is drawn in a process that ends, once however many ask, whatever the files are."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

from kb.collection.extract_file import PassageSpans, SourceExtract, dump_extract
from kb.errors import PageNotDrawn
from kb.kept_sources.drawing import AskedPage, drawn
from kb.kept_sources.page_drawer import PageDrawer
from kb.kept_sources.png import palette_png
from kb.kept_sources.store import SourceStore
from kb.messages import Message
from kb.sources.kept_source import KeptFile, KeptSource
from kb.sources.lines import Box, SourceLine, Span
from tests.kb.importers.pdf.made_pdf import shown

WORDS = "Victims have rights."
PAGE = shown((WORDS, 72, 700, 12))
PICTURE = palette_png(np.zeros((9, 9), np.uint8), [(0, 0, 0)])


@pytest.fixture
def store(tmp_path: Path) -> SourceStore:
    return SourceStore(tmp_path / "index")


def asked(store: SourceStore, tmp_path: Path, data: bytes = PAGE, page: int = 1) -> AskedPage:
    """A page of a source that is kept, with its extract."""
    extract = SourceExtract(
        *("x 1", "a.pdf", sha256(data).hexdigest()),
        lines=(SourceLine(WORDS, 1, Box(72, 92, 180, 104)),),
        passages={"p1": PassageSpans((Span(0, 0, len(WORDS)),))},
        pages=3,
    )
    files = [_kept(tmp_path, one) for one in (data, "".join(dump_extract(extract)).encode())]
    store.put(files)
    return AskedPage(KeptSource(*files, pages=3), "p1", WORDS, page, 300)


def _kept(folder: Path, data: bytes) -> KeptFile:
    name = sha256(data).hexdigest()
    (folder / name).write_bytes(data)
    return KeptFile(name, len(data), folder / name)


def test_the_same_picture_has_the_same_key_and_no_other_has_it(store: SourceStore, tmp_path: Path) -> None:
    one = asked(store, tmp_path)
    others = [
        replace(one, page=2),
        replace(one, width_px=301),
        replace(one, text="Victims have"),
        replace(one, passage="p2"),
        replace(one, source=replace(one.source, file=replace(one.source.file, sha256="0" * 64))),
        replace(one, source=replace(one.source, extract=None)),
    ]
    assert AskedPage.from_json(one.to_json()) == one
    assert len({each.key for each in (one, *others)}) == 7
    assert replace(one, text=f" {WORDS}\n").key == one.key


@pytest.mark.slow
def test_a_process_draws_the_page_or_says_why_not(store: SourceStore, tmp_path: Path) -> None:
    one = asked(store, tmp_path)
    assert drawn(store, one).startswith(b"\x89PNG")
    damaged = asked(store, tmp_path, b"%PDF-1.4\nnothing else")
    for wrong, code in (
        (replace(one, page=2), "page-without-words"),
        (replace(one, source=replace(one.source, extract=None)), "page-without-words"),
        (damaged, "page-not-drawn"),
        (asked(store, tmp_path, shown(("Victims have no rights.", 72, 700, 12))), "page-without-words"),
    ):
        with pytest.raises(PageNotDrawn) as refused:
            drawn(store, wrong)
        assert refused.value.reason.code == code
    for file, code in ((one.source.file, "page-source-changed"), (one.source.extract, "page-source-missing")):
        assert file
        store.path(file).unlink()
        if code == "page-source-changed":
            store.path(file).write_bytes(PAGE.swapcase())
        with pytest.raises(PageNotDrawn) as refused:
            drawn(store, one)
        assert refused.value.reason.code == code


def test_a_page_that_takes_too_long_is_given_up(store: SourceStore, tmp_path: Path) -> None:
    with pytest.raises(PageNotDrawn, match="page 1 of the source takes too long to draw"):
        drawn(store, asked(store, tmp_path), seconds=0.001)


class Drawing:
    """Draws as told, and counts how often, and how many at once."""

    def __init__(self, answer: Callable[[], bytes] = lambda: PICTURE) -> None:
        self.answer, self.times = answer, 0

    def __call__(self, store: SourceStore, page: AskedPage) -> bytes:
        self.times += 1
        return self.answer()


def test_a_page_is_drawn_once_however_many_ask(store: SourceStore, tmp_path: Path) -> None:
    drawing, page = Drawing(), asked(store, tmp_path)
    begun, go_on = threading.Event(), threading.Event()

    def wait() -> bytes:
        begun.set()
        assert go_on.wait(60)
        return PICTURE

    drawing.answer = wait
    answers: list[bytes] = []
    drawers = [PageDrawer(store, tmp_path, draw=drawing) for _ in range(3)]  # as in three processes
    threads = [threading.Thread(target=lambda one=one: answers.append(one.picture(page))) for one in drawers]
    for thread in threads:
        thread.start()
    assert begun.wait(60)
    go_on.set()
    for thread in threads:
        thread.join()
    assert (answers, drawing.times) == ([PICTURE] * 3, 1)


def test_each_drawing_is_admitted_and_what_is_kept_is_not(store: SourceStore, tmp_path: Path) -> None:
    admitted: list[str] = []

    @contextmanager
    def admit() -> Iterator[None]:
        admitted.append("in")
        yield
        admitted.append("out")

    drawer = PageDrawer(store, tmp_path, admit, Drawing())
    for _ in range(2):
        assert drawer.picture(asked(store, tmp_path)) == PICTURE
    assert admitted == ["in", "out"]


def test_a_failure_is_remembered_and_said(store: SourceStore, tmp_path: Path) -> None:
    def fail() -> bytes:
        raise PageNotDrawn(Message("page-not-drawn", page=1))

    drawing, page = Drawing(fail), asked(store, tmp_path)
    drawer = PageDrawer(store, tmp_path, draw=drawing)
    assert drawer.obstacle(page) is None
    for _ in range(2):
        with pytest.raises(PageNotDrawn, match="page 1 of the source cannot be drawn"):
            drawer.picture(page)
    assert drawing.times == 1
    assert drawer.obstacle(page) == Message("page-not-drawn", page=1)
    store.path(page.source.file).unlink()
    assert drawer.obstacle(page) == Message("page-source-missing")
