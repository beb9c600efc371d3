from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from tests.order import dealt_out


def item(path: str, slow: bool) -> Any:
    return SimpleNamespace(path=Path(path), get_closest_marker=lambda name: slow or None)


SLOW = [item(path, slow=True) for path in ("a", "b", "b", "b", "c", "c", "d")]
QUICK = [item(path, slow=False) for path in "aabcdeeeee"]


def test_each_stretch_begins_with_whole_files_of_slow_tests_and_is_as_long_as_the_others() -> None:
    found = dealt_out([*QUICK[:4], *SLOW, *QUICK[4:]], 3)
    begins = [[one.path.name for one in found[at : at + length]] for at, length in ((0, 3), (5, 2), (11, 2))]
    assert begins == [["b", "b", "b"], ["c", "c"], ["a", "d"]]
    assert [one for one in found if one in QUICK] == QUICK
    assert len(found) == len(SLOW) + len(QUICK)


def test_none_is_lost_where_one_file_has_nearly_all() -> None:
    items = [*QUICK[:1], *[item("b", slow=True) for _ in range(9)], *QUICK[1:3]]
    found = dealt_out(items, 4)
    assert sorted(map(id, found)) == sorted(map(id, items))
    assert dealt_out([], 3) == []
