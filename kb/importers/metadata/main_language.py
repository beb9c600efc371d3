"""The language of a document, by its words, and other languages that make up much of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb.importers.blocks import Block
from kb.languages.by_words import (
    LanguageShare,
    language_by_words,
    languages_told,
    near_relatives,
    told_apart,
)

__all__ = ["DocumentLanguage", "document_language"]

MAX_SAMPLE_CHARS = 100_000
MIN_BLOCK_CHARS = 160
"""A shorter block is too little to tell a language by."""

MIN_SHARE = 0.15
"""The share of the text that a language must have: one with less is that of quotations."""

MAX_MAIN_SHARE = 0.6
"""Up to this share for its first language, a document counts as being in several."""

MIN_LETTERS = 100
MODEL_CONFIDENCE = 0.8

SHORT_TEXT_LETTERS = 200
"""For texts with fewer letters, the model too often names a language that they are not in."""

SHORT_TEXT_CONFIDENCE = 0.6
MAX_STRETCH_CHARS = 5_000

SEVERAL_LANGUAGES = "mul"


@dataclass(frozen=True, slots=True)
class DocumentLanguage:
    """A language tag or `mul`, how sure it is (0 to 1), and the share of each language, largest first."""

    language: str
    confidence: float
    shares: tuple[tuple[str, float], ...] = ()


def document_language(blocks: Sequence[Block]) -> DocumentLanguage | None:
    """The language of the words; None where they do not tell."""
    texts = list(_sample(blocks))
    whole = language_by_words("\n".join(texts)) or _by_model("\n".join(texts))
    shares = _shares(texts)
    if len(shares) > 1 and shares[0][1] <= MAX_MAIN_SHARE:
        return DocumentLanguage(SEVERAL_LANGUAGES, 0.9, shares)
    return DocumentLanguage(whole.language, whole.confidence, shares) if whole else None


def _sample(blocks: Sequence[Block]) -> Iterator[str]:
    """Blocks from the whole document, up to a length that is read in a moment."""
    total = sum(len(block.text) for block in blocks)
    step = total // MAX_SAMPLE_CHARS + 1
    return (block.text for block in blocks[::step])


def _shares(texts: Sequence[str]) -> tuple[tuple[str, float], ...]:
    lengths: Counter[str] = Counter()
    for text in texts:
        if len(text) >= MIN_BLOCK_CHARS and (found := language_by_words(text)):
            lengths[found.language] += len(text)
    total = sum(lengths.values())
    return tuple(
        (language, length / total)
        for language, length in lengths.most_common()
        if length >= MIN_SHARE * total
    )


def _by_model(text: str) -> LanguageShare | None:
    """Asks py3langid, which takes a second and 130 MB to load, for the few texts whose words do not tell.

    It is sure of everything, so it must give the same language, or a near relative, for each of three
    stretches. For a short text, it is believed only if the tables know the language.
    """
    letters = sum(map(str.isalpha, text))
    if letters < MIN_LETTERS:
        return None
    from py3langid import classify

    length = max(len(text) // 3, 1)
    stretches = [text[start : start + length][:MAX_STRETCH_CHARS] for start in (0, length, 2 * length)]
    found = {str(classify(one)[0]) for one in stretches}
    language = found.pop() if len(found) == 1 else str(classify("\n".join(stretches))[0])
    if not found <= near_relatives(language):
        return None
    told = told_apart(text, language)
    if letters >= SHORT_TEXT_LETTERS:
        return LanguageShare(told, MODEL_CONFIDENCE)
    return LanguageShare(told, SHORT_TEXT_CONFIDENCE) if told in languages_told() else None
