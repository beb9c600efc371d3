from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.query import (
    AllPassages,
    And,
    Filter,
    Fuzzy,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Wildcard,
    Word,
    parse_query,
    write_query,
)
from index.query.ast import MAX_DEPTH, MAX_PATTERNS, required_leaves
from kb.messages import Message
from tests.tables import table

A, B, C = Word("a1"), Word("b1"), Word("c1")


@table(
    ("query", "expected"),
    [
        ("a1", A),
        ("a1 b1", And((A, B))),
        ("a1 AND b1", And((A, B))),
        ("a1 b1 OR c1", Or((And((A, B)), C))),
        ("a1 (b1 OR c1)", And((A, Or((B, C))))),
        ("a1 NOT b1", And((A, Not(B)))),
        ("a1 -b1", And((A, Not(B)))),
        ("-(a1 b1)", Not(And((A, B)))),
        ('-"a1 b1"', Not(Phrase("a1 b1"))),
        ("NOT NOT a1", A),
        ('"a1 b1"', Phrase("a1 b1")),
        ("“a1 b1”", Phrase("a1 b1")),
        ('"a1 b1"~3', Phrase("a1 b1", 3)),
        ("vict*", Prefix("vict")),
        ("re-vict*", Prefix("re-vict")),
        ("wo?d", Wildcard("wo?d")),
        ("*ing", Wildcard("*ing")),
        ("a**b", Wildcard("a*b")),
        ("what?", Word("what")),
        ("extradtion~", Fuzzy("extradtion")),
        ("extradtion~2", Fuzzy("extradtion", 2)),
        ("2(d)", Word("2(d)")),
        ("6(3),", Word("6(3)")),
        ("re-victimisation", Word("re-victimisation")),
        ("A/HRC/61/42", Word("A/HRC/61/42")),
        ("+a1", A),
        ("*", AllPassages()),
        ("theme:x/y", Filter("theme", "x/y")),
        ('kind:"press release"', Filter("kind", "press release")),
        ("YEAR:2010..2015", Filter("year", "2010..2015")),
        ("year:Undated", Filter("year", "undated")),
        ("-document:d", Not(Filter("document", "d"))),
        ("http://example.org", Word("http://example.org")),
        ("A/HRC/61*", And((Word("A/HRC"), Prefix("61")))),
        ("co-op?ration", Wildcard("coop?ration")),
        ("re-vict?m*", Wildcard("revict?m*")),
        ("co-operaton~", Fuzzy("cooperaton")),
        ("'traffick*'", Prefix("traffick")),
        ("人口*", Word("人口")),
        ("-(-a1)", A),
        ("\ufeffa1\u200b \u202ab1\u202c", And((A, B))),
        ("\u200b-\u2060a1", Not(A)),
        ("anti\u200bslavery", Word("anti\u200bslavery")),
        ("ต่อ\u200bต้าน", And((Word("ต่อ"), Word("ต้าน")))),
        ("12\u202f000 b1", And((Word("12\u202f000"), B))),
        ("12\u00a0000", Word("12\u00a0000")),
        ("12 000", And((Word("12"), Word("000")))),
        ("12\u00a0b1", And((Word("12"), B))),
        ("", None),
        (" ", None),
    ],
)
def test_a_query_is_read_as_its_grammar_says(query: str, expected: Node | None) -> None:
    parsed = parse_query(query)
    assert parsed.node == expected
    assert parsed.notices == ()


@table(
    ("query", "expected", "notice"),
    [
        ('"a1 b1', And((A, B)), Message("unclosed-quotation-mark")),
        ("(a1 b1", And((A, B)), Message("unclosed-parenthesis")),
        ("a1) b1", And((A, B)), Message("unopened-parenthesis")),
        ("a1 AND", And((A, Word("and"))), Message("operator-without-right", operator="AND")),
        ("OR a1", And((Word("or"), A)), Message("operator-without-left", operator="OR")),
        ("a1 OR", And((A, Word("or"))), Message("operator-without-right", operator="OR")),
        ("a1 NOT", And((A, Word("not"))), Message("operator-without-right", operator="NOT")),
        ("NOT AND a1", And((Word("and"), Not(A))), Message("operator-without-left", operator="AND")),
        ("author:smith", And((Word("author"), Word("smith"))), Message("unknown-filter", filter="author")),
        ("year:soon", And((Word("year"), Word("soon"))), Message("bad-filter-year", text="year:soon")),
        ('theme:""', Word("theme"), Message("filter-without-value", filter="theme")),
        (
            "year:2016..2015",
            And((Word("year"), Word("2016..2015"))),
            Message("bad-filter-year", text="year:2016..2015"),
        ),
        ("theme: a1", And((Word("theme"), A)), Message("filter-without-value", filter="theme")),
        ("!!! — ()", None, Message("query-without-words")),
        ('""', None, Message("query-without-words")),
        ("-", None, Message("query-without-words")),
        ('"a1 b1"~999', Phrase("a1 b1", 50), Message("phrase-gap-too-wide", limit=50)),
        ('"a1 b*"', Phrase("a1 b*"), Message("phrase-star")),
        ("a*b/c", Word("a*b/c"), Message("pattern-not-one-word", text="a*b/c")),
    ],
)
def test_what_cannot_be_read_is_searched_as_words_and_said(
    query: str, expected: Node | None, notice: Message
) -> None:
    parsed = parse_query(query)
    assert parsed.node == expected
    assert notice in parsed.notices


