"""A passage as it is offered while a reader types: some of its words, and where it is."""

from __future__ import annotations

from collections.abc import Sequence

from index.analysis.analyzer import tokenize
from index.results import Completion
from kb.model import Document, Passage

__all__ = ["cut_to_size", "passage_completion"]

_MAX_WORDS_CHARS, _MAX_TITLE_CHARS, _CHARS_BEFORE = 90, 60, 30

_CHARS_READ = 2_000
"""If no typed word begins within these characters, the passage is shown from its beginning."""


def passage_completion(passage: Passage, document: Document, typed: Sequence[str]) -> Completion:
    """The words around the first that begins like one of those typed."""
    text = " ".join(passage.text[:_CHARS_READ].split())
    longest = max(typed, key=len, default="")
    at = next((word.start for word in tokenize(text) if word.form.startswith(longest)), 0)
    if at > _MAX_WORDS_CHARS // 2:
        begin = text.find(" ", at - _CHARS_BEFORE) + 1 or at
        text = f"… {text[begin:]}"
    place = passage.locator or passage.heading
    source = ", ".join(filter(None, (cut_to_size(document.title, _MAX_TITLE_CHARS), place)))
    return Completion(cut_to_size(text, _MAX_WORDS_CHARS), "passage", passage.address, 1, source=source)


def cut_to_size(text: str, size: int) -> str:
    """The text up to the last word that fits, with an ellipsis if something is left out."""
    if len(text) <= size:
        return text
    words, _, _ = text[:size].rpartition(" ")
    return f"{words or text[:size]}…"
