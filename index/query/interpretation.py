"""What a query asks for: all of its words, and some of them where few passages have all.

Also where the thesaurus comes in: its terms stand beside the words typed, never inside quotation
marks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from index.analysis.analyzer import STOP_WORDS, is_compound, tokenize
from index.query import And, Fuzzy, Node, Not, Or, ParsedQuery, Prefix, Related, Wildcard, Word
from index.query.ast import is_stop_words
from index.query.thesaurus_expansion import Synonyms, TermSpan
from index.tuning import Tuning

__all__ = ["Interpretation", "interpret"]


@dataclass(frozen=True, slots=True)
class Interpretation:
    """The tree whose matches count, and the one for passages with some of its words, if that is another.

    `spans` are the terms of the thesaurus that were met, searched or not; `any_word` says that any of the
    words will do.
    """

    node: Node | None
    some: Node | None = None
    spans: tuple[TermSpan, ...] = ()
    any_word: bool = False

    @property
    def related(self) -> tuple[str, ...]:
        """The terms to search beside those that were typed."""
        return tuple(dict.fromkeys(term for span in self.spans for term in span.related))


def interpret(parsed: ParsedQuery, synonyms: Synonyms, expand: bool = True) -> Interpretation:
    """Reads a query tree; one with operators is left as it was typed, but for the thesaurus.

    Without `expand` the terms of the thesaurus are found and left aside.
    """
    node = parsed.node
    if node is None:
        return Interpretation(None)
    if parsed.strict:
        widener = _Widener(synonyms)
        widened = widener.widen(node)
        return Interpretation(widened if expand else node, spans=tuple(widener.spans))
    parts = node.nodes if isinstance(node, And) else (node,)
    spans = tuple(synonyms.find(parts))
    searched = spans if expand else ()
    every = _beside(parts, searched)
    some = _some(parts, searched)
    if some and len(_words(parts)) > Tuning.MAX_REQUIRED_WORDS:
        return Interpretation(some, spans=spans, any_word=True)
    return Interpretation(every, some, spans)


@dataclass(slots=True)
class _Widener:
    """Puts the terms of a thesaurus beside the words of every group that stand side by side."""

    synonyms: Synonyms
    spans: list[TermSpan] = field(default_factory=list)

    def widen(self, node: Node) -> Node:
        match node:
            case Word():
                return self._group((node,))
            case And(nodes):
                return self._group(
                    tuple(each if isinstance(each, Word) else self.widen(each) for each in nodes)
                )
            case Or(nodes):
                return Or(tuple(map(self.widen, nodes)))
            case _:
                return node  # what must not be found is left as narrow as it was typed

    def _group(self, nodes: tuple[Node, ...]) -> Node:
        spans = tuple(self.synonyms.find(nodes))
        self.spans += spans
        return _beside(nodes, spans)


def _beside(parts: Sequence[Node], spans: Sequence[TermSpan]) -> Node:
    """All of the parts, where those of a span may be one of its terms instead."""
    nodes: list[Node] = []
    at = 0
    for span in spans:
        if span.related:
            nodes += parts[at : span.first]
            nodes.append(Or((_all(parts[span.first : span.last + 1]), *map(Related, span.related))))
            at = span.last + 1
    return _all([*nodes, *parts[at:]])


def _all(nodes: Sequence[Node]) -> Node:
    return nodes[0] if len(nodes) == 1 else And(tuple(nodes))


def _some(parts: Sequence[Node], spans: Sequence[TermSpan]) -> Node | None:
    """Any of the words, with everything that is no word; None where there are not several words."""
    if len(_words(parts)) < 2:
        return None
    wanted = [node for part in parts if _is_word(part) and not is_stop_words(part) for node in _apart(part)]
    related = [Related(term) for span in spans for term in span.related]
    either = Or((*wanted, *related))
    rest = [part for part in parts if not _is_word(part)]
    return And((either, *rest)) if rest else either


def _apart(node: Node) -> Iterator[Node]:
    """The words of one that was typed as several; `2(d)`, or a word of single signs, says nothing apart.

    Behind a prefix, as in `re-victimisation`, the whole is one of the words, too: some write it so.
    """
    cut = [word.form for word in tokenize(node.text)] if isinstance(node, Word) else []
    if not isinstance(node, Word) or len(cut) < 2 or not any(map(_says_something, cut)):
        yield node
        return
    yield from (Word(form) for form in cut if form not in STOP_WORDS)
    if is_compound(node.text) and "".join(cut).isalpha() and len(cut[0]) <= _PREFIX:
        yield Word("".join(cut))


def _says_something(form: str) -> bool:
    return form.isalpha() and len(form) > 1


_PREFIX = 2
"""Letters up to which the first part of a word is a prefix."""


def _words(parts: Sequence[Node]) -> set[Node]:
    """The different words of a query that say something."""
    return {part for part in parts if _is_word(part) and not is_stop_words(part)}


def _is_word(node: Node) -> bool:
    return isinstance(node, (Word, Prefix, Wildcard, Fuzzy)) and not isinstance(node, Not)
