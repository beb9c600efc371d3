"""What the site and the terminal ask of search, in plain types.

An `Engine` hands out a `Snapshot`: one published generation of the index, which stays as it is
while a page is made from it, whatever is built meanwhile. A `Builder` publishes the next one. What
an engine's own code has to offer is another protocol, `index.backend.Backend`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Collection as Names
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from index.explanation import Explanation
from index.matrix import Matrix
from index.request import Request
from index.results import Completion, Hit, Range, Results
from kb.collection.incremental import LastBuild as KnownContent
from kb.model import Collection, Document, Passage, Published, Theme, Thesaurus, Withdrawal
from kb.permanence.moves import Moves

if TYPE_CHECKING:
    from index.verdict import QuotationVerdict

__all__ = ["Builder", "Built", "Engine", "PreviousBuild", "Progress", "Snapshot"]

Progress = Callable[[int, int], None]
"""Called with the passages that are done and those there are."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did, in documents; `passages` is how many the collection has now."""

    added: int
    changed: int
    removed: int
    unchanged: int
    passages: int
    published: bool


class Snapshot(Protocol):
    """One generation of the index, open for reading."""

    @property
    def generation(self) -> str:
        """An identifier that no other published state shares."""

    @property
    def built(self) -> str:
        """When it was built: ISO 8601, UTC, to the second."""

    @property
    def themes(self) -> tuple[Theme, ...]: ...

    @property
    def documents(self) -> Mapping[str, Document]:
        """All documents by id, in collection order."""

    @property
    def withdrawn(self) -> Mapping[str, Withdrawal]:
        """Withdrawn passages by address."""

    @property
    def moves(self) -> Moves:
        """Where ids lead that were given up for others."""

    @property
    def published(self) -> Mapping[str, tuple[Published, ...]]:
        """By address all words published there, oldest first, where they are not those of now."""

    @property
    def instruments(self) -> Mapping[str, str]:
        """Full titles of the legal instruments that provisions name in short."""

    @property
    def thesaurus(self) -> Thesaurus:
        """The terms that searches go by."""

    @property
    def size(self) -> int:
        """How many passages there are."""

    @property
    def sizes(self) -> Mapping[str, int]:
        """How many passages each document has, by its id."""

    def search(self, request: Request) -> Results:
        """Raises BadRequest for a value that cannot be used."""

    def every_hit(self, request: Request) -> tuple[Hit, ...]:
        """The hits of all pages in one, MAX_HITS at most, for taking away; `page` does not count."""

    def count(self, request: Request) -> tuple[int, int]:
        """`total` and `total_some` of a search, for much less than the search itself."""

    def matrix(self, request: Request, theme: str = "", notes: bool = False) -> Matrix:
        """Sources, or notes, against all themes, or against one theme and its sub-points: how many
        passages have all the words. Filters on themes, `page` and `per` do not count. Raises BadRequest.
        """

    def complete(self, text: str, most: int = 8) -> tuple[Completion, ...]:
        """What a search that begins with `text` may be about, likeliest first; never raises."""

    def explain(self, request: Request, document: str, passage: str) -> Explanation | None:
        """Why a search lists a passage where it does; None where there is no such passage.

        Raises BadRequest as `search` does.
        """

    def passage(self, document: str, passage: str) -> Passage | None: ...

    def around(self, passage: Passage) -> tuple[Passage | None, Passage | None]:
        """The passages before and after it in its document."""

    def passages(self, document: str) -> tuple[Passage, ...]:
        """All passages of a document in reading order; none where it is unknown."""

    def found_in(self, document: str, text: str, expand: bool = True) -> frozenset[str]:
        """The ids of the document's passages that the query `text` finds."""

    def marks(
        self, text: str, passages: Sequence[Passage], expand: bool = True
    ) -> tuple[tuple[Range, ...], ...]:
        """What the query `text` matches in each passage's text, in order, disjoint."""

    def check(self, quotation: str, most: int = ..., *, nearest: bool = True) -> QuotationVerdict:
        """Whether the words of a quotation stand in any passage, and where: at most so many places.

        `nearest` asks for passages that share words with one that is not found.
        """


class Engine(Protocol):
    """A place where generations are published."""

    def snapshot(self) -> Snapshot:
        """The newest generation. Raises IndexMissing or IndexUnusable."""


class PreviousBuild(KnownContent, Protocol):
    """What the last build knows of the content, so that the next one reads only what changed."""

    @property
    def generation(self) -> str:
        """The name of the generation; empty where there is none."""


class Builder(Protocol):
    """What publishes generations."""

    def last(self) -> PreviousBuild: ...

    def build(
        self,
        collection: Collection,
        progress: Progress = ...,
        *,
        unchanged: Names[str] = (),
        since: str = "",
        manifest: Any = None,
    ) -> Built:
        """Brings the index to the state of the collection and publishes it as one generation.

        Documents named in `unchanged` are as they were in the generation `since` and are not looked
        at; `manifest` are plain values kept for whoever builds next. Raises IndexBusy when another
        process builds there, IndexUnusable when the index cannot be written.
        """
