"""What may stand before every permanent address."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kb.site import parse_base_url
from tests.tables import table


@table(
    ("text", "read"),
    [
        ("https://kb.example.org", "https://kb.example.org"),
        ("https://KB.Example.org/", "https://kb.example.org"),
        ("http://kb_web:8000/", "http://kb_web:8000"),
        ("https://example.org:443/kb//", "https://example.org/kb"),
        ("http://example.org:443", "http://example.org:443"),
        ("https://example.org/a/b-c_d~e.f", "https://example.org/a/b-c_d~e.f"),
        ("http://[::1]:8000", "http://[::1]:8000"),
        ("http://127.0.0.1", "http://127.0.0.1"),
    ],
)
def test_a_base_url_has_a_scheme_a_host_and_perhaps_a_port_and_a_path(text: str, read: str) -> None:
    assert parse_base_url(text) == read
    assert parse_base_url(read) == read


WRONG = (
    *("", "kb.example.org", "//kb.example.org", "ftp://kb.example.org", "https://", "https:///kb"),
    *("https://a b", "https://kb.example.org/?q=a", "https://kb.example.org?", "https://kb.example.org/#p"),
    *("https://user@kb.example.org", "https://kb.example.org:port", "https://kb.example.org:99999"),
    *("https://kb.example.org//kb", "https://-kb.example.org", 'https://kb.example.org/"', "https://[::1"),
    *("https://kb.example.org\n", " https://kb.example.org", "javascript://kb.example.org/%0a"),
)


@table("text", WRONG)
def test_anything_else_is_none(text: str) -> None:
    assert parse_base_url(text) is None


@given(st.text() | st.text("https:/.[]@?#%ab1", max_size=30).map("https://".__add__))
def test_any_text_is_read_or_refused(text: str) -> None:
    read = parse_base_url(text)
    assert read is None or (not read.endswith("/") and parse_base_url(read) == read)
