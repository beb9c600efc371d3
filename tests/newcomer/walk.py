"""A newcomer's path: from three files to a passage cited in a brief.

python -m tests.newcomer.walk   # prints how long each step takes
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import quote_plus
from urllib.request import urlopen

from tests.pages import ROOT, blocks, page
from tests.web.test_serve import PATIENCE, answer, running, wait_until

__all__ = ["COMMANDS", "steps"]

README = page("README.md")
(COMMANDS,) = (block for block in blocks(README, "sh") if "kb add" in block)
"""The worked example."""

(PUBLISH,) = re.findall(r"^\.venv/bin/kb publish .*$", README, re.MULTILINE)
(SEARCHED,) = re.findall("Search for `(.+)`, open a passage", README)


def steps(folder: Path) -> Iterator[tuple[str, str]]:
    """Takes each step in an empty folder, and yields it with its output. Raises AssertionError on failure."""
    _install(folder)
    yield "kb init, add, accept, check", _run(COMMANDS, folder)
    with running(folder / "index", "--content", str(folder / "my-content")) as (address, _):
        wait_until(lambda: answer(f"{address}/healthz").startswith("ok"))
        yield "kb serve", answer(f"{address}/documents")
        found = answer(f"{address}/search?q={quote_plus(SEARCHED)}")
        yield "search", found
        place = _link(found, '/passages/un-ares[^?#"]*')
        passage = answer(address + place)
        yield "passage", passage
        drawn = _link(passage, r"/passages/[^\"]*\.png")
        yield "marked page", _bytes(address + drawn).decode("latin-1")
        yield "citation", answer(f"{address}{place}.ris")
        yield "brief", answer(address + _link(passage, r'/brief\?add=[^"]*'))
    yield "kb publish", _run(f"{PUBLISH} --yes", folder)


def _install(folder: Path) -> None:
    """Makes a folder in which `.venv/bin/kb` is this program, as it is after `make serve`."""
    program = folder / ".venv" / "bin" / "kb"
    program.parent.mkdir(parents=True)
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m kb "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    (folder / "tests").symlink_to(ROOT / "tests", target_is_directory=True)


def _run(script: str, folder: Path) -> str:
    paths = {"PYTHONPATH": str(ROOT), "KB_CONTENT": "", "KB_INDEX": ""}
    ran = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        cwd=folder,
        env=os.environ | paths,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


def _bytes(address: str) -> bytes:
    with urlopen(address, timeout=PATIENCE) as response:  # noqa: S310  # our own server
        return bytes(response.read())


def _link(shown: str, pattern: str) -> str:
    """The first address on a page that matches the pattern."""
    found = re.search(f'href="({pattern})"', shown)
    assert found, pattern
    return unescape(found[1])


def main() -> None:
    """Prints a table of the steps and their seconds by the clock."""
    print("| step | seconds |\n| --- | --- |")
    with tempfile.TemporaryDirectory() as folder:
        first = begun = time.perf_counter()
        for step, _ in steps(Path(folder)):
            ended = time.perf_counter()
            print(f"| {step} | {ended - begun:.1f} |")
            begun = ended
    print(f"| all | {begun - first:.1f} |")


if __name__ == "__main__":
    main()
