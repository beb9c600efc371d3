"""A table of rows is one test that reports each row that fails."""

from __future__ import annotations

import inspect

import pytest

from tests.tables import table


@table(("number", "double"), [(1, 2), (2, 5), (3, 7)])
def wrong_twice(capsys: object, number: int, double: int) -> None:
    assert number * 2 == double


def test_every_row_that_fails_is_reported_with_its_values() -> None:
    with pytest.raises(BaseExceptionGroup) as raised:
        wrong_twice(capsys=None)
    assert raised.value.message == "2 of 3 rows"
    assert [error.__notes__ for error in raised.value.exceptions] == [
        ["Row: {'number': 2, 'double': 5}"],
        ["Row: {'number': 3, 'double': 7}"],
    ]


def test_pytest_gives_what_is_no_column() -> None:
    assert list(inspect.signature(wrong_twice).parameters) == ["capsys"]


@table("word", ["a", "b"])
def test_a_row_of_one_value_is_that_value(word: str) -> None:
    assert word in {"a", "b"}


def test_what_is_expected_and_not_raised_is_a_failure() -> None:
    @table("text", ["x", "1"])
    def refused(text: str) -> None:
        with pytest.raises(ValueError, match="invalid"):
            int(text)

    with pytest.raises(BaseExceptionGroup, match="1 of 2 rows"):
        refused()
