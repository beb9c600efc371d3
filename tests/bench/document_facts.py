"""The details that documents state, compared with those read by hand: `document_facts.tsv`.

A field is right, wrong, or absent; if the document states nothing, absent is right. A guess does not count as
found: the draft marks it, for an editor to check.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from kb.errors import SourceUnreadable
from kb.importers.metadata.bodies import letters_of
from kb.importers.metadata.description import Description, described
from kb.importers.registry import read_source

__all__ = ["facts_table"]

_FACTS = Path(__file__).with_name("document_facts.tsv")
FIELDS = ("title", "date", "language", "number", "kind")
_NUMBERS = ("symbol", "neutral_citation", "ecli", "docket")


def facts_table(folder: Path) -> Iterator[str]:
    """Lines of a table: how many of each field are right, wrong and absent; then those that are wrong."""
    counts: dict[str, Counter[str]] = {field: Counter() for field in FIELDS}
    wrong = []
    for facts in _facts():
        path = folder / "documents" / facts["file"]
        try:
            description = described(read_source(path), path.name)
        except SourceUnreadable:
            description = Description({}, ())
        for field in FIELDS:
            values = _values(description, field)
            verdict = _verdict(field, facts[field], values)
            counts[field][verdict] += 1
            if verdict == "wrong":
                wrong.append(f"- {facts['file']}: {field} {', '.join(values)}")
    yield "| field | right | wrong | absent |\n| --- | --- | --- | --- |"
    for field in FIELDS:
        yield f"| {field} | {counts[field]['right']} | {counts[field]['wrong']} | {counts[field]['absent']} |"
    yield from ("", *wrong)


def _facts() -> Iterator[Mapping[str, str]]:
    lines = [line for line in _FACTS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return csv.DictReader(lines, ("file", *FIELDS), delimiter="\t", quoting=csv.QUOTE_NONE)


def _values(description: Description, field: str) -> list[str]:
    names = _NUMBERS if field == "number" else (field,)
    guessed = {one.field for one in description.origins if one.is_guess and one.field == "title"}
    return [description.fields[name] for name in names if name in description.fields and name not in guessed]


def _verdict(field: str, stated: str, values: list[str]) -> str:
    if not values:
        return "absent" if stated else "right"
    if field == "title":
        return "right" if _is_title(stated, values[0]) else "wrong"
    allowed = {_plain(one) for one in stated.split("|")}
    first = _plain(values[0].partition("-")[0] if field == "language" else values[0])
    return "right" if first in allowed else "wrong"


def _plain(text: str) -> str:
    return re.sub("[\u2010-\u2015]", "-", text)


def _is_title(stated: str, title: str) -> bool:
    return any(_is_run_of(one.split(" / "), title) for one in stated.split(" || "))


def _is_run_of(parts: Sequence[str], title: str) -> bool:
    for start in range(len(parts)):
        for end in range(start + 1, len(parts) + 1):
            run = parts[start:end]
            if any(part.startswith("*") for part in run) and letters_of("".join(run)) == letters_of(title):
                return True
    return False
