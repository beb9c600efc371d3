"""A power cut at any point of `kb build` loses nothing and shows nothing wrong."""

from __future__ import annotations

import json
import os
import random
import shutil
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import pytest

from index.request import Request
from kb.errors import IndexUnusable
from tests.engines import open_engine
from tests.pages import ROOT
from tests.power_cuts import Call, Disk, lay_out, record

CUTS = int(os.environ.get("KB_POWER_CUTS", "10"))
"""Points at which the power fails; KB_POWER_CUTS=0 takes every one."""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not shutil.which("strace"), reason="system calls are recorded with strace"),
]

Answers = tuple[object, ...]
State = tuple[tuple[str, bytes], ...]

CONTENTS: tuple[dict[str, int], ...] = (
    {f"d{number}": 230 for number in range(12)},
    {f"d{number}": 230 for number in range(1, 12)} | {"new": 300},
    {f"d{number}": 230 for number in range(1, 12)} | {"new": 300},  # nothing new
    {f"d{number}": 230 for number in range(2, 12)} | {"new": 400},
    {"small": 5},
    {"small": 5, "other": 60},
)
"""What each build finds: documents with their numbers of passages."""


def write_content(folder: Path, number: int) -> None:
    folder.mkdir(exist_ok=True)
    documents = [{"id": name, "title": f"Report {name}"} for name in CONTENTS[number]]
    passages = [
        {"document": name, "id": f"p{at}", "text": f"law {name} {at} {size}"}
        for name, size in CONTENTS[number].items()
        for at in range(size)
    ]
    for name, lines in (("documents", documents), ("passages", passages)):
        text = "".join(f"{json.dumps(line)}\n" for line in lines)
        (folder / f"{name}.jsonl").write_text(text, encoding="utf-8")


def expected(number: int) -> Answers:
    content = CONTENTS[number]
    return (
        sum(content.values()),
        tuple(sorted(content.items())),
        {name: content[name] for name in _ends(content)},
    )


def _ends(names: Iterable[str]) -> tuple[str, str]:
    first, *_, last = (*names, *names)
    return first, last


def answers(folder: Path) -> Answers | None:
    """What the index says; None if it is refused."""
    try:
        snapshot = open_engine(folder).snapshot()
        total = snapshot.search(Request(text="law")).total
        sizes = tuple(sorted(snapshot.sizes.items()))
        found = {name: snapshot.search(Request(text=name)).total for name in _ends(snapshot.documents)}
        for name in found:
            size = snapshot.sizes[name]
            texts = [passage.text for passage in snapshot.passages(name)]
            assert texts == [f"law {name} {at} {size}" for at in range(size)]
    except IndexUnusable:
        return None
    return total, sizes, found


@dataclass
class Recorded:
    """The calls of all builds, and after which of them each build had said that it was done."""

    calls: list[Call] = field(default_factory=list)
    done: list[int] = field(default_factory=list)

    def build_at(self, cut: int) -> int:
        """How many builds had said that they were done."""
        return sum(at <= cut for at in self.done)


def recording(base: Path) -> Recorded:
    content, index, made = base / "content", base / "built", Recorded()
    for number in range(len(CONTENTS)):
        write_content(content, number)
        command = [sys.executable, "-m", "kb", "build", "--content", str(content), "--index", str(index)]
        for call in record(command, index, base / "log", ROOT):
            if call.kind == "said":
                if b" unchanged; " in call.data:
                    made.done.append(len(made.calls))
            else:
                made.calls.append(call)
    assert len(made.done) == len(CONTENTS)
    return made


def cuts(recorded: Recorded) -> Iterator[tuple[int, list[dict[str, bytes]]]]:
    """The points, and the states that a power cut there may leave."""
    chance, disk = random.Random(12), Disk()  # noqa: S311
    last = len(recorded.calls)
    wanted = (
        set(range(last + 1))
        if not CUTS
        else {*recorded.done, *chance.sample(range(last + 1), min(CUTS, last))}
    )
    for cut in range(last + 1):
        if cut in wanted:
            yield cut, list(disk.left_behind(chance))
        if cut < last:
            disk.apply(recorded.calls[cut])


def assert_it_ends_with_what_is_on_the_disk(recorded: Recorded, folder: Path) -> None:
    disk = Disk()
    for call in recorded.calls:
        disk.apply(call)
    kept = {name: data.now for name, data in disk.names.items()}
    assert answers(lay_out(kept, folder)) == expected(len(CONTENTS) - 1)


def assert_the_model_loses_an_index_that_is_not_synced(recorded: Recorded, folder: Path) -> None:
    chance, disk = random.Random(12), Disk()  # noqa: S311
    for call in recorded.calls[: recorded.done[0]]:
        if call.kind not in ("sync", "sync folder"):
            disk.apply(call)
    assert any(answers(lay_out(state, folder)) is None for state in disk.left_behind(chance))


def test_no_power_cut_loses_the_index_or_makes_it_answer_wrongly(tmp_path: Path) -> None:
    """One test, so that the builds are recorded once, whichever processes run the tests."""
    recorded = recording(tmp_path)
    assert_it_ends_with_what_is_on_the_disk(recorded, tmp_path / "index")
    assert_the_model_loses_an_index_that_is_not_synced(recorded, tmp_path / "index")
    seen: dict[State, Answers | None] = {}
    lost, wrong, points, states = [], [], 0, 0
    for cut, left in cuts(recorded):
        points += 1
        done = recorded.build_at(cut)
        allowed = [expected(number) for number in range(max(done - 1, 0), min(done + 1, len(CONTENTS)))]
        for state in left:
            states += 1
            key = tuple((name, sha256(data).digest()) for name, data in sorted(state.items()))
            if key not in seen:
                seen[key] = answers(lay_out(state, tmp_path / "index"))
            if seen[key] is None:
                lost += [cut] if done else []
            elif seen[key] not in allowed:
                wrong.append(cut)
    print(f"{points} points, {states} states, {len(seen)} distinct, {len(lost)} lost, {len(wrong)} wrong")
    assert (lost, wrong) == ([], [])
    assert states > 200
