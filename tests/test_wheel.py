from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT]
    subprocess.run(command, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a program run from the installed wheel alone, away from the sources."""
    target = tmp_path_factory.mktemp("site")
    pip = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-compile",  # each module is, when it is first used
        "--no-deps",
        "--no-index",
        "--target",
        target,
        wheel,
    ]
    subprocess.run(pip, check=True, capture_output=True)
    keep = {key: value for key, value in os.environ.items() if not key.startswith("KB_")}
    return keep | {"PYTHONPATH": str(target), "KB_INDEX": str(target / "index"), "PYTHONWARNINGS": "error"}


def kb(installed: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "kb", *arguments],
        capture_output=True,
        text=True,
        env=installed,
        cwd=installed["PYTHONPATH"],
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_wheel_carries_content_templates_and_static_files(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for needed in ("kb/content/themes/", "kb/content/sources/", "web/templates/", "web/static/"):
        assert any(name.startswith(needed) for name in names), needed
    assert {"kb/content/ledger.jsonl", "index/analysis/spelling.tsv", "kb/languages/subtags.tsv"} <= set(
        names
    )
    assert not any(name.startswith("tests/") for name in names)


def test_the_installed_program_checks_builds_and_searches_its_own_content(installed: dict[str, str]) -> None:
    assert "7 themes, 28 sub-points" in kb(installed, "check")
    assert "8 documents added" in kb(installed, "build")
    found = json.loads(kb(installed, "search", "--json", "extradition mechanisms"))
    assert found["hits"][0]["document"] == "bali-process-symposium-2015"


@pytest.fixture
def site(installed: dict[str, str]) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "kb", "serve", "--port", str(port), "--workers", "1"]
    server = subprocess.Popen(command, env=installed, cwd=installed["PYTHONPATH"], stdout=subprocess.DEVNULL)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(10)


def fetch(url: str) -> str:
    for _ in range(1_200):
        try:
            with urlopen(url, timeout=5) as answer:  # noqa: S310
                return str(answer.read().decode())
        except OSError:  # not there yet, or too slow on a busy machine
            time.sleep(0.1)
    raise AssertionError(f"no answer from {url}")


def test_the_installed_program_serves_its_pages_and_static_files(site: str) -> None:
    assert "<mark>" in fetch(f"{site}/search?q=extradition")
    assert "font-family" in fetch(f"{site}/static/site.css")
