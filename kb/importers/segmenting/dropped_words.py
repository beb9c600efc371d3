"""What an editor is told of words in no passage: which kinds there are, and how many lines of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from kb.english import ENGLISH
from kb.importers.blocks import Dropped, DropReason
from kb.messages import Message, words

__all__ = ["dropped_remarks"]

_COUNTED: Mapping[DropReason, Callable[[int], Message]] = {
    "masthead": lambda count: Message("dropped-masthead", count=count),
    "contents": lambda count: Message("dropped-contents", count=count),
    "running-head": lambda count: Message("dropped-running-heads", count=count),
    "running-foot": lambda count: Message("dropped-running-feet", count=count),
    "page-number": lambda count: Message("dropped-page-numbers", count=count),
    "line-number": lambda count: Message("dropped-line-numbers", count=count),
    "note-rule": lambda count: Message("dropped-note-rules", count=count),
    "printer-mark": lambda count: Message("dropped-printer-marks", count=count),
    "rotated": lambda count: Message("dropped-rotated", count=count),
    "navigation": lambda count: Message("dropped-navigation", count=count),
}


def dropped_remarks(dropped: Iterable[Dropped]) -> tuple[Message, ...]:
    """One remark on all that was dropped; none if nothing was."""
    counts = Counter(one.reason for one in dropped)
    said = [words(made(counts[reason]), ENGLISH) for reason, made in _COUNTED.items() if counts[reason]]
    return (Message("words-dropped", kinds=", ".join(said)),) if said else ()
