from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.quoting.passage_references import references

KNOWN = {"plan", "plan-2"}.__contains__


def named(text: str) -> list[tuple[str, str, str]]:
    return [(one.document, one.passage, one.fingerprint) for one in references(text, KNOWN)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("see /passages/plan/p1.", [("plan", "p1", "")]),
        ("<https://kb.example:80/passages/a/p1?q=x#p1>", [("a", "p1", "")]),
        ("[para 7](http://kb.example/passages/plan/p7)", [("plan", "p7", "")]),
        ('<a href="/passages/plan/p7">x</a>', [("plan", "p7", "")]),
        ("http://kb.example/documents/plan?q=x#p3, and /documents/plan", [("plan", "p3", "")]),
        ("/passages/plan/p1?v=0123456789ab#p1", [("plan", "p1", "0123456789ab")]),
        ("</passages/plan/p1>, fingerprint sha256:abcdef123456.", [("plan", "p1", "abcdef123456")]),
        ("/passages/plan/p1\n\nsha256:abcdef123456", [("plan", "p1", "")]),
        (
            "/passages/plan/p1 and /passages/plan/p2 sha256:abcdef12",
            [("plan", "p1", ""), ("plan", "p2", "abcdef12")],
        ),
        (
            "[@plan/p1; @other/p2, p. 3; -@plan:p3]",
            [("plan", "p1", ""), ("other", "p2", ""), ("plan", "p3", "")],
        ),
        ("(plan/p1) plan-2:a.2.", [("plan", "p1", ""), ("plan-2", "a.2", "")]),
        ("/documents/plan#site:cite", []),
        ("other/p1 a:b 12:30 and/or me@other/x https://other.example/a/b", []),
        ("https://other.example/plan/p1", []),
        ("", []),
    ],
)
def test_addresses_and_keys_are_found_with_their_fingerprint(
    text: str, expected: list[tuple[str, str, str]]
) -> None:
    assert named(text) == expected


@given(st.text(st.sampled_from("/passages:@;[]p1 .-?v=#sha256"), max_size=80))
def test_references_stand_in_the_text_in_order(text: str) -> None:
    found = references(text, lambda _: True)
    assert [one.start for one in found] == sorted(one.start for one in found)
    assert all(text[one.start :].startswith(one.words) for one in found)
