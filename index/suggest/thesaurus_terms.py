"""What the thesaurus offers while a reader types: its terms, and what everyday words stand for."""

from __future__ import annotations

from collections.abc import Iterator

from kb.model import Thesaurus

__all__ = ["everyday_terms", "thesaurus_terms"]


def thesaurus_terms(thesaurus: Thesaurus) -> Iterator[str]:
    """The terms by themselves, those with a definition first."""
    yield from thesaurus.definitions
    yield from thesaurus.acronyms.values()
    yield from (term for group in thesaurus.same for term in group)
    yield from thesaurus.one_way


def everyday_terms(thesaurus: Thesaurus) -> Iterator[tuple[str, str]]:
    """Pairs of a short form or an everyday word, and a term that it leads to."""
    yield from thesaurus.acronyms.items()
    for typed, terms in thesaurus.one_way.items():
        yield from ((typed, term) for term in terms)
