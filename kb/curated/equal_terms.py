"""Which terms of a thesaurus count as the same."""

from __future__ import annotations

from collections.abc import Iterator

from kb.model import Thesaurus

__all__ = ["EqualTerms"]


class EqualTerms:
    """Sets of terms that count as the same, whatever their case (union-find)."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    @classmethod
    def of(cls, thesaurus: Thesaurus) -> EqualTerms:
        """The terms that `same` and `acronyms` equate, even indirectly."""
        equal = cls()
        for group in (*thesaurus.same, *thesaurus.acronyms.items()):
            for term in group[1:]:
                equal.join(group[0], term)
        return equal

    def root(self, term: str) -> str:
        """The term, in lower case, that stands for all those that count as the same as this one."""
        *below, root = self._path(term.casefold())
        self._above.update(dict.fromkeys(below, root))
        return root

    def join(self, one: str, other: str) -> None:
        self._above[self.root(one)] = self.root(other)

    def _path(self, term: str) -> Iterator[str]:
        while (above := self._above.get(term, term)) != term:
            yield term
            term = above
        yield term
