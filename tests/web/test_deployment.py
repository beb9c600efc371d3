"""DEPLOYMENT.md: its settings exist, and its proxies set or remove every header that the server trusts."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from shutil import which

import pytest
from click.testing import CliRunner

from kb.cli.main import main
from kb.settings import Settings
from tests.pages import blocks, code, column, page, rows

PAGE = page("web/DEPLOYMENT.md")
TRUSTED = ("X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Forwarded-Prefix")


def test_every_option_is_one_of_the_server() -> None:
    usage = CliRunner().invoke(main, ["serve", "--help"]).output
    named = {word for words in code(PAGE) for word in re.findall(r"--[a-z-]+", words)}
    assert {"--site", "--proxy", "--report", "--allow-host"} <= named
    assert {option for option in named if option not in usage} == set()


def test_each_setting_is_read() -> None:
    settings = column(PAGE, "| setting | what it does |")
    given = {
        "KB_SITE": "https://kb.example",
        "KB_PROXY": "2",
        "KB_ALLOW_HOST": "kb_web",
        "KB_RATE": "100",
        "KB_BUDGET": "2.5",
        "KB_REPORT": "mailto:kb@office.example",
    }
    assert {name for name in settings if name.startswith("KB_")} == set(given)
    read = Settings.read(environ=given)
    values = [read.site, read.proxies, *read.hosts, read.rate, read.budget, read.report]
    assert list(map(str, values)) == list(given.values())
    (unit,) = blocks(PAGE, "ini")
    assert re.findall(r"(KB_[A-Z]+)=", unit) == ["KB_CONTENT", "KB_INDEX", "KB_SITE", "KB_PROXY"]


@pytest.mark.parametrize("block", blocks(PAGE, "nginx"))
def test_nginx_sets_or_removes_every_header_that_is_trusted(block: str) -> None:
    assert tuple(re.findall(r"proxy_set_header (X-Forwarded-\S+) ", block)) == TRUSTED


def test_nginx_redirects_to_https() -> None:
    assert "listen 80;" in blocks(PAGE, "nginx")[0]
    assert "return 308 https://$host$request_uri;" in blocks(PAGE, "nginx")[0]


def test_caddy_sets_or_removes_the_one_header_that_it_would_let_through() -> None:
    (block,) = blocks(PAGE, "caddy")
    assert block.count("reverse_proxy") == len(re.findall(r"header_up -?X-Forwarded-Prefix", block)) == 2


def test_the_unit_starts_the_server_again_however_often_it_ends() -> None:
    (unit,) = blocks(PAGE, "ini")
    lines = unit.splitlines()
    head, _, service = unit.partition("[Service]")
    assert "StartLimitIntervalSec=0" in head
    assert all(line in service for line in ("Restart=always", "KillMode=mixed", "TimeoutStartSec=infinity"))
    assert "ExecStartPre=-/opt/kb/bin/kb build" in lines
    explained = {line.strip("`").partition("=")[0] for line in column(PAGE, "| line | why |")}
    assert explained <= {line.partition("=")[0] for line in lines}


@pytest.mark.slow
@pytest.mark.skipif(not which("systemd-analyze"), reason="needs systemd")
def test_systemd_has_nothing_to_say_about_the_unit(tmp_path: Path) -> None:
    path = tmp_path / "kb.service"
    (unit,) = blocks(PAGE, "ini")
    path.write_text(unit.replace("/opt/kb/bin/kb", "/bin/true"), encoding="utf-8")
    verified = subprocess.run(["systemd-analyze", "verify", path], capture_output=True, text=True)
    assert (verified.returncode, verified.stdout + verified.stderr) == (0, "")


def test_no_proxy_logs_addresses() -> None:
    first, *_ = blocks(PAGE, "nginx")
    servers = first.count("server {")
    assert first.count("access_log off;") == first.count("emerg;") == servers == 2
    assert "exclude http.log.access http.log.error" in blocks(PAGE, "caddy")[0]
    said = " ".join(cells[1] for cells in rows(PAGE, "| proxy | lines |"))
    for line in ("access_log off;", "error_log /var/log/nginx/kb.log emerg;", "exclude http.log.access"):
        assert line in said
