"""Pairs of an old and a new passage that an editor settles, one line each in the front matter of a draft.

    unsettled:
      - "para-12 = para-12-2 ? Workers paid the fees. [“Workers” -> “No worker”]"

The old id is on the left, on the right the id that the new passage has until then. `yes` in place of `?`
gives the new passage the old id, `no` leaves them apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

from kb.errors import Fault
from kb.formats.front_matter import FENCE, split_front_matter
from kb.formats.text_file import read_text_file
from kb.formats.yaml_nodes import quote_yaml
from kb.ids import ID_PATTERN
from kb.messages import Message

__all__ = ["PAIRS_KEY", "Answer", "PassagePair", "read_pairs", "with_pairs"]

PAIRS_KEY = "unsettled"
Answer = Literal["?", "yes", "no"]

_PAIR = re.compile(rf"\s*({ID_PATTERN})\s*=\s*({ID_PATTERN})\s+(\?|yes|no)(?:\s.*)?", re.I | re.S)
_HINT = "# Is the old passage, on the left, the new one, on the right? Put yes or no in place of each ?.\n"


@dataclass(frozen=True, slots=True)
class PassagePair:
    """An old id, the id of a new passage in the draft, and whether the second is the first."""

    old: str
    new: str
    answer: Answer = "?"
    words: str = ""
    """Of both, for the editor."""


def read_pairs(path: Path) -> tuple[tuple[PassagePair, ...], tuple[Fault, ...]]:
    """The pairs in the front matter of a draft, and lines that are none."""
    text, faults = read_text_file(path)
    if faults:
        return (), ()
    entries, _, _ = split_front_matter(text, path)
    node = entries.nodes.get(PAIRS_KEY)
    if node is None:
        return (), ()
    items = node.items if node.items is not None else [node]
    pairs, wrong = [], []
    for item in items:
        if found := _PAIR.fullmatch(item.text or ""):
            pairs.append(PassagePair(found[1], found[2], cast(Answer, found[3].lower())))
        else:
            wrong.append(Fault(path, item.line, Message("bad-passage-pair", line=(item.text or "")[:80])))
    return tuple(pairs), tuple(wrong)


def with_pairs(text: str, pairs: Sequence[PassagePair]) -> str:
    """The text of a draft with these pairs at the end of its front matter."""
    if not pairs:
        return text
    first, body = text.split(f"\n{FENCE}\n", 1)
    return f"{first}\n{_HINT}{PAIRS_KEY}:\n{_lines(pairs)}{FENCE}\n{body}"


def _lines(pairs: Iterable[PassagePair]) -> str:
    return "".join(
        f"  - {quote_yaml(f'{one.old} = {one.new} {one.answer} {one.words}'.rstrip())}\n" for one in pairs
    )
