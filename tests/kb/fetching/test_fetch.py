"""Documents are fetched within limits, and whatever a server does is reported in one line."""

from __future__ import annotations

import errno
import gzip
import os
import socket
import ssl
import time
import zlib
from http.client import HTTPResponse
from pathlib import Path

import pytest

from kb.errors import FileUnwritable, SourceUnreadable
from kb.fetching import connections
from kb.fetching.fetch import Fetched, fetch
from kb.fetching.limits import FetchLimits
from kb.fetching.zones import Zone
from tests.kb.fetching.servers import Answer, answer, drip, served
from tests.kb.files.small_disk import no_files_above

PDF = b"%PDF-1.7\n" + b"words " * 50_000
LIMITS = FetchLimits(max_bytes=1_000_000, seconds=20, stall_seconds=10, max_redirects=3)
FAST = FetchLimits(max_bytes=1_000_000, seconds=0.4, stall_seconds=10)
BOMB = gzip.compress(bytes(50_000_000))


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


def fetched(tmp_path: Path, sent: Answer, limits: FetchLimits = LIMITS, **further: Answer) -> Fetched:
    answers = {"/report": sent, **{f"/{name}": one for name, one in further.items()}}
    with served(answers) as base:
        return fetch(f"{base}/report", tmp_path, lambda received, announced: None, limits)


def refusal(tmp_path: Path, sent: Answer, limits: FetchLimits = LIMITS) -> str:
    with pytest.raises(SourceUnreadable) as refused:
        fetched(tmp_path, sent, limits)
    assert "\n" not in str(refused.value)
    assert refused.value.message
    return refused.value.message.code


def test_a_document_is_kept_byte_for_byte_and_progress_is_told(tmp_path: Path) -> None:
    told: list[tuple[int, int | None]] = []
    with served({"/a%20b": answer(PDF, Content_Type="text/html")}) as base:
        got = fetch(f"{base}/a b#page=2", tmp_path, lambda *counts: told.append(counts), LIMITS)
        assert got == Fetched(tmp_path / "a b.pdf", f"{base}/a%20b")
    assert got.path.read_bytes() == PDF
    assert told[-1] == (len(PDF), len(PDF))
    assert [path.name for path in tmp_path.iterdir()] == ["a b.pdf"]


@pytest.mark.parametrize(
    ("body", "encoding"),
    [(gzip.compress(PDF), "gzip"), (zlib.compress(PDF), "deflate"), (PDF, "identity")],
)
def test_what_is_sent_compressed_is_unpacked(tmp_path: Path, body: bytes, encoding: str) -> None:
    assert fetched(tmp_path, answer(body, Content_Encoding=encoding)).path.read_bytes() == PDF


def test_a_body_in_chunks_and_one_without_a_length_are_read(tmp_path: Path) -> None:
    chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n%PDF-1.7\n\r\n0\r\n\r\n"
    for number, sent in enumerate([chunked, b"HTTP/1.0 200 OK\r\n\r\n%PDF-1.7\n"]):
        folder = tmp_path / str(number)
        folder.mkdir()
        assert fetched(folder, sent).path.read_bytes() == b"%PDF-1.7\n"


def test_a_web_page_in_place_of_a_file_is_remarked_on(tmp_path: Path) -> None:
    with served({"/report.pdf": answer(b"<!doctype html><p>Log in", Content_Type="application/pdf")}) as base:
        got = fetch(f"{base}/report.pdf", tmp_path, lambda *_: None, LIMITS)
    assert got.path.name == "report.html"
    assert [one.code for one in got.remarks] == ["address-gave-page"]


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (answer(b"gone", "404 Not Found"), "address-status"),
        (answer(b"", "500 a\x1b[2Jb"), "address-status"),
        (answer(b"", "204 No Content"), "address-status"),
        (answer(b"", "302 Found"), "address-status"),
        (answer(b"", "302 Found", Location="/report"), "address-redirects"),
        (answer(b"", "302 Found", Location="file:///etc/passwd"), "address-scheme"),
        (answer(b"x", length=2_000_000), "address-too-large"),
        (b"HTTP/1.1 200 OK\r\n\r\n" + bytes(1_500_000), "address-too-large"),
        (answer(PDF, length=len(PDF) + 5), "address-cut-short"),
        (answer(BOMB, Content_Encoding="gzip"), "address-too-large"),
        (answer(b"no gzip", Content_Encoding="gzip"), "address-packed-wrongly"),
        (answer(gzip.compress(PDF)[:-9], Content_Encoding="gzip"), "address-packed-wrongly"),
        (answer(gzip.compress(PDF) + b"more", Content_Encoding="gzip"), "address-packed-wrongly"),
        (answer(PDF, Content_Encoding="br"), "address-packed"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfff\r\nx", "address-answer-damaged"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\nx", "address-answer-damaged"),
        (b"SSH-2.0-OpenSSH\r\n", "address-answer-damaged"),
        (b"HTTP/1.1 200 OK\r\nX: " + b"a" * 100_000 + b"\r\n\r\n", "address-answer-damaged"),
        (b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 200 + b"\r\n", "address-answer-damaged"),
        (b"", "address-answer-damaged"),
    ],
)
def test_whatever_a_server_sends_is_refused_in_one_line(tmp_path: Path, sent: bytes, code: str) -> None:
    assert refusal(tmp_path, sent) == code


