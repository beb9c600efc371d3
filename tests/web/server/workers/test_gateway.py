"""The WSGI environment of a request, and the bytes of its answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from wsgiref.validate import validator

from web.server.workers.gateway import answer, environ
from web.server.workers.wire import HttpRequest, Kind

SERVER = ("127.0.0.1", 8000)
PEER = ("192.0.2.1", 4711)


def request(target: bytes, *headers: tuple[bytes, bytes], method: str = "GET") -> HttpRequest:
    return HttpRequest(method, target, "1.1", ((b"Host", b"a.example"), *headers), PEER)


def test_an_address_becomes_a_path_and_a_query() -> None:
    made = environ(request(b"/caf%C3%A9/x%2Fy?q=a%20b"), SERVER)
    assert made["PATH_INFO"].encode("latin-1").decode() == "/café/x/y"
    assert made["QUERY_STRING"] == "q=a%20b"
    assert made["REMOTE_ADDR"] == "192.0.2.1"
    assert made["HTTP_HOST"] == "a.example"


def test_the_host_of_an_absolute_address_counts() -> None:
    made = environ(request(b"http://b.example/x?y"), SERVER)
    assert (made["HTTP_HOST"], made["PATH_INFO"], made["QUERY_STRING"]) == ("b.example", "/x", "y")
    assert environ(request(b"http://b.example"), SERVER)["PATH_INFO"] == "/"
    assert environ(request(b"*"), SERVER)["PATH_INFO"] == "*"


def test_headers_are_joined_and_none_passes_for_another() -> None:
    sent = (
        *((b"X-Forwarded-For", b"1"), (b"X_Forwarded_For", b"2"), (b"x-forwarded-for", b"3")),
        *((b"Cookie", b"a=1"), (b"Cookie", b"b=2")),
        *((b"Content-Type", b"text/plain"), (b"Content-Length", b"9"), (b"Transfer-Encoding", b"chunked")),
    )
    made = environ(request(b"/", *sent), SERVER)
    assert made["HTTP_X_FORWARDED_FOR"] == "1,3"
    assert made["HTTP_COOKIE"] == "a=1; b=2"
    assert made["CONTENT_TYPE"] == "text/plain"
    assert made["CONTENT_LENGTH"] == "0"
    assert "HTTP_TRANSFER_ENCODING" not in made


def test_the_application_is_used_as_the_specification_says() -> None:
    def application(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        assert environ["wsgi.input"].read(9) == b"body"
        start("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "2")])
        return [b"o", b"k"]

    asked = HttpRequest("POST", b"/", "1.1", ((b"Host", b"a"),), PEER, body=b"body", body_bytes=4)
    ((kind, data),) = answer(validator(application), asked, SERVER)  # type: ignore[arg-type]
    assert kind is Kind.LAST
    assert data.startswith(b"HTTP/1.1 200 OK\r\nDate: ")
    assert data.endswith(b"\r\n\r\nok")


def test_small_parts_of_a_stream_are_sent_together() -> None:
    def application(environ: dict[str, Any], start: Any) -> Iterator[bytes]:
        start("200 OK", [])
        yield from [b"0123456789"] * 10_000

    parts = list(answer(application, request(b"/"), SERVER))
    assert parts[-1] == (Kind.LAST, b"0\r\n\r\n")
    assert len(parts) < 8
    assert all(data for _, data in parts)
