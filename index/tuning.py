"""Every constant of ranking, most of them chosen by runs of `kb eval` on three judged collections.

tests/judged/RANKING.md has the runs, and names the constants that have none. The collections are
Cranfield (aerodynamics), CISI (information science) and SciFact's training claims (medicine). A value is
chosen if all three gain or none loses, from the middle of the range in which little changes, so that it
does not overfit any of them.
"""

from __future__ import annotations

from typing import Final

__all__ = ["Tuning"]


class Tuning:
    """Weights are relative to that of a word's stem anywhere in the passage."""

    EXACT: Final = 0.3
    """The form as typed, in the text, for a query that means all of its words."""

    EXACT_OF_MANY: Final = 0.05
    """The same in a longer query, where it says little: .2 costs CISI two parts in a hundred."""

    SAME_SPELLING: Final = 0.05
    """The stem in the spelling that was typed: `labours` for `labour`, not `labors`."""

    HEADING: Final = 0.2
    """A word in a heading, a locator or the title of a sub-point."""

    TITLE: Final = 0.1
    """A word in the document title."""

    RELATED: Final = 0.5
    """A related term from the thesaurus."""

    WHOLE_RUN: Final = 4.0
    """A run in a script without spaces as it was typed, next to one pair of it: more than all its pairs can
    give, so that passages with the run come first."""

    TELLING_PAIR: Final = 0.75
    """A pair of a run with less than this share of the median idf of its pairs finds nothing by itself."""

    PHRASE_HEADING: Final = 0.4
    """A phrase or pattern in a heading, relative to one in the text."""

    MAX_REQUIRED_WORDS: Final = 6
    """A query of more words means any of them."""

    ENOUGH_WORDS: Final = 0.3
    """The share of the total weight of a query's words that puts a source before notes with as much."""

    RERANKED_PASSAGES: Final = 300
    """The best passages, which are reranked."""

    PROXIMITY: Final = 0.2
    """Two words of a query as close together as typed, and in the same order."""

    PROXIMITY_OF_FEW: Final = 1.0
    """The same in a query of few words, which is often a name or a reference: `Guideline 9`."""

    NUMBERED_WORD: Final = 3.0
    """The factor for a word followed by a number: `Guideline 9` is one thing."""

    FEW_WORDS: Final = 3
    """The most words in a query of few words."""

    PROXIMITY_WORDS: Final = 8
    """The distance in words up to which proximity counts."""

    FEEDBACK_MIN_WORDS: Final = 3
    """Relevance feedback needs at least this many words in the query."""

    FEEDBACK_PASSAGES: Final = 10
    FEEDBACK_WORDS: Final = 20
    FEEDBACK_SHARE: Final = 0.4
    """The weight of feedback words relative to those that were typed."""

    FEEDBACK_POWER: Final = 8
    """A passage counts by this power of its score: the first far more than the tenth."""
