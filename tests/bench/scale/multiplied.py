"""Several copies of a collection, each with different words, written as the original is read."""

from __future__ import annotations

import json
import random
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

__all__ = ["changed_words", "multiply"]

SEED = 20150325

_WORD = re.compile(r"[a-z]{4,}")
_RARE = 3
"""A word that occurs no more often becomes a new one; others are exchanged for one of their own frequency."""

_NEIGHBOURS = 8
_CHANGED = 0.25

_COPIED = ("documents", "passages")


def multiply(source: Path, target: Path, times: int) -> int:
    """Writes `times` copies of a collection in JSON lines, as `write_interchange` makes them.

    In each further copy a quarter of the vocabulary is changed, and documents have other ids. Returns the
    number of passages.
    """
    target.mkdir(parents=True)
    for path in source.iterdir():
        if path.stem not in _COPIED:
            shutil.copy(path, target)
    counts = _word_counts(source / "passages.jsonl")
    with (target / "documents.jsonl").open("w", encoding="utf-8") as file:
        for number in range(1, times + 1):
            file.writelines(_renamed(source / "documents.jsonl", "id", number))
    passages = 0
    with (target / "passages.jsonl").open("w", encoding="utf-8") as file:
        for number in range(1, times + 1):
            for line in _passages(source / "passages.jsonl", number, changed_words(counts, number)):
                file.write(line)
                passages += 1
    return passages


def changed_words(counts: Mapping[str, int], number: int) -> dict[str, str]:
    """The replacements of some words in one copy; the first copy is the collection itself.

    Words of about equal frequency are swapped, so that their lists of passages stay as long. Rare words are
    turned into new ones, so that the vocabulary grows as that of a larger collection does.
    """
    if number == 1:
        return {}
    chance = random.Random(SEED + number)  # noqa: S311
    ranked = sorted(counts, key=lambda word: (-counts[word], word))
    changed: dict[str, str] = {}
    for begin in range(0, len(ranked), _NEIGHBOURS):
        block = [word for word in ranked[begin : begin + _NEIGHBOURS] if chance.random() < _CHANGED]
        if block and counts[block[0]] <= _RARE:
            changed |= {word: word + _syllable(number) for word in block}
        else:
            changed |= zip(block, [*block[1:], *block[:1]], strict=True)
    return changed


def _syllable(number: int) -> str:
    """Letters that tell one copy from another."""
    return "bcdfgklmnprst"[number % 13] + "aeiou"[number // 13 % 5]


def _word_counts(path: Path) -> Counter[str]:
    counts: Counter[str] = Counter()
    for record in _records(path):
        counts.update(word for word in record["text"].split(" ") if _WORD.fullmatch(word))
    return counts


def _records(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def _renamed(path: Path, name: str, number: int) -> Iterator[str]:
    return _lines(path, name, number, lambda record: record)


def _passages(path: Path, number: int, changed: Mapping[str, str]) -> Iterator[str]:
    def rewritten(record: dict[str, Any]) -> dict[str, Any]:
        words: Sequence[str] = record["text"].split(" ")
        return record | {"text": " ".join([changed.get(word, word) for word in words])}

    return _lines(path, "document", number, rewritten)


def _lines(
    path: Path, name: str, number: int, rewritten: Callable[[dict[str, Any]], dict[str, Any]]
) -> Iterator[str]:
    """The records of a file, each as a line, with the name of its document in this copy."""
    records: Iterable[dict[str, Any]] = _records(path)
    for record in records:
        if number > 1:
            record = rewritten(record) | {name: f"{record[name]}-{number}"}
        yield json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n"
