"""The questions: distinct queries of every kind, drawn with a fixed seed from the collection's own words."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice, pairwise

from index.analysis.analyzer import STOP_WORDS
from index.analysis.stemming import stem
from index.request import FacetName, Request
from tests.bench.rows import GAP, Row

__all__ = ["KINDS", "Question", "Vocabulary", "draw", "draw_typed", "vocabulary"]

SEED = 20150325

_PLAIN = re.compile(r"[a-z]{3,}")
_SAMPLE = 2_000
"""Passages from which phrases are drawn, evenly spread."""


@dataclass(frozen=True, slots=True)
class Question:
    """One query as it would be typed, with the filters ticked beside it."""

    kind: str
    text: str
    filters: tuple[tuple[FacetName, str], ...] = ()

    @property
    def request(self) -> Request:
        chosen: dict[FacetName, tuple[str, ...]] = {}
        for name, value in self.filters:
            chosen[name] = (*chosen.get(name, ()), value)
        return Request(text=self.text, filters=chosen)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of a collection, commonest first, and where they occur."""

    rare: Sequence[str]
    middle: Sequence[str]
    common: Sequence[str]
    stops: Sequence[str]
    stems: frozenset[str]
    texts: Sequence[Sequence[str]]
    frequent_pairs: Sequence[str]
    labels: Mapping[FacetName, Sequence[str]] = field(default_factory=dict)


