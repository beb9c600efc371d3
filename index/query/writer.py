"""Writes a query tree as query text."""

from __future__ import annotations

import re

from index.query.ast import (
    AllPassages,
    And,
    Filter,
    Fuzzy,
    Node,
    Not,
    Or,
    PartOfRun,
    Phrase,
    Prefix,
    Related,
    Wildcard,
    Word,
)

__all__ = ["write_query"]

_BARE = re.compile(r"[\w./-]+")


def write_query(node: Node) -> str:
    """The query text of a tree: `parse(write(parse(q).node)).node == parse(q).node`."""
    match node:
        case And(nodes):
            return " ".join(_grouped(child, Or) for child in nodes)
        case Or(nodes):
            return " OR ".join(write_query(child) for child in nodes)
        case Not(child):
            return "-" + _grouped(child, And, Or, Not)
        case _:
            return _leaf(node)


def _grouped(node: Node, *kinds: type[Node]) -> str:
    return f"({write_query(node)})" if isinstance(node, kinds) else write_query(node)


def _leaf(node: Node) -> str:
    match node:
        case Phrase(text, slop):
            return f'"{text}"' + (f"~{slop}" if slop else "")
        case Related(text):
            return f'"{text}"'
        case Filter(facet, value):
            return f"{facet}:{value}" if _BARE.fullmatch(value) else f'{facet}:"{value}"'
        case Fuzzy(text, edits):
            return f"{text}~{edits or ''}"
        case Prefix(text):
            return f"{text}*"
        case Wildcard(text) | Word(text) | PartOfRun(text):
            return text
        case AllPassages():
            return "*"
        case _:
            raise AssertionError(node)
