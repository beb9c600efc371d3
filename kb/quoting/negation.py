"""Words that reverse or limit what is said, which no quotation can lose without saying something else."""

from __future__ import annotations

import re
from collections import Counter

__all__ = ["lost_negations"]

_WORDS = (
    "not no never none nothing nobody neither nor cannot unless except excepting without "
    "ne pas jamais sans sauf aucun aucune ni excepté hormis "
    "nunca sin salvo excepto ningún ninguna ninguno jamás tampoco "
    "não nem sem exceto nenhum nenhuma "
    "nicht kein keine keinen keiner keinem nie niemals ohne außer weder "
    "не нет никогда без кроме ни "
    "tidak bukan jangan tanpa kecuali belum tiada "
    "không chưa chẳng trừ "
    "لا لم لن ليس غير بدون إلا دون نہیں بغیر "
    "değil yok hariç"
)
_NEGATIONS = frozenset(_WORDS.split())
_WORD = re.compile(r"[^\W\d_]+(?:['’](?=t\b)t)?")
_UNSPACED = re.compile(
    "不得|不|没有|沒有|無|无|未(?!成年)|除非|除外|ない|ません|ไม่|มิได้|มิให้|ยกเว้น|เว้นแต่|ບໍ່|មិន|លើកលែង|않|아니|없|제외"
)
"""In scripts without spaces, and where endings negate."""


def lost_negations(source: str, quoted: str = "") -> tuple[str, ...]:
    """The negating words of a source's words that those quoted in their place do not have, each once."""
    return tuple(_counted(source) - _counted(quoted))


def _counted(text: str) -> Counter[str]:
    words = (word for word in _WORD.findall(text) if _negates(word))
    return Counter([*(word.casefold() for word in words), *_UNSPACED.findall(text)])


def _negates(word: str) -> bool:
    return word.casefold() in _NEGATIONS or word.casefold().endswith(("n't", "n’t"))
