"""A power cut at any point of `kb publish` loses no entry that was said to be written."""

from __future__ import annotations

import random
import shutil
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kb.cli.main import main
from kb.permanence.ledger import LEDGER_FILE, LedgerEntry, read_ledger
from tests.kb.folders import interchange
from tests.pages import ROOT
from tests.power_cuts import Call, Disk, record

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not shutil.which("strace"), reason="system calls are recorded with strace"),
]

LONG = " ".join(f"shelter {number}" for number in range(1_500))

SHORT = "States shall protect victims of trafficking"

TEXTS: tuple[Mapping[str, str], ...] = (
    {"p1": SHORT, "p2": "States shall cooperate"},
    {"p1": f"{SHORT} in persons", "p2": "States shall cooperate", "p3": LONG},
    {"p1": f"{SHORT} in persons", "p2": "States shall cooperate", "p3": LONG},  # nothing new
    {"p1": SHORT, "p3": f"{LONG} and more"},
)
"""The passages at each publication."""

Entries = tuple[LedgerEntry, ...]


def write_content(folder: Path, texts: Mapping[str, str]) -> None:
    passages = [{"document": "d", "id": id, "text": text} for id, text in texts.items()]
    interchange(folder, [{"id": "d", "title": "Report"}], passages)


def published(folder: Path, log: Path) -> list[Call]:
    command = [sys.executable, "-m", "kb", "publish", "--yes", "--content", str(folder)]
    return [call for call in record(command, folder, log, ROOT) if "ledger" in call.name or not call.name]


def recording(folder: Path, log: Path) -> tuple[list[Call], dict[int, Entries]]:
    """The calls of all publications, and which entries had been said to be written after how many of them."""
    calls: list[Call] = []
    written: dict[int, Entries] = {0: ()}
    (folder / f".{LEDGER_FILE}.new").write_bytes(b'{"document": "d", "id')  # left by one that was killed
    for texts in TEXTS:
        write_content(folder, texts)
        for call in published(folder, log):
            if call.kind != "said":
                calls.append(call)
            elif b"to the ledger." in call.data or b"up to date" in call.data:
                written[len(calls)] = read_ledger(folder / LEDGER_FILE)[0]
    return calls, written


def lay_out(folder: Path, state: Mapping[str, bytes]) -> None:
    for name in (LEDGER_FILE, f".{LEDGER_FILE}.new"):
        (folder / name).unlink(missing_ok=True)
        if name in state:
            (folder / name).write_bytes(state[name])


@dataclass(frozen=True, slots=True)
class Point:
    """A point at which the power failed: how many states it may leave; of these, which are not sound."""

    cut: int
    states: int
    lost: int
    blocked: int


def replayed(base: Path, chance: random.Random) -> Iterator[Point]:
    """The power fails at every point of all publications."""
    folder = base / "content"
    folder.mkdir()
    calls, written = recording(folder, base / "log")
    assert len(set(written.values())) == len(TEXTS)
    disk, tried = Disk(), set()
    for cut in range(len(calls) + 1):
        certain = max(at for at in written if at <= cut)
        may_be = [written[certain], *(entries for at, entries in written.items() if at > cut)][:2]
        states, lost, blocked = 0, 0, 0
        for state in disk.left_behind(chance):
            states += 1
            lay_out(folder, state)
            lost += read_ledger(folder / LEDGER_FILE) not in [(entries, ()) for entries in may_be]
            if (key := tuple(sorted(state.items()))) not in tried:
                tried.add(key)
                blocked += publish_again(folder).exit_code != 0
        yield Point(cut, states, lost, blocked)
        if cut < len(calls):
            disk.apply(calls[cut])


def publish_again(folder: Path) -> Result:
    return CliRunner().invoke(main, ["publish", "--yes", "--content", str(folder)])


def test_no_power_cut_loses_an_entry_or_blocks_a_later_publication(tmp_path: Path) -> None:
    points = list(replayed(tmp_path, random.Random(12)))  # noqa: S311
    print(f"{len(points)} points, {sum(point.states for point in points)} states")
    assert [point for point in points if point.lost or point.blocked] == []
    assert len(points) >= 15


def test_the_model_loses_entries_that_are_not_synced(tmp_path: Path) -> None:
    folder = tmp_path / "content"
    write_content(folder, TEXTS[0])
    disk = Disk()
    for call in published(folder, tmp_path / "log"):
        if call.kind not in ("sync", "sync folder", "said"):
            disk.apply(call)
    states = list(disk.left_behind(random.Random(12)))  # noqa: S311
    assert any(LEDGER_FILE not in state for state in states)
    assert any(state.get(LEDGER_FILE) == b"" for state in states)
