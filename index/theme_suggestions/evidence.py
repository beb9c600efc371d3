"""What speaks for each theme value in a passage of one language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from index.analysis.content_words import is_content_word
from index.theme_suggestions.neighbours import AcceptedNeighbours, AcceptedPassage, Vote
from index.theme_suggestions.profiles import ThemeProfiles
from index.theme_suggestions.stemmed_passage import StemmedPassage, content_stems, stemmed_passage
from index.theme_suggestions.term_rules import TermRule, TermRules

__all__ = ["EvidenceFinder", "ProfileText", "ThemeEvidence"]

HEADING = 0.5
"""How much a term in the heading counts beside one in the passage."""

LONG = 20
"""Content words in a passage; in a longer one, a term that occurs once says less."""

MAX_PROFILED = 30
"""Accepted passages of a value that join its profile: more would drown what is written about it."""


@dataclass(frozen=True, slots=True)
class ProfileText:
    """A text on a theme value; its title counts `TITLE_COUNT` times."""

    value: str
    text: str
    title: str = ""


TITLE_COUNT = 3
MAX_NAMED, MAX_LIKE_NAMED = 5, 3
"""How many reasons are named, and how many of these may be words without a term rule."""


@dataclass(slots=True)
class ThemeEvidence:
    """What speaks for one theme value.

    `doubt` is what term rules leave open, from 1 to 0; `contrast` is how much more the passage is like the
    profile of this value than like that of others; `vote` is that of the neighbours. `terms` has the words
    that rules found with their weight.
    """

    doubt: float = 1.0
    contrast: float = 0.0
    vote: Vote | None = None
    terms: dict[str, float] = field(default_factory=dict)

    def add_rule(self, weight: float, words: str) -> None:
        """Adds a rule of this weight; what is found again in the same words counts once."""
        known = self.terms.get(words, 0.0)
        if weight > known:
            self.doubt *= (1 - weight) / (1 - known)
            self.terms[words] = weight


class EvidenceFinder:
    """Finds evidence in passages of one language."""

    def __init__(
        self,
        language: str,
        rules: Iterable[TermRule],
        texts: Iterable[ProfileText],
        accepted: Sequence[AcceptedPassage],
    ) -> None:
        self.language = language
        self._rules = TermRules(rules, language)
        counts = _counted(texts, accepted, language)
        self._themes = ThemeProfiles(_of_themes(counts))
        self._subpoints = ThemeProfiles({value: one for value, one in counts.items() if "/" in value})
        self._neighbours = AcceptedNeighbours(accepted)

    def find(self, text: str, heading: str = "") -> dict[str, ThemeEvidence]:
        """The evidence by theme value, themes and sub-points alike."""
        words = stemmed_passage(text, self.language)
        found: dict[str, ThemeEvidence] = {}
        self._add_rules(words, 1.0, found)
        self._add_rules(stemmed_passage(heading, self.language), HEADING, found)
        for profiles in (self._themes, self._subpoints):
            likeness = profiles.likeness(words.content)
            mean = sum(likeness.values()) / max(1, len(likeness))
            for value, score in likeness.items():
                found.setdefault(value, ThemeEvidence()).contrast = score - mean
        for value, vote in self._neighbours.votes(words.content).items():
            found.setdefault(value, ThemeEvidence()).vote = vote
        return found

    def _add_rules(self, words: StemmedPassage, weight: float, found: dict[str, ThemeEvidence]) -> None:
        share = LONG / max(LONG, len(words.content))
        for match in self._rules.find(words):
            surface = words.surface(match.places)
            for value, said in match.weights.items():
                told = weight * (1 - (1 - said) ** min(1.0, match.count * share))
                for each in dict.fromkeys((value, value.partition("/")[0])):
                    found.setdefault(each, ThemeEvidence()).add_rule(told, surface)

    def decisive(self, value: str, evidence: ThemeEvidence, text: str) -> tuple[str, ...]:
        """The words of a passage that say most for a theme value, those of rules first."""
        words = stemmed_passage(text, self.language)
        terms = sorted(evidence.terms, key=lambda term: -evidence.terms[term])
        profiles = self._subpoints if "/" in value else self._themes
        stems = profiles.telling(value, words.content) if evidence.contrast > 0 else []
        if evidence.vote:
            stems += self._neighbours.telling(evidence.vote, words.content)
        known = {stem for term in terms for stem in content_stems(term, self.language)}
        new = (one for one in dict.fromkeys(stems) if one not in known)
        places = [words.content[one] for one in new]
        telling = (at for at in places if is_content_word(words.tokens[at].form, (self.language,)))
        named = (words.surface((at,)) for at in islice(telling, MAX_LIKE_NAMED))
        return (*terms, *named)[:MAX_NAMED]


def _counted(
    texts: Iterable[ProfileText], accepted: Sequence[AcceptedPassage], language: str
) -> dict[str, Counter[str]]:
    counts: dict[str, Counter[str]] = {}
    for one in texts:
        count = counts.setdefault(one.value, Counter())
        count.update(content_stems(one.text, language))
        for stem in content_stems(one.title, language):
            count[stem] += TITLE_COUNT
    for value, passages in _by_value(accepted).items():
        for passage in islice(passages, MAX_PROFILED):
            counts.setdefault(value, Counter()).update(passage.stems)
    return counts


def _by_value(accepted: Sequence[AcceptedPassage]) -> Mapping[str, list[AcceptedPassage]]:
    found: dict[str, list[AcceptedPassage]] = {}
    for passage in reversed(accepted):
        for value in passage.values:
            found.setdefault(value, []).append(passage)
    return found


def _of_themes(counts: Mapping[str, Counter[str]]) -> dict[str, Counter[str]]:
    """The profiles of themes, with what is written about their sub-points."""
    found: dict[str, Counter[str]] = {}
    for value, count in counts.items():
        found.setdefault(value.partition("/")[0], Counter()).update(count)
    return found
