"""How well documents are imported: our units compared with units checked by hand, and CPU time per page.

python -m tests.bench.importing [FOLDER]   # ../shared/import, which has documents/ and gold/
python -m tests.bench.adding [FILES [PARAGRAPHS]]   # from files to an index

A unit is found if its letters and digits are those of one of ours. Of those found, it is counted how many are
the same character for character, have the right label (the last number or letter of the locator), and are on
the right page. Extra are units of ours between the first and last found, on the pages that were checked.
"""

from __future__ import annotations

import json
import os
import re
import sys
import time
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kb.importers.registry import READERS, read_source
from kb.importers.segmenting.segmenter import segmented
from kb.importers.units import Unit
from tests.bench.document_facts import facts_table

__all__ = ["SHARED", "Score", "gold_files", "score", "units_of"]

SHARED = Path(__file__).parents[3] / "shared" / "import"

_INVISIBLE = re.compile("[\u00ad\ufffe\x02\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


@dataclass(frozen=True, slots=True)
class Score:
    """What was found in one document, or in all."""

    document: str
    units: int = 0
    found: int = 0
    verbatim: int = 0
    labels: int = 0
    labelled: int = 0
    pages: int = 0
    paged: int = 0
    extra: int = 0
    missed: tuple[str, ...] = ()

    def __add__(self, other: Score) -> Score:
        counts = ("units", "found", "verbatim", "labels", "labelled", "pages", "paged", "extra")
        return Score("all", **{name: getattr(self, name) + getattr(other, name) for name in counts})

    def row(self) -> str:
        labels, pages = f"{self.labels}/{self.labelled}", f"{self.pages}/{self.paged}"
        share = self.found / max(self.units, 1)
        return (
            f"| {self.document} | {self.found}/{self.units} ({share:.3f}) | {self.verbatim}/{self.found} "
            f"| {labels} | {pages} | {self.extra} |"
        )


def gold_files(folder: Path = SHARED) -> list[Path]:
    """The files of units checked by hand, for documents in formats that we read."""
    files = sorted((folder / "gold").glob("*.json"))
    return [file for file in files if _document(file).rpartition(".")[2] in READERS]


def _document(file: Path) -> str:
    gold = json.loads(file.read_text(encoding="utf-8"))
    return str(gold["document"]) if "units" in gold else ""


def units_of(path: Path) -> tuple[Unit, ...]:
    return segmented(read_source(path)).units


def score(gold: Any, ours: Sequence[Unit]) -> Score:
    """Compares our units of a document with those checked by hand."""
    by_letters: dict[str, list[int]] = defaultdict(list)
    for place, unit in enumerate(ours):
        by_letters[_letters(unit.text)].append(place)
    pairs, missed = [], []
    used: set[int] = set()
    counted = [one for one in gold["units"] if one["kind"] != "other" and not one.get("truncated")]
    for one in counted:
        forms = (_letters(one["text"]), _letters((one["label"] or "") + one["text"]))
        hit = next((place for form in forms for place in by_letters[form] if place not in used), None)
        if hit is None:
            missed.append(one["locator"])
        else:
            used.add(hit)
            pairs.append((one, ours[hit]))
    return Score(
        gold["document"],
        len(counted),
        len(pairs),
        sum(_is_verbatim(one, unit) for one, unit in pairs),
        sum(_tail(unit.locator) == _tail(one["label"]) for one, unit in pairs if _is_label(one["label"])),
        sum(_is_label(one["label"]) for one, _ in pairs),
        sum(unit.page == one["page"] for one, unit in pairs if one["page"]),
        sum(bool(one["page"]) for one, _ in pairs),
        len(list(_extra(gold, ours, used))),
        tuple(missed),
    )


def _extra(gold: Any, ours: Sequence[Unit], used: set[int]) -> Iterator[int]:
    pages = {page for one in gold["units"] if one["page"] for page in (one["page"], one["page_end"])}
    for place in range(min(used, default=0), max(used, default=-1) + 1):
        if place not in used and (not pages or ours[place].page in pages):
            yield place


def _is_verbatim(one: Any, unit: Unit) -> bool:
    return _norm(unit.text) in (_norm(one["text"]), _norm(f"{one['label'] or ''} {one['text']}"))


def _is_label(label: str | None) -> bool:
    return bool(label) and label not in ("•", "-")


def _norm(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).split())


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", _norm(text))


def _tail(locator: str) -> str:
    parts = re.findall(r"[^\W_]+(?:\.[^\W_]+)*", re.sub(r",?\s*(p|page|pp)\.?\s*\d+.*$", "", locator or ""))
    return parts[-1].lower() if parts else ""


def main(folder: Path) -> None:
    """Prints a table of scores, and the CPU time of a page over all PDFs."""
    if not folder.exists():
        print(f"{folder}: not there, so importing is not measured")
        return
    os.environ["KB_OCR"] = "off"  # scans are not measured
    scores = []
    print(
        "| document | text | sign for sign | labels | pages | extra |\n| --- | --- | --- | --- | --- | --- |"
    )
    for file in gold_files(folder):
        gold = json.loads(file.read_text(encoding="utf-8"))
        scores.append(score(gold, units_of(folder / "documents" / gold["document"])))
        print(scores[-1].row())
    print(sum(scores, Score("all")).row(), "", *facts_table(folder), sep="\n")
    pages = units = 0
    begun = time.process_time()
    for path in sorted((folder / "documents").glob("*.pdf")):
        document = read_source(path)
        pages, units = pages + (document.pages or 0), units + len(segmented(document).units)
    spent = time.process_time() - begun
    print(f"\n{units:,} units of {pages:,} PDF pages; {100 * spent / pages:.2f} s of CPU for 100 pages")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED)
