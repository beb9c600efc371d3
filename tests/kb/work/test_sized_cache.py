"""What was not asked for longest leaves a full cache first."""

from __future__ import annotations

from kb.work.sized_cache import SizedCache


def filled(max_bytes: int, count: int, size: int) -> SizedCache[int, str]:
    cache: SizedCache[int, str] = SizedCache(max_bytes)
    for at in range(count):
        cache.keep(at, str(at), size)
    return cache


def test_no_more_is_kept_than_may_be() -> None:
    cache = filled(max_bytes=100_000, count=100, size=4_500)  # each takes 500 bytes more
    assert [at for at in range(100) if cache.get(at)] == list(range(80, 100))


def test_what_was_not_asked_for_longest_goes_first() -> None:
    cache = filled(max_bytes=100_000, count=20, size=4_500)
    assert cache.get(0) == "0"
    cache.keep(20, "20", 4_500)
    assert (cache.get(0), cache.get(1), cache.get(20)) == ("0", None, "20")


def test_what_is_too_large_drives_nothing_out() -> None:
    cache = filled(max_bytes=100_000, count=2, size=1_000)
    cache.keep(2, "2", 20_000)
    assert (cache.get(0), cache.get(1), cache.get(2)) == ("0", "1", None)


def test_what_is_kept_twice_counts_once() -> None:
    cache = filled(max_bytes=40_000, count=8, size=4_500)
    for _ in range(50):
        cache.keep(7, "7", 4_500)
    assert all(cache.get(at) for at in range(8))
