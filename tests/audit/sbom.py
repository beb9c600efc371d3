"""A software bill of materials (CycloneDX 1.6, JSON) of what `requirements.lock` installs.

`python -m tests.audit.sbom FILE` has cyclonedx-py list the lock, with versions and hashes, and adds what a
lock does not tell: licences, and the program's own requirements.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

from tests.audit.licences import listed
from tests.audit.locks import canonical
from tests.pages import ROOT, page

__all__ = ["completed"]


def completed(bom: dict[str, Any]) -> dict[str, Any]:
    """The list with licences, and with the program's own requirements as dependencies."""
    licences, asked = listed(), _asked_for()
    for component in bom["components"]:
        component["licenses"] = [{"license": {"name": licences[canonical(component["name"])]}}]
    program = bom["metadata"]["component"]["bom-ref"]
    direct = sorted(each["bom-ref"] for each in bom["components"] if canonical(each["name"]) in asked)
    rest = [each for each in bom["dependencies"] if each["ref"] != program]
    return bom | {"dependencies": [*rest, {"ref": program, "dependsOn": direct}]}


def _asked_for() -> set[str]:
    project = tomllib.loads(page("pyproject.toml"))["project"]
    return {canonical(re.split(r"[<>=!~ ;\[]", each)[0]) for each in project["dependencies"]}


def main(target: str) -> None:
    command = ["cyclonedx-py", "requirements", "requirements.lock", "--pyproject", "pyproject.toml"]
    quiet = os.environ | {"PYTHONWARNINGS": "ignore"}  # it warns about the dependencies that are added here
    done = subprocess.run(command, cwd=ROOT, env=quiet, check=True, stdout=subprocess.PIPE)
    bom = completed(json.loads(done.stdout))
    Path(target).parent.mkdir(exist_ok=True)
    Path(target).write_text(json.dumps(bom, indent=1) + "\n", encoding="utf-8")
    print(f"{target}: {len(bom['components'])} components")


if __name__ == "__main__":
    main(sys.argv[1])
