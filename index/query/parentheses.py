"""What stands in one level of parentheses, while a query is parsed and as a tree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from index.query.ast import And, Node, Not, Or

__all__ = ["Parentheses"]


@dataclass(slots=True)
class Parentheses:
    """One level of parentheses, or the whole query: alternatives, each a list of nodes that belong together.

    `operator` is the last one typed, until a node follows it; `negate` says that the next node is excluded.
    """

    alternatives: list[list[Node]] = field(default_factory=lambda: [[]])
    operator: str = ""
    negate: bool = False

    def add(self, node: Node) -> None:
        """Adds a node to the alternative that was begun last."""
        if self.negate:
            node = node.node if isinstance(node, Not) else Not(node)
        self.alternatives[-1].append(node)
        self.operator, self.negate = "", False

    def tree(self) -> Node | None:
        """What stands in the parentheses as one node; None if nothing does."""
        options = [tree for nodes in self.alternatives if (tree := _join(And, nodes))]
        return _join(Or, options)


def _join(kind: type[And] | type[Or], nodes: list[Node]) -> Node | None:
    """One node for several; `(a b) c` is the same as `a b c`."""
    flat = tuple(_flatten(kind, nodes))
    if len(flat) < 2:
        return flat[0] if flat else None
    return kind(flat)


def _flatten(kind: type[And] | type[Or], nodes: list[Node]) -> Iterator[Node]:
    for node in nodes:
        if isinstance(node, kind):
            yield from node.nodes
        else:
            yield node
