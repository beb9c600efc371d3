"""A real OpenSearch cluster for tests: three processes on this machine, started and ended by their ids.

`cluster.sh` does the work; this module finds free ports, makes a folder, and cleans up.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

__all__ = ["LiveCluster", "free_base", "missing_tools", "remove_abandoned"]

_PREFIX, _OWNER = "kb-opensearch-", "owner"
"""Folders of data, and the file in each that has the number of the process it belongs to."""

_SCRIPT = Path(__file__).parent / "cluster.sh"
_SECONDS = 300
_LOOK_SECONDS, _STUCK_MS = 5.0, 10_000
"""How often copies are looked at while a cluster is not green, and when one that has not begun is stuck."""

NODES = 3

_RECOVERY = {
    "cluster.routing.allocation.node_concurrent_recoveries": 20,
    "indices.recovery.recovery_activity_timeout": "15s",
    "indices.recovery.internal_action_timeout": "10s",
    "indices.recovery.internal_action_long_timeout": "20s",
    "indices.recovery.retry_delay_network": "1s",
}
"""A copy that was on its way to a node that was killed begins again soon, not after half an hour; and those
that are stuck keep no others waiting."""


def missing_tools() -> str:
    """What this machine lacks to run a cluster; empty if nothing."""
    tools = [name for name in ("bash", "curl", "mvn", "setsid") if not shutil.which(name)]
    homes = [Path(os.environ["KB_JAVA_HOME"])] if os.environ.get("KB_JAVA_HOME") else []
    homes += Path("/usr/lib/jvm").glob("temurin-2[1-9]*-jdk-*")
    homes += Path("/usr/lib/jvm").glob("java-2[1-9]-openjdk-*")
    java = [] if any((home / "bin" / "javac").exists() for home in homes) else ["a JDK of 21 or newer"]
    return ", ".join([*tools, *java])


def free_base(nodes: int = NODES) -> int:
    """A port at which `nodes` consecutive ports are free, and as many a hundred above."""
    for base in range(21_000 + os.getpid() % 500 * 10, 32_000, 10):
        if all(_is_free(base + at + more) for at in range(nodes) for more in (0, 100)):
            return base
    raise OSError("no free ports")


def _is_free(port: int) -> bool:
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        with suppress(OSError):
            tried.bind(("127.0.0.1", port))
            return True
    return False


def remove_abandoned() -> None:
    """Removes the data of clusters whose test process was killed; their nodes end by themselves."""
    for owner in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*/{_OWNER}"):
        with suppress(OSError, ValueError):
            if not _is_running(int(owner.read_text())):
                shutil.rmtree(owner.parent, ignore_errors=True)


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


def _answer(url: str) -> str:
    with urlopen(url, timeout=5) as answer:  # noqa: S310  # of this machine
        return str(answer.read(), "utf-8")


def _send(method: str, url: str, body: Any) -> None:
    sent = Request(url, json.dumps(body).encode(), {"content-type": "application/json"}, method=method)  # noqa: S310
    with urlopen(sent, timeout=60):  # noqa: S310
        pass


def _is_stuck(recovery: Mapping[str, str]) -> bool:
    """Whether a copy has not even begun, although that takes milliseconds."""
    return recovery["type"] == "peer" and recovery["stage"] == "init" and int(recovery["time"]) > _STUCK_MS


def _first_copy(recovery: Mapping[str, str]) -> dict[str, Any]:
    """What a copy is copied from."""
    index, shard, node = recovery["index"], int(recovery["shard"]), recovery["source_node"]
    return {"index": index, "shard": shard, "node": node, "allow_primary": True}


@dataclass
class LiveCluster:
    """Nodes on loopback, numbered from 0; their data is removed with them."""

    base: int = field(default_factory=free_base)
    folder: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix=_PREFIX)))
    size: int = NODES

    @property
    def urls(self) -> tuple[str, ...]:
        return tuple(f"http://127.0.0.1:{self.base + at}" for at in range(self.size))

    @property
    def processes(self) -> tuple[int, ...]:
        """The ids of the nodes' processes."""
        return tuple(map(self._process, range(self.size)))

    @property
    def environment(self) -> dict[str, str]:
        return {
            "KB_OS_DIR": str(self.folder),
            "KB_OS_BASE": str(self.base),
            "KB_OS_HEAP": os.environ.get("KB_OS_HEAP", "400m"),
            "KB_OS_OWNER": str(os.getpid()),
        }

    def start(self) -> None:
        """Starts all nodes and waits until they form a green cluster."""
        remove_abandoned()
        (self.folder / _OWNER).write_text(str(os.getpid()))
        self._run("install")
        try:
            self._run("start", str(self.size))
        except OSError:  # another process may have taken a port in the meantime
            self._run("stop")
            self.base = free_base(self.size)
            self._run("start", str(self.size))
        _send("PUT", f"{self.urls[0]}/_cluster/settings", {"persistent": _RECOVERY})

    def kill(self, at: int) -> None:
        """Kills a node as a power cut would."""
        os.kill(self._process(at), signal.SIGKILL)

    def pause(self, at: int) -> None:
        """Suspends a node in the middle of its work, so that it does not answer."""
        os.kill(self._process(at), signal.SIGSTOP)

    def resume(self, at: int) -> None:
        os.kill(self._process(at), signal.SIGCONT)

    def restart(self, at: int) -> None:
        """Starts a node that was killed, with the data it had."""
        self._run("node", str(at), str(self.size))

    def wait(self) -> None:
        """Waits until all nodes form a green cluster, or says what prevents it."""
        end = time.monotonic() + _SECONDS
        look = time.monotonic() + _LOOK_SECONDS
        while not any(map(self._is_green, self.urls)):
            if time.monotonic() > end:
                raise OSError("\n".join(map(self._state, self.urls)))
            if time.monotonic() > look:
                look = time.monotonic() + _LOOK_SECONDS
                self._start_over()
            time.sleep(0.2)

    def _is_green(self, url: str) -> bool:
        with suppress(OSError, ValueError):
            health = json.loads(_answer(f"{url}/_cluster/health?timeout=1s"))
            return (health["status"], health["number_of_nodes"]) == ("green", self.size)
        return False

    def _start_over(self) -> None:
        """Reopens primary copies whose replicas wait for them in vain.

        If most nodes are lost and a surviving one becomes manager, a replica on it that becomes the primary
        is not told so: it is searched, but never copied (opensearch-project/OpenSearch#19150).
        """
        for url in self.urls:
            with suppress(OSError, ValueError):
                fields = "type,stage,time,index,shard,source_node"
                active = f"{url}/_cat/recovery?active_only=true&format=json&time=ms&h={fields}"
                stuck = [one for one in json.loads(_answer(active)) if _is_stuck(one)]
                if stuck:
                    body = {"commands": [{"cancel": _first_copy(one)} for one in stuck]}
                    _send("POST", f"{url}/_cluster/reroute?timeout=10s", body)
                return

    def _state(self, url: str) -> str:
        with suppress(OSError):
            return _answer(f"{url}/_cat/nodes") + _answer(f"{url}/_cat/shards?s=state")[:2000]
        return f"{url} does not answer"

    def stop(self) -> None:
        """Ends the nodes and removes their data."""
        for at in range(self.size):
            with suppress(OSError, ValueError):
                self.resume(at)
        self._run("stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    def _process(self, at: int) -> int:
        return int((self.folder / f"node{at}.pid").read_text())

    def _run(self, *arguments: str) -> None:
        told = subprocess.run(
            ["bash", str(_SCRIPT), *arguments],
            env=os.environ | self.environment,
            timeout=_SECONDS,
            capture_output=True,
            text=True,
        )
        if told.returncode:
            raise OSError(f"cluster.sh {' '.join(arguments)}: {told.stdout[-2000:]}{told.stderr[-4000:]}")
