"""What a reader must not do: touch other files or the network, raise unexpected errors, work without end."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

from kb.errors import KbError

__all__ = ["MAX_UNITS", "TooMuchWork", "Trespass", "cost", "observed"]

ROOT = Path(__file__).parents[2]
_OWN = tuple(map(str, (ROOT, sys.prefix, sys.base_prefix)))
_FORBIDDEN = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "urllib.", "ctypes.dlopen")
_OF_FILES = frozenset(("open", "os.listdir", "os.scandir", "os.remove", "os.rename", "os.mkdir"))

MAX_UNITS = (2_500.0, 25.0)
"""What an input may cost: so much, and so much for each 1,000 bytes. One unit is about 0.1 ms."""


class Trespass(Exception):
    """A reader touched what it was not given."""


class TooMuchWork(Exception):
    """A reader took more processor time than its input justifies."""


_allowed: list[str] = []
"""Where files may be touched now; everywhere while it is empty."""


def _audit(event: str, arguments: tuple[object, ...]) -> None:
    if not _allowed:
        return
    if event.startswith(_FORBIDDEN):
        raise Trespass(f"{event} {arguments}")
    if event in _OF_FILES and isinstance(arguments[0], (str, bytes)):
        path = arguments[0].decode(errors="replace") if isinstance(arguments[0], bytes) else arguments[0]
        if not path.startswith((*_OWN, *_allowed)):
            raise Trespass(f"{event} {path}")


@cache
def _watch() -> None:
    """Installs `_audit` as an audit hook, only once something is observed, as it cannot be removed.

    Python 3.11 calls it in the middle of `sys.settrace`. If coverage traces tests, a thread that starts then
    fails, since “another trace function is being installed”.
    """
    sys.addaudithook(_audit)


@contextmanager
def observed(folder: Path) -> Iterator[None]:
    """Raises Trespass if something outside the folder, or the network, is touched."""
    _watch()
    _allowed.append(str(folder))
    try:
        yield
    finally:
        _allowed.clear()


def _unit() -> float:
    """The processor time of a fixed piece of work, in seconds, with which other work is compared."""
    began = time.thread_time()
    sum(number * number % 7 for number in range(1_000))
    return max(time.thread_time() - began, 1e-5)


def _once(work: Callable[[], object]) -> float:
    began = time.thread_time()
    with suppress(KbError):
        work()
    return time.thread_time() - began


def cost(work: Callable[[], object], size: int) -> float:
    """The cost of the work in units. Raises TooMuchWork if it is more than inputs of this size may cost.

    Work that seems slightly too expensive is repeated, since the machine may be busy.
    """
    base, for_each = MAX_UNITS
    limit = base + for_each * size / 1_000
    taken = _once(work) / 1e-4
    if limit < taken < 4 * limit:
        taken = min(_once(work) for _ in range(3)) / min(_unit() for _ in range(5))
    if taken > limit:
        raise TooMuchWork(f"{taken:,.0f} units for {size:,} bytes, where {limit:,.0f} are allowed")
    return taken
