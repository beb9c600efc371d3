"""A power cut at any point of `kb build` loses nothing and shows nothing wrong."""

from __future__ import annotations

import json
import os
import random
import shutil
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import pytest

from index.request import Request
from kb.cli.main import main
from kb.errors import IndexUnusable
from tests.engines import open_engine
from tests.pages import ROOT
from tests.power_cuts import Call, Disk, lay_out, record

CUTS = int(os.environ.get("KB_POWER_CUTS", "1"))
"""Points at which the power fails; KB_POWER_CUTS=0 takes every one."""

STATES = 20
"""Of the states that a power cut may leave, so many are looked at; `make torture` looks at all."""

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


def build_each(content: str, index: str) -> None:
    """Builds what each build finds, one after the other: in one process, which starts slowly under strace."""
    for number in range(len(CONTENTS)):
        write_content(Path(content), number)
        main(["build", "--content", content, "--index", index], standalone_mode=False)


def recording(base: Path) -> Recorded:
    content, index, made = base / "content", base / "built", Recorded()
    program = f"import sys; from {__name__} import build_each; build_each(*sys.argv[1:])"
    command = [sys.executable, "-u", "-c", program, str(content), str(index)]
    for call in record(command, index, base / "log", ROOT):
        if call.kind == "said":
            if b" unchanged; " in call.data:
                made.done.append(len(made.calls))
        else:
            made.calls.append(call)
    assert len(made.done) == len(CONTENTS)
    return made


@dataclass(frozen=True, slots=True)
class Point:
    """A point at which the power failed: how many states it may leave; of these, which are not sound."""

    cut: int
    states: int
    lost: int
    wrong: int


def sampled(recorded: Recorded, most: int, chance: random.Random) -> set[int]:
    """So many points, and those at which a build said that it was done; all of them for 0."""
    every = range(len(recorded.calls) + 1)
    return {*recorded.done, *chance.sample(every, min(most, len(every)))} if most else {*every}


def replayed(
    recorded: Recorded, wanted: Collection[int], chance: random.Random, folder: Path, most: int | None = None
) -> Iterator[Point]:
    """The power fails at each of these points, in order; at most so many states of each are looked at."""
    disk = Disk()
    seen: dict[State, Answers | None] = {}
    for cut in range(len(recorded.calls) + 1):
        if cut in wanted:
            states = list(disk.left_behind(chance))
            if most is not None:
                states = chance.sample(states, min(most, len(states)))
            found = [_seen(state, seen, folder) for state in states]
            done = recorded.build_at(cut)
            may_be = [expected(number) for number in range(max(done - 1, 0), min(done + 1, len(CONTENTS)))]
            lost = found.count(None) if done else 0
            wrong = sum(each is not None and each not in may_be for each in found)
            yield Point(cut, len(found), lost, wrong)
        if cut < len(recorded.calls):
            disk.apply(recorded.calls[cut])


def _seen(state: Mapping[str, bytes], seen: dict[State, Answers | None], folder: Path) -> Answers | None:
    key = tuple((name, sha256(data).digest()) for name, data in sorted(state.items()))
    if key not in seen:
        seen[key] = answers(lay_out(state, folder))
    return seen[key]


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
    chance = random.Random(12)  # noqa: S311
    points = list(replayed(recorded, sampled(recorded, CUTS, chance), chance, tmp_path / "index", STATES))
    states = sum(point.states for point in points)
    print(f"{len(points)} of {len(recorded.calls) + 1} points, {states} states")
    assert [point for point in points if point.lost or point.wrong] == []
    assert states > 100
