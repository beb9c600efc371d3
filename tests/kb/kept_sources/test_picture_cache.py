"""Pictures are kept within bounds, and failures for a while."""

from __future__ import annotations

import os
import time
from pathlib import Path

import numpy as np

from kb.kept_sources.picture_cache import MAX_FAILURE_SECONDS, PictureCache
from kb.kept_sources.png import palette_png
from kb.messages import Message

PICTURE = palette_png(np.zeros((9, 9), np.uint8), [(0, 0, 0)])


def aged(path: Path, seconds: float) -> None:
    then = time.time() - seconds
    os.utime(path, (then, then))


def test_what_was_looked_at_last_stays(tmp_path: Path) -> None:
    cache = PictureCache(tmp_path, 3 * len(PICTURE) + 1)
    for age, key in enumerate("abc"):
        cache.keep(key, PICTURE)
        aged(tmp_path / f"{key}.png", 100 - age)
    assert cache.picture("a") == PICTURE
    cache.keep("d", PICTURE)
    assert [key for key in "abcd" if cache.picture(key)] == ["a", "d"]


def test_a_damaged_picture_is_none(tmp_path: Path) -> None:
    cache = PictureCache(tmp_path)
    for damaged in (b"", PICTURE[:-1], b"x" + PICTURE[1:]):
        (tmp_path / "a.png").write_bytes(damaged)
        assert cache.picture("a") is None
        assert not (tmp_path / "a.png").exists()


def test_a_failure_is_forgotten_after_a_while(tmp_path: Path) -> None:
    cache = PictureCache(tmp_path)
    assert cache.failure("a") is None
    cache.keep_failure("a", Message("page-takes-long", page=3))
    assert cache.failure("a") == Message("page-takes-long", page=3)
    aged(tmp_path / "a.failed", MAX_FAILURE_SECONDS + 1)
    assert cache.failure("a") is None
    (tmp_path / "a.failed").write_text("[]", encoding="utf-8")
    assert cache.failure("a") is None


def test_a_full_disk_keeps_no_picture_and_no_half_of_one(tmp_path: Path) -> None:
    cache = PictureCache(tmp_path / "missing")
    cache.keep("a", PICTURE)
    assert cache.picture("a") is None
