"""What became of curated documents since a build, so that only those that changed are read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from kb.model import Document, Passage
from kb.permanence.history import History

__all__ = ["Edit", "RecalledPassages"]

PassagesOf = Callable[[str], tuple[Passage, ...]]
"""Gives the passages of a document by its id."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Changes to documents while everything else of the content stayed.

    `files` are the paths of those that are new or changed. `touched` are the ids of others that must
    be checked again, as their source files changed or words of theirs are published elsewhere. All
    the rest are `kept`, by path; `recall` gives their passages, with all but their lines. `past` is
    what was known of what stood before; documents that ids moved from or to are no part of an edit.
    """

    kept: Mapping[str, Document]
    recall: PassagesOf
    files: frozenset[str]
    touched: frozenset[str]
    past: History


class RecalledPassages(Mapping[str, tuple[Passage, ...]]):
    """The passages of all documents, by id in order; those not `read` are asked for when needed."""

    def __init__(
        self, documents: tuple[Document, ...], read: Mapping[str, tuple[Passage, ...]], recall: PassagesOf
    ) -> None:
        self.documents = {document.id: None for document in documents}
        self.read, self.recall = read, recall

    def __getitem__(self, id: str) -> tuple[Passage, ...]:
        if id in self.read:
            return self.read[id]
        if id in self.documents:
            return self.recall(id)
        raise KeyError(id)

    def __contains__(self, id: object) -> bool:
        return id in self.documents

    def __iter__(self) -> Iterator[str]:
        return iter(self.documents)

    def __len__(self) -> int:
        return len(self.documents)
