"""What a killed test run leaves of its cluster is removed by the next run."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.cluster.nodes import remove_abandoned


def test_only_data_of_processes_that_are_gone_are_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    owners = {"gone": str(ended.pid), "here": str(os.getpid()), "odd": "?"}
    for name, owner in owners.items():
        folder = tmp_path / f"kb-opensearch-{name}"
        folder.mkdir()
        (folder / "owner").write_text(owner)
    (tmp_path / "kb-opensearch-without").mkdir()
    remove_abandoned()
    assert {one.name.rpartition("-")[2] for one in tmp_path.iterdir()} == {"here", "odd", "without"}
