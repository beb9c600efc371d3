"""A cluster that does not answer is left alone, and asked again by one caller at a time."""

from __future__ import annotations

from index.engines.opensearch.connection.breaker import CircuitBreaker


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_after_failures_in_a_row_nobody_asks_until_the_time_is_over() -> None:
    clock = Clock()
    breaker = CircuitBreaker(failures=3, seconds=5.0, clock=clock)
    for _ in range(2):
        breaker.failed()
    assert breaker.seconds_left() == 0
    breaker.failed()
    assert breaker.seconds_left() == 5.0
    clock.now += 4
    assert breaker.seconds_left() == 1.0


def test_then_one_caller_tries_while_the_others_wait() -> None:
    clock = Clock()
    breaker = CircuitBreaker(failures=1, seconds=5.0, clock=clock)
    breaker.failed()
    clock.now += 6
    assert breaker.seconds_left() == 0
    assert breaker.seconds_left() == 5.0
    breaker.succeeded()
    assert breaker.seconds_left() == 0


def test_an_answer_in_between_begins_the_count_anew() -> None:
    breaker = CircuitBreaker(failures=2, clock=Clock())
    for _ in range(5):
        breaker.failed()
        breaker.succeeded()
    assert breaker.seconds_left() == 0
