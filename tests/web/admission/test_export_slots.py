"""Exports have few places, over all processes, and are whole or refused."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from kb.errors import WorkCutShort
from kb.work.budget import Budget, is_spent, limited
from tests.engines import Snapshot, open_engine
from tests.web.dom import said, tree_of
from web.admission import export_slots as exports
from web.admission import slots as admission
from web.admission.export_slots import (
    EXPORT_PATHS,
    EXPORTS_BUSY,
    MAX_EXPORTS,
    export_slots,
    is_export,
    writing_budget,
)
from web.admission.slots import Slots
from web.admission.try_later import TryLater
from web.app import create_app
from web.views.export import FORMATS


class Clock:
    """A clock that only runs while somebody waits; `meanwhile` is closed about halfway."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.meanwhile = ExitStack()

    def now(self) -> float:
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.seconds += seconds
        if self.seconds > EXPORTS_BUSY.wait_seconds / 2:
            self.meanwhile.close()


def slots(folder: Path, clock: Clock) -> Slots:
    files = [folder / str(number) for number in range(MAX_EXPORTS)]
    return Slots(EXPORTS_BUSY, files, clock.now, clock.sleep)


def test_two_are_made_at_once_and_a_third_is_refused_after_a_short_wait(tmp_path: Path) -> None:
    clock = Clock()
    first, second, third = (slots(tmp_path, clock) for _ in range(3))  # as in three processes
    with first.taken(), second.taken(), pytest.raises(TryLater) as refused, third.taken():
        pass
    assert EXPORTS_BUSY.wait_seconds <= clock.seconds < EXPORTS_BUSY.wait_seconds + 0.1
    assert refused.value.status == 503
    with third.taken(), third.taken():
        pass


def test_whoever_waits_gets_the_place_that_becomes_free(tmp_path: Path) -> None:
    clock = Clock()
    place = slots(tmp_path, clock)
    for _ in range(MAX_EXPORTS):
        clock.meanwhile.enter_context(place.taken())
    with place.taken():
        assert clock.seconds < EXPORTS_BUSY.wait_seconds


def test_few_of_a_process_wait(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(admission, "MAX_WAITING", 1)
    clock = Clock()
    place = slots(tmp_path, clock)
    refused: list[float] = []

    def another_comes(seconds: float) -> None:
        clock.seconds += seconds
        with pytest.raises(TryLater), place.taken():
            pass
        refused.append(clock.seconds)

    place._sleep = another_comes
    with place.taken(), place.taken(), pytest.raises(TryLater), place.taken():
        pass
    assert len(refused) > 5
    assert clock.seconds < EXPORTS_BUSY.wait_seconds + 0.1  # none of them waited


@pytest.mark.skipif(sys.platform == "win32", reason="os.kill")
def test_the_place_of_a_killed_process_is_free(tmp_path: Path) -> None:
    holding = (
        "import sys, time; from pathlib import Path; from web.admission.slots import *\n"
        "from web.admission.export_slots import EXPORTS_BUSY\n"
        "with Slots(EXPORTS_BUSY, [Path(sys.argv[1])]).taken(): print('held', flush=True); time.sleep(60)"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", holding, str(tmp_path / "0")],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    clock = Clock()
    place = Slots(EXPORTS_BUSY, [tmp_path / "0"], clock.now, clock.sleep)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    with pytest.raises(TryLater), place.taken():
        pass
    process.kill()
    process.wait()
    process.stdout.close()
    with place.taken():
        pass


def test_processes_that_serve_one_index_share_its_places(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "EXPORTS_BUSY", replace(EXPORTS_BUSY, wait_seconds=0.0))
    monkeypatch.setattr(admission.tempfile, "gettempdir", lambda: str(tmp_path))
    one, same, other = (export_slots(tmp_path / name) for name in ("index", "./index", "other"))
    with one.taken(), same.taken():
        with pytest.raises(TryLater), one.taken():
            pass
        with other.taken():
            pass


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="no owners")
def test_a_folder_of_somebody_else_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(admission.tempfile, "gettempdir", lambda: str(tmp_path))
    monkeypatch.setattr(admission.os, "getuid", lambda: -1)
    place = export_slots(tmp_path / "index")
    with place.taken(), place.taken(), place.taken():  # no limit rather than no exports
        pass


def test_writing_has_a_budget_of_its_own_and_is_refused_where_it_does_not_suffice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with limited(Budget(0)), writing_budget():
        assert not is_spent()
    monkeypatch.setattr(exports, "MAX_WRITING_SECONDS", 0.0)
    with pytest.raises(WorkCutShort), writing_budget():
        assert is_spent()  # whoever asks leaves something out


@pytest.fixture
def taken(shipped_index: Path, tmp_path: Path) -> Iterator[FlaskClient]:
    """A site all of whose places are taken."""
    with ExitStack() as held:
        place = slots(tmp_path, Clock())
        for _ in range(MAX_EXPORTS):
            held.enter_context(place.taken())
        yield create_app(open_engine(shipped_index), slots=slots(tmp_path, Clock())).test_client()


def test_a_reader_is_told_to_come_back_while_searches_are_answered(taken: FlaskClient) -> None:
    for address in (*(f"/search.{name}?q=victims" for name in FORMATS), "/matrix.csv"):
        answer = taken.get(address)
        assert answer.status_code == 503, address
        assert answer.headers["Retry-After"] == "10"
        assert "Content-Disposition" not in answer.headers
        if address.startswith("/search.json"):
            assert answer.get_json()["error"].startswith(
                "2 downloads are being prepared, the most that can be prepared at a time"
            )
        else:
            assert "Too many downloads right now" in said(tree_of(answer))
    for address in ("/search?q=victims", "/api/search?q=victims", "/matrix"):
        assert taken.get(address).status_code == 200


@pytest.mark.parametrize("name", FORMATS)
def test_an_export_that_fails_on_the_way_is_no_short_file(
    shipped_index: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = create_app(open_engine(shipped_index)).test_client()
    whole = Snapshot.every_hit

    def broken(*asked: object, **chosen: object) -> object:
        hits = whole(*asked, **chosen)  # type: ignore[arg-type]
        yield next(hits)
        yield next(hits)
        raise RuntimeError("the disk is gone")

    monkeypatch.setattr(Snapshot, "every_hit", broken)
    answer = client.get(f"/search.{name}")
    assert answer.status_code == 500
    assert "Content-Disposition" not in answer.headers


def test_the_paths_of_exports_are_those_of_the_site(shipped_index: Path) -> None:
    rules = create_app(open_engine(shipped_index)).url_map.iter_rules()
    made = {
        rule.rule for rule in rules if rule.endpoint.startswith("export.") or rule.endpoint == "matrix.file"
    }
    assert made == EXPORT_PATHS
    assert is_export(b"/search.csv?q=a")
    assert is_export(b"/search%2Ecsv")
    assert not is_export(b"/search?q=/search.csv")
