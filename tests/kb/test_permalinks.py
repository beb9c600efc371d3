from __future__ import annotations

import time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kb.ids import WordRange, is_id
from kb.permalinks import (
    Permalink,
    document_path,
    find_permalinks,
    parse_permalink,
    passage_path,
    theme_path,
)
from kb.text.fingerprint import fingerprint
from tests.tables import table

IDS = st.text(st.sampled_from("abN0._-"), min_size=1, max_size=8).filter(is_id)
PRINTS = st.sampled_from(["", "0123456789ab"])
LINKS = st.one_of(
    st.builds(Permalink, st.just("passages"), IDS, IDS, PRINTS, st.sampled_from([None, WordRange(3, 12)])),
    st.builds(Permalink, st.sampled_from(["documents", "themes"]), IDS, st.one_of(st.just(""), IDS)),
)
HOSTS = st.sampled_from(["", "https://kb.example", "http://kb.example:81"])
NEARLY = st.text(st.sampled_from("/passages:documents#?v=0123456789abcdef.& \n%<\"'")) | st.text()


@given(LINKS, HOSTS)
def test_a_permalink_that_was_written_is_read_back(link: Permalink, host: str) -> None:
    assert parse_permalink(host + link.path) == link


@given(LINKS, HOSTS)
def test_a_permalink_is_found_in_a_text(link: Permalink, host: str) -> None:
    assume(not link.path.endswith("."))  # in a text it ends the sentence
    before = "See <"
    found = list(find_permalinks(f"{before}{host}{link.path}>, and more."))
    assert found == [(link, len(before), len(before) + len(host + link.path))]


@table(
    ("address", "link"),
    [
        (passage_path("plan", "p1"), Permalink("passages", "plan", "p1")),
        (
            passage_path("plan", "p1", fingerprint("words")),
            Permalink("passages", "plan", "p1", fingerprint("words")[:12]),
        ),
        (document_path("plan"), Permalink("documents", "plan")),
        (document_path("plan", "p1"), Permalink("documents", "plan", "p1")),
        (theme_path("extradition", "terms"), Permalink("themes", "extradition", "terms")),
        ("/passages/plan/p1?q=x&v=0123456789ab#p1", Permalink("passages", "plan", "p1", "0123456789ab")),
        ("/passages/plan/p1:3-12?q=x", Permalink("passages", "plan", "p1", "", WordRange(3, 12))),
        ("/passages/plan/p1:12-3", Permalink("passages", "plan", "p1")),
        ("/passages/plan/p4..p6", Permalink("passages", "plan", "p4..p6")),
        ("/passages/plan/p1#site:cite", Permalink("passages", "plan", "p1")),
        ("/documents/plan?q=x#p1:~:text=Words%20of", Permalink("documents", "plan", "p1")),
        ("/documents/plan#site:match:p1", Permalink("documents", "plan")),
        ("/documents/plan#p%31", Permalink("documents", "plan")),
        ("/passages/plan/p1?v=0123", Permalink("passages", "plan", "p1")),
    ],
)
def test_what_an_address_names(address: str, link: Permalink) -> None:
    assert parse_permalink(address) == link


@table(
    "address",
    [
        "",
        "/passages/plan",
        "/passages/plan/p1/cite",
        "/passages/../p1",
        "/documents/plan/p1",
        "/search?q=/passages/plan/p1",
        "passages/plan/p1",
        "//passages/plan/p1",
        "ftp://kb.example/passages/plan/p1",
        "http://[/passages/plan/p1\n",
        f"/passages/{'a' * 201}/p1",
    ],
)
def test_anything_else_is_no_permalink(address: str) -> None:
    assert parse_permalink(address) is None


@given(NEARLY)
def test_any_text_is_read_without_raising(text: str) -> None:
    link = parse_permalink(text)
    assert link is None or parse_permalink(link.path) == link
    places = [(start, end) for _, start, end in find_permalinks(text)]
    assert places == sorted(places)
    assert all(start < end <= len(text) for start, end in places)


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit",
    [
        "/passages/a/b?",
        "/documents/",
        "https://",
        "http://a",
        "/passages/a/b?.,;",
        "/themes/a#",
        "a",
        "/",
        "?v=",
    ],
)
def test_a_text_of_any_length_is_read_in_linear_time(unit: str) -> None:
    def seconds(repeats: int) -> float:
        text = unit * repeats
        began = time.process_time()
        list(find_permalinks(text))
        parse_permalink(text)
        return time.process_time() - began

    short, long = min(seconds(5_000) for _ in range(3)), min(seconds(40_000) for _ in range(3))
    assert long < 8 * 4 * max(short, 1e-3)
