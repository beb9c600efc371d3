"""Whether published ids still mean what they meant: none reused, none renumbered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from kb.errors import Fault
from kb.ledger import Entry, Key, standing
from kb.model import Passage
from kb.provenance import fingerprint, similarity

__all__ = ["check"]

REWRITTEN = 0.5
"""Below this likeness, word by word, the words under an id were replaced and not amended."""


def check(
    entries: Sequence[Entry], passages: Iterable[Passage], places: Mapping[str, Path], notes: frozenset[str]
) -> list[Fault]:
    """Faults of content against its ledger. `places` gives each document's file.

    Documents in `notes` may be rewritten under the same id: a note's id is its sub-point's slug.
    """
    last = standing(entries)
    here = {(passage.document, passage.id): (passage, fingerprint(passage.text)) for passage in passages}
    moved = _moved(last, here)
    faults = []
    for key, (passage, print_) in here.items():
        old, origin = last.get(key), moved.get(key)
        if origin:
            finding = _renumbered(passage, origin)
        elif old and old.fingerprint != print_ and _reused(passage, old, key[0] in notes):
            finding = _taken(passage)
        else:
            continue
        faults.append(Fault(places.get(key[0], Path()), passage.line, *finding))
    return faults


def _moved(last: Mapping[Key, Entry], here: Mapping[Key, tuple[Passage, str]]) -> dict[Key, str]:
    """Passages whose very words were published under another id that no longer has them."""
    origins: dict[tuple[str, str], str] = {}
    for (document, id), entry in last.items():
        now = here.get((document, id))
        if entry.status != "withdrawn" and (now is None or now[1] != entry.fingerprint):
            origins[document, entry.fingerprint] = id
    moved = {}
    for key, (_, print_) in here.items():
        old, origin = last.get(key), origins.get((key[0], print_))
        if origin and origin != key[1] and not (old and old.fingerprint == print_):
            moved[key] = origin
    return moved


def _reused(passage: Passage, old: Entry, note: bool) -> bool:
    if old.status == "withdrawn":
        return True
    return not note and similarity(passage.text, old.text) < REWRITTEN


def _renumbered(passage: Passage, origin: str) -> tuple[str, str]:
    problem = f"these words were published as “{origin}” and now stand under “{passage.id}”"
    return problem, f"keep the id “{origin}” for them"


def _taken(passage: Passage) -> tuple[str, str]:
    problem = f"the id “{passage.id}” was published with other words"
    return problem, f"keep “{passage.id}” for those words alone and give these a new id"