def vocabulary(found: Sequence[Row]) -> Vocabulary:
    """The words of the rows, ordered by the number of passages whose text has them, headings aside."""
    passages: Counter[str] = Counter()
    stems: set[str] = set()
    for row in found:
        passages.update(dict.fromkeys(row.forms.partition(GAP)[0].split(), 1))
        stems.update(row.stems.split())
    ranked = [form for form, _ in passages.most_common() if _PLAIN.fullmatch(form) and form not in STOP_WORDS]
    few = max(10, min(300, len(ranked) // 50))
    texts = [row.forms.partition(GAP)[0].split() for row in _spread(found)]
    return Vocabulary(
        rare=[form for form in ranked[few:] if passages[form] <= 10],
        middle=ranked[few : max(2 * few, len(ranked) // 5)],
        common=ranked[:few],
        stops=[form for form, _ in passages.most_common() if form in STOP_WORDS and len(form) > 1],
        stems=frozenset(stems),
        texts=[text for text in texts if len(text) > 10],
        frequent_pairs=_frequent(texts),
        labels=_labels(found),
    )


def _spread(found: Sequence[Row]) -> Sequence[Row]:
    return found[:: max(1, len(found) // _SAMPLE)]


def _frequent(texts: Sequence[Sequence[str]]) -> list[str]:
    runs: Counter[str] = Counter()
    for text in texts:
        for size in (2, 3):
            runs.update(" ".join(text[at : at + size]) for at in range(len(text) - size + 1))
    return [run for run, _ in runs.most_common(1_000)]


def _labels(found: Sequence[Row]) -> dict[FacetName, Sequence[str]]:
    names: tuple[FacetName, ...] = ("theme", "document", "kind", "year")
    return {name: sorted({value for row in found for value in row.labels[name]}) for name in names}


Drawn = tuple[str, tuple[tuple[FacetName, str], ...]]
Drawing = Callable[[Vocabulary, random.Random], Drawn]


def draw(words: Vocabulary, each: int, seed: int = SEED) -> list[Question]:
    """Up to `each` distinct questions of every kind; fewer if the collection has no more."""
    chance = random.Random(seed)  # noqa: S311
    return [
        one for kind, drawn in KINDS.items() for one in islice(_of(kind, drawn, words, chance, each), each)
    ]


def draw_typed(words: Vocabulary, count: int, seed: int = SEED) -> list[Question]:
    """Up to `count` distinct questions of the kinds that readers type, every seventh with a theme filter."""
    chance = random.Random(seed)  # noqa: S311
    each = -(-count // len(_TYPED))
    drawn = [one for kind, how in _TYPED.items() for one in islice(_of(kind, how, words, chance, each), each)]
    themes = words.labels.get("theme", ())
    for place in range(_FILTERED - 1, len(drawn), _FILTERED) if themes else ():
        drawn[place] = replace(drawn[place], filters=(("theme", chance.choice(themes)),))
    del drawn[count:]
    chance.shuffle(drawn)
    return drawn


def _of(kind: str, drawn: Drawing, words: Vocabulary, chance: random.Random, each: int) -> Iterator[Question]:
    seen: set[Question] = set()
    for _ in range(40 * each):
        text, filters = drawn(words, chance)
        question = Question(kind, text, filters)
        if question not in seen and not _runs_together(text, words):
            seen.add(question)
            yield question


def _runs_together(text: str, words: Vocabulary) -> bool:
    """Whether two adjacent words also form one word: only ours would find that, and counts would differ."""
    found = [part for part in re.findall(r"[a-z]+", text) if len(part) > 1]
    return '"' not in text and any(stem(left + right) in words.stems for left, right in pairwise(found))


def _word(words: Vocabulary, chance: random.Random) -> Drawn:
    return chance.choice(chance.choice((words.rare or words.middle, words.middle, words.common))), ()


def _rare(words: Vocabulary, chance: random.Random) -> Drawn:
    return chance.choice(words.rare or words.middle), ()


def _common(words: Vocabulary, chance: random.Random) -> Drawn:
    return chance.choice(words.common), ()


def _stops(words: Vocabulary, chance: random.Random) -> Drawn:
    return " ".join(chance.sample(words.stops, min(len(words.stops), chance.randint(1, 4)))), ()


def _several(least: int, most: int) -> Drawing:
    def drawn(words: Vocabulary, chance: random.Random) -> Drawn:
        there = [form for form in chance.choice(words.texts) if _PLAIN.fullmatch(form)]
        return " ".join(chance.sample(there, min(len(there), chance.randint(least, most)))), ()

    return drawn


def _phrase(words: Vocabulary, chance: random.Random) -> Drawn:
    text = chance.choice(words.texts)
    size = chance.randint(2, 4)
    at = chance.randrange(len(text) - size)
    return f'"{" ".join(text[at : at + size])}"', ()


def _common_phrase(words: Vocabulary, chance: random.Random) -> Drawn:
    return f'"{chance.choice(words.frequent_pairs)}"', ()


def _long(words: Vocabulary, chance: random.Random) -> str:
    while True:
        form = chance.choice(chance.choice((words.middle, words.common)))
        if len(form) >= 6:
            return form


def _prefix(words: Vocabulary, chance: random.Random) -> Drawn:
    form = _long(words, chance)
    return form[: chance.randint(4, len(form) - 1)] + "*", ()


def _wildcard(words: Vocabulary, chance: random.Random) -> Drawn:
    form = _long(words, chance)
    at = chance.randint(2, len(form) - 3)
    return chance.choice((f"{form[:at]}?{form[at + 1 :]}", f"{form[:at]}*{form[-2:]}")), ()


def _fuzzy(words: Vocabulary, chance: random.Random) -> Drawn:
    text, filters = _misspelt(words, chance)
    return text + "~", filters


def _misspelt(words: Vocabulary, chance: random.Random) -> Drawn:
    form = _long(words, chance)
    at = chance.randint(1, len(form) - 1)
    wrong = (form[:at] + form[at + 1 :], form[:at] + chance.choice("aeinorst") + form[at + 1 :])
    return chance.choice(wrong), ()


def _boolean(words: Vocabulary, chance: random.Random) -> Drawn:
    common, other, third = (chance.choice(pool) for pool in (words.common, words.middle, words.middle))
    shapes = ("({0} OR {1}) {2}", "{0} -{1}", "{0} AND {1} NOT {2}", "{1} OR {2}", "{0} OR ({1} {2})")
    return chance.choice(shapes).format(common, other, third), ()


def _filtered(words: Vocabulary, chance: random.Random) -> Drawn:
    text = " ".join(chance.sample(words.common, chance.randint(1, 2)))
    facet = chance.choice([name for name, values in words.labels.items() if values])
    value = chance.choice(words.labels[facet])
    if facet == "year" and value.isdigit():
        value = chance.choice((value, f"{int(value) - chance.randint(1, 20)}..{value}"))
    return text, ((facet, value),)


KINDS: Mapping[str, Drawing] = {
    "rare word": _rare,
    "common word": _common,
    "stop words": _stops,
    "two words": _several(2, 2),
    "three to five words": _several(3, 5),
    "phrase": _phrase,
    "phrase of common words": _common_phrase,
    "prefix": _prefix,
    "wildcard": _wildcard,
    "fuzzy": _fuzzy,
    "boolean": _boolean,
    "filtered": _filtered,
}
"""How a query of each kind is drawn."""

_TYPED: Mapping[str, Drawing] = {
    "word": _word,
    "pair": _several(2, 2),
    "triple": _several(3, 3),
    "prefix": _prefix,
    "phrase": _phrase,
    "stop words": _stops,
    "misspelling": _misspelt,
}
_FILTERED = 7
