"""The words of passages that a reader selected, read from the query string."""

from __future__ import annotations

from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from kb.citing.excerpt import find_words, words_between
from kb.errors import BadRequest
from kb.ids import WordRange
from kb.messages import Message
from web.english import ENGLISH
from web.urls import parameters

__all__ = ["MAX_SELECTED_CHARS", "Selection", "selection"]

MAX_SELECTED_CHARS = 3_000
"""The most characters of words that are sent; longer selections are given by where they begin and end."""


@dataclass(frozen=True, slots=True)
class Selection:
    """The words themselves, or a half-open range from `begin` to `end`, in characters other than white space.

    `begin` counts from the start of the first passage, `end` from the start of the last.
    """

    words: str = ""
    begin: int = 0
    end: int = 0

    def find(self, texts: tuple[str, ...]) -> WordRange:
        """The words in the texts of consecutive passages. Raises BadRequest if they are not there."""
        text = "\n".join(texts)
        before = sum(len("".join(each.split())) for each in texts[:-1])
        found = (
            find_words(text, self.words) if self.words else words_between(text, self.begin, before + self.end)
        )
        if found is None:
            name = "words" if self.words else "to"
            shown = self.words[:80] or f"{self.begin}-{self.end}"
            raise BadRequest(name, Message("words-not-here", words=shown), ENGLISH)
        return found


def selection(arguments: MultiDict[str, str]) -> Selection:
    """What was selected: `words`, or `from` and `to`. Raises BadRequest for neither or both."""
    words = parameters.words(arguments)
    ends = [name for name in ("from", "to") if name in arguments]
    if bool(words) == bool(ends) or len(ends) == 1:
        raise BadRequest("words", Message("no-selection"), ENGLISH)
    if len(words) > MAX_SELECTED_CHARS:
        message = Message("selection-too-long", count=len(words), limit=MAX_SELECTED_CHARS)
        raise BadRequest("words", message, ENGLISH)
    if words:
        return Selection(words)
    return Selection("", parameters.number(arguments, "from", 0), parameters.number(arguments, "to", 0))
