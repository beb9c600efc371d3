"""`kb edit`: what it prints, and whether it opens the browser."""

from __future__ import annotations

from pathlib import Path
from queue import Queue

import pytest
from click.testing import CliRunner

from kb.cli.main import main
from web.desk import cli
from web.desk.access import DeskAccess


class Stopped:
    """A server that is interrupted at once."""

    def serve_forever(self) -> None:
        raise KeyboardInterrupt

    def server_close(self) -> None:
        """Nothing to close."""


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Queue[str]:
    """What the browser is asked to open."""
    addresses: Queue[str] = Queue()
    monkeypatch.setattr(cli, "desk_server", lambda folder, port: (Stopped(), DeskAccess(8123, "secret")))
    monkeypatch.setattr(cli.webbrowser, "open", addresses.put)
    return addresses


@pytest.mark.parametrize("options", [[], ["--no-browser"]])
def test_the_address_is_printed_and_opened_unless_the_editor_would_rather_not(
    folder: Path, opened: Queue[str], options: list[str]
) -> None:
    ran = CliRunner().invoke(main, ["edit", "--content", str(folder), *options])
    address = "http://127.0.0.1:8123/enter?token=secret"
    assert ran.exit_code == 0
    assert address in ran.output
    assert opened.empty() if options else opened.get(timeout=30) == address


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    ran = CliRunner().invoke(main, ["edit", "--content", str(tmp_path / "none")])
    assert ran.exit_code == 1
    assert "content folder not found" in ran.output
