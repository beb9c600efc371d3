"""Published security advisories about the packages in the locks, as pip-audit finds them.

`python -m tests.audit.advisories` exits with 0 if none is known, 1 if there are some, and 3 if some packages
could not be checked. pip-audit itself exits with 0 if its service knows no package, and with 1 both for an
advisory and for a service that does not answer.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from typing import Any

from tests.audit.locks import LOCKS, pinned
from tests.pages import ROOT

__all__ = ["NONE_KNOWN", "NOT_AUDITED", "SOME_KNOWN", "Answer", "answer_of", "report"]

SERVICES = ("pypi", "osv")
"""Where pip-audit can ask, in this order."""

NONE_KNOWN, SOME_KNOWN, NOT_AUDITED = 0, 1, 3


@dataclass(frozen=True, slots=True)
class Answer:
    """How many packages were looked up, the advisories about them, and the packages left unanswered."""

    audited: int = 0
    advisories: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def answer_of(printed: str) -> Answer | None:
    """The answer in pip-audit's JSON; None if it printed none because its service did not answer."""
    try:
        packages: list[dict[str, Any]] = json.loads(printed)["dependencies"]
    except ValueError:
        return None
    skipped = tuple(str(each["name"]) for each in packages if "skip_reason" in each)
    return Answer(len(packages) - len(skipped), tuple(map(_line, filter(_is_affected, packages))), skipped)


def _is_affected(package: dict[str, Any]) -> bool:
    return bool(package.get("vulns"))


def _line(package: dict[str, Any]) -> str:
    ids = ", ".join(
        f"{each['id']} (fixed in {' or '.join(each['fix_versions']) or 'no version yet'})"
        for each in package["vulns"]
    )
    return f"{package['name']} {package['version']}: {ids}"


def _asked(service: str, *arguments: str, given: str = "") -> Answer | None:
    command = ["pip-audit", "--vulnerability-service", service, "--disable-pip", "--progress-spinner", "off"]
    done = subprocess.run(
        [*command, "--format", "json", "--timeout", "10", *arguments],
        input=given,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return answer_of(done.stdout)


def _answers(service: str) -> bool:
    """Whether the service answers about a well-known package."""
    click = f"click=={pinned(LOCKS[0])['click']}\n"
    answer = _asked(service, "--no-deps", "--requirement", "/dev/stdin", given=click)
    return answer is not None and not answer.unknown


def report(answer: Answer | None) -> tuple[str, int]:
    """What to say, and the exit code."""
    if answer is None:
        return (
            "NOT AUDITED: no advisory data could be reached (tried: "
            f"{', '.join(SERVICES)}). Nothing is known about the {_count()} packages; run make audit where "
            "the network allows it.",
            NOT_AUDITED,
        )
    lines = [*answer.advisories]
    if answer.unknown:
        lines.append(f"NOT AUDITED: no advisory data about {', '.join(answer.unknown)}")
    if not answer.advisories:
        lines.append(f"No advisory known about {answer.audited} packages.")
    code = SOME_KNOWN if answer.advisories else NOT_AUDITED if answer.unknown else NONE_KNOWN
    return "\n".join(lines), code


def _count() -> int:
    return len({pin for lock in LOCKS for pin in pinned(lock).items()})


def main() -> int:
    service = next(filter(_answers, SERVICES), None)
    files = [word for lock in LOCKS for word in ("--requirement", lock)]
    said, code = report(_asked(service, *files) if service else None)
    print(said)
    return code


if __name__ == "__main__":
    sys.exit(main())
