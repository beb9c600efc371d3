"""Addresses are requested in ASCII, and only over http and https."""

from __future__ import annotations

import pytest

from kb.errors import SourceUnreadable
from kb.fetching.address import is_address, read_address, redirected
from tests.tables import table


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ("https://example.org/a b.pdf#page=4", "https://example.org/a%20b.pdf"),
        ("HTTP://Example.ORG", "http://example.org"),
        (
            "https://münchen.example/straße?q=ü&r=%20",
            "https://xn--mnchen-3ya.example/stra%C3%9Fe?q=%C3%BC&r=%20",
        ),
        ("http://[::1]:8000/x", "http://[::1]:8000/x"),
        (" https://undocs.org/A/RES/55/25(1) ", "https://undocs.org/A/RES/55/25(1)"),
        ("https://example.org/a\nb\u202e", "https://example.org/ab%E2%80%AE"),
    ],
)
def test_an_address_is_written_as_it_is_asked_for(given: str, address: str) -> None:
    assert read_address(given) == address
    assert read_address(address) == address


@table(
    ("given", "code"),
    [
        ("file:///etc/passwd", "address-scheme"),
        ("ftp://example.org/a", "address-scheme"),
        ("gopher://example.org:25/_x", "address-scheme"),
        ("https://user:secret@example.org/", "address-password"),
        ("https://user@example.org/", "address-password"),
        ("https:///a", "address-wrong"),
        ("http://example.org:99999/", "address-wrong"),
        ("http://[::1/", "address-wrong"),
        ("http://a b/", "address-wrong"),
        ("http://exa%0d%0ample.org/", "address-wrong"),
        ("https://example.org/" + "a" * 2_000, "address-wrong"),
        ("http://" + "ü" * 80 + "/", "address-wrong"),
    ],
)
def test_what_is_none_is_refused(given: str, code: str) -> None:
    assert is_address(given)
    with pytest.raises(SourceUnreadable) as refused:
        read_address(given)
    assert refused.value.message
    assert refused.value.message.code == code
    assert "secret" not in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("path", ["report.pdf", "/a/b", "c:\\a", "https", "a/https://x"])
def test_a_path_is_no_address(path: str) -> None:
    assert not is_address(path)


@pytest.mark.parametrize(
    ("location", "address"),
    [
        ("b?c=d#e", "https://example.org/x/b?c=d"),
        ("//other.example/", "https://other.example/"),
        ("http://example.org/é".encode().decode("latin-1"), "http://example.org/%C3%A9"),
    ],
)
def test_a_redirect_is_relative_to_where_it_comes_from(location: str, address: str) -> None:
    assert redirected("https://example.org/x/a", location) == address


@pytest.mark.parametrize("location", ["file:///etc/passwd", "javascript:alert(1)", "http://[", "data:,x"])
def test_a_redirect_to_anything_else_is_refused(location: str) -> None:
    with pytest.raises(SourceUnreadable):
        redirected("https://example.org/x/a", location)
