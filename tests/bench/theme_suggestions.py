"""How well themes are suggested, compared with other readers' labels, our own, and the notes that ship.

python -m tests.bench.theme_suggestions [FILE]   # ../shared/import/gold/themes-upr-80.json

Themes only, without sub-points. Micro-averaged: precision, recall and F1 of what is suggested; recall@3 is
the share of all labels that are among the three likeliest themes of their passage.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from pathlib import Path

from index.theme_suggestions.suggester import ThemeSource, ThemeSuggester
from kb.collection.folder import read_folder
from kb.model import Document, Passage
from kb.settings import shipped_content
from kb.tags import ThemeNames

__all__ = ["LABELLED", "ThemeScore", "labelled", "score", "score_grown", "score_left_out", "shipped_source"]

GOLD = Path(__file__).parents[3] / "shared" / "import" / "gold" / "themes-upr-80.json"
LABELLED = Path(__file__).parents[1] / "index" / "theme_suggestions" / "labelled.tsv"

Labelled = tuple[Passage, Set[str]]
"""A passage and its themes."""

_DOCUMENT = Document("labelled", "Labelled passages")
_FOLDS = 5


@dataclass(frozen=True, slots=True)
class ThemeScore:
    """Counts over passages: suggestions, labels, suggestions that are labels, and labels in the top three."""

    passages: int = 0
    suggested: int = 0
    labels: int = 0
    right: int = 0
    among_three: int = 0

    def __add__(self, other: ThemeScore) -> ThemeScore:
        return ThemeScore(
            self.passages + other.passages,
            self.suggested + other.suggested,
            self.labels + other.labels,
            self.right + other.right,
            self.among_three + other.among_three,
        )

    @property
    def f1(self) -> float:
        return 2 * self.right / max(1, self.suggested + self.labels)

    @property
    def recall_at_3(self) -> float:
        return self.among_three / max(1, self.labels)

    def row(self, name: str) -> str:
        precision, recall = self.right / max(1, self.suggested), self.right / max(1, self.labels)
        figures = (precision, recall, self.f1, self.recall_at_3)
        return f"| {name} | {self.passages} | {' | '.join(f'{one:.3f}' for one in figures)} |"


def labelled(path: Path = LABELLED) -> Iterator[Labelled]:
    """The passages of a table with lines of themes, a tab and the text; `-` stands for no theme."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        if not line.startswith("#"):
            themes, _, text = line.partition("\t")
            yield Passage("labelled", f"p{number}", text), frozenset(themes.split()) - {"-"}


def _gold(path: Path) -> Iterator[Labelled]:
    for number, one in enumerate(json.loads(path.read_text(encoding="utf-8"))):
        yield Passage("labelled", f"p{number}", one["text"]), frozenset(one["themes"])


def shipped_source() -> ThemeSource:
    return ThemeSource.of(read_folder(shipped_content()))


def score(suggester: ThemeSuggester, passages: Iterable[Labelled]) -> ThemeScore:
    """Compares what is suggested for passages, each on its own, with their themes."""
    total = ThemeScore()
    for passage, themes in passages:
        language = suggester.language_for(_DOCUMENT, [passage])
        suggested = suggester.suggest(_DOCUMENT, passage, language)
        values = {one.value.partition("/")[0] for one in suggested}
        first = {one.value for one in suggester.ranked(_DOCUMENT, passage, language)[:3]}
        counts = (1, len(values), len(themes), len(values & themes), len(first & themes))
        total += ThemeScore(*counts)
    return total


def score_left_out(source: ThemeSource) -> ThemeScore:
    """The score on notes and passages with themes, a fifth at a time hidden from the suggester."""
    names = ThemeNames.of(source.themes)
    every = [one for _, passages in source.passages for one in passages if one.themes]
    total = ThemeScore()
    for fold in range(_FOLDS):
        left_out = {one.address for one in every[fold::_FOLDS]}
        kept = tuple(
            (document, tuple(one for one in passages if one.address not in left_out))
            for document, passages in source.passages
        )
        asked = [
            (replace(one, themes=(), heading="", provisions=()), frozenset(names.themes(one)))
            for one in every[fold::_FOLDS]
        ]
        total += score(ThemeSuggester(replace(source, passages=kept)), asked)
    return total


def score_grown(source: ThemeSource, passages: Sequence[Labelled]) -> ThemeScore:
    """The score on each fifth of the labelled passages, once the other four fifths are accepted."""
    total = ThemeScore()
    for fold in range(_FOLDS):
        rest = [one for number, one in enumerate(passages) if number % _FOLDS != fold]
        accepted = tuple(replace(passage, themes=tuple(sorted(themes))) for passage, themes in rest)
        known = (*source.passages, (replace(_DOCUMENT, id="accepted"), accepted))
        total += score(ThemeSuggester(replace(source, passages=known)), passages[fold::_FOLDS])
    return total


def main(gold: Path) -> None:
    """Prints a table of scores, and the CPU time of a passage."""
    source = shipped_source()
    suggester = ThemeSuggester(source)
    print("| passages | | precision | recall | F1 | recall@3 |\n| --- | --- | --- | --- | --- | --- |")
    if gold.exists():
        print(
            score(suggester, _gold(gold)).row(
                "recommendations to States on trafficking, labelled by another reader"
            )
        )
    print(score(suggester, labelled()).row("our own"))
    print(score_grown(source, list(labelled())).row("the same, when four fifths of them are accepted"))
    print(score_left_out(source).row("shipped notes and passages, each left out in turn"))
    passages = [passage for passage, _ in labelled()]
    begun = time.process_time()
    suggester.suggested(_DOCUMENT, passages)
    print(f"\n{1_000 * (time.process_time() - begun) / len(passages):.2f} ms of CPU a passage")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else GOLD)
