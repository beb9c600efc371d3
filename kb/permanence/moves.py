"""Where ids that were given up for others lead."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from kb.ids import IdPair, split_address
from kb.published import Move

__all__ = ["IsCurrent", "Moves"]

IsCurrent = Callable[[IdPair], bool]
"""Whether there is a passage under these ids today."""


class Moves:
    """Where former ids lead. If a document moved, so did its passages, each under its own id."""

    def __init__(self, moves: Iterable[Move], is_current: IsCurrent) -> None:
        self._to = {(move.document, move.passage): move.to for move in moves}
        self._is_current = is_current
        self._ends: dict[IdPair, IdPair | None] = {}

    def step(self, ids: IdPair) -> IdPair | None:
        """The ids for which these were given up; None if these are current or unknown."""
        if self._is_current(ids):
            return None
        if to := self._to.get(ids):
            return split_address(to)
        document, passage = self.document(ids[0]), ids[1]
        known = (document, passage) in self._to or self._is_current((document, passage))
        return (document, passage) if document and known else None

    def target(self, ids: IdPair) -> IdPair | None:
        """Where the words of these former ids are now; None as for `step`."""
        end = self._end(ids)
        return None if end == ids else end

    def _end(self, ids: IdPair) -> IdPair | None:
        """Where ids lead in the end, perhaps to themselves; remembered for every id on the way."""
        trail: dict[IdPair, None] = {}
        at: IdPair | None = ids
        while at and at not in self._ends and at not in trail:
            trail[at] = None
            at = self.step(at)
        # an id twice on the trail means a cycle, which only a damaged file can have
        end = self._ends.get(at) if at else next(reversed(trail))
        self._ends.update(dict.fromkeys(trail, end))
        return self._ends[ids]

    def from_document(self, document: str) -> list[tuple[str, IdPair]]:
        """The ids that passages of a document gave up, each with where its words are now."""
        former = [passage for id, passage in self._to if id == document and passage]
        return [(passage, to) for passage in former if (to := self.target((document, passage)))]

    def document(self, id: str) -> str:
        """The id that replaced a document's id; empty if none did, as far as is known."""
        return self._to.get((id, ""), "")
