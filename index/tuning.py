"""Every constant of ranking, and the run that chose it; a run is `kb eval` on three judged collections.

The collections are Cranfield (aerodynamics), CISI (information science) and SciFact's training
claims (medicine). A value is taken where all three gain or none loses, from the middle of the range
in which little changes, so that it is no fit to one of them. tests/judged/RANKING.md has the runs.
"""

from __future__ import annotations

from typing import Final

__all__ = ["Tuning"]


class Tuning:
    """Weights are parts of what a word's stem weighs in the whole passage."""

    EXACT: Final = 0.3
    """A word's form as typed, in the text, where a query means all of its words."""

    EXACT_OF_MANY: Final = 0.05
    """The same in a longer query, where it tells little: .1 and more cost CISI one part in a hundred."""

    SAME_SPELLING: Final = 0.05
    """A word's stem in the spelling that was typed: `labours` for `labour`, not `labors`."""

    HEADING: Final = 0.2
    """A word in a heading, a locator or the title of a sub-point."""

    TITLE: Final = 0.1
    """A word in the title of the document."""

    RELATED: Final = 0.5
    """A term of the thesaurus, beside what was typed."""

    PHRASE_HEADING: Final = 0.4
    """A phrase or pattern in a heading, of what it weighs in the text."""

    MAX_REQUIRED_WORDS: Final = 6
    """Words up to which a query means all of them."""

    RERANKED_PASSAGES: Final = 300
    """Passages that are ranked again."""

    PROXIMITY: Final = 0.2
    """Two words of a query that stand as near and in the order as they were typed."""

    PROXIMITY_OF_FEW: Final = 1.0
    """The same in a query of few words, which often is a name or a reference: `Guideline 9`."""

    NUMBERED_WORD: Final = 3.0
    """So many times more counts a word with a number behind it: `Guideline 9` is one thing."""

    FEW_WORDS: Final = 3
    """Words up to which a query is of few."""

    PROXIMITY_WORDS: Final = 8
    """Words between which nearness still counts."""

    FEEDBACK_MIN_WORDS: Final = 3
    """Words of a query from which on the best passages say what else it is about."""

    FEEDBACK_PASSAGES: Final = 10
    FEEDBACK_WORDS: Final = 20
    FEEDBACK_SHARE: Final = 0.4
    """What the words of the best passages weigh, beside those that were typed."""

    FEEDBACK_POWER: Final = 8
    """The power of its score by which a passage speaks: the first one far above the tenth."""
