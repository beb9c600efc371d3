"""How the collection writes the words that are suggested: terms are folded, and have lost their accents.

`nguoi` is a term, `người` is what a reader expects to be offered.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence

from index.analysis.analyzer import WordToken, fold, tokenize
from index.analysis.characters import UNSEEN
from index.analysis.stemming import ENGLISH_LANGUAGE, analysis_language
from index.backend import Backend
from index.query.compiled import Adjacent, Term
from index.request import Request
from kb.text.scripts import has_unspaced, without_gaps

__all__ = ["SourceSpelling"]

_MAX_PASSAGES_READ = 3
"""Passages read for one spelling: the most frequent spelling in them is taken."""

_DOTLESS = {"I": "ı", "İ": "i"}
_SMALL = {"tr": str.maketrans(_DOTLESS), "az": str.maketrans(_DOTLESS)}
_SMALL_ELSEWHERE = str.maketrans({"İ": "i"})
_TATWEEL = "\u0640"
_DROPPED = str.maketrans(dict.fromkeys(UNSEEN + _TATWEEL, ""))


class SourceSpelling:
    """Looks folded words up in the passages of one generation."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        languages = set(backend.catalogue.languages)
        self._is_needed = bool(languages - {ENGLISH_LANGUAGE})  # English is written as it is folded

    def of(self, text: str) -> str:
        """Folded words, adjacent in some passage, as the passages write them, in small letters.

        The text itself if it is not folded, or if no passage has it.
        """
        forms = [token.form for token in tokenize(text)]
        is_folded = "".join(forms) == "".join(text.split())
        if not (self._is_needed and is_folded):
            return text
        spellings = Counter(self._spellings(forms))
        return spellings.most_common(1)[0][0] if spellings else text

    def _spellings(self, forms: Sequence[str]) -> Iterator[str]:
        """The first spelling in each of a few passages."""
        query = Adjacent("text", tuple(forms)) if len(forms) > 1 else Term("text", forms[0])
        numbers = self._backend.match(query, Request()).numbers(_MAX_PASSAGES_READ)
        for number in numbers.tolist():
            passage = self._backend.passage(number)
            tokens = tokenize(passage.text)
            if (at := _place(tokens, forms)) is not None:
                shown = passage.text[tokens[at].start : tokens[at + len(forms) - 1].end]
                small = _small(shown, self._backend.catalogue.documents[passage.document].language)
                if [token.form for token in tokenize(small)] == [*forms] or fold(small) == "".join(forms):
                    yield small


def _place(tokens: Sequence[WordToken], forms: Sequence[str]) -> int | None:
    """The first of the adjacent words that have these forms."""
    own = [token.form for token in tokens]
    size = len(forms)
    return next((at for at in range(len(own) - size + 1) if own[at : at + size] == [*forms]), None)


def _small(text: str, language: str) -> str:
    """A text as one line in small letters, without what does not show or only stretches it."""
    table = _SMALL.get(analysis_language(language), _SMALL_ELSEWHERE)
    shown = unicodedata.normalize("NFC", text.translate(_DROPPED).translate(table).lower())
    line = " ".join(shown.split())
    return without_gaps(line) if has_unspaced(line) else line
