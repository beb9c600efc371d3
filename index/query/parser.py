"""Parses a query; nothing typed is an error, and a notice says what was read leniently.

The parser keeps its own stack and reads each lexeme once: time is linear in the length of the
query, and nesting costs no Python stack.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from index.analysis.analyzer import tokenize
from index.query.ast import (
    MAX_DEPTH,
    MAX_PATTERNS,
    MAX_SLOP,
    AllPassages,
    And,
    Filter,
    Fuzzy,
    Node,
    Phrase,
    Prefix,
    Wildcard,
    Word,
)
from index.query.filters.year_filter import is_year_filter
from index.query.lexer import Lexeme, lexemes
from index.query.parentheses import Parentheses
from index.query.patterns import OPERATORS, letters_of, parse_pattern
from index.request import FACETS
from kb.messages import Message

__all__ = ["ParsedQuery", "parse_query"]

_FILTER = re.compile(r"([^\W\d_]+):(?!/)(.+)?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A query tree, None if nothing searchable was typed, and the notices for the reader.

    `strict` says that the query has operators, which are followed to the letter; quotation marks,
    filters and patterns do not count as operators.
    """

    node: Node | None
    notices: tuple[Message, ...] = ()
    strict: bool = False


def parse_query(query: str) -> ParsedQuery:
    """The tree of a query and its notices. Never raises; linear in the length of the query."""
    return _Parser().run(query)


@dataclass(slots=True)
class _Parser:
    stack: list[Parentheses] = field(default_factory=lambda: [Parentheses()])
    too_deep: int = 0
    filter_name: str = ""
    patterns: int = 0
    strict: bool = False
    notices: dict[Message, None] = field(default_factory=dict)

    def run(self, query: str) -> ParsedQuery:
        for lexeme in lexemes(query):
            self._take(lexeme)
        self._flush_filter()
        if len(self.stack) > 1:
            self._notice(Message("unclosed-parenthesis"))
        while len(self.stack) > 1:
            self._close()
        self._end_group(self.stack[0])
        tree = self.stack[0].tree()
        if tree is None and query.strip():
            self._notice(Message("query-without-words"))
        return ParsedQuery(tree, tuple(self.notices), self.strict)

    @property
    def group(self) -> Parentheses:
        return self.stack[-1]

    def _notice(self, message: Message) -> None:
        self.notices[message] = None

    def _take(self, lexeme: Lexeme) -> None:
        if self.filter_name:
            if lexeme.kind == "phrase" and lexeme.glued and lexeme.closed:
                return self._filter_or_words(self.filter_name, lexeme.text.strip())
            self._flush_filter()
        match lexeme.kind:
            case "word":
                self._word(lexeme.text)
            case "phrase":
                self._phrase(lexeme)
            case "open":
                self._open()
            case "close":
                self._close_parenthesis()
            case "minus":
                self.group.negate, self.strict = not self.group.negate, True

    def _open(self) -> None:
        if len(self.stack) > MAX_DEPTH:
            self.too_deep += 1
            return self._notice(Message("parentheses-too-deep", limit=MAX_DEPTH))
        self.stack.append(Parentheses())

    def _close_parenthesis(self) -> None:
        if self.too_deep:
            self.too_deep -= 1
        elif len(self.stack) > 1:
            self._close()
        else:
            self._notice(Message("unopened-parenthesis"))

    def _close(self) -> None:
        self._end_group(self.group)
        tree = self.stack.pop().tree()
        if tree:
            self.group.add(tree)

    def _end_group(self, group: Parentheses) -> None:
        """An operator with nothing after it is a word like any other."""
        if not group.alternatives[-1] and len(group.alternatives) > 1:
            group.alternatives.pop()
        if group.operator:
            group.negate = False
            self._notice(Message("operator-without-right", operator=group.operator))
            self._operator_as_word(group.operator)
        group.negate = False

    def _operator_as_word(self, operator: str) -> None:
        negate, self.group.negate = self.group.negate, False
        self.group.add(Word(operator.lower()))
        self.group.negate = negate

    def _operator(self, operator: str) -> None:
        group = self.group
        if operator == "NOT":
            self.strict = True
            group.negate = not group.negate
            group.operator = operator if group.negate else ""
        elif not group.alternatives[-1] or group.operator:
            self._notice(Message("operator-without-left", operator=operator))
            self._operator_as_word(operator)
        else:
            group.operator, self.strict = operator, True
            if operator == "OR":
                group.alternatives.append([])

    def _word(self, text: str) -> None:
        if text in OPERATORS:
            return self._operator(text)
        name, value = _filter_and_value(text)
        if name and not value:
            self.filter_name = name
        elif name:
            self._filter_or_words(name, value)
        else:
            self._add(parse_pattern(text))

    def _flush_filter(self) -> None:
        name, self.filter_name = self.filter_name, ""
        if name:
            self._notice(Message("filter-without-value", filter=name))
            self._add(Word(name))

    def _filter_or_words(self, name: str, value: str) -> None:
        self.filter_name = ""
        facet = name.lower()
        if facet not in FACETS:
            self._notice(Message("unknown-filter", filter=name))
            self._plain(f"{name} {value}")
        elif not value:
            self._notice(Message("filter-without-value", filter=name))
            self._plain(name)
        elif facet == "year" and not is_year_filter(value.lower()):
            self._notice(Message("bad-filter-year", text=f"{name}:{value}"))
            self._plain(f"{name} {value}")
        else:
            self.group.add(Filter(facet, value.lower() if facet == "year" else value))

    def _phrase(self, lexeme: Lexeme) -> None:
        if not lexeme.closed:
            self._notice(Message("unclosed-quotation-mark"))
            self._plain(lexeme.text)
        elif tokenize(lexeme.text):
            if lexeme.slop > MAX_SLOP:
                self._notice(Message("phrase-gap-too-wide", limit=MAX_SLOP))
            if "*" in lexeme.text:
                self._notice(Message("phrase-star"))
            self.group.add(Phrase(" ".join(lexeme.text.split()), min(lexeme.slop, MAX_SLOP)))
        else:
            self.group.negate = False

    def _plain(self, text: str) -> None:
        """Plain words: no filters, operators, phrases or groups."""
        for lexeme in lexemes(text.replace(":", " ")):
            if lexeme.kind == "word":
                self._add(parse_pattern(lexeme.text))

    def _add(self, node: Node) -> None:
        if not isinstance(node, AllPassages) and not tokenize(letters_of(node)):
            self.group.negate = False
            return
        if isinstance(node, Word) and any(sign in node.text for sign in "*~"):
            self._notice(Message("pattern-not-one-word", text=node.text))
        self.group.add(self._within_bounds(node))

    def _within_bounds(self, node: Node) -> Node:
        if not isinstance(node, (Prefix, Wildcard, Fuzzy, And)):
            return node
        self.patterns += 1
        if self.patterns <= MAX_PATTERNS:
            return node
        self._notice(Message("too-many-patterns", limit=MAX_PATTERNS))
        return node.nodes[0] if isinstance(node, And) else Word(letters_of(node).lower())


def _filter_and_value(text: str) -> tuple[str, str]:
    named = _FILTER.fullmatch(text)
    if not named:
        return "", ""
    name, value = named[1], named[2] or ""
    if name.lower() in FACETS or (value and len(name) > 1 and name.islower() and value[0].isalnum()):
        return name, value
    return "", ""
