"""A budget of CPU time: when it is spent, who is told, and what does not count."""

from __future__ import annotations

import threading
from itertools import islice
from math import inf

import pytest

from kb.errors import WorkCutShort
from kb.work.budget import (
    Budget,
    check_budget,
    is_spent,
    limited,
    set_budget,
    uncounted,
    was_cut,
    within_budget,
)
from tests.budgets import looks


def test_without_a_budget_nothing_is_ever_cut() -> None:
    check_budget()
    assert list(within_budget(range(5))) == [0, 1, 2, 3, 4]
    assert not is_spent()
    assert not was_cut()


def test_a_budget_is_cut_once_somebody_was_told_that_it_is_spent() -> None:
    with limited(looks(1)):
        assert not is_spent()
        assert not was_cut()
        assert is_spent()
        assert was_cut()
        assert is_spent()


def test_a_loop_ends_where_the_budget_does() -> None:
    items = within_budget(range(10), every=2)
    with limited(looks(2)):
        assert list(islice(items, 4)) == [0, 1, 2, 3]
        with pytest.raises(WorkCutShort, match="more work than one request is allowed"):
            next(items)


def test_what_is_done_for_all_requests_is_neither_cut_nor_counted() -> None:
    now = 0.0
    with limited(Budget(2, lambda: now, lambda: inf)):
        with uncounted():
            now = 5.0
            assert not is_spent()
        assert not is_spent()
        now = 7.0
        assert is_spent()


def test_the_system_is_not_asked_for_the_cpu_time_before_it_can_be_spent() -> None:
    asked, now = list[float](), [0.0, 0.0]

    def clock() -> float:
        asked.append(now[0])
        return now[0]

    budget = Budget(4, clock, lambda: now[1])
    for used, passed in ((1.0, 1.5), (2.0, 3.5), (3.0, 4.5), (3.0, 5.0), (3.5, 5.6), (4.0, 6.2)):
        now[:] = used, passed
        assert budget.is_spent() == (used == 4.0)
    assert asked == [0.0, 3.0, 3.5, 4.0]


def test_a_busy_thread_spends_its_budget() -> None:
    budget = Budget(0.01)
    while not budget.is_spent():
        pass
    assert budget.was_cut


def test_a_budget_is_that_of_one_thread() -> None:
    told: list[bool] = []
    with limited(Budget(0)):
        assert is_spent()
        thread = threading.Thread(target=lambda: told.append(is_spent()))
        thread.start()
        thread.join()
    assert told == [False]


def test_a_budget_lasts_until_another_is_set() -> None:
    set_budget(Budget(0))
    assert is_spent()
    set_budget(None)
    assert not is_spent()
