"""Cutting texts in bulk gives the same runs as the analyzer does one by one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis.analyzer import runs
from index.engines.whoosh.indexing.batches.run_cutter import RunCutter
from tests.tables import table

_SIGNS = "abAZ019  \n\t\x0b\x1c\x00-'.,()_/’“‐‑–\u00ad\u200b\u200c\u200d\u2060\u00a0\u202f\u2028\u3000"
_LETTERS = "éΩж׳،٬١س人ン한국ဗกำ·²ʼ½\u0301\u064e\U0001d49c"


class _Numbers(dict[str, int]):
    """Numbers runs; `list(numbers)[n]` is run n."""

    def __missing__(self, run: str) -> int:
        return self.setdefault(run, len(self))


def _cut(cutter: RunCutter, numbers: _Numbers, texts: list[str]) -> list[list[str]]:
    found, counts = cutter.cut(texts)
    names = list(numbers)
    every = iter([names[number] for number in found.tolist()])
    return [[run for run in (next(every) for _ in range(count)) if run] for count in counts.tolist()]


_texts = st.lists(st.text(st.sampled_from(_SIGNS + _LETTERS), max_size=14), max_size=5)


@given(_texts, _texts)
def test_texts_cut_together_have_the_runs_of_each(first: list[str], second: list[str]) -> None:
    numbers = _Numbers()
    cutter = RunCutter(numbers)
    for texts in (first, second, first):
        assert _cut(cutter, numbers, texts) == list(map(runs, texts))


@table(
    "text",
    [
        "co-\noperation and inter- \t Balkan",
        "soft\u00ad \n hyphen, ‘co‐ op’",
        "ж\u200c\u2028 x",
        "a stretch-of-more-than-sixteen-bytes, twice: stretch-of-more-than-sixteen-bytes",
        "– “quoted” …",
        "12\u202f000 or 12,000",
        "\x00a a\x00 a\x00a",
    ],
)
def test_runs_go_on_where_the_analyzer_says_so(text: str) -> None:
    numbers = _Numbers()
    cutter = RunCutter(numbers)
    assert [_cut(cutter, numbers, [text, text])[1] for _ in range(2)] == [runs(text)] * 2


def test_stretches_with_the_same_slot_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.engines.whoosh.indexing.batches.run_cutter._SLOT_BITS", 1)
    numbers = _Numbers()
    cutter = RunCutter(numbers)
    words = [f"w{number}" for number in range(50)]
    for _ in range(2):
        assert _cut(cutter, numbers, words) == [[word] for word in words]
