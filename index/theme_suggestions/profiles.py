"""How like a passage is to what is written about each theme: BM25 of its words over theme profiles.

The score is Lucene's BM25 (Robertson and Zaragoza 2009, with a document frequency that never gives a
negative weight), divided by what a profile with all the words would score: from 0 to 1.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from math import log

__all__ = ["ThemeProfiles"]

K1, B = 1.2, 0.75
FEW = 4.0
"""Added to the divisor of likeness: a passage with few words that profiles know is less like any of them."""


class ThemeProfiles:
    """The words of each theme value, `slug` or `slug/subpoint`, with how often each is used."""

    def __init__(self, profiles: Mapping[str, Counter[str]]) -> None:
        self._values = tuple(profiles)
        self._numbers = {value: number for number, value in enumerate(profiles)}
        lengths = [sum(profile.values()) for profile in profiles.values()]
        mean = sum(lengths) / max(1, len(lengths)) or 1.0
        used = Counter(stem for profile in profiles.values() for stem in profile)
        self._idf = {
            stem: log(1 + (len(profiles) - count + 0.5) / (count + 0.5)) for stem, count in used.items()
        }
        self._postings: dict[str, list[tuple[int, float]]] = {}
        for number, (profile, length) in enumerate(zip(profiles.values(), lengths, strict=True)):
            norm = K1 * (1 - B + B * length / mean)
            for stem, count in profile.items():
                weight = self._idf[stem] * count / (count + norm)
                self._postings.setdefault(stem, []).append((number, weight))

    def likeness(self, stems: Collection[str]) -> dict[str, float]:
        """How like a passage with these stems is to each profile, from 0 to 1."""
        scores = [0.0] * len(self._values)
        most = 0.0
        for stem in stems:
            if stem in self._postings:
                most += self._idf[stem]
                for number, weight in self._postings[stem]:
                    scores[number] += weight
        return {value: score / (most + FEW) for value, score in zip(self._values, scores, strict=True)}

    def telling(self, value: str, stems: Collection[str]) -> list[str]:
        """The stems that make a passage like a profile, the weightiest first."""
        number = self._numbers.get(value, -1)
        found = ((dict(self._postings.get(stem, ())).get(number, 0.0), stem) for stem in stems)
        return [stem for weight, stem in sorted(found, reverse=True) if weight]
