"""How the collection writes the words that are suggested: terms are folded, and have lost their accents.

`nguoi` is a term, `người` is what a reader expects to be offered.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence

from index.analysis.analyzer import WordToken, fold, tokenize
from index.analysis.characters import UNSEEN
from index.analysis.stemming import ENGLISH_LANGUAGE, analysis_language
from index.backend import Backend
from index.query.compiled import Adjacent, Term
from index.request import Request
from kb.model import Passage
from kb.text.scripts import has_unspaced, without_gaps

__all__ = ["SourceSpelling"]

_MAX_PASSAGES_READ = 3
"""Passages read for one spelling: the most frequent spelling in them is taken."""

_MAX_KEPT = 4_096
"""Phrases kept with their spelling."""

_BETWEEN_PHRASES = re.compile(r"[,;:()\[\]|/?!•]|\.\s|\.$")
"""What stands between two phrases, not in one."""

_BETWEEN_WORDS = r"[^\w]+"

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
        self._phrases: dict[str, str] = {}
        self._is_needed = bool(languages - {ENGLISH_LANGUAGE})  # English is written as it is folded

    def of(self, text: str) -> str:
        """Folded words, adjacent in some passage, as the passages write them, in lower case.

        The text itself if it is not folded, or if no passage has it.
        """
        forms = [token.form for token in tokenize(text)]
        is_folded = "".join(forms) == "".join(text.split())
        if not (self._is_needed and is_folded):
            return text
        spellings = Counter(self._spellings(forms))
        return spellings.most_common(1)[0][0] if spellings else text

    def word(self, form: str) -> str:
        """A folded word as the passages write it; of English alone, only acronyms differ."""
        if self._is_needed:
            return self.of(form)
        written = self.phrase(form)
        return written if _is_acronym(written) else form

    def phrase(self, text: str) -> str:
        """Folded words as the passages write them; empty if none has them with nothing between them.

        A text that is not folded, as editors write it, stays as it is.
        """
        if text not in self._phrases:
            if len(self._phrases) > _MAX_KEPT:
                self._phrases = {}  # another thread may be reading the old one
            self._phrases[text] = self._phrase(text)
        return self._phrases[text]

    def _phrase(self, text: str) -> str:
        forms = [token.form for token in tokenize(text)]
        if "".join(forms) != "".join(text.split()):
            return text
        whole = (each for each in self._spellings(forms) if not _BETWEEN_PHRASES.search(each))
        if not self._is_needed:
            return next(whole, "")
        spellings = Counter(whole)
        return spellings.most_common(1)[0][0] if spellings else ""

    def _spellings(self, forms: Sequence[str]) -> Iterator[str]:
        """The first spelling in each of a few passages."""
        query = Adjacent("text", tuple(forms)) if len(forms) > 1 else Term("text", forms[0])
        numbers = self._backend.match(query, Request()).numbers(_MAX_PASSAGES_READ)
        for number in numbers.tolist():
            passage = self._backend.passage(number)
            if shown := _shown(passage.text, forms):
                language = self._backend.catalogue.documents[passage.document].language
                small = _small(shown, language, keeps_acronyms=_may_have_acronyms(passage, language))
                if [token.form for token in tokenize(small)] == [*forms] or fold(small) == "".join(forms):
                    yield small


def _shown(text: str, forms: Sequence[str]) -> str:
    """The words of a text that have these forms; empty if it has none."""
    if all(
        map(str.isascii, forms)
    ):  # most are written as they are folded: a long text need not be cut into words
        together = re.compile(rf"\b{_BETWEEN_WORDS.join(map(re.escape, forms))}\b", re.IGNORECASE)
        if at := together.search(text):
            return at[0]
    tokens = tokenize(text)
    place = _place(tokens, forms)
    return "" if place is None else text[tokens[place].start : tokens[place + len(forms) - 1].end]


def _place(tokens: Sequence[WordToken], forms: Sequence[str]) -> int | None:
    """The first of the adjacent words that have these forms."""
    own = [token.form for token in tokens]
    size = len(forms)
    return next((at for at in range(len(own) - size + 1) if own[at : at + size] == [*forms]), None)


def _may_have_acronyms(passage: Passage, language: str) -> bool:
    """Whether words in capitals are acronyms: other languages write whole words so for emphasis."""
    return analysis_language(language) == ENGLISH_LANGUAGE and not passage.text.isupper()


def _is_acronym(word: str) -> bool:
    """`UNTOC`, `NGOs`."""
    return (len(word) > 1 and word.isupper()) or (len(word) > 3 and word[:-1].isupper() and word[-1] == "s")


def _small(text: str, language: str, *, keeps_acronyms: bool) -> str:
    """A text in lower case on one line, without invisible or stretching characters."""
    table = _SMALL.get(analysis_language(language), _SMALL_ELSEWHERE)
    words = (
        word if keeps_acronyms and _is_acronym(word) else word.translate(table).lower()
        for word in text.translate(_DROPPED).split()
    )
    line = unicodedata.normalize("NFC", " ".join(words))
    return without_gaps(line) if has_unspaced(line) else line
