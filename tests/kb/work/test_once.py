"""Properties that are worked out once."""

from __future__ import annotations

import threading

from kb.work.budget import Budget, is_spent, limited
from kb.work.once import kept, kept_for_all


class Shared:
    """An object whose property takes until `go` is set."""

    def __init__(self) -> None:
        self.times, self.go, self.begun = 0, threading.Event(), threading.Event()

    @kept_for_all
    def value(self) -> str:
        """What it is worth."""
        self.begun.set()
        self.go.wait(10)
        self.times += 1
        return f"spent: {is_spent()}"

    @kept
    def own(self) -> int:
        self.times += 1
        return self.times


def test_a_property_is_worked_out_once_however_many_threads_ask() -> None:
    shared, told = Shared(), list[str]()
    threads = [threading.Thread(target=lambda: told.append(shared.value)) for _ in range(8)]
    for thread in threads:
        thread.start()
    shared.begun.wait(10)
    shared.go.set()
    for thread in threads:
        thread.join()
    assert (told, shared.times) == (["spent: False"] * 8, 1)


def test_no_object_waits_for_another() -> None:
    slow, quick = Shared(), Shared()
    quick.go.set()
    thread = threading.Thread(target=lambda: slow.value)
    thread.start()
    slow.begun.wait(10)
    assert quick.value == "spent: False"
    slow.go.set()
    thread.join()


def test_a_property_of_all_requests_is_at_no_requests_expense() -> None:
    shared = Shared()
    shared.go.set()
    with limited(Budget(0)):
        assert shared.value == "spent: False"
        assert is_spent()


def test_a_property_of_one_request_is_kept() -> None:
    assert [(one.own, one.own) for one in (Shared(), Shared())] == [(1, 1), (1, 1)]
    assert Shared.value.__doc__ == "What it is worth."
