"""What is fetched gets a safe name, with the extension of its type."""

from __future__ import annotations

from email.message import Message

import pytest

from kb.fetching.file_names import file_name
from tests.tables import table

PAGE, PDF, TEXT = b"<!doctype html><p>words", b"%PDF-1.7\n", b"words and more"


def headers(kind: str = "application/octet-stream", disposition: str = "") -> Message:
    message = Message()
    message["Content-Type"] = kind
    if disposition:
        message["Content-Disposition"] = disposition
    return message


@table(
    ("address", "data", "kind", "name"),
    [
        ("https://example.org/a/Report%202.pdf?x=1", PDF, "text/html", "Report 2.pdf"),
        ("https://example.org/doc.php?id=3", PDF, "application/pdf", "doc.pdf"),
        ("https://undocs.org/A/RES/55/25", PDF, "", "25.pdf"),
        ("https://example.org/A.RES.55.25", PDF, "", "A.RES.55.25.pdf"),
        ("https://example.org/", PAGE, "text/html; charset=utf-8", "example-org.html"),
        ("https://example.org/a.pdf", PAGE, "application/pdf", "a.html"),
        ("https://example.org/get", TEXT, "text/plain", "get.txt"),
        ("https://example.org/get", b"a;b", "text/csv", "get.csv"),
        ("https://example.org/..%2f..%2fetc%2fpasswd", TEXT, "text/plain", "passwd.txt"),
        ("https://example.org/aux.pdf", PDF, "", "example-org.pdf"),
        ("https://example.org/files/COM1", TEXT, "text/plain", "example-org.txt"),
        ("https://example.org/%00%1b[2J", TEXT, "text/plain", "-[2J.txt"),
    ],
)
def test_the_bytes_tell_what_it_is_and_the_address_gives_the_name(
    address: str, data: bytes, kind: str, name: str
) -> None:
    assert file_name(address, headers(kind), data)[0] == name


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        ('attachment; filename="../../a.pdf"', "a.pdf"),
        ('attachment; filename="C:\\\\temp\\\\b.pdf"', "b.pdf"),
        ("attachment; filename*=UTF-8''r%C3%A9sum%C3%A9.pdf", "résumé.pdf"),
        ('attachment; filename="..."', "25.pdf"),
        ('attachment; filename="' + "x" * 300 + '.pdf"', "x" * 100 + ".pdf"),
    ],
)
def test_the_server_may_give_a_name(disposition: str, name: str) -> None:
    assert file_name("https://example.org/25", headers(disposition=disposition), PDF)[0] == name


def test_what_nothing_tells_stays_unknown() -> None:
    assert file_name("https://example.org/x.bin", headers(), b"\0\1\2") == ("x.bin", "unknown")
    assert file_name("https://example.org/x", headers("text/plain"), b"\0\1\2")[1] == "unknown"
