from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.quoting.passage_references import find_references, references_to
from tests.tables import table

KNOWN = {"plan", "plan-2"}.__contains__


def named(text: str) -> list[tuple[str, str, str]]:
    return [(one.document, one.passage, one.fingerprint) for one in references_to(text, KNOWN)]


@table(
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
        ("/themes/plan#p3 and /themes/other#p3", [("plan", "p3", "")]),
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


@given(st.text(st.sampled_from("/passages:@;[]p1 .-?v=#sha256\n"), max_size=80) | st.text())
def test_references_stand_in_the_text_in_order(text: str) -> None:
    found = references_to(text, lambda _: True)
    assert [one.start for one in found] == sorted(one.start for one in found)
    assert all(text[one.start :].startswith(one.words) for one in found)


def test_what_only_looks_like_a_key_is_uncertain() -> None:
    found = find_references("[@a/p1], and/or 12:30, /passages/b/p2, http://h.example/c/p3?to=/documents/d#p4")
    assert [(one.words, one.certain) for one in found] == [
        ("@a/p1", True),
        ("and/or", False),
        ("12:30", False),
        ("/passages/b/p2", True),
        ("/documents/d#p4", True),
    ]


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit", ["/passages/a/b ", "[@a/b", "a/b ", "-", "a:", "/passages/a/b\n", "\n \t", "a.-"]
)
def test_references_are_found_in_linear_time(unit: str) -> None:
    def seconds(repeats: int) -> float:
        text = unit * repeats
        began = time.process_time()
        references_to(text, lambda _: True)
        return time.process_time() - began

    short, long = min(seconds(2_000) for _ in range(2)), min(seconds(16_000) for _ in range(2))
    assert long < 8 * 4 * max(short, 1e-3)
