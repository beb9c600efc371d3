"""Which curated documents changed since a build, so that only these are read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kb.interchange.line_runs import KnownLines
from kb.model import Document, Passage
from kb.permanence.history import History
from kb.sources.kept_source import KeptSource

__all__ = ["Edit", "RecalledPassages"]

PassagesOf = Callable[[str], tuple[Passage, ...]]
"""Looks up the passages of a document."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Changes to documents where nothing else in the content changed.

    `files` are the paths of new and changed documents. `touched` are the ids of documents that must
    be checked again because their source file changed or their words are published elsewhere. The
    rest are `kept`, by path; `recall` gives their passages, without line numbers, `sources` their sources.
    `lines` are those of each folder's file of passages in JSON lines, where they may be kept.
    `history` is as of the last build. Documents that ids moved from or to are never part of an edit.
    """

    kept: Mapping[str, Document]
    recall: PassagesOf
    files: frozenset[str]
    touched: frozenset[str]
    history: History
    sources: Mapping[str, KeptSource] = field(default_factory=dict)
    lines: Mapping[Path, KnownLines] = field(default_factory=dict)


class RecalledPassages(Mapping[str, tuple[Passage, ...]]):
    """The passages of all documents by id, in order; those not `read` are recalled when needed."""

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
