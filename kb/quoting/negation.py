"""Negations that a quotation loses, within its words or just outside them.

“No child shall be detained” quoted as “child shall be detained” says the opposite.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from kb.quoting.negation_words import Negation, find_negations
from kb.text.folding import folded_words

__all__ = ["CONTEXT_CHARS", "ends_negated", "lost_negations", "negations_before", "negations_behind"]

CONTEXT_CHARS = 120
"""How far before and after a quotation a negation is looked for."""

_MAX_WORDS_BETWEEN = 3
"""How many words may separate a negation from a quotation that it negates ("Not all of the" victims)."""

_MAX_CHARS_BETWEEN = 8
"""Characters of a verb between a quotation and the ending that negates it, in scripts without spaces."""

_SENTENCE_END = re.compile(r"[.;!?。；！？؟؛।](?=\s|\Z|[^\x00-\u02ff])")
_ASIDE = re.compile(r"[,،，、][^,،，、]*[,،，、]")
_COMMA = re.compile(r"[,،，、]")
_CONJUNCTION = re.compile(r"(?:but|mais|pero|mas|ma|aber|но|tetapi|tapi|nhưng|لكن|ولكن)\s+", re.IGNORECASE)


def lost_negations(source: str, quoted: str = "", language: str = "") -> tuple[str, ...]:
    """The negating words of the source that are missing from the words quoted in their place, each once."""
    return tuple(_counted(source, language) - _counted(quoted, language))


def _counted(text: str, language: str) -> Counter[str]:
    return Counter(
        one.words.casefold() for one in find_negations(unicodedata.normalize("NFC", text), language)
    )


def negations_before(text: str, language: str = "") -> tuple[str, ...]:
    """The negating words at the end of a text that negate or limit what follows it."""
    clause = _last_clause(text)
    return tuple(one.words for one in find_negations(clause, language) if _reaches(clause[one.end :]))


def ends_negated(text: str) -> bool:
    """Whether the last clause of a text negates or limits anything, in any language."""
    return bool(find_negations(_last_clause(text)))


def _last_clause(text: str) -> str:
    tail = unicodedata.normalize("NFC", text[-CONTEXT_CHARS:])
    return tail[max((end.end() for end in _SENTENCE_END.finditer(tail)), default=0) :]


def _reaches(between: str) -> bool:
    """Whether a negation before these words still applies to what follows them."""
    if not any(map(str.isalnum, between)):
        return True
    between = _ASIDE.sub(" ", between)
    words = [word for word in folded_words(between) if any(map(str.isalnum, word.text))]
    return not _COMMA.search(between) and len(words) <= _MAX_WORDS_BETWEEN


def negations_behind(text: str, language: str = "") -> tuple[str, ...]:
    """The words at the beginning of a text that negate or limit what precedes it."""
    head = unicodedata.normalize("NFC", text[:CONTEXT_CHARS])
    end = _SENTENCE_END.search(head)
    clause = head[: end.start()] if end else head
    return tuple(
        one.words
        for one in find_negations(clause, language)
        if one.kind in ("except", "behind") and _limits(clause[: one.start], one)
    )


def _limits(between: str, one: Negation) -> bool:
    """Whether a negation after these words limits what precedes them."""
    bare = "".join(filter(str.isalnum, _CONJUNCTION.sub("", between)))
    return not bare or (one.is_sign and len(bare) <= _MAX_CHARS_BETWEEN)
