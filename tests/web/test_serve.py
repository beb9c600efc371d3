"""`kb serve`, the real thing: several processes, a new generation, a taken port, a clean stop."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from unittest.mock import patch
from urllib.error import URLError
from urllib.request import Request, urlopen

import pytest
from click.testing import CliRunner
from jinja2 import BaseLoader, Environment, Template

from index.engines.site_engine import save_record
from kb.errors import BadRequest, KbError
from kb.model import Collection
from kb.site import Site
from tests.engines import build
from tests.kb.folders import interchange
from tests.web import site_samples
from web.cli import serve
from web.server import listening, serving
from web.server.workers import site

PATIENCE = 60.0


@pytest.fixture(autouse=True)
def environment_as_it_was() -> Iterator[None]:
    """`kb serve` leaves what its processes need in the environment."""
    with patch.dict(os.environ):
        yield


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(index: Path) -> dict[str, str]:
    return os.environ | {"KB_INDEX": str(index), "PYTHONUNBUFFERED": "1"}


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-c", "from web.cli import serve; serve()", *arguments]


@contextmanager
def running(index: Path, *arguments: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    port = free_port()
    process = subprocess.Popen(
        command("--port", str(port), *arguments),
        env=environment(index),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield f"http://127.0.0.1:{port}", process
    finally:
        process.terminate()
        process.communicate(timeout=PATIENCE)


def answer(address: str) -> str:
    # one connection a request, so that each may go to another process
    with urlopen(Request(address, headers={"Connection": "close"}), timeout=PATIENCE) as response:  # noqa: S310
        return str(response.read().decode())


def wait_until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not _holds(true):
        assert time.monotonic() < end, "it did not come about in time"
        time.sleep(0.1)


def _holds(true: Callable[[], bool]) -> bool:
    try:
        return true()
    except OSError:  # refused, reset or timed out
        return False


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows runs one process and has no SIGTERM")
@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_two_processes_take_up_a_new_generation_and_stop(tmp_path: Path, stop: signal.Signals) -> None:
    build(Collection(), tmp_path)
    with running(tmp_path, "--workers", "2") as (address, process):
        wait_until(lambda: answer(f"{address}/healthz").startswith("ok"))
        assert "No passages found" in answer(f"{address}/search?q=extradition")
        build(site_samples.collection(), tmp_path)
        assert all("Work plan" in answer(f"{address}/search?q=extradition") for _ in range(12))
        process.send_signal(stop)
        said, failures = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0
    assert said == f"Serving {address} (Ctrl+C stops)\n"
    assert failures.startswith("Permanent addresses are local")
    assert failures.count("\n") == 1, "no request is logged, nor anything else"


def refuses(address: str) -> bool:
    try:
        answer(address)
    except URLError as error:
        return isinstance(error.reason, ConnectionRefusedError)
    return False


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows runs one process and has no SIGKILL")
def test_no_process_lives_on_when_the_main_one_is_killed(tmp_path: Path) -> None:
    build(Collection(), tmp_path)
    with running(tmp_path, "--workers", "2") as (address, process):
        wait_until(lambda: answer(f"{address}/healthz").startswith("ok"))
        process.kill()
        wait_until(lambda: refuses(f"{address}/healthz"))


@pytest.mark.slow
def test_where_there_is_no_index_it_is_built_first(tmp_path: Path) -> None:
    index = tmp_path / "new"
    with running(index, "--workers", "1") as (address, _):
        wait_until(lambda: "mutual legal assistance" in answer(f"{address}/search?q=extradition"))


def refusal(index: Path, *arguments: str) -> str:
    """What is said on standard error by a server that ends at once, with exit code 1."""
    done = subprocess.run(
        [sys.executable, "-m", "kb", "serve", *arguments],
        env=environment(index),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 1
    assert done.stdout == ""
    return done.stderr


@pytest.mark.slow
def test_a_taken_port_gives_one_clear_line(tmp_path: Path) -> None:
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        said = refusal(tmp_path, "--port", str(port))
    assert f"127.0.0.1:{port} cannot be used" in said
    assert "choose another --port" in said
    assert said.count("\n") == 1


@pytest.mark.slow
def test_no_index_and_no_content_give_one_clear_line(tmp_path: Path) -> None:
    said = refusal(tmp_path / "none", "--content", str(tmp_path / "missing"), "--port", str(free_port()))
    assert "missing" in said
    assert said.count("\n") == 1


@pytest.mark.parametrize("host", ["256.0.0.1.example.invalid", "203.0.113.9"])
def test_a_host_that_is_not_this_machine_is_refused(host: str) -> None:
    with pytest.raises(KbError, match="cannot be used"):
        listening.check_port(host, free_port())


class Recorded:
    """Stands in for the server: keeps what it was asked to do."""

    def __init__(self) -> None:
        self.asked: list[tuple[object, ...]] = []

    def __call__(self, *asked: object) -> None:
        self.asked.append(asked)


def test_content_named_is_built_and_an_index_alone_is_left_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shipped_index: Path
) -> None:
    recorded = Recorded()
    monkeypatch.setattr(serving, "serve", recorded)
    monkeypatch.setattr(
        "web.cli.build_with_progress", lambda settings, **_: recorded("built", settings.index)
    )
    port = str(free_port())
    content = ["--content", str(Path(__file__).parent)]
    for arguments in (["--index", str(shipped_index)], ["--index", str(shipped_index), *content]):
        result = CliRunner().invoke(serve, ["--port", port, "--workers", "1", *arguments])
        assert result.exit_code == 0, result.output
    served = ("127.0.0.1", int(port), 1, shipped_index, serving.THREADS, "")
    assert recorded.asked == [served, ("built", shipped_index), served]


def test_an_index_without_its_content_is_served_by_the_engine_that_its_site_file_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorded = Recorded()
    monkeypatch.setattr(serving, "serve", recorded)
    content, index = tmp_path / "content", tmp_path / "index"
    interchange(content, [{"id": "d", "title": "A document"}])
    (content / "site.yaml").write_text("engine: whoosh\n", encoding="utf-8")
    asked = ["--port", str(free_port()), "--index", str(index)]
    for arguments in (["--content", str(content)], []):
        assert CliRunner().invoke(serve, [*asked, *arguments]).exit_code == 0
        assert os.environ.pop("KB_ENGINE") == "whoosh", "so that every process opens the same"
    save_record(index, Site(engine="opensearch"))
    monkeypatch.delenv("KB_OPENSEARCH_URL", raising=False)
    refused = CliRunner().invoke(serve, asked)
    assert isinstance(refused.exception, BadRequest)
    assert "KB_OPENSEARCH_URL: no cluster is named" in str(refused.exception)
    assert len(recorded.asked) == 2, "nothing is served, and nothing else is built in its place"


def test_an_index_that_is_missing_is_built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    recorded = Recorded()
    monkeypatch.setattr(serving, "serve", recorded)
    monkeypatch.setattr(
        "web.cli.build_with_progress", lambda settings, **_: recorded("built", settings.index)
    )
    asked = ["--port", str(free_port()), "--index", str(tmp_path / "none")]
    assert CliRunner().invoke(serve, asked).exit_code == 0
    assert recorded.asked[0] == ("built", tmp_path / "none")


def test_a_process_serves_the_index_it_is_given(monkeypatch: pytest.MonkeyPatch, shipped_index: Path) -> None:
    monkeypatch.setenv("KB_INDEX", str(shipped_index))
    assert site.app().test_client().get("/healthz").status_code == 200


def test_no_reader_waits_for_the_templates_of_the_most_used_pages(
    monkeypatch: pytest.MonkeyPatch, shipped_index: Path
) -> None:
    monkeypatch.setenv("KB_INDEX", str(shipped_index))
    client = site.app().test_client()

    def load(loader: BaseLoader, environment: Environment, name: str, *more: object) -> Template:
        raise AssertionError(f"{name} is compiled while a reader waits")

    monkeypatch.setattr(BaseLoader, "load", load)
    assert [client.get(page).status_code for page in ("/search?q=victim", "/")] == [200, 200]


def test_where_problems_are_reported_is_known_to_every_process(
    monkeypatch: pytest.MonkeyPatch, shipped_index: Path
) -> None:
    monkeypatch.setattr(serving, "serve", Recorded())
    monkeypatch.setenv("KB_REPORT", "")
    monkeypatch.setenv("KB_INDEX", str(shipped_index))
    asked = ["--port", str(free_port()), "--report", "mailto:kb@office.example"]
    assert CliRunner().invoke(serve, asked).exit_code == 0
    page = site.app().test_client().get("/passages/bali-process-symposium-2015/p7").text
    assert 'href="mailto:kb@office.example?subject=' in page


def test_every_process_knows_the_base_url_and_the_log_says_it(
    monkeypatch: pytest.MonkeyPatch, shipped_index: Path
) -> None:
    monkeypatch.setattr(serving, "serve", Recorded())
    monkeypatch.setenv("KB_SITE", "")
    monkeypatch.setenv("KB_INDEX", str(shipped_index))
    port = ["--port", str(free_port())]
    local = CliRunner().invoke(serve, port)
    assert local.stderr.startswith("Permanent addresses are local: they may not work elsewhere.")
    public = CliRunner().invoke(serve, [*port, "--site", "https://kb.example/tip/"])
    assert public.stderr == "Permanent addresses begin with https://kb.example/tip\n"
    cited = site.app().test_client().get("/passages/bali-process-symposium-2015/p7.txt")
    assert "<https://kb.example/tip/passages/bali-process-symposium-2015/p7>" in cited.text


def test_every_process_knows_how_many_proxies_to_trust(
    monkeypatch: pytest.MonkeyPatch, shipped_index: Path
) -> None:
    monkeypatch.setattr(serving, "serve", Recorded())
    monkeypatch.setenv("KB_PROXY", "0")
    monkeypatch.setenv("KB_INDEX", str(shipped_index))
    assert CliRunner().invoke(serve, ["--port", str(free_port()), "--proxy", "1"]).exit_code == 0
    headers = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "kb.example", "X-Forwarded-Prefix": "/kb"}
    cited = site.app().test_client().get("/passages/bali-process-symposium-2015/p7.txt", headers=headers)
    assert "https://kb.example/kb/passages/bali-process-symposium-2015/p7" in cited.text


def test_a_process_starts_without_an_index_and_takes_it_up_when_it_comes(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("KB_INDEX", str(tmp_path))
    client = site.app().test_client()
    assert client.get("/search").status_code == 503
    build(Collection(), tmp_path)
    assert client.get("/search").status_code == 200


@pytest.mark.parametrize(
    ("platform", "cores", "workers"),
    [("win32", 8, 1), ("linux", 8, 8), ("linux", 1_000, serving.MAX_WORKERS)],
)
def test_workers_are_one_for_each_core_that_may_be_used(
    monkeypatch: pytest.MonkeyPatch, platform: str, cores: int, workers: int
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: set(range(cores)), raising=False)
    assert serving.default_workers() == workers


def test_where_a_system_tells_no_more_than_its_cores_there_is_one_process_for_each(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: 6)
    assert serving.default_workers() == 6


def test_an_ipv6_host_is_written_as_an_address() -> None:
    assert listening.site_address("::1", 8000) == "http://[::1]:8000"
