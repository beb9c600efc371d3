"""Quotations drawn from the passages themselves: true ones, changed ones, and shuffled ones."""

from __future__ import annotations

import gc
import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from index.engine import Snapshot
from index.quotation_check.text_report import check_text
from index.verdict import QuotationVerdict
from kb.model import Passage
from tests.bench import ours
from tests.bench.timing import spread, timed

__all__ = ["KINDS", "Drawn", "draw", "measured", "right"]

SEED = 20150326
PASTED = 20_000
"""Characters of a text that is pasted."""

_WRONG_KEPT = 10
_TRIES = 50
"""Stretches looked at for each quotation: not every one can be changed so that it says something."""

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_OPEN = re.compile(r"[\[\]]|\.\s?\.|…")
"""What a quotation may use for itself: drawn words that have it say less about what was changed."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A quotation of the words of a passage, as somebody may write it.

    `changes` pairs what was written with what the source has; one of the two is empty if a word was added or
    left out.
    """

    text: str
    passage: str
    changes: tuple[tuple[str, str], ...] = ()


def draw(kind: str, passages: Sequence[Passage], count: int, seed: int = SEED) -> list[Drawn]:
    """`count` quotations of a kind, the same ones each time."""
    chance = random.Random(f"{kind} {seed}")  # noqa: S311
    return list(islice(_drawn(kind, passages, chance, _TRIES * count), count))


def _drawn(kind: str, passages: Sequence[Passage], chance: random.Random, tries: int) -> Iterator[Drawn]:
    least, make, _ = KINDS[kind]
    long_enough = [passage for passage in passages if len(passage.text.split()) >= least]
    for _ in range(tries if long_enough else 0):
        passage = chance.choice(long_enough)
        words = passage.text.split()
        size = chance.randint(least, min(60, len(words)))
        at = chance.randrange(len(words) - size + 1)
        if made := make(words[at : at + size], chance):
            yield Drawn(made[0], passage.address, made[1])


Made = tuple[str, tuple[tuple[str, str], ...]]


def _true(words: Sequence[str], chance: random.Random) -> Made:
    return chance.choice(_DRESSES)(words, chance), ()


