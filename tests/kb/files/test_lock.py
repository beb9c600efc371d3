from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kb.files.lock import locked
from tests.pages import ROOT

_HOLDER = """
import sys, time
from pathlib import Path
from kb.files.lock import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_lock_is_held_by_one_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with locked(path), pytest.raises(BlockingIOError), locked(path):
        pass
    with locked(path) as file:
        assert file.read() == b""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
def test_a_lock_ends_with_its_process(tmp_path: Path) -> None:
    command = [sys.executable, "-c", _HOLDER, str(tmp_path / "lock")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(BlockingIOError), locked(tmp_path / "lock"):
            pass
        os.kill(holder.pid, signal.SIGKILL)
        holder.wait()
        with locked(tmp_path / "lock"):
            pass


@pytest.mark.skipif(sys.platform == "win32", reason="there an open file cannot be renamed")
def test_a_file_that_its_holder_renamed_is_not_what_the_next_one_locks(tmp_path: Path) -> None:
    path = tmp_path / "new"
    with locked(path) as file:
        file.write(b"words")
        file.flush()
        path.rename(tmp_path / "whole")
        with locked(path) as other:
            assert other.read() == b""
    assert (tmp_path / "whole").read_bytes() == b"words"


@pytest.mark.skipif(sys.platform == "win32", reason="needs named pipes and links")
def test_a_link_or_a_pipe_in_place_of_a_lock_is_refused_and_nobodys_file_is_written(tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.write_text("mine", encoding="utf-8")
    (tmp_path / "link").symlink_to(own)
    os.mkfifo(tmp_path / "pipe")
    for name in ("link", "pipe"):
        with pytest.raises(OSError, match=r"symbolic links|not a regular file"), locked(tmp_path / name):
            pass
    assert own.read_text(encoding="utf-8") == "mine"
