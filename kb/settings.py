"""Settings of a run: flags override the environment, which overrides defaults."""

from __future__ import annotations

import math
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import platformdirs

from kb.errors import BadRequest, ContentError, Fault
from kb.files.listing import is_folder
from kb.messages import Message
from kb.problem_report import checked_report_address
from kb.site import ENGINES, EngineName, parse_base_url, parse_host
from kb.work.budget import DEFAULT_BUDGET_SECONDS, MAX_BUDGET_SECONDS

__all__ = ["DEFAULT_RATE", "MAX_PROXIES", "MAX_RATE", "Settings", "distinct_folders", "shipped_content"]

MAX_PROXIES = 10
"""More proxies in a row than any site needs."""

DEFAULT_RATE = 3_000
"""Requests a minute: enough for a classroom of forty behind one address, typing, with its completions."""

MAX_RATE = 1_000_000


def shipped_content() -> Path:
    """The content that ships with the program, inside the installed package or beside it."""
    package = Path(__file__).resolve().parent
    inside = package / "content"
    return inside if inside.is_dir() else package.parent / "content"


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one run, read once and passed on.

    `explicit_content` tells whether content folders were given by flag or environment; `report` is
    where readers report problems with a passage, empty for nowhere; `proxies` is the number of proxies
    in front of the site whose X-Forwarded headers are trusted; `site` is the base URL of permanent
    addresses, empty for that of the collection; `hosts` are other host names that it answers to;
    `rate` is how many requests a minute one address may make, 0 for no limit; `budget` is the CPU time
    that one request may take, in seconds, 0 for no limit;
    `listen` is the numeric address at which `kb serve` listens, passed on to its processes; `engine` names
    the search engine, empty for that of the site file; `cluster` gives the nodes of an engine that has any.
    """

    content: tuple[Path, ...]
    index: Path
    explicit_content: bool
    report: str = ""
    proxies: int = 0
    site: str = ""
    hosts: tuple[str, ...] = ()
    rate: int = DEFAULT_RATE
    listen: str = ""
    budget: float = DEFAULT_BUDGET_SECONDS
    engine: EngineName | Literal[""] = ""
    cluster: str = ""

    @classmethod
    def read(
        cls,
        content: Sequence[Path] = (),
        index: Path | None = None,
        environ: Mapping[str, str] = os.environ,
        report: str = "",
        proxies: int | None = None,
        site: str = "",
        hosts: Sequence[str] = (),
        rate: int | None = None,
        budget: float | None = None,
        engine: str = "",
        cluster: str = "",
    ) -> Settings:
        """Read the settings. Raises ContentError for a content folder that does not exist, BadRequest for
        any other value that cannot be used.
        """
        named = tuple(content) or _folders(environ.get("KB_CONTENT", ""))
        _require_folders(named)
        folders = distinct_folders(named) or (shipped_content(),)
        target = checked_report_address(report or environ.get("KB_REPORT", ""))
        hops = _proxies(environ) if proxies is None else proxies
        return cls(
            folders,
            index or _index(environ),
            bool(named),
            target,
            hops,
            _site(site, environ),
            _hosts(hosts, environ),
            _rate(environ) if rate is None else rate,
            environ.get("KB_LISTEN", ""),
            _budget(environ) if budget is None else budget,
            _engine(engine, environ),
            cluster or environ.get("KB_OPENSEARCH_URL", "").strip(),
        )


def _folders(paths: str) -> tuple[Path, ...]:
    return tuple(Path(part) for part in paths.split(os.pathsep) if part.strip())


def distinct_folders(folders: Sequence[Path]) -> tuple[Path, ...]:
    """Each folder once, written as it was first given."""
    by_path: dict[Path, Path] = {}
    for folder in folders:
        by_path.setdefault(folder.resolve(), folder)
    return tuple(by_path.values())


def _index(environ: Mapping[str, str]) -> Path:
    named = environ.get("KB_INDEX", "").strip()
    return Path(named) if named else platformdirs.user_data_path("kb") / "index"


def _proxies(environ: Mapping[str, str]) -> int:
    given = environ.get("KB_PROXY", "").strip()
    if given and not _is_count(given, MAX_PROXIES):
        raise BadRequest("KB_PROXY", Message("bad-proxy-count", value=given[:40], limit=MAX_PROXIES))
    return int(given or 0)


def _rate(environ: Mapping[str, str]) -> int:
    given = environ.get("KB_RATE", "").strip()
    if given and not _is_count(given, MAX_RATE):
        raise BadRequest("KB_RATE", Message("bad-rate", value=given[:40], limit=MAX_RATE))
    return int(given or DEFAULT_RATE)


def _is_count(text: str, most: int) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 20 and int(text) <= most


def _budget(environ: Mapping[str, str]) -> float:
    given = environ.get("KB_BUDGET", "").strip()
    try:
        seconds = float(given or DEFAULT_BUDGET_SECONDS)
    except ValueError:
        seconds = math.nan
    if not 0 <= seconds <= MAX_BUDGET_SECONDS:
        raise BadRequest("KB_BUDGET", Message("bad-budget", value=given[:40], limit=MAX_BUDGET_SECONDS))
    return seconds


def _site(given: str, environ: Mapping[str, str]) -> str:
    text = given or environ.get("KB_SITE", "").strip()
    base_url = parse_base_url(text)
    if text and not base_url:
        raise BadRequest("--site" if given else "KB_SITE", Message("bad-base-url", value=text[:80]))
    return base_url or ""


def _hosts(given: Sequence[str], environ: Mapping[str, str]) -> tuple[str, ...]:
    named = [(text, parse_host(text)) for text in given or environ.get("KB_ALLOW_HOST", "").split()]
    for text, host in named:
        if not host:
            name = "--allow-host" if given else "KB_ALLOW_HOST"
            raise BadRequest(name, Message("bad-host-name", value=text[:80]))
    return tuple(dict.fromkeys(host for _, host in named if host))


def _engine(given: str, environ: Mapping[str, str]) -> EngineName | Literal[""]:
    name = given or environ.get("KB_ENGINE", "").strip()
    known = next((engine for engine in ENGINES if engine == name), None)
    if name and not known:
        said = Message("unknown-engine", value=name[:40], choices=" or ".join(ENGINES))
        raise BadRequest("--engine" if given else "KB_ENGINE", said)
    return known or ""


def _require_folders(folders: Sequence[Path]) -> None:
    faults = [Fault(folder, 0, Message("content-not-found")) for folder in folders if not is_folder(folder)]
    if faults:
        raise ContentError(faults)
