"""Pipes, devices, folders and links that lead nowhere, in place of any file of an index."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from index.engines.registry import check_generations
from kb.errors import IndexUnusable
from tests.engines import build, open_engine
from tests.index.samples import collection

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs named pipes and links")

NAMES = (
    *("build.lock", "build.json", "content.json", "content.json.new", "left-out.jsonl", "MAIN.tmp"),
    *("generation-1.toc", "generation-2.toc", "generation-3.toc", "generation-3.toc.new"),
    *("MAIN_0123456789abcdef.kb", "newest segment"),
)
KINDS: Mapping[str, Callable[[Path], None]] = {
    "pipe": os.mkfifo,
    "device": lambda path: path.symlink_to("/dev/zero"),
    "circle": lambda path: path.symlink_to(path.name),
    "nowhere": lambda path: path.symlink_to("nowhere"),
    "folder": Path.mkdir,
}


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sound")
    for words in ("law of the land", "law of the sea"):
        build(collection(a=[words]), folder)
    return folder


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_waited_for_and_what_is_built_next_is_served(
    sound: Path, tmp_path: Path, name: str, kind: str
) -> None:
    folder = Path(shutil.copytree(sound, tmp_path / "index"))
    path = max(folder.glob("*.kb"), key=os.path.getmtime) if name == "newest segment" else folder / name
    path.unlink(missing_ok=True)
    KINDS[kind](path)
    try:
        assert open_engine(folder).snapshot().passages("a")
        check_generations(folder, lambda done, total: None)
        build(collection(b=["extradition"]), folder)
    except IndexUnusable:  # says what is in the way
        path.rmdir() if kind == "folder" else path.unlink()
        build(collection(b=["extradition"]), folder)
    assert open_engine(folder).snapshot().passages("b")
