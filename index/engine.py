"""What the site and the command line use of search, in plain types.

An `Engine` returns a `Snapshot`: one published generation of the index, which does not change while
a page is made from it, whatever is built meanwhile. A `Builder` publishes the next generation. What
each engine implements is another protocol, `index.backend.Backend`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Collection as Names
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from index.catalogue import Catalogue
from index.explanation import Explanation
from index.matrix import Matrix
from index.request import Request
from index.results import Completion, Hit, Range, Results
from kb.collection.incremental.last_build import LastBuild as KnownContent
from kb.interchange.read_listener import ReadListener
from kb.messages import Message
from kb.model import Collection, Passage
from kb.permanence.moves import Moves

if TYPE_CHECKING:
    from index.verdict import QuotationVerdict

__all__ = [
    "Builder",
    "Built",
    "Engine",
    "GenerationCheck",
    "PreviousBuild",
    "Progress",
    "QuotationCheck",
    "Snapshot",
]

Progress = Callable[[int, int], None]
"""Called with the number of passages done and the total."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did, counted in documents; `passages` is the collection's total."""

    added: int
    changed: int
    removed: int
    unchanged: int
    passages: int
    published: bool


@dataclass(frozen=True, slots=True)
class GenerationCheck:
    """What was found in one generation on disk; without problems, every byte is as it was written.

    `built` and `passages` are known only then.
    """

    generation: str
    problems: tuple[Message, ...]
    built: str = ""
    passages: int = 0


class QuotationCheck(Protocol):
    """Checks quotations, one after another."""

    def check(self, quotation: str, limit: int = ..., *, nearest: bool = True) -> QuotationVerdict:
        """As `Snapshot.check` does."""

    def check_all(
        self, quotations: Iterable[str], limit: int = ..., *, nearest: bool = True
    ) -> Mapping[str, QuotationVerdict]:
        """The verdicts on some quotations, by quotation; those that are verbatim come first."""


class Snapshot(Catalogue, Protocol):
    """One generation of the index, open for reading: its catalogue, its passages and what searches find."""

    @property
    def generation(self) -> str:
        """An identifier that no other published state shares."""

    @property
    def fallback(self) -> Message | None:
        """Why this generation is served although there is a newer one; None if it is the newest."""

    @property
    def moves(self) -> Moves:
        """Where former ids lead."""

    @property
    def size(self) -> int:
        """The number of passages."""

    def search(self, request: Request) -> Results:
        """The results of a request. Raises BadRequest for an invalid value."""

    def every_hit(self, request: Request, *, snippets: bool = True) -> Iterator[Hit]:
        """The hits of all pages, one by one, MAX_HITS at most, for downloads; ignores `page`.

        Without `snippets` they have none, and no reasons. Raises BadRequest before the first of them.
        """

    def count(self, request: Request) -> tuple[int, int]:
        """The `total` and `total_some` of a search, much faster than the search itself."""

    def matrix(self, request: Request, theme: str = "", notes: bool = False) -> Matrix:
        """Sources (or notes) against all themes, or against one theme and its sub-points.

        Cells count the passages with all the words. Ignores theme filters, `page` and `per`. Raises
        BadRequest.
        """

    def complete(self, text: str, limit: int = 12) -> tuple[Completion, ...]:
        """Completions of what was typed so far, likeliest first; never raises."""

    def explain(self, request: Request, document: str, passage: str) -> Explanation | None:
        """Why a search ranks a passage where it does; None if there is no such passage.

        Raises BadRequest as `search` does.
        """

    def passage(self, document: str, passage: str) -> Passage | None: ...

    def around(self, passage: Passage) -> tuple[Passage | None, Passage | None]:
        """The passages before and after it in its document."""

    def following(self, passage: Passage, limit: int) -> tuple[Passage, ...]:
        """The passages after it in its document, `limit` at most."""

    def passages(self, document: str) -> tuple[Passage, ...]:
        """All passages of a document in reading order; empty if it is unknown."""

    def found_in(self, document: str, text: str, expand: bool = True) -> frozenset[str]:
        """The ids of the document's passages that match the query `text`."""

    def marks(
        self, text: str, passages: Sequence[Passage], expand: bool = True
    ) -> tuple[tuple[Range, ...], ...]:
        """What the query `text` matches in each passage's text, in order, disjoint."""

    def check(self, quotation: str, limit: int = ..., *, nearest: bool = True) -> QuotationVerdict:
        """Whether any passage contains a quotation, and where: at most `limit` places.

        With `nearest`, a quotation that is not found comes with passages that share words with it.
        """

    def checker(self) -> QuotationCheck:
        """Checks the quotations of one text, which share what is read for them."""


class Engine(Protocol):
    """An index, whose newest generation it opens."""

    def snapshot(self) -> Snapshot:
        """The newest generation. Raises IndexMissing or IndexUnusable."""

    def condition(self) -> Message | None:
        """How the machines are on which it runs; None for an engine that runs in this process.

        Raises SearchUnavailable where they do not answer.
        """


class PreviousBuild(KnownContent, Protocol):
    """What the last build recorded of the content, so that the next one reads only what changed."""

    @property
    def generation(self) -> str:
        """The name of the generation; empty if there is none."""


class Builder(Protocol):
    """Publishes generations."""

    def last(self) -> PreviousBuild: ...

    def expecting(self, passages: int) -> AbstractContextManager[ReadListener | None]:
        """A context for reading and building about so many passages: starts early what is slow to start.

        The listener that it yields, if any, may be told of documents as they are read.
        """

    def build(
        self,
        collection: Collection,
        progress: Progress = ...,
        *,
        unchanged: Names[str] = (),
        since: str = "",
        manifest: Any = None,
    ) -> Built:
        """Updates the index to match the collection and publishes it as one generation.

        Documents named in `unchanged` are the same as in the generation `since` and are skipped;
        `manifest` holds plain values for the next build. Raises IndexBusy if another process is
        building, IndexUnusable if the index cannot be written.
        """
