"""A cache with a limit in bytes, for threads that share it: the least recently used goes first."""

from __future__ import annotations

from collections.abc import Hashable
from threading import Lock
from typing import Generic, TypeVar

__all__ = ["SizedCache"]

_Key = TypeVar("_Key", bound=Hashable)
_Value = TypeVar("_Value")

_ENTRY_BYTES = 500
"""What an entry takes besides its value, with a key of a few words."""


class SizedCache(Generic[_Key, _Value]):
    """Up to `max_bytes` of values; one that takes more than an eighth of that is not kept."""

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes, self._bytes = max_bytes, 0
        self._entries: dict[_Key, tuple[_Value, int]] = {}
        self._lock = Lock()

    def get(self, key: _Key) -> _Value | None:
        with self._lock:
            entry = self._entries.pop(key, None)
            if entry is None:
                return None
            self._entries[key] = entry
            return entry[0]

    def keep(self, key: _Key, value: _Value, size: int) -> None:
        """`size` is that of the value in bytes."""
        size += _ENTRY_BYTES
        with self._lock:
            if key in self._entries or size > self._max_bytes // 8:
                return
            self._entries[key] = value, size
            self._bytes += size
            while self._bytes > self._max_bytes:
                _, freed = self._entries.pop(next(iter(self._entries)))
                self._bytes -= freed
