"""A full disk, as far as a test needs one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

__all__ = ["no_files_above"]


@contextmanager
def no_files_above(size: int) -> Iterator[None]:
    """Keeps this process from writing files of more bytes while the block runs: writing raises OSError."""
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
