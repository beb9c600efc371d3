"""What a citation may mean, each with how sure that is and why."""

from __future__ import annotations

from dataclasses import dataclass

from index.english import say
from index.results import InstrumentAnswer
from kb.messages import Message

__all__ = ["CitationMatch", "Resolution"]


@dataclass(frozen=True, slots=True)
class CitationMatch:
    """What may be meant: a passage, a span where `passage` is `p4..p6`, an excerpt where it is `p4:3-12`,
    or a document where it is empty.

    `confidence` is from 0 to 1.
    """

    document: str
    passage: str
    url: str
    confidence: float
    reasons: tuple[Message, ...]

    @property
    def place(self) -> str:
        """The passage or span without the numbers of an excerpt's words."""
        return self.passage.partition(":")[0]

    @property
    def why(self) -> str:
        """The reasons in words."""
        return "; ".join(map(say, self.reasons))


@dataclass(frozen=True, slots=True)
class Resolution:
    """All that a citation may mean, surest first, and what there is to say about it.

    `instruments` are the treaties and the like that it names, with their articles.
    """

    query: str
    matches: tuple[CitationMatch, ...]
    notices: tuple[Message, ...] = ()
    instruments: tuple[InstrumentAnswer, ...] = ()

    @property
    def sure(self) -> CitationMatch | None:
        """The one passage that is meant, if no other comes near."""
        first, *others = self.matches or (None,)
        near = others[0].confidence if others and others[0] else 0.0
        return first if first and first.passage and first.confidence > max(0.5, near + 0.1) else None
