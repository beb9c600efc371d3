"""Properties worked out on first use and then kept, for threads that share objects.

`functools.cached_property` of Python 3.11 holds one lock for all objects of a class while it works
anything out, so one slow request would stop all others (fixed in 3.12, bpo-43468).
"""

from __future__ import annotations

from collections.abc import Callable
from threading import RLock
from typing import Any, Generic, TypeVar, overload

from kb.work.budget import uncounted

__all__ = ["kept", "kept_for_all"]

_Value = TypeVar("_Value")


class kept(Generic[_Value]):
    """A property of an object that only one request uses: worked out on first use, without any lock."""

    def __init__(self, work_out: Callable[[Any], _Value]) -> None:
        self._work_out = work_out
        self.__doc__ = work_out.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, instance: None, owner: type) -> kept[_Value]: ...

    @overload
    def __get__(self, instance: object, owner: type) -> _Value: ...

    def __get__(self, instance: object | None, owner: type) -> kept[_Value] | _Value:
        return self if instance is None else self._value(instance)

    def _value(self, instance: object) -> _Value:
        value = instance.__dict__[self._name] = self._work_out(instance)
        return value


class kept_for_all(kept[_Value]):
    """A property of an object that all requests share.

    It is worked out once, however many requests ask at the same time, and counts against no budget:
    if it were cut short, the next request would have to start again.
    """

    def _value(self, instance: object) -> _Value:
        values = instance.__dict__
        with values.setdefault(f"{self._name} (lock)", RLock()):
            if self._name not in values:
                with uncounted():
                    values[self._name] = self._work_out(instance)
        value: _Value = values[self._name]
        return value