def test_only_so_many_words_are_patterns() -> None:
    parsed = parse_query(" ".join(f"w{n}*" for n in range(MAX_PATTERNS + 2)) + " A/bc*")
    assert isinstance(parsed.node, And)
    assert parsed.node.nodes[MAX_PATTERNS - 1 :] == (Prefix("w9"), Word("w10"), Word("w11"), Word("A"))
    assert len(parsed.notices) == 1


def test_parentheses_nest_as_deep_as_is_said_and_no_deeper() -> None:
    deep = "(" * (MAX_DEPTH + 10) + "a1" + ")" * (MAX_DEPTH + 10)
    parsed = parse_query(deep + " b1")
    assert parsed.node == And((A, B))
    assert Message("parentheses-too-deep", limit=MAX_DEPTH) in parsed.notices


def test_leaves_leave_out_what_must_not_be_found_and_idle_stop_words() -> None:
    node = parse_query("the a1 (b1 OR -c1) theme:x").node
    assert node
    assert list(required_leaves(node)) == [A, B, Filter("theme", "x")]


texts = st.text(max_size=200) | st.text(alphabet='ab1 "()-*?~:.,ANDORT/\\year', max_size=120)


@given(texts)
def test_nothing_typed_raises_and_what_was_understood_can_be_written_and_read_again(query: str) -> None:
    node = parse_query(query).node
    if node is not None:
        assert parse_query(write_query(node)).node == node


@given(st.binary(max_size=200))
def test_no_bytes_raise(data: bytes) -> None:
    parsed = parse_query(data.decode("utf-8", "replace"))
    assert isinstance(parsed.notices, tuple)


word_nodes = st.sampled_from(
    [A, B, Word("re-victimisation"), Phrase("a1 b1", 2), Prefix("ab"), Fuzzy("abc", 1), AllPassages()]
)
trees = st.recursive(
    word_nodes,
    lambda inner: st.one_of(
        inner.map(Not),
        st.lists(inner, min_size=2, max_size=3).map(lambda nodes: And(tuple(nodes))),
        st.lists(inner, min_size=2, max_size=3).map(lambda nodes: Or(tuple(nodes))),
    ),
    max_leaves=8,
)


def flat(node: Node) -> Node:
    """The tree as the parser gives it: no And within And, no Or within Or, no Not of a Not."""
    match node:
        case And(nodes) | Or(nodes):
            kind = type(node)
            children: list[Node] = []
            for child in map(flat, nodes):
                children += child.nodes if isinstance(child, kind) else (child,)
            return kind(tuple(children))
        case Not(Not(child)):
            return flat(child)
        case Not(child):
            return Not(flat(child))
        case _:
            return node


@given(trees)
def test_any_tree_can_be_written_and_read_again(tree: Node) -> None:
    assert parse_query(write_query(flat(tree))).node == flat(tree)


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit", ["(", ")", '"', "~1", "*?", "a*", "-(", "x:", "a ", "NOT ", "OR ", "a,", "'s", "-"]
)
def test_the_parser_takes_time_linear_in_the_length(unit: str) -> None:
    def cost(size: int) -> float:
        best = float("inf")
        for _ in range(2):
            began = time.process_time()
            parse_query(unit * size)
            best = min(best, time.process_time() - began)
        return best

    # Four times the text may cost at most twelve times the time: quadratic work would cost sixteen.
    assert cost(12_000) <= 12 * cost(3_000) + 0.02
