"""Files are read in processes that end, whatever a file makes of them, and the others are still read."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from kb.errors import SourceUnreadable
from kb.importers.draft import ImportDraft, draft_of
from kb.importers.draft_json import draft_from_json, draft_to_json
from kb.importers.reading import pool, process
from kb.importers.reading.pool import Outcome, ReadingPool, read_draft, read_drafts
from kb.sources.person_name import parse_name
from tests.kb.importers.pdf.made_pdf import shown
from tests.pages import ROOT
from tests.torture.processes import descendants

PAGE = shown(("A/HRC/19/8", 400, 760, 10), ("1. Workers asked how to recover wages.", 72, 700, 10))
ODD = process._PROGRAM.replace("kb.importers.reading.program", "tests.kb.importers.reading.odd_program")


@pytest.mark.slow
def test_drafts_come_in_order_and_failures_among_them(tmp_path: Path) -> None:
    good, bad = tmp_path / "-good.pdf", tmp_path / "bad.pdf"
    good.write_bytes(PAGE)
    bad.write_bytes(b"%PDF-")
    outcomes = dict(read_drafts([good, bad, tmp_path / "none.pdf"]))
    assert outcomes[good] == draft_of(good)
    assert [isinstance(one, ImportDraft) for one in outcomes.values()] == [True, False, False]


def test_a_file_that_takes_too_long_is_said_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(SourceUnreadable, match=r"reading a\.pdf takes longer than 0 seconds; split it"):
        read_draft(tmp_path / "a.pdf", 0.001)


def test_a_draft_survives_the_way_between_processes(tmp_path: Path) -> None:
    path = tmp_path / "a-b_c.pdf"
    path.write_bytes(PAGE)
    draft = draft_of(path)
    assert draft_from_json(draft_to_json(draft)) == draft
    written = replace(draft, document=replace(draft.document, authors=(parse_name("King, Mary"),)))
    assert draft_from_json(draft_to_json(written)) == written
    assert draft.document.further == (("symbol", "A/HRC/19/8"), ("page_count", "1"))
    assert (draft.document.title, draft.document.supplied) == ("a b c", ("title", "kind"))


@pytest.fixture
def odd(monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes that do what the names of files say."""
    monkeypatch.setattr(process, "_PROGRAM", ODD)


def outcomes(names: Sequence[str], cores: int, monkeypatch: pytest.MonkeyPatch) -> list[Outcome]:
    monkeypatch.setattr(pool, "usable_cores", lambda: cores)
    return [outcome for _, outcome in read_drafts(Path(name) for name in names)]


def title(outcome: Outcome) -> str:
    assert isinstance(outcome, ImportDraft), outcome
    return outcome.document.title


@pytest.mark.slow
@pytest.mark.usefixtures("odd")
def test_a_process_reads_file_after_file_and_another_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    titles = [title(one).split() for one in outcomes(["a", "print", *"cdefg"], 1, monkeypatch)]
    first, second = titles[0][0], titles[-1][0]
    assert titles == [[first, str(number)] for number in range(1, 6)] + [[second, "1"], [second, "2"]]
    assert first != second


@pytest.mark.slow
@pytest.mark.usefixtures("odd")
def test_a_file_that_ends_its_process_fails_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    names = ["crash", "abort", "memory", "half", "lines", "spin", "a", "memory-later", "b"]
    *failed, first, second, third = outcomes(names, 2, monkeypatch)
    assert all(map(title, (first, second, third)))
    said = "\n".join(map(str, failed))
    assert "the program that read crash stopped unexpectedly (exit code -11)" in said
    assert "reading abort takes more than 1,500 MB of memory" in said
    assert "reading memory takes more than 1,500 MB of memory" in said
    assert "half could not be read (UnicodeEncodeError" in said
    assert "lines could not be read (RuntimeError: several lines)" in said
    assert "reading spin takes longer than 120 seconds" in said


@pytest.mark.slow
@pytest.mark.usefixtures("odd")
def test_what_is_broken_off_ends_at_once_with_all_its_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "usable_cores", lambda: 2)
    before = descendants(os.getpid())
    drafts = read_drafts(Path(name) for name in ["a", *["sleep"] * 20])
    with closing(drafts):
        next(drafts)
        began = time.monotonic()
    assert time.monotonic() - began < 30  # each of them would sleep for a minute
    assert descendants(os.getpid()) == before


@pytest.mark.slow
def test_no_process_outlives_the_one_that_started_it() -> None:
    script = (
        "from pathlib import Path; from kb.importers.reading import process, pool; "
        f"process._PROGRAM = {ODD!r}; one = pool.ReadingPool(1); "
        "print(one.submit(Path('a')).result(), flush=True); one.submit(Path('spin')).result()"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    parent = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, env=environment)
    assert parent.stdout
    assert b"draft" in parent.stdout.readline()
    (child,) = descendants(parent.pid)
    parent.send_signal(signal.SIGKILL)
    parent.communicate()
    until = time.monotonic() + 30
    while Path(f"/proc/{child}").exists() and time.monotonic() < until:
        time.sleep(0.02)
    assert not Path(f"/proc/{child}").exists()


@pytest.mark.parametrize(
    "program",
    [
        "",
        "print('words')",
        "import os; os.write(1, b'\\xff' * 8)",
        "import os; os.write(1, bytes(7) + b'\\2{}')",
        "import os; os.write(1, bytes(7) + b'\\x0e{\"draft\": null}')",
        'import os; os.write(1, bytes(7) + b\'\\x19{"failure": ["none", {}]}\')',
    ],
)
def test_an_answer_of_another_form_is_a_file_that_cannot_be_read(
    program: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "_PROGRAM", program)
    with ReadingPool(1) as one, pytest.raises(SourceUnreadable, match=r"the program that read a stopped"):
        pool._draft(Path("a"), one.submit(Path("a")).result())
