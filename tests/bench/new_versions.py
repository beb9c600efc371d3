"""How reliably ids follow their words from one version of a document to the next.

python -m tests.bench.new_versions [FOLDER]   # ../shared/import/documents

In each document, one passage in twelve is edited at random: one word in ten amended, or the passage split,
joined, removed or inserted. As it is known where each came from, the alignment's answers can be counted.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from kb.editing.versions.passage_alignment import align_passages
from kb.errors import SourceUnreadable
from kb.importers.draft import draft_of
from tests.kb.editing.versions.edited_texts import EDITS, Version

__all__ = ["COUNTS", "counted", "edited"]

DOCUMENTS = Path(__file__).parents[3] / "shared" / "import" / "documents"
SEEDS, PASSAGES_PER_EDIT, MAX_PASSAGES = 3, 12, 600

COUNTS = {
    "unchanged": "unchanged passages that kept their id",
    "lost": "unchanged passages that did not",
    "amended": "amended, joined or split passages whose id goes on, or leads to their words",
    "asked": "such passages that the editor is asked about",
    "parted": "such passages taken for different ones",
    "wrong": "ids that go on with, or lead to, other words",
}


def edited(texts: Sequence[str], seed: int) -> Version:
    """A version in which one passage in so many is edited, none twice."""
    draw = random.Random(seed)  # noqa: S311
    version: Version = [(text, text) for text in texts]
    for _ in range(max(len(texts) // PASSAGES_PER_EDIT, 1)):
        version = EDITS[draw.choice([name for name in sorted(EDITS) if name != "reorder"])](version, draw)
    return version


def counted(old: Sequence[str], version: Version) -> Counter[str]:
    """What became of the old passages, by the names of `COUNTS`."""
    found = align_passages(old, [text for text, _ in version], {})
    counts: Counter[str] = Counter()
    ends = {**{at: to for to, at in found.kept.items()}, **found.moved}
    asked = {pair.old for pair in found.unsure}
    now = Counter(text for text, _ in version)
    for at, text in enumerate(old):
        homes = [to for to, (_, origin) in enumerate(version) if text in origin.split(_BETWEEN)]
        to = ends.get(at)
        if to is not None and to not in homes and version[to][0] != text:
            counts["wrong"] += 1
        elif now[text] >= 1:
            kept = to is not None and version[to][0] == text
            counts["unchanged" if kept or now[text] < old.count(text) else "lost"] += 1
        elif homes:
            counts["amended" if to is not None else "asked" if at in asked else "parted"] += 1
    return counts


_BETWEEN = "\n"


def _versions(folder: Path) -> Iterator[tuple[Sequence[str], Version]]:
    for path in sorted(folder.iterdir()):
        try:
            texts = [one.text for one in draft_of(path).passages][:MAX_PASSAGES] if path.is_file() else []
        except SourceUnreadable:
            continue
        texts = [text for text in texts if _BETWEEN not in text]
        yield from ((texts, edited(texts, seed)) for seed in range(SEEDS) if texts)


def main(folder: Path) -> None:
    counts: Counter[str] = Counter()
    for old, version in _versions(folder):
        counts += counted(old, version)
    for name, meaning in COUNTS.items():
        print(f"{counts[name]:7,}  {meaning}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else DOCUMENTS)
