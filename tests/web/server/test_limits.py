"""The number of connections allowed follows from the number of files that may be open."""

from __future__ import annotations

import sys

import pytest

from web.server import limits

resource = pytest.importorskip("resource")


@pytest.mark.parametrize(
    ("soft", "hard", "expected"),
    [
        (256, 256, 128),
        (1_024, 4_096, 4_096 - 200),
        (1_024, resource.RLIM_INFINITY, limits.MAX_CONNECTIONS),
        (resource.RLIM_INFINITY, resource.RLIM_INFINITY, limits.MAX_CONNECTIONS),
        (1 << 20, 1 << 20, limits.MAX_CONNECTIONS),
    ],
)
def test_more_files_are_asked_for(
    monkeypatch: pytest.MonkeyPatch, soft: int, hard: int, expected: int
) -> None:
    monkeypatch.setattr(resource, "getrlimit", lambda kind: (soft, hard))
    monkeypatch.setattr(resource, "setrlimit", lambda kind, bounds: None)
    assert limits.connections_allowed() == expected


def test_where_the_system_allows_no_more_there_are_fewer(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(kind: int, bounds: tuple[int, int]) -> None:
        raise ValueError("not allowed to raise maximum limit")

    monkeypatch.setattr(resource, "getrlimit", lambda kind: (1_024, 1 << 20))
    monkeypatch.setattr(resource, "setrlimit", refuse)
    assert limits.connections_allowed() == 824


def test_windows_counts_no_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert limits.connections_allowed() == limits.MAX_CONNECTIONS