def _changed(words: Sequence[str], chance: random.Random) -> Made | None:
    """A quotation with one word in eight changed, three at most: replaced, misspelt, left out or added."""
    known = [at for at, word in enumerate(words[1:-1], start=1) if word.isalpha() and len(word) > 3]
    count = min(3, len(words) // 8)
    if len(known) < 2 * count or _OPEN.search(" ".join(words)):
        return None
    changed, changes = list(words), []
    for at in chance.sample(known, count):
        changed[at], change = chance.choice(_CHANGES)(words[at], chance)
        changes.append(change)
    return " ".join(filter(None, changed)), tuple(changes)


def _shuffled(words: Sequence[str], chance: random.Random) -> Made | None:
    mixed = chance.sample(words, len(words))
    open_ = _OPEN.search(" ".join(words))
    return None if open_ or [*map(str.lower, mixed)] == [*map(str.lower, words)] else (" ".join(mixed), ())


def _plain(words: Sequence[str], _: random.Random) -> str:
    return " ".join(words)


def _other_marks(words: Sequence[str], _: random.Random) -> str:
    marks = str.maketrans({"“": '"', "”": '"', "’": "'", "‘": "'", "'": "’", "-": "‑", "–": "—", "—": "–"})
    return " ".join(words).translate(marks)


def _other_case(words: Sequence[str], _: random.Random) -> str:
    text = " ".join(words)
    return text[:1].swapcase() + text[1:]


def _wrapped(words: Sequence[str], chance: random.Random) -> str:
    """The words in lines, some of which end within a word."""
    written = [*words]
    for at in range(4, len(words), 9):
        word = words[at]
        if len(word) > 7 and word.isalpha() and word.islower():
            cut = chance.randint(3, len(word) - 3)
            written[at] = f"{word[:cut]}-\n{word[cut:]}"
        else:
            written[at] = f"{word}\n  "
    return " ".join(written)


def _shortened(words: Sequence[str], chance: random.Random) -> str:
    """The words with some in the middle left out, at least three kept on either side."""
    first = chance.randint(3, len(words) - 3)
    last = chance.randint(first, len(words) - 3)
    return " ".join([*words[:first], chance.choice(("...", "…", "[...]", "[…]")), *words[last:]])


def _remarked(words: Sequence[str], chance: random.Random) -> str:
    at = chance.randint(2, len(words) - 2)
    return " ".join([*words[:at], chance.choice(("[sic]", "[emphasis added]")), *words[at:]])


_DRESSES: Sequence[Callable[[Sequence[str], random.Random], str]] = (
    _plain,
    _plain,
    _other_marks,
    _other_case,
    _wrapped,
    _shortened,
    _remarked,
)
"""How a true quotation is written."""

Change = tuple[str, tuple[str, str]]


def _another(word: str, chance: random.Random) -> Change:
    other = "".join(chance.choice(_LETTERS) for _ in range(chance.randint(3, 9)))
    return other, (other, word)


def _misspelt(word: str, chance: random.Random) -> Change:
    at = chance.randint(1, len(word) - 2)
    letter = chance.choice([each for each in _LETTERS if each != word[at].lower()])
    wrong = chance.choice((word[:at] + letter + word[at + 1 :], word[:at] + letter + word[at:]))
    return wrong, (wrong, word)


def _left_out(word: str, _: random.Random) -> Change:
    return "", ("", word)


def _added(word: str, chance: random.Random) -> Change:
    other, _ = _another(word, chance)
    return f"{word} {other}", (other, "")


_CHANGES: Sequence[Callable[[str, random.Random], Change]] = (_another, _misspelt, _left_out, _added)


def _is_verbatim(drawn: Drawn, verdict: QuotationVerdict) -> bool:
    return verdict.word == "verbatim" and any(
        drawn.passage == passage.address for place in verdict.places for passage in place.passages
    )


def _is_marked(drawn: Drawn, verdict: QuotationVerdict) -> bool:
    """Whether it counts as nearly verbatim, and one of the places has exactly the changes marked."""
    if verdict.word != "nearly":
        return False
    return any(
        len(place.differences) <= len(drawn.changes)
        and all(
            any(written in part.quoted and true in part.source for part in place.differences)
            for written, true in drawn.changes
        )
        for place in verdict.places
    )


def _is_not_verbatim(_: Drawn, verdict: QuotationVerdict) -> bool:
    return verdict.word != "verbatim"


Maker = Callable[[Sequence[str], random.Random], Made | None]
Judge = Callable[[Drawn, QuotationVerdict], bool]

KINDS: Mapping[str, tuple[int, Maker, Judge]] = {
    "true": (6, _true, _is_verbatim),
    "changed": (12, _changed, _is_marked),
    "shuffled": (6, _shuffled, _is_not_verbatim),
}
"""The fewest words of each kind, how one is made, and when its verdict is right."""


def right(kind: str, drawn: Drawn, verdict: QuotationVerdict) -> bool:
    """Whether a quotation of this kind got the verdict that it should."""
    return KINDS[kind][2](drawn, verdict)


def measured(folder: Path, drawn: Mapping[str, Mapping[str, Sequence[Drawn]]]) -> dict[str, Any]:
    """For each collection and kind: how many were right, how long they took, and some of the wrong ones.

    `pasted` holds texts of 20 kB full of such quotations.
    """
    snapshot = ours.opened(folder).snapshot()
    gc.collect()
    gc.freeze()  # as the server does
    return {
        "kinds": [
            {"collection": name, "kind": kind, **_asked(kind, each, snapshot)}
            for name, kinds in drawn.items()
            for kind, each in kinds.items()
            if each
        ],
        "pasted": _all_pasted([kinds for kinds in drawn.values() if all(kinds.values())], snapshot),
    }


def _all_pasted(drawn: Sequence[Mapping[str, Sequence[Drawn]]], snapshot: Snapshot) -> list[dict[str, Any]]:
    """Texts of 20 kB: one for each kind, full of quotations from all collections, and one without marks."""
    mixed = {
        kind: [
            one.text for together in zip(*(kinds[kind] for kinds in drawn), strict=False) for one in together
        ]
        for kind in KINDS
    }
    pages = {kind: "".join(f"It says “{text}”.\n\n" for text in texts) for kind, texts in mixed.items()}
    pages["without marks"] = re.sub('[“”"]', "", pages["true"])
    return [{"kind": kind, **_pasted(page[:PASTED], snapshot)} for kind, page in pages.items() if page]


def _asked(kind: str, drawn: Sequence[Drawn], snapshot: Snapshot) -> dict[str, Any]:
    taken, wrong = [], []
    for one in drawn:
        verdict, seconds = timed(partial(snapshot.check, one.text))
        taken.append(seconds * 1000)
        if not right(kind, one, verdict):
            wrong.append({**asdict(one), "verdict": verdict.word})
    return {
        "asked": len(drawn),
        "right": len(drawn) - len(wrong),
        "wrong": wrong[:_WRONG_KEPT],
        **spread(taken)._asdict(),
    }


def _pasted(page: str, snapshot: Snapshot) -> dict[str, Any]:
    report, seconds = timed(lambda: check_text(page, snapshot))
    return {"characters": len(page), "quotations": len(report.checked), "s": seconds}
