"""Tables of inputs and expected results: one test for each table, which takes its rows one at a time."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import wraps
from typing import Any

import pytest

__all__ = ["table"]

Row = Mapping[str, Any]
Test = Callable[..., None]


def table(names: str | Sequence[str], rows: Iterable[Any]) -> Callable[[Test], Test]:
    """Like `pytest.mark.parametrize`, but one test for all rows: starting one takes longer than most rows.

    Every row that fails is reported with its values. All rows share the same fixtures.
    """
    columns = [names] if isinstance(names, str) else list(names)
    filled: list[Row] = [
        dict(zip(columns, [row] if isinstance(names, str) else row, strict=True)) for row in rows
    ]
    assert filled, "a table without rows"

    def decorate(test: Test) -> Test:
        @wraps(test)
        def every_row(**fixtures: Any) -> None:
            failures = [error for row in filled if (error := _failure(test, fixtures, row))]
            if failures:
                raise BaseExceptionGroup(f"{len(failures)} of {len(filled)} rows", failures)

        asked = inspect.signature(test).parameters.values()
        every_row.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
            [one for one in asked if one.name not in columns]
        )
        return every_row

    return decorate


def _failure(test: Test, fixtures: Mapping[str, Any], row: Row) -> BaseException | None:
    try:
        test(**fixtures, **row)
    except (Exception, pytest.fail.Exception) as error:
        error.add_note(f"Row: {row!r}")
        return error
    return None