@pytest.mark.parametrize(
    "sent",
    [
        drip(answer(PDF), 0.02),
        drip(b"HTTP/1.1 100 Continue\r\n\r\n" * 1_000, 0.001),
        lambda connection: time.sleep(3),
    ],
    ids=["byte by byte", "without an end", "silent"],
)
def test_a_slow_server_takes_no_longer_than_the_limit(tmp_path: Path, sent: Answer) -> None:
    assert refusal(tmp_path, sent, FAST) == "address-takes-long"


def test_a_silent_server_is_given_up(tmp_path: Path) -> None:
    limits = FetchLimits(seconds=20, stall_seconds=0.2)
    assert refusal(tmp_path, lambda connection: time.sleep(1), limits) == "address-silent"


def test_a_redirect_is_followed_and_the_address_stays_the_one_given(tmp_path: Path) -> None:
    moved = answer(b"", "301 Moved", Location="new.php?x=1#y")
    got = fetched(tmp_path, moved, **{"new.php?x=1": answer(PDF)})
    assert (got.path.name, got.address.rpartition("/")[2]) == ("new.pdf", "report")


@pytest.mark.parametrize("zone", [Zone.PUBLIC, Zone.PRIVATE])
def test_a_redirect_from_elsewhere_does_not_lead_to_this_machine(
    tmp_path: Path, zone: Zone, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    zones = iter([zone, zone])  # of the first connection: of its name and of its peer
    real = connections.zone_of_peer
    monkeypatch.setattr(connections, "zone_of_peer", lambda peer: next(zones, None) or real(peer))

    def secret(connection: socket.socket) -> None:
        asked.append(connection)

    with served({"/secret": secret}) as inside:
        moved = answer(b"", "302 Found", Location=f"{inside}/secret")
        assert refusal(tmp_path, moved) == "redirect-inside"
    assert not asked


@pytest.mark.parametrize(
    "target",
    ["http://169.254.169.254/latest/meta-data/", "http://[fe80::1]/", "http://[::ffff:169.254.1.1]/"],
)
def test_a_server_on_this_machine_does_not_send_us_to_metadata(tmp_path: Path, target: str) -> None:
    assert refusal(tmp_path, answer(b"", "302 Found", Location=target)) == "redirect-inside"


def test_a_proxy_is_used_but_not_for_this_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with served({"http://example.org/report": answer(PDF)}) as proxy:
        monkeypatch.setenv("http_proxy", proxy)
        got = fetch("http://example.org/report", tmp_path, lambda *_: None, LIMITS)
        assert got.path.name == "report.pdf"
        moved = answer(b"", "302 Found", Location="http://169.254.169.254/")
        with served({"http://example.org/moved": moved}) as other:
            monkeypatch.setenv("http_proxy", other)
            with pytest.raises(SourceUnreadable, match="in your own network"):
                fetch("http://example.org/moved", tmp_path, lambda *_: None, LIMITS)
        assert refusal(tmp_path, answer(b"", "404 Not Found")) == "address-status"


def test_a_host_that_is_not_there_is_said(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(SourceUnreadable, match="the server cannot be reached: Connection refused; check"):
        fetch(f"http://127.0.0.1:{port}/", tmp_path, lambda *_: None, LIMITS)


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (OSError(errno.EHOSTUNREACH, os.strerror(errno.EHOSTUNREACH)), "No route to host"),
        (OSError(errno.ENETUNREACH, os.strerror(errno.ENETUNREACH)), "Network is unreachable"),
        (ConnectionResetError(errno.ECONNRESET, os.strerror(errno.ECONNRESET)), "Connection reset by peer"),
        (
            ssl.SSLError(1, "[SSL: DECRYPTION_FAILED_OR_BAD_RECORD_MAC]"),
            "DECRYPTION_FAILED_OR_BAD_RECORD_MAC",
        ),
        (ssl.SSLEOFError(8, "EOF occurred in violation of protocol"), "EOF occurred"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, OSError) else value,
)
@pytest.mark.parametrize("blocks", [0, 1])
def test_a_connection_that_breaks_in_the_body_is_no_fault_of_the_folder(
    tmp_path: Path, broken: OSError, said: str, blocks: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, reads = HTTPResponse.read1, []

    def breaking(response: HTTPResponse, size: int = -1) -> bytes:
        reads.append(size)
        if len(reads) > blocks:
            raise broken
        return real(response, size)

    monkeypatch.setattr(HTTPResponse, "read1", breaking)
    with pytest.raises(SourceUnreadable, match="the server cannot be reached: ") as refused:
        fetched(tmp_path, answer(PDF))
    assert said in str(refused.value)
    assert len(reads) == blocks + 1


@pytest.mark.parametrize("room", [0, 1_000, len(PDF) - 1])
def test_a_disk_that_is_full_is_no_fault_of_the_server(tmp_path: Path, room: int) -> None:
    with no_files_above(room), pytest.raises(FileUnwritable, match=r"cannot write .*File too large"):
        fetched(tmp_path, answer(PDF))


@pytest.mark.parametrize("missing", ["none", "none/below"])
def test_a_folder_that_is_gone_is_no_fault_of_the_server(tmp_path: Path, missing: str) -> None:
    with pytest.raises(FileUnwritable, match=f"cannot write .*{missing}"):
        fetched(tmp_path / missing, answer(PDF))


def test_a_server_without_tls_is_not_asked_without(tmp_path: Path) -> None:
    with served({}) as base, pytest.raises(SourceUnreadable, match="the server cannot be reached"):
        fetch(base.replace("http:", "https:"), tmp_path, lambda *_: None, LIMITS)
